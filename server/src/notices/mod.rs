//! Service letters: each was asked for by its reader, goes out within seconds, and comes once.
//!
//! A notice is not a letter of a campaign. It needs no consent beyond having been asked for, sells nothing and watches
//! nobody. One that a stop of letters stops says how to stop, and asks whether it was any good. Should a node die while it hands one over, another hands it over again, the same to the letter.

mod compose;
#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::App;
use crate::mail::courier::{Connection, Handed, Stage};
use crate::mail::relay::Relay;
use crate::store::notices::{self, Held, Kind, Outcome};
use crate::store::{following, suppression};

/// Notices taken in hand at once.
const BATCH: u64 = 50;
/// Seconds a claim is good for: a batch has to be through by then, or another node takes it over.
const LEASE_SECONDS: i64 = 120;
/// The longest wait between two tries.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);
/// How long a notice that is settled is remembered.
const REMEMBERED: TimeDelta = TimeDelta::days(30);

/// Sends what is due now. The clockwork calls this on every node, every two seconds; a test calls it by hand.
pub async fn tick(app: &App, relay: &Relay) -> anyhow::Result<u64> {
    let now = app.clock.now();
    let txn = app.db.begin().await?;
    let claimed = notices::claim(&txn, &app.node, BATCH, LEASE_SECONDS, now).await?;
    txn.commit().await?;
    let (mut connection, mut sent) = (None, 0);
    for notice in claimed {
        let outcome = one(app, relay, &mut connection, &notice).await;
        sent += u64::from(outcome == Some(Outcome::Sent));
        if let Some(outcome) = outcome {
            let (txn, now) = (app.db.begin().await?, app.clock.now());
            notices::settle(&txn, &notice, &outcome, now).await?;
            txn.commit().await?;
        }
    }
    if let Some(connection) = connection {
        Connection::quit(connection).await;
    }
    Ok(sent)
}

/// The name under which the one-tap question of these notices is answered: no letter of a program can be called so.
pub fn asked_as(kind: Kind) -> String {
    format!("notice.{}", kind.word())
}

/// The message of that question, when notices ask one under this name.
pub fn question_of(name: &str) -> Option<&'static str> {
    let kind = Kind::ALL.into_iter().find(|kind| asked_as(*kind) == name)?;
    compose::question(kind)
}

/// Forgets what was settled long ago.
pub async fn sweep(app: &App) -> anyhow::Result<u64> {
    let txn = app.db.begin().await?;
    let swept = notices::sweep(&txn, app.clock.now() - REMEMBERED).await?;
    txn.commit().await?;
    Ok(swept)
}

/// One notice's try. Nothing when it is not ours any more.
async fn one(
    app: &App,
    relay: &Relay,
    connection: &mut Option<Connection>,
    notice: &Held,
) -> Option<Outcome> {
    let now = app.clock.now();
    if now > notice.ends_at {
        return Some(Outcome::Failed { why: "nobody took it in time".to_owned() });
    }
    let parcel = match wanted(app, notice).await {
        Ok(true) => compose::compose(app, notice, now),
        Ok(false) => return Some(Outcome::Gone { why: "stopped" }),
        Err(error) => Err(error),
    };
    let parcel = match parcel {
        Ok(parcel) => parcel,
        Err(error) => {
            tracing::error!(notice.id = %notice.id, error = format!("{error:#}"), "a notice could not be written");
            return Some(again(notice, "it could not be written".to_owned(), now));
        }
    };
    // A line that had been cut since the notice before is replaced once.
    for _ in 0..2 {
        let mut open = match connection.take() {
            Some(open) => open,
            None => match relay.connect().await {
                Ok(open) => open,
                Err(error) => return Some(again(notice, error.to_string(), now)),
            },
        };
        let fence = async || notices::is_held(app.db.read(), notice).await.unwrap_or(false);
        let (handed, good) = open.hand(&parcel, fence).await;
        if good {
            *connection = Some(open);
        }
        return Some(match handed {
            Handed::Taken(_) => Outcome::Sent,
            // A no to our sender says nothing about them: once it is mended, the letter still comes.
            Handed::Refused { for_now: true, reply, .. }
            | Handed::Refused { stage: Stage::Sender, reply, .. }
            | Handed::Died(reply) => again(notice, reply, now),
            Handed::Refused { reply, .. } => Outcome::Failed { why: reply },
            Handed::Unspeakable => Outcome::Failed {
                why: "the address needs a mail server that offers SMTPUTF8, and this one does not".to_owned(),
            },
            Handed::Unanswered => again(notice, "the mail server did not answer".to_owned(), now),
            Handed::Fenced => return None,
            Handed::Stale => continue,
        });
    }
    Some(again(notice, "the mail server hung up".to_owned(), now))
}

/// Whether the address may be written to: the key to one's own door comes even to those who stopped every letter, and
/// nothing comes where mail bounced, was complained about, or was erased. Who left a question hears no more of it.
async fn wanted(app: &App, notice: &Held) -> anyhow::Result<bool> {
    let (db, hash) = (app.db.read(), app.keys.address_hash(&notice.address));
    let closed = if notice.kind.stops_with_letters() {
        suppression::of_everything(db, &hash).await?.is_some()
    } else {
        suppression::is_barred(db, &hash).await?
    };
    if closed {
        return Ok(false);
    }
    match (notice.question(), notice.person) {
        (Some(question), Some(person)) => Ok(following::hears(db, question, person.contact).await?),
        _ => Ok(true),
    }
}

/// Waits longer after every try.
fn again(notice: &Held, why: String, now: DateTime<Utc>) -> Outcome {
    let doubling = u32::try_from(notice.attempts.clamp(1, 8) - 1).unwrap_or(0);
    let wait = TimeDelta::seconds(15 * (1 << doubling)).min(LONGEST_WAIT);
    Outcome::Again { due_at: now + wait, why }
}
