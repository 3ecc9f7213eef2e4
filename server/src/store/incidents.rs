//! What is out of order for many, so that nobody looks for the fault at their own desk.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::entities::incident::{ActiveModel, Column, Entity, Model};

/// Something that is out of order for many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Identifier.
    pub id: Uuid,
    /// Code of the product.
    pub product: String,
    /// Where, when it is not everywhere.
    pub place: Option<String>,
    /// What customers notice.
    pub words: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// By when it should be over.
    pub fix_by: Option<DateTime<Utc>>,
    /// When it was over.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Says that something is out of order.
pub async fn open(db: &impl ConnectionTrait, one: &Incident) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(one.id),
        product: Set(one.product.clone()),
        place: Set(one.place.clone()),
        words: Set(one.words.clone()),
        since: Set(one.since),
        fix_by: Set(one.fix_by),
        ended_at: Set(one.ended_at),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Says that it is over. Answers whether it was not before.
pub async fn close(db: &impl ConnectionTrait, id: Uuid, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let closed = Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(now))
        .filter(Column::Id.eq(id).and(Column::EndedAt.is_null()))
        .exec(db)
        .await?;
    Ok(closed.rows_affected == 1)
}

/// What is out of order now, the oldest first.
pub async fn current(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Incident>, DbErr> {
    let rows = Entity::find()
        .filter(Column::EndedAt.is_null().and(Column::Since.lte(now)))
        .order_by_asc(Column::Since)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(read).collect())
}

/// What was and is out of order, the newest first.
pub async fn all(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Incident>, DbErr> {
    let rows =
        Entity::find().order_by_desc(Column::Since).order_by_asc(Column::Id).limit(limit).all(db).await?;
    Ok(rows.into_iter().map(read).collect())
}

fn read(row: Model) -> Incident {
    let Model { id, product, place, words, since, fix_by, ended_at } = row;
    Incident { id, product, place, words, since, fix_by, ended_at }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{self, noon};

    #[tokio::test]
    async fn what_is_over_and_what_is_yet_to_come_is_not_out_of_order_now() {
        for (place, app) in testing::houses().await {
            let at = |number: u128, hours: i64| Incident {
                id: Uuid::from_u128(number),
                product: "phones".to_owned(),
                place: Some("Ohio".to_owned()),
                words: "Calls may drop".to_owned(),
                since: noon() + chrono::TimeDelta::hours(hours),
                fix_by: Some(noon() + chrono::TimeDelta::hours(3)),
                ended_at: None,
            };
            let txn = app.db.begin().await.unwrap();
            for one in [at(1, -2), at(2, -1), at(3, 24)] {
                open(&txn, &one).await.unwrap();
            }
            assert!(close(&txn, Uuid::from_u128(2), noon()).await.unwrap());
            assert!(!close(&txn, Uuid::from_u128(2), noon()).await.unwrap(), "on {}", place.name);
            txn.commit().await.unwrap();
            assert_eq!(current(app.db.read(), noon()).await.unwrap(), [at(1, -2)], "on {}", place.name);
            assert_eq!(all(app.db.read(), 10).await.unwrap().len(), 3, "on {}", place.name);
        }
    }
}
