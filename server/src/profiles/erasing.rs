//! Erasing somebody who asked for it: from that moment nothing is sent to them, and soon nothing is left of them.
//!
//! What was asked is kept first, in one transaction with the end of every sign-in and every consent; the rest goes part
//! by part, and a node that stops half-way is followed by another. The order itself stays until a minute has passed, so
//! that whatever was under way when they asked (a page, a letter on the wire) is swept up too.

use chrono::TimeDelta;
use sea_orm::DbErr;
use segments::Purpose;
use uuid::{Builder, Uuid};

use crate::app::App;
use crate::clock::Clock;
use crate::ids::Ids;
use crate::store::consent::{self, GivenOrTaken};
use crate::store::doors::{self, Audience};
use crate::store::staging::{Lock, lock};
use crate::store::suppression::{self, Reason, Scope, Suppression};
use crate::store::traces::{self, Order};
use crate::store::wishes;

#[cfg(test)]
mod tests;

/// Where the last receipts and the suppression say that it was asked.
pub const SOURCE: &str = "erase page";
/// What was under way is done by then: no page takes longer.
const UNDER_WAY: TimeDelta = TimeDelta::minutes(1);

/// Erases this person: everything that is there now is gone when this answers. Answers whether there was one.
///
/// `wording` is what stood beside the button.
pub async fn erase(app: &App, contact: Uuid, wording: &str) -> Result<bool, DbErr> {
    let Some(order) = ask(app, contact, wording).await? else { return Ok(false) };
    work(app, &order).await?;
    Ok(true)
}

/// Goes on with erasures under way, and answers how many are over. May run at any time, twice, on any node.
pub async fn tick(app: &App) -> Result<u64, DbErr> {
    let mut over = 0;
    for order in traces::open_orders(app.db.read()).await? {
        work(app, &order).await?;
        if Clock::Real.now() - order.asked_at < UNDER_WAY {
            continue;
        }
        let txn = app.db.begin().await?;
        over += u64::from(traces::finish(&txn, &order).await?);
        txn.commit().await?;
    }
    Ok(over)
}

/// Keeps that they asked: the address is suppressed for good, every consent taken back, every sign-in ended.
async fn ask(app: &App, contact: Uuid, wording: &str) -> Result<Option<Order>, DbErr> {
    let now = app.clock.now();
    let txn = app.db.begin().await?;
    // No import brings the same person meanwhile.
    lock(&txn, Lock::Imports).await?;
    let Some(person) = wishes::person(&txn, contact).await? else { return Ok(None) };
    let order = Order {
        account: person.account,
        contact,
        // By chance, whatever the house's identifiers come from: nothing leads back.
        stranger: Builder::from_random_bytes(Ids::of_the_machine().random()).into_uuid(),
        email_key: person.email_key,
        asked_at: Clock::Real.now(),
    };
    let stop = Suppression {
        email_key: &order.email_key,
        scope: Scope::All,
        reason: Reason::Erased,
        source: SOURCE,
        at: now,
    };
    suppression::add(&txn, &app.keys, &stop).await?;
    let allowed = consent::in_force(&txn, contact).await?;
    let taken = |purpose: Purpose| GivenOrTaken {
        account: order.account.into(),
        contact: contact.into(),
        email_key: order.email_key.clone(),
        purpose,
        granted: false,
        at: now,
        source: SOURCE.to_owned(),
        wording: Some(wording.to_owned()),
        recorded_at: now,
    };
    let taken: Vec<_> = allowed.into_iter().map(taken).collect();
    consent::record(&txn, &app.keys, &taken).await?;
    doors::close_sessions_of(&txn, Audience::Customer, contact).await?;
    traces::order(&txn, &order, now).await?;
    txn.commit().await?;
    Ok(Some(order))
}

/// Part by part, a transaction each, until nothing is left.
async fn work(app: &App, order: &Order) -> Result<(), DbErr> {
    loop {
        let txn = app.db.begin().await?;
        let more = traces::step(&txn, order, app.clock.now()).await?;
        txn.commit().await?;
        if !more {
            return Ok(());
        }
    }
}
