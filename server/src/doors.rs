//! The doors of the house: links that work once, and the sessions they open.
//!
//! A secret is 128 random bits, shown once and kept as a hash. Looking at a link changes nothing, since mail scanners
//! look at links too; using it is one conditional update. Staff and customers have different doors: a link or a
//! session of one audience opens nothing of the other. Sessions live in real time, whatever the demo's clock says.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DbErr;
use segments::EventKind;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::app::App;
use crate::clock::Clock;
use crate::ids::Ids;
use crate::store::doors::{self, Audience, Link, Role};
use crate::store::events::{self, NewEvent};
use crate::store::limits;

#[cfg(test)]
mod tests;

/// A one-time link is good for this long.
const LINK_MINUTES: i64 = 10;

/// A sign-in link, shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneTimeLink {
    /// The whole address.
    pub url: String,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

/// A secret that opens something. Its debug form does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// A new one. Never from a seeded source: a made-up world has real doors.
    pub fn new() -> Self {
        Self(URL_SAFE_NO_PAD.encode(Ids::of_the_machine().random()))
    }

    /// One that came from outside.
    pub fn received(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The words of it, for the one moment in which it is handed over.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it. 128 random bits need no slow hash.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

impl Default for Secret {
    fn default() -> Self {
        Self::new()
    }
}

/// How long sessions of an audience last: unused, and at the longest.
fn lasting(audience: Audience) -> (TimeDelta, TimeDelta) {
    match audience {
        Audience::Staff => (TimeDelta::minutes(30), TimeDelta::hours(12)),
        Audience::Customer => (TimeDelta::days(30), TimeDelta::days(90)),
    }
}

/// The longest a session of this audience lasts; the cookie says the same.
pub fn longest(audience: Audience) -> TimeDelta {
    lasting(audience).1
}

/// Lets someone of staff in (or gives them another role, which ends their sessions) and makes their link.
pub async fn staff_link(app: &App, email: &str, email_key: &str, role: Role) -> Result<OneTimeLink, DbErr> {
    let txn = app.db.begin().await?;
    let id = doors::keep_member(&txn, app.ids.next(), email, email_key, role, app.clock.now()).await?;
    doors::close_sessions_of(&txn, Audience::Staff, id).await?;
    let link = link(app, &txn, Audience::Staff, id).await?;
    txn.commit().await?;
    Ok(link)
}

/// Makes a sign-in link for a customer.
pub async fn customer_link(app: &App, contact: Uuid) -> Result<OneTimeLink, DbErr> {
    let txn = app.db.begin().await?;
    let link = link(app, &txn, Audience::Customer, contact).await?;
    txn.commit().await?;
    Ok(link)
}

async fn link(
    app: &App,
    db: &impl sea_orm::ConnectionTrait,
    audience: Audience,
    subject: Uuid,
) -> Result<OneTimeLink, DbErr> {
    let secret = Secret::new();
    let expires_at = Clock::Real.now() + TimeDelta::minutes(LINK_MINUTES);
    doors::keep_link(db, audience, secret.hash(), Link { subject, expires_at }).await?;
    let path = match audience {
        Audience::Staff => "/staff/sign-in",
        Audience::Customer => "/sign-in",
    };
    Ok(OneTimeLink { url: format!("{}{path}/{}", app.settings.base_url, secret.reveal()), expires_at })
}

/// What a link would open. Changes nothing.
pub async fn look(app: &App, audience: Audience, secret: &Secret) -> Result<Option<Link>, DbErr> {
    doors::look_at_link(app.db.read(), audience, &secret.hash(), Clock::Real.now()).await
}

/// Uses a link up and opens a session: whose it is, and the secret for the cookie. That a customer signed in is kept with
/// it, or the link stays good.
pub async fn enter(app: &App, audience: Audience, secret: &Secret) -> Result<Option<(Uuid, Secret)>, DbErr> {
    let now = Clock::Real.now();
    let txn = app.db.begin().await?;
    let Some(subject) = doors::use_link(&txn, audience, &secret.hash(), now).await? else {
        return Ok(None);
    };
    let session = Secret::new();
    doors::open_session(&txn, audience, session.hash(), subject, now, now + longest(audience)).await?;
    if audience == Audience::Customer
        && let Some(customer) = doors::customer(&txn, subject).await?
    {
        let event = NewEvent {
            contact: Some(customer.id.into()),
            ..NewEvent::of(app.ids.next(), customer.account.into(), EventKind::SignedIn, app.clock.now())
        };
        events::record(&txn, &[event]).await?;
    }
    txn.commit().await?;
    Ok(Some((subject, session)))
}

/// Whose session this is; using it keeps it from falling asleep.
pub async fn who(app: &App, audience: Audience, session: &Secret) -> Result<Option<Uuid>, DbErr> {
    let (now, hash) = (Clock::Real.now(), session.hash());
    let idle = lasting(audience).0;
    let Some((subject, last_seen)) = doors::session(app.db.read(), audience, &hash, now, now - idle).await?
    else {
        return Ok(None);
    };
    // A write a minute is enough to tell a session in use from one that is not.
    if now - last_seen > TimeDelta::minutes(1) {
        app.db
            .group()
            .commit(move |txn| {
                let hash = hash.clone();
                Box::pin(async move { doors::touch_session(txn, &hash, now).await })
            })
            .await?;
    }
    Ok(Some(subject))
}

/// Ends a session.
pub async fn leave(app: &App, session: &Secret) -> Result<(), DbErr> {
    let txn = app.db.begin().await?;
    doors::close_session(&txn, &session.hash()).await?;
    txn.commit().await
}

/// How long something is still good, in words.
pub fn in_words(left: TimeDelta) -> String {
    match left.num_minutes() {
        ..1 => "less than a minute".to_owned(),
        1 => "1 minute".to_owned(),
        more => format!("{more} minutes"),
    }
}

/// Sweeps out what ended more than a day ago. May run at any time, twice, anywhere.
pub async fn tick(app: &App) -> Result<u64, DbErr> {
    let txn = app.db.begin().await?;
    let yesterday = Clock::Real.now() - TimeDelta::days(1);
    let swept = doors::sweep(&txn, yesterday).await? + limits::sweep(&txn, yesterday).await?;
    txn.commit().await?;
    Ok(swept)
}
