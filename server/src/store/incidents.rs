//! What is out of order for many, so that nobody looks for the fault at their own desk: where, and who said what of it.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use self::places::Place;
use super::entities::incident::{ActiveModel, Column, Entity, Model};
use super::entities::incident_act;

pub mod places;

/// Something that is out of order for many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Incident {
    /// Identifier.
    pub id: Uuid,
    /// Code of the product, when it is about one.
    pub product: Option<String>,
    /// Where accounts are that notice it; everywhere when there is none.
    pub places: Vec<Place>,
    /// The place in words, when it is not everywhere.
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

impl Incident {
    /// Whether an account that is there may notice it.
    pub fn reaches(&self, there: &Place) -> bool {
        self.places.is_empty() || self.places.iter().any(|place| place.may_hold(there))
    }

    /// Whether it is about this product.
    pub fn is_about(&self, product: &str) -> bool {
        self.product.as_deref().is_none_or(|own| own == product)
    }
}

/// What was done to an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It was said.
    Open,
    /// It was said otherwise.
    Change,
    /// It was said to be over.
    Close,
    /// It was said not to be over after all.
    Reopen,
}

impl Act {
    /// Its word in the store.
    const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Change => "change",
            Self::Close => "close",
            Self::Reopen => "reopen",
        }
    }
}

/// Who does something, and when.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// Identifier of the act.
    pub id: Uuid,
    /// Their address, or the command.
    pub who: &'a str,
    /// When.
    pub at: DateTime<Utc>,
}

/// What was done, as it is read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// open, change, close or reopen.
    pub act: String,
    /// Who did it.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Says that something is out of order.
pub async fn open(db: &impl ConnectionTrait, one: &Incident, by: By<'_>) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(one.id),
        product: Set(one.product.clone().unwrap_or_default()),
        places: Set(written(&one.places)),
        place: Set(one.place.clone()),
        words: Set(one.words.clone()),
        since: Set(one.since),
        fix_by: Set(one.fix_by),
        ended_at: Set(one.ended_at),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    keep(db, one, Act::Open, by).await
}

/// Says otherwise what is out of order, where, and by when it should be over. Answers whether it is there.
pub async fn change(db: &impl ConnectionTrait, one: &Incident, by: By<'_>) -> Result<bool, DbErr> {
    let changed = Entity::update_many()
        .col_expr(Column::Product, Expr::value(one.product.clone().unwrap_or_default()))
        .col_expr(Column::Places, Expr::value(written(&one.places)))
        .col_expr(Column::Place, Expr::value(one.place.clone()))
        .col_expr(Column::Words, Expr::value(one.words.as_str()))
        .col_expr(Column::FixBy, Expr::value(one.fix_by))
        .filter(Column::Id.eq(one.id))
        .exec(db)
        .await?;
    if changed.rows_affected == 0 {
        return Ok(false);
    }
    keep(db, one, Act::Change, by).await?;
    Ok(true)
}

/// Says that it is over. Answers whether it was not before.
pub async fn close(db: &impl ConnectionTrait, id: Uuid, by: By<'_>) -> Result<bool, DbErr> {
    let open = Column::Id.eq(id).and(Column::EndedAt.is_null());
    let closed =
        Entity::update_many().col_expr(Column::EndedAt, Expr::value(by.at)).filter(open).exec(db).await?;
    keep_when(db, id, closed.rows_affected, Act::Close, by).await
}

/// Says that it is not over after all. Answers whether it was before.
pub async fn reopen(db: &impl ConnectionTrait, id: Uuid, by: By<'_>) -> Result<bool, DbErr> {
    let over = Column::Id.eq(id).and(Column::EndedAt.is_not_null());
    let reopened = Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(None::<DateTime<Utc>>))
        .filter(over)
        .exec(db)
        .await?;
    keep_when(db, id, reopened.rows_affected, Act::Reopen, by).await
}

/// The incident with this identifier.
pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Incident>, DbErr> {
    Entity::find_by_id(id).one(db).await?.map(read).transpose()
}

