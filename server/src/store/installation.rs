//! The one row that makes this installation itself.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::Db;
use super::entities::installation::{ActiveModel, Column, Entity, Model};
use crate::ids::Ids;

/// What makes this installation itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    /// Root of the identifiers that are derived from names.
    pub namespace: Uuid,
    /// Fingerprint of the root key that its hashes and links are made with.
    pub key_check: Vec<u8>,
}

/// What is known of this installation; nothing before its first start.
pub async fn known_key(db: &Db) -> Result<Option<Vec<u8>>, DbErr> {
    Ok(row(db).await?.and_then(|row| row.key_check))
}

/// The installation as it is kept; made on first start, by whichever node comes first.
pub async fn open(db: &Db, ids: &Ids, key_check: &[u8], now: DateTime<Utc>) -> Result<Installation, DbErr> {
    if let Some(Model { namespace, key_check: Some(key_check), .. }) = row(db).await? {
        return Ok(Installation { namespace, key_check });
    }
    let txn = db.begin().await?;
    let first = ActiveModel {
        id: Set(1),
        namespace: Set(ids.next()),
        created_at: Set(now),
        key_check: Set(Some(key_check.to_vec())),
    };
    Entity::insert(first)
        .on_conflict(OnConflict::column(Column::Id).do_nothing().to_owned())
        .exec_without_returning(&txn)
        .await?;
    Entity::update_many()
        .col_expr(Column::KeyCheck, Expr::value(key_check.to_vec()))
        .filter(Column::KeyCheck.is_null())
        .exec(&txn)
        .await?;
    let kept = Entity::find_by_id(1).one(&txn).await?;
    txn.commit().await?;
    let kept = kept.expect("it was inserted above, or was there before");
    let key_check = kept.key_check.expect("it was written above, or was there before");
    Ok(Installation { namespace: kept.namespace, key_check })
}

async fn row(db: &Db) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(1).one(db.read()).await
}
