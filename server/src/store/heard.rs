//! What customers said and what was done about it, as the page about it says.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::entities::heard::{ActiveModel, Column, Entity, Model};

/// Something that was heard, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Identifier.
    pub id: Uuid,
    /// What was heard, in a sentence.
    pub words: String,
    /// One customer's words.
    pub quote: Option<String>,
    /// What was done.
    pub did: String,
    /// The item that was changed.
    pub item: Option<String>,
    /// The step whose answers are compared, by its name.
    pub step: Option<String>,
    /// The day it was done.
    pub did_on: NaiveDate,
    /// What comes next.
    pub next: Option<String>,
    /// Who wrote it.
    pub by: String,
    /// Since when it is on the page.
    pub at: DateTime<Utc>,
}

/// Puts it on the page.
pub async fn publish(db: &impl ConnectionTrait, one: &Heard) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(one.id),
        words: Set(one.words.clone()),
        quote: Set(one.quote.clone()),
        did: Set(one.did.clone()),
        item: Set(one.item.clone()),
        step: Set(one.step.clone()),
        did_on: Set(one.did_on),
        next: Set(one.next.clone()),
        written_by: Set(one.by.clone()),
        published_at: Set(one.at),
        taken_down_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Takes it down. It stays in the records. Says whether it was on the page.
pub async fn take_down(db: &impl ConnectionTrait, id: Uuid, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let down = Entity::update_many()
        .col_expr(Column::TakenDownAt, Expr::value(now))
        .filter(Column::Id.eq(id).and(Column::TakenDownAt.is_null()))
        .exec(db)
        .await?;
    Ok(down.rows_affected == 1)
}

/// What is on the page, the newest first.
pub async fn on_the_page(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Heard>, DbErr> {
    let rows = Entity::find()
        .filter(Column::TakenDownAt.is_null())
        .order_by_desc(Column::DidOn)
        .order_by_desc(Column::PublishedAt)
        .limit(limit)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(read).collect())
}

fn read(row: Model) -> Heard {
    Heard {
        id: row.id,
        words: row.words,
        quote: row.quote,
        did: row.did,
        item: row.item,
        step: row.step,
        did_on: row.did_on,
        next: row.next,
        by: row.written_by,
        at: row.published_at,
    }
}