/// What is out of order now, the oldest first.
pub async fn current(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Incident>, DbErr> {
    let rows = Entity::find()
        .filter(Column::EndedAt.is_null().and(Column::Since.lte(now)))
        .order_by_asc(Column::Since)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// What was and is out of order, the newest first.
pub async fn all(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Incident>, DbErr> {
    let rows =
        Entity::find().order_by_desc(Column::Since).order_by_asc(Column::Id).limit(limit).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// Everything that was done to it, the oldest first.
pub async fn history(db: &impl ConnectionTrait, id: Uuid) -> Result<Vec<Done>, DbErr> {
    let rows = incident_act::Entity::find()
        .filter(incident_act::Column::IncidentId.eq(id))
        .order_by_asc(incident_act::Column::At)
        .order_by_asc(incident_act::Column::Id)
        .all(db)
        .await?;
    let done = |row: incident_act::Model| Done { act: row.kind, who: row.done_by, at: row.at };
    Ok(rows.into_iter().map(done).collect())
}

async fn keep_when(
    db: &impl ConnectionTrait,
    id: Uuid,
    changed: u64,
    act: Act,
    by: By<'_>,
) -> Result<bool, DbErr> {
    match find(db, id).await? {
        Some(one) if changed == 1 => {
            keep(db, &one, act, by).await?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// Keeps what was done, with what the incident says from then on.
async fn keep(db: &impl ConnectionTrait, one: &Incident, act: Act, by: By<'_>) -> Result<(), DbErr> {
    let row = incident_act::ActiveModel {
        id: Set(by.id),
        incident_id: Set(one.id),
        kind: Set(act.word().to_owned()),
        now: Set(json!(one)),
        done_by: Set(by.who.to_owned()),
        at: Set(by.at),
    };
    incident_act::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

fn written(places: &[Place]) -> Option<serde_json::Value> {
    (!places.is_empty()).then(|| json!(places))
}

fn read(row: Model) -> Result<Incident, DbErr> {
    let Model { id, product, places, place, words, since, fix_by, ended_at } = row;
    let places = places.map(serde_json::from_value).transpose();
    let places = places.map_err(|error| DbErr::Json(error.to_string()))?.unwrap_or_default();
    let product = Some(product).filter(|product| !product.is_empty());
    Ok(Incident { id, product, places, place, words, since, fix_by, ended_at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{self, noon};

    fn by(number: u128) -> By<'static> {
        By { id: Uuid::from_u128(number), who: "ann@lakeshore.example", at: noon() }
    }

    #[tokio::test]
    async fn what_is_over_and_what_is_yet_to_come_is_not_out_of_order_now() {
        for (place, app) in testing::houses().await {
            let ohio = Place { country: Some("US".to_owned()), region: Some("OH".to_owned()) };
            let at = |number: u128, hours: i64| Incident {
                id: Uuid::from_u128(number),
                product: Some("phones".to_owned()).filter(|_| number > 1),
                places: vec![ohio.clone()],
                place: Some("Ohio".to_owned()),
                words: "Calls may drop".to_owned(),
                since: noon() + chrono::TimeDelta::hours(hours),
                fix_by: Some(noon() + chrono::TimeDelta::hours(3)),
                ended_at: None,
            };
            let txn = app.db.begin().await.unwrap();
            for (number, one) in [(11, at(1, -2)), (12, at(2, -1)), (13, at(3, 24))] {
                open(&txn, &one, by(number)).await.unwrap();
            }
            let two = Uuid::from_u128(2);
            assert!(close(&txn, two, by(14)).await.unwrap());
            assert!(!close(&txn, two, by(15)).await.unwrap(), "on {}", place.name);
            txn.commit().await.unwrap();
            assert_eq!(current(app.db.read(), noon()).await.unwrap(), [at(1, -2)], "on {}", place.name);
            assert_eq!(all(app.db.read(), 10).await.unwrap().len(), 3, "on {}", place.name);

            let txn = app.db.begin().await.unwrap();
            let other = Incident { places: Vec::new(), words: "Calls drop".to_owned(), ..at(2, -1) };
            assert!(change(&txn, &other, by(16)).await.unwrap());
            assert!(reopen(&txn, two, by(17)).await.unwrap());
            let nobody = Incident { id: Uuid::from_u128(9), ..at(2, -1) };
            assert!(!change(&txn, &nobody, by(18)).await.unwrap(), "on {}", place.name);
            txn.commit().await.unwrap();
            assert_eq!(find(app.db.read(), two).await.unwrap(), Some(other), "on {}", place.name);
            let done = history(app.db.read(), two).await.unwrap();
            let acts: Vec<_> = done.iter().map(|one| one.act.as_str()).collect();
            assert_eq!(acts, ["open", "close", "change", "reopen"], "on {}", place.name);
        }
    }
}
