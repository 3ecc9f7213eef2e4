//! How often a person wants letters, asked at the launch of a campaign and again at the fence of every letter.
//!
//! What counts is what was handed over: a letter that was refused, or that waits, is none. One that is just being handed
//! over counts as long as its answer is not there.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr};
use segments::Pace;
use uuid::Uuid;

use super::entities::{contact, message};

/// States of a letter that came, or may have come.
pub(super) const CAME: &[&str] = &["sent", "unknown"];
/// The state of one whose answer is not there yet.
pub(super) const UNDER_WAY: &[&str] = &["handing_over"];
/// The first half of the locks of this file; the other half is the person.
const LOCK: i32 = 0x5061_6365;

/// Whether this person wants no letter at all. Stands in a query that reads contacts.
pub(super) fn wants_none() -> SimpleExpr {
    contact::Column::Pace.eq(Pace::Never.as_str())
}

/// Whether a letter would come too soon for this person after one in `states`. Stands in a query that reads contacts.
pub(super) fn too_soon(states: &[&str], now: DateTime<Utc>) -> SimpleExpr {
    let wanted = Pace::ALL.iter().filter_map(|pace| {
        let handed_over = Expr::exists(handed_over(states, now - pace.gap()?));
        Some(contact::Column::Pace.eq(pace.as_str()).and(handed_over))
    });
    wanted.reduce(ExprTrait::or).expect("there are paces with a time between letters")
}

fn handed_over(states: &[&str], after: DateTime<Utc>) -> sea_orm::sea_query::SelectStatement {
    let theirs =
        |of_message, of_person| Expr::col((message::Entity, of_message)).equals((contact::Entity, of_person));
    Query::select()
        .expr(Expr::val(1))
        .from(message::Entity)
        .and_where(theirs(message::Column::AccountId, contact::Column::AccountId))
        .and_where(theirs(message::Column::ContactId, contact::Column::Id))
        .and_where(message::Column::State.is_in(states.iter().copied()))
        .and_where(message::Column::HandingOverAt.gt(after))
        .to_owned()
}

/// Whether this transaction is the only one that hands a letter over to this person, until it ends. Otherwise two nodes
/// would each see that nothing had come, and both send. On SQLite a writing transaction is alone anyway.
///
/// It never waits: two transactions with letters for the same people in another order would wait for each other.
pub(super) async fn turn(txn: &DatabaseTransaction, contact: Uuid) -> Result<bool, DbErr> {
    if txn.get_database_backend() != DatabaseBackend::Postgres {
        return Ok(true);
    }
    let [.., a, b, c, d] = contact.into_bytes();
    let person = i32::from_be_bytes([a, b, c, d]);
    let ask = Expr::cust(format!("pg_try_advisory_xact_lock({LOCK}, {person})"));
    match txn.query_one(Query::select().expr(ask)).await? {
        Some(answer) => answer.try_get_by_index(0),
        None => Ok(false),
    }
}
