//! The states of one message, as DELIVERY section 6 has them, each change one short conditional write.
//!
//! `planned → claimed → handing_over → sent`, or `failed`, `unknown`, or `skipped` with a reason. Nothing irrevocable
//! is said to a server before [`hand_over`]; after it nobody sends again unless the server itself said no.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LockBehavior, LockType, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::billing::{billed_by_others, sells};
use super::entities::message::{Column, Entity, Model};
use super::entities::{account, consent, contact, journey, suppression};
use super::{holds, pace};

mod settle;
mod status;

pub use settle::{Outcome, put_off, release, settle, skip_stopped, sweep, waits_in_stopped};
pub use status::{Status, status};

/// A message that this node holds for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Identifier; links and Message-ID come from it.
    pub id: Uuid,
    /// Home account of the person.
    pub account_id: Uuid,
    /// The person.
    pub contact_id: Uuid,
    /// The journey.
    pub journey_id: Uuid,
    /// Its version.
    pub version: i32,
    /// The step that owes it.
    pub step: String,
    /// Consent it needs.
    pub purpose: String,
    /// Which try this is; a write that carries another number changes nothing.
    pub attempts: i32,
    /// The node that holds it.
    pub owner: String,
}

/// Why the fence did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// The person, or the address, is not to be written to any more.
    Skip(&'static str),
    /// The journey is paused or stopped, or its program is on hold.
    Waiting,
    /// Another letter to the same person is just being handed over.
    Meanwhile,
    /// The lease is over, or another node holds the message.
    Lost,
}

/// Takes up to `limit` due messages of running journeys for this node, and nobody else's. What belongs to a program on
/// hold stays where it is.
///
/// The condition stands twice on purpose: once to choose the rows, once more on the update, so that of two nodes
/// which chose the same row only one gets it. Leases are measured by the database's clock.
pub async fn claim(
    db: &impl ConnectionTrait,
    owner: &str,
    limit: u64,
    lease_seconds: u32,
    now: DateTime<Utc>,
) -> Result<Vec<Message>, DbErr> {
    let backend = db.get_database_backend();
    let running =
        Query::select().column(journey::Column::Id).from(journey::Entity).cond_where(sending()).to_owned();
    let free = Condition::any()
        .add(Column::State.eq("planned").and(Column::DueAt.lte(now)))
        .add(Column::State.eq("claimed").and(Expr::col(Column::LeaseUntil).lt(clock_ms(backend, 0))));
    let mut chosen = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(free.clone())
        .filter(Column::JourneyId.in_subquery(running))
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id)
        .limit(limit);
    if backend == DatabaseBackend::Postgres {
        chosen = chosen.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let claimed = Entity::update_many()
        .col_expr(Column::State, Expr::value("claimed"))
        .col_expr(Column::Owner, Expr::value(owner))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .col_expr(Column::LeaseUntil, clock_ms(backend, i64::from(lease_seconds) * 1000))
        .filter(Column::Id.in_subquery(chosen.into_query()))
        .filter(free)
        .exec_with_returning(db)
        .await?;
    Ok(claimed.into_iter().map(Message::from).collect())
}

/// The fence: written after the server's 354 and the letter, before its final dot, durable before the caller goes on.
///
/// It opens only while this node's lease runs, the journey runs, its program is not on hold, the family is not held, the
/// person consents, does not pause and wants letters as often as this, the address is not suppressed, and no partner
/// bills the customer when the letter sells. When it stays closed, hang up without the dot.
pub async fn hand_over(
    db: &DatabaseTransaction,
    message: &Message,
    address_hash: &[u8],
    links: &serde_json::Value,
    lease_seconds: u32,
    now: DateTime<Utc>,
) -> Result<Result<(), Closed>, DbErr> {
    if !pace::turn(db, message.contact_id).await? {
        return Ok(Err(Closed::Meanwhile));
    }
    let backend = db.get_database_backend();
    let hurries =
        pace::wants_none().or(pace::too_soon(pace::CAME, now)).or(pace::too_soon(pace::UNDER_WAY, now));
    let opened = Entity::update_many()
        .col_expr(Column::State, Expr::value("handing_over"))
        .col_expr(Column::HandingOverAt, Expr::value(now))
        .col_expr(Column::Links, Expr::value(links.clone()))
        .col_expr(Column::LeaseUntil, clock_ms(backend, i64::from(lease_seconds) * 1000))
        .filter(ours(message, "claimed"))
        .filter(Expr::col(Column::LeaseUntil).gt(clock_ms(backend, 0)))
        .filter(Expr::exists(running(message)))
        .filter(Expr::exists(consented(message)))
        .filter(Expr::exists(not_held(message)))
        .filter(Expr::exists(not_pausing(message, now)))
        .filter(Expr::exists(whose(message, hurries)).not())
        .filter(Expr::exists(suppressed(message, address_hash)).not());
    let opened = if sells(&message.purpose) {
        opened.filter(Expr::exists(billed_by_others(Expr::val(message.account_id))).not())
    } else {
        opened
    };
    let opened = opened.exec(db).await?;
    if opened.rows_affected == 1 {
        return Ok(Ok(()));
    }
    why_closed(db, message, address_hash, now).await.map(Err)
}

