//! What people say about letters: stop, choose, how often, take a break, and think again.
//!
//! A stop holds from the moment it is answered: the address is suppressed and every consent is taken back in the
//! ledger. Choices become receipts one purpose at a time, and only where something changes. Who stopped by their own
//! hand may choose again by their own hand; nothing else lifts a stop.

use std::collections::BTreeSet;

use chrono::{DateTime, SecondsFormat, SubsecRound, TimeDelta, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use segments::{EventKind, Pace, Purpose};
use uuid::Uuid;

use crate::app::App;
use crate::ids;
use crate::store::consent::{self, GivenOrTaken};
use crate::store::events::{self, NewEvent};
use crate::store::suppression::{self, Reason, Scope, Suppression};
use crate::store::wishes::{self, Person};

/// How long a break is.
const BREAK: TimeDelta = TimeDelta::days(30);

/// What one person allows, how often, and the break they take.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// What we may write about, and whether we may watch.
    pub allowed: BTreeSet<Purpose>,
    /// No letters until then.
    pub paused_until: Option<DateTime<Utc>>,
    /// How often they want letters.
    pub pace: Pace,
}

/// Stops everything to one person. Doing it again changes nothing more.
pub async fn stop(app: &App, contact: Uuid, message: Uuid, source: &str) -> Result<(), DbErr> {
    let Some(person) = wishes::person(app.db.read(), contact).await? else { return Ok(()) };
    let now = app.clock.now();
    let txn = app.db.begin().await?;
    let hash = app.keys.address_hash(&person.email_key);
    // Who took something back before has its receipt; only what was not yet is taken back now.
    let refused = consent::refused(&txn, contact).await?;
    let taken: Vec<_> = Purpose::ALL.iter().filter(|purpose| !refused.contains(purpose)).collect();
    if taken.is_empty() && wishes::stopped(&txn, &hash).await? {
        return txn.commit().await;
    }
    let stop = Suppression {
        email_key: &person.email_key,
        scope: Scope::All,
        reason: Reason::Stop,
        source,
        at: now,
    };
    suppression::add(&txn, &app.keys, &stop).await?;
    let wording = |_| "Stop all e-mails".to_owned();
    let taken: Vec<_> = taken.into_iter().map(|purpose| (*purpose, false)).collect();
    say(app, &txn, &person, &taken, source, wording, now).await?;
    note(&txn, &person, message, "stop", now).await?;
    txn.commit().await
}

/// What this person allows now; nothing when we do not know them any more.
pub async fn current(app: &App, contact: Uuid) -> Result<Option<Wishes>, DbErr> {
    let Some(person) = wishes::person(app.db.read(), contact).await? else { return Ok(None) };
    let hash = app.keys.address_hash(&person.email_key);
    let stopped = wishes::stopped_by_hand(app.db.read(), &hash).await?;
    let allowed = if stopped { Vec::new() } else { consent::in_force(app.db.read(), contact).await? };
    let paused_until = person.paused_until.filter(|until| *until > app.clock.now());
    Ok(Some(Wishes { allowed: allowed.into_iter().collect(), paused_until, pace: person.pace }))
}

/// Makes these the wishes of this person, and says what they were before.
pub async fn save(
    app: &App,
    contact: Uuid,
    message: Uuid,
    wishes: &Wishes,
    wording: impl Fn(Purpose) -> String,
) -> Result<Option<Wishes>, DbErr> {
    let Some(before) = current(app, contact).await? else { return Ok(None) };
    let Some(person) = wishes::person(app.db.read(), contact).await? else { return Ok(None) };
    let now = app.clock.now();
    let txn = app.db.begin().await?;
    let changed: Vec<_> = Purpose::ALL
        .iter()
        .map(|purpose| (*purpose, wishes.allowed.contains(purpose)))
        .filter(|(purpose, allowed)| before.allowed.contains(purpose) != *allowed)
        .collect();
    if wishes.allowed.iter().any(|purpose| *purpose != Purpose::Tracking) {
        wishes::lift_own_stop(&txn, &app.keys.address_hash(&person.email_key)).await?;
    }
    say(app, &txn, &person, &changed, "e-mail choices", wording, now).await?;
    if before.paused_until != wishes.paused_until {
        wishes::pause(&txn, contact, wishes.paused_until, now).await?;
    }
    if before.pace != wishes.pace {
        wishes::set_pace(&txn, contact, wishes.pace, now).await?;
    }
    note(&txn, &person, message, "choices", now).await?;
    txn.commit().await?;
    Ok(Some(before))
}

