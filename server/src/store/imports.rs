//! Which files were taken in, and how far.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter,
};
use uuid::Uuid;

use super::entities::import::{ActiveModel, Column, Entity};

/// What makes two imports the same work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// What the file holds.
    pub kind: &'static str,
    /// Hash of the file.
    pub file_hash: Vec<u8>,
    /// Hash of the mapping.
    pub mapping_hash: Vec<u8>,
}

/// How far an import is.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// Its row.
    pub id: Uuid,
    /// Line up to which all is kept.
    pub checkpoint: i64,
    /// Counts up to there.
    pub counts: serde_json::Value,
}

/// Begins an import, or finds where an interrupted one stopped. One that was finished begins again.
pub async fn begin(
    txn: &DatabaseTransaction,
    work: &Work,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Progress, DbErr> {
    let row = ActiveModel {
        id: Set(id),
        kind: Set(work.kind.to_owned()),
        file_hash: Set(work.file_hash.clone()),
        mapping_hash: Set(work.mapping_hash.clone()),
        started_at: Set(now),
        finished_at: Set(None),
        checkpoint: Set(0),
        counts: Set(serde_json::json!({})),
    };
    let same = [Column::Kind, Column::FileHash, Column::MappingHash];
    Entity::insert(row)
        .on_conflict(OnConflict::columns(same).do_nothing().to_owned())
        .exec_without_returning(txn)
        .await?;
    let ours = Column::Kind
        .eq(work.kind)
        .and(Column::FileHash.eq(work.file_hash.clone()))
        .and(Column::MappingHash.eq(work.mapping_hash.clone()));
    Entity::update_many()
        .col_expr(Column::FinishedAt, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(Column::StartedAt, Expr::value(now))
        .col_expr(Column::Checkpoint, Expr::value(0_i64))
        .col_expr(Column::Counts, Expr::value(serde_json::json!({})))
        .filter(ours.clone().and(Column::FinishedAt.is_not_null()))
        .exec(txn)
        .await?;
    let row = Entity::find().filter(ours).one(txn).await?.expect("inserted above, or there before");
    Ok(Progress { id: row.id, checkpoint: row.checkpoint, counts: row.counts })
}

/// Says how far an import is, in the transaction that keeps its rows.
pub async fn checkpoint(txn: &impl ConnectionTrait, progress: &Progress) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Checkpoint, Expr::value(progress.checkpoint))
        .col_expr(Column::Counts, Expr::value(progress.counts.clone()))
        .filter(Column::Id.eq(progress.id))
        .exec(txn)
        .await?;
    Ok(())
}

/// Says that an import is done.
pub async fn finish(txn: &impl ConnectionTrait, id: Uuid, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::FinishedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .exec(txn)
        .await?;
    Ok(())
}
