//! What was chosen for whom, kept with every reason.

use chrono::{DateTime, Utc};
use content::Choice;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::entities::choice::{ActiveModel, Column, Entity, Model};

/// A choice with its identifier and where it was shown.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Identifier; letter and center carry the same one.
    pub id: Uuid,
    /// The choice.
    pub choice: Choice,
}

/// For whom, when and where choices were made.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// Home account of the person.
    pub account_id: Uuid,
    /// The person.
    pub contact_id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// The letter, or nothing for the center.
    pub message_id: Option<Uuid>,
}

/// Keeps the choices of one page or letter.
pub async fn keep(db: &impl ConnectionTrait, shown: Shown, choices: &[Kept]) -> Result<(), DbErr> {
    if choices.is_empty() {
        return Ok(());
    }
    let mut rows = Vec::with_capacity(choices.len());
    for kept in choices {
        rows.push(ActiveModel {
            id: Set(kept.id),
            account_id: Set(shown.account_id),
            contact_id: Set(shown.contact_id),
            at: Set(shown.at),
            slot: Set(kept.choice.slot.to_string()),
            position: Set(i32::try_from(kept.choice.position).unwrap_or(i32::MAX)),
            item: Set(kept.choice.item.to_string()),
            channel: Set(if shown.message_id.is_some() { "letter" } else { "center" }.to_owned()),
            message_id: Set(shown.message_id),
            explanation: Set(serde_json::to_value(&kept.choice).map_err(|e| DbErr::Custom(e.to_string()))?),
            put_off_at: Set(None),
        });
    }
    // The same choice again is the same row.
    let same = OnConflict::columns([Column::AccountId, Column::At, Column::Id]).do_nothing().to_owned();
    Entity::insert_many(rows).on_conflict(same).exec_without_returning(db).await?;
    Ok(())
}

/// The choice with this identifier, if it was made for this person.
pub async fn find(
    db: &impl ConnectionTrait,
    account: Uuid,
    contact: Uuid,
    id: Uuid,
) -> Result<Option<Kept>, DbErr> {
    theirs(account, contact).filter(Column::Id.eq(id)).one(db).await?.map(read).transpose()
}

/// Keeps that this person said "not now" to a choice of theirs, or no longer says so. False when it is not theirs.
pub async fn put_off(
    db: &impl ConnectionTrait,
    account: Uuid,
    contact: Uuid,
    id: Uuid,
    at: Option<DateTime<Utc>>,
) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::PutOffAt, Expr::value(at))
        .filter(Column::AccountId.eq(account))
        .filter(Column::ContactId.eq(contact))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// The last choice by which this person got this item since then.
pub async fn latest(
    db: &impl ConnectionTrait,
    account: Uuid,
    contact: Uuid,
    item: &str,
    since: DateTime<Utc>,
) -> Result<Option<Kept>, DbErr> {
    let of_it = theirs(account, contact).filter(Column::Item.eq(item)).filter(Column::At.gte(since));
    of_it.order_by_desc(Column::At).order_by_asc(Column::Position).one(db).await?.map(read).transpose()
}

fn theirs(account: Uuid, contact: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::AccountId.eq(account)).filter(Column::ContactId.eq(contact))
}

fn read(row: Model) -> Result<Kept, DbErr> {
    let choice = serde_json::from_value(row.explanation)
        .map_err(|error| DbErr::Type(format!("the choice {}: {error}", row.id)))?;
    Ok(Kept { id: row.id, choice })
}