async fn say(
    app: &App,
    txn: &DatabaseTransaction,
    person: &Person,
    purposes: &[(Purpose, bool)],
    source: &str,
    wording: impl Fn(Purpose) -> String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let said: Vec<_> = purposes
        .iter()
        .map(|(purpose, granted)| GivenOrTaken {
            account: person.account.into(),
            contact: person.id.into(),
            email_key: person.email_key.clone(),
            purpose: *purpose,
            granted: *granted,
            at: now,
            source: source.to_owned(),
            wording: Some(wording(*purpose)),
            recorded_at: now,
        })
        .collect();
    consent::record(txn, &app.keys, &said).await?;
    Ok(())
}

async fn note(
    txn: &DatabaseTransaction,
    person: &Person,
    message: Uuid,
    what: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let second = now.trunc_subsecs(0);
    let id = ids::named(person.id, "wish", &format!("{what}|{message}|{}", second.timestamp()));
    let said = NewEvent {
        contact: Some(person.id.into()),
        // From the center there is no letter.
        message: Some(message).filter(|message| !message.is_nil()),
        value: Some(what.to_owned()),
        recorded_at: now,
        ..NewEvent::of(id, person.account.into(), EventKind::Form, second)
    };
    events::record(txn, &[said]).await?;
    Ok(())
}

impl Wishes {
    /// The same with a break from now on.
    #[must_use]
    pub fn with_a_break(self, now: DateTime<Utc>) -> Self {
        Self { paused_until: Some(now + BREAK), ..self }
    }

    /// As one line, which a form may carry: it tells nothing that the page around it does not.
    pub fn write(&self) -> String {
        let allowed: Vec<_> = self.allowed.iter().map(|purpose| purpose.as_str()).collect();
        let until = self.paused_until.map(|until| until.to_rfc3339_opts(SecondsFormat::Micros, true));
        format!("{};{};{}", allowed.join(" "), until.unwrap_or_default(), self.pace)
    }

    /// Reads such a line; anything that we did not write is nothing. One from before there was a pace says nothing
    /// of it: then it stays as it is `now`.
    pub fn read(text: &str, now: Pace) -> Option<Self> {
        let (allowed, until) = text.split_once(';')?;
        let (until, pace) = match until.split_once(';') {
            Some((until, pace)) => (until, pace.parse().ok()?),
            None => (until, now),
        };
        let allowed = allowed.split_whitespace().map(|word| word.parse().ok());
        let paused_until = match until {
            "" => None,
            until => Some(DateTime::parse_from_rfc3339(until).ok()?.to_utc()),
        };
        Some(Self { allowed: allowed.collect::<Option<_>>()?, paused_until, pace })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_come_back_as_they_were_written() {
        let allowed = [Purpose::Support, Purpose::ProductNews].into();
        let some = Wishes { allowed, pace: Pace::Monthly, ..Wishes::default() };
        let paused = some.clone().with_a_break(DateTime::UNIX_EPOCH);
        for wishes in [Wishes::default(), some, paused] {
            assert_eq!(Wishes::read(&wishes.write(), Pace::Weekly), Some(wishes));
        }
        for wrong in ["", "training", "everything;", "training;soon", "training;;often", "training;;none;"] {
            assert_eq!(Wishes::read(wrong, Pace::Weekly), None, "{wrong}");
        }
    }

    #[test]
    fn a_line_from_before_there_was_a_pace_leaves_it_as_it_is() {
        let wishes = Wishes { allowed: [Purpose::Training].into(), pace: Pace::Weekly, ..Wishes::default() };
        assert_eq!(Wishes::read("training;", Pace::Weekly), Some(wishes.clone()));
        let paused = wishes.with_a_break(DateTime::UNIX_EPOCH);
        assert_eq!(Wishes::read("training;1970-01-31T00:00:00.000000Z", Pace::Weekly), Some(paused));
    }
}
