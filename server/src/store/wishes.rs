//! What a person said about letters, as far as it is not consent: a break, how often, and a stop of their own.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use segments::Pace;
use uuid::Uuid;

use super::entities::{contact, suppression};

/// Whoever a stop or choices link names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Home account.
    pub account: Uuid,
    /// Identifier.
    pub id: Uuid,
    /// Normalised address.
    pub email_key: String,
    /// No letters until then.
    pub paused_until: Option<DateTime<Utc>>,
    /// How often they want letters.
    pub pace: Pace,
    /// When they chose it; nothing when they never did.
    pub pace_at: Option<DateTime<Utc>>,
}

/// The person, as long as we know them.
pub async fn person(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Person>, DbErr> {
    let Some(row) = contact::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    Ok(Some(Person {
        account: row.account_id,
        id: row.id,
        email_key: row.email_key,
        paused_until: row.paused_until,
        pace: row.pace.parse().map_err(|error| DbErr::Type(format!("contacts.pace: {error}")))?,
        pace_at: row.pace_at,
    }))
}

/// No letters until then, or as consent says.
pub async fn pause(
    db: &impl ConnectionTrait,
    person: Uuid,
    until: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    contact::Entity::update_many()
        .col_expr(contact::Column::PausedUntil, Expr::value(until))
        .col_expr(contact::Column::UpdatedAt, Expr::value(now))
        .filter(contact::Column::Id.eq(person))
        .exec(db)
        .await?;
    Ok(())
}

/// Letters as often as this from now on.
pub async fn set_pace(
    db: &impl ConnectionTrait,
    person: Uuid,
    pace: Pace,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    contact::Entity::update_many()
        .col_expr(contact::Column::Pace, Expr::value(pace.as_str()))
        .col_expr(contact::Column::PaceAt, Expr::value(now))
        .filter(contact::Column::Id.eq(person))
        .exec(db)
        .await?;
    Ok(())
}

/// Who wanted no letters, and says yes to them on the form to join, gets them again. Any other pace stays.
pub async fn wants_letters(db: &impl ConnectionTrait, person: Uuid, now: DateTime<Utc>) -> Result<(), DbErr> {
    match self::person(db, person).await? {
        Some(one) if one.pace == Pace::Never => set_pace(db, person, Pace::default(), now).await,
        _ => Ok(()),
    }
}

/// Whether this address was stopped by its own owner's hand.
pub async fn stopped_by_hand(db: &impl ConnectionTrait, address_hash: &[u8]) -> Result<bool, DbErr> {
    Ok(suppression::Entity::find().filter(own_stop(address_hash)).one(db).await?.is_some())
}

/// Whether nothing may be sent to this address, for whatever reason.
pub async fn stopped(db: &impl ConnectionTrait, address_hash: &[u8]) -> Result<bool, DbErr> {
    let everything =
        suppression::Column::AddressHash.eq(address_hash).and(suppression::Column::Scope.eq("all"));
    Ok(suppression::Entity::find().filter(everything).one(db).await?.is_some())
}

/// Lifts the stop that this person made. Complaints, bounces and erasures stay: nobody lifts those.
pub async fn lift_own_stop(db: &impl ConnectionTrait, address_hash: &[u8]) -> Result<(), DbErr> {
    suppression::Entity::delete_many().filter(own_stop(address_hash)).exec(db).await?;
    Ok(())
}

fn own_stop(address_hash: &[u8]) -> SimpleExpr {
    let column = suppression::Column::AddressHash;
    column
        .eq(address_hash)
        .and(suppression::Column::Scope.eq("all"))
        .and(suppression::Column::Reason.eq("stop"))
}