/// Why the fence would stay closed for a message that this node holds; [`Closed::Waiting`] when nothing about the
/// person keeps it closed.
pub async fn why_closed(
    db: &impl ConnectionTrait,
    message: &Message,
    address_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Closed, DbErr> {
    let still_ours = Entity::find()
        .filter(ours(message, "claimed"))
        .filter(Expr::col(Column::LeaseUntil).gt(clock_ms(db.get_database_backend(), 0)))
        .one(db)
        .await?;
    if still_ours.is_none() {
        return Ok(Closed::Lost);
    }
    if found(db, suppressed(message, address_hash)).await? {
        return Ok(Closed::Skip("suppressed"));
    }
    if !found(db, consented(message)).await? {
        return Ok(Closed::Skip("no-consent"));
    }
    if !found(db, not_held(message)).await? {
        return Ok(Closed::Skip("comparison"));
    }
    if !found(db, not_pausing(message, now)).await? {
        return Ok(Closed::Skip("paused"));
    }
    if found(db, whose(message, pace::wants_none())).await? {
        return Ok(Closed::Skip("wants-none"));
    }
    if found(db, whose(message, pace::too_soon(pace::CAME, now))).await? {
        return Ok(Closed::Skip("too-soon"));
    }
    if sells(&message.purpose) && found(db, billed_by_others(Expr::val(message.account_id))).await? {
        return Ok(Closed::Skip("billed-by-a-partner"));
    }
    if found(db, whose(message, pace::too_soon(pace::UNDER_WAY, now))).await? {
        return Ok(Closed::Meanwhile);
    }
    Ok(Closed::Waiting)
}

async fn found(
    db: &impl ConnectionTrait,
    select: sea_orm::sea_query::SelectStatement,
) -> Result<bool, DbErr> {
    Ok(db.query_one(&select).await?.is_some())
}

/// Still the row that this node claimed, on this try.
fn ours(message: &Message, state: &str) -> Condition {
    Condition::all()
        .add(Column::AccountId.eq(message.account_id))
        .add(Column::Id.eq(message.id))
        .add(Column::State.eq(state))
        .add(Column::Owner.eq(&message.owner))
        .add(Column::Attempts.eq(message.attempts))
}

fn one() -> sea_orm::sea_query::SelectStatement {
    Query::select().expr(Expr::val(1)).to_owned()
}

fn running(message: &Message) -> sea_orm::sea_query::SelectStatement {
    one()
        .from(journey::Entity)
        .and_where(journey::Column::Id.eq(message.journey_id))
        .cond_where(sending())
        .to_owned()
}

/// Journeys whose letters go out: they run, and no hold is in the way of their program.
fn sending() -> Condition {
    Condition::all()
        .add(journey::Column::State.eq("running"))
        .add(journey::Column::ProgramId.not_in_subquery(holds::held_programs()))
}

fn consented(message: &Message) -> sea_orm::sea_query::SelectStatement {
    one()
        .from(consent::Entity)
        .and_where(consent::Column::ContactId.eq(message.contact_id))
        .and_where(consent::Column::Purpose.eq(&message.purpose))
        .and_where(consent::Column::Granted.eq(true))
        .to_owned()
}

fn not_held(message: &Message) -> sea_orm::sea_query::SelectStatement {
    one()
        .from(account::Entity)
        .and_where(account::Column::Id.eq(message.account_id))
        .and_where(account::Column::Held.eq(false))
        .to_owned()
}

fn not_pausing(message: &Message, now: DateTime<Utc>) -> sea_orm::sea_query::SelectStatement {
    one()
        .from(contact::Entity)
        .and_where(contact::Column::Id.eq(message.contact_id))
        .cond_where(
            Condition::any()
                .add(contact::Column::PausedUntil.is_null())
                .add(contact::Column::PausedUntil.lte(now)),
        )
        .to_owned()
}

/// The person, when this is so about them.
fn whose(message: &Message, so: SimpleExpr) -> sea_orm::sea_query::SelectStatement {
    one().from(contact::Entity).and_where(contact::Column::Id.eq(message.contact_id)).and_where(so).to_owned()
}

fn suppressed(message: &Message, address_hash: &[u8]) -> sea_orm::sea_query::SelectStatement {
    one()
        .from(suppression::Entity)
        .and_where(suppression::Column::AddressHash.eq(address_hash))
        .and_where(suppression::Column::Scope.is_in(["all", message.purpose.as_str()]))
        .to_owned()
}

/// The database's own clock in milliseconds since 1970, plus `after`.
pub(super) fn clock_ms(backend: DatabaseBackend, after: i64) -> SimpleExpr {
    let clock = match backend {
        DatabaseBackend::Postgres => "CAST(extract(epoch from clock_timestamp()) * 1000 AS bigint)",
        _ => "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
    };
    Expr::cust(clock).add(after)
}

impl From<Model> for Message {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            account_id: row.account_id,
            contact_id: row.contact_id,
            journey_id: row.journey_id,
            version: row.version,
            step: row.step,
            purpose: row.purpose,
            attempts: row.attempts,
            owner: row.owner.unwrap_or_default(),
        }
    }
}
