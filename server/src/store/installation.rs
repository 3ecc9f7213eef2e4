//! The one row that makes this installation itself.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{DbErr, EntityTrait};
use uuid::Uuid;

use super::Db;
use super::entities::installation::{ActiveModel, Column, Entity};
use crate::ids::Ids;

/// Root of the identifiers that are derived from names; made on first start, by whichever node comes first.
pub async fn namespace(db: &Db, ids: &Ids, now: DateTime<Utc>) -> Result<Uuid, DbErr> {
    let txn = db.begin().await?;
    let row = ActiveModel { id: Set(1), namespace: Set(ids.next()), created_at: Set(now) };
    Entity::insert(row)
        .on_conflict(OnConflict::column(Column::Id).do_nothing().to_owned())
        .exec_without_returning(&txn)
        .await?;
    let kept = Entity::find_by_id(1).one(&txn).await?;
    txn.commit().await?;
    Ok(kept.expect("it was inserted above, or was there before").namespace)
}
