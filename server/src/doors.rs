//! The doors of the house: links that work once, and the sessions they open.
//!
//! A secret is 128 random bits, shown once and kept as a hash. Looking at a link changes nothing, since mail scanners
//! look at links too; using it is one conditional update. Staff and customers have different doors: a link or a
//! session of one audience opens nothing of the other. Sessions live in real time, whatever the demo's clock says.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DbErr;
use segments::{Email, EventKind};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::app::App;
use crate::clock::Clock;
use crate::ids::Ids;
use crate::store::doors::{self, Audience, Binding, Link, Open, Opening, Role};
use crate::store::events::{self, NewEvent};
use crate::store::notices::{self, Kind, Notice, Person};
use crate::store::{contacts, limits, suppression};
use crate::tokens;

#[cfg(test)]
mod tests;

/// A one-time link is good for this long.
const LINK_MINUTES: i64 = 10;
/// Codes that may be tried for one link.
const CODE_TRIES: i32 = 5;

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
    doors::keep_link(db, audience, secret.hash(), Link { subject, expires_at }, Binding::default()).await?;
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

/// What somebody brings to a link, besides the link.
#[derive(Debug, Clone, Copy, Default)]
pub struct Knock<'a> {
    /// The secret in their browser.
    pub browser: Option<&'a Secret>,
    /// The code they typed.
    pub code: Option<&'a str>,
    /// Their browser and system, in coarse words.
    pub agent: Option<&'a str>,
}

/// What came of a knock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// They are in.
    In {
        /// Who.
        subject: Uuid,
        /// The secret for the cookie.
        session: Secret,
    },
    /// Another browser asked for this link: here it wants the code.
    CodeNeeded,
    /// That was not the code.
    WrongCode,
    /// The link works no more, or never did.
    Gone,
}

/// Uses a link that is bound to no browser and opens a session: whose it is, and the secret for the cookie.
pub async fn enter(app: &App, audience: Audience, secret: &Secret) -> Result<Option<(Uuid, Secret)>, DbErr> {
    match knock(app, audience, secret, Knock::default()).await? {
        Entered::In { subject, session } => Ok(Some((subject, session))),
        Entered::CodeNeeded | Entered::WrongCode | Entered::Gone => Ok(None),
    }
}

/// Uses a link up and opens a session, when the browser that asked for the link brings it, or somebody with its code.
/// That a customer signed in is kept with it, or the link stays good.
pub async fn knock(
    app: &App,
    audience: Audience,
    secret: &Secret,
    knock: Knock<'_>,
) -> Result<Entered, DbErr> {
    let (now, hash) = (Clock::Real.now(), secret.hash());
    let txn = app.db.begin().await?;
    let Some(binding) = doors::binding(&txn, audience, &hash, now).await? else { return Ok(Entered::Gone) };
    if !known(&binding, knock.browser) {
        let Some(code) = knock.code else { return Ok(Entered::CodeNeeded) };
        let Some(tries) = doors::count_try(&txn, &hash, CODE_TRIES).await? else { return Ok(Entered::Gone) };
        let right =
            binding.code_hash.is_some_and(|right| bool::from(right.ct_eq(&code_hash(app, secret, code))));
        if !right {
            let last = tries >= CODE_TRIES;
            if last {
                doors::end_link(&txn, &hash, now).await?;
            }
            txn.commit().await?;
            return Ok(if last { Entered::Gone } else { Entered::WrongCode });
        }
    }
    let Some(subject) = doors::use_link(&txn, audience, &hash, now).await? else { return Ok(Entered::Gone) };
    let session = open(app, &txn, audience, subject, knock.agent).await?;
    txn.commit().await?;
    Ok(Entered::In { subject, session })
}

/// Whether this browser may use a link without its code.
fn known(binding: &Binding, browser: Option<&Secret>) -> bool {
    binding.browser_hash.as_ref().is_none_or(|asked| {
        browser.is_some_and(|browser| bool::from(asked.as_slice().ct_eq(browser.hash().as_slice())))
    })
}

/// Six digits are soon guessed from a bare hash, so theirs is under a key and bound to the link.
fn code_hash(app: &App, link: &Secret, code: &str) -> Vec<u8> {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    app.keys.mac("sign-in code", &[link.hash().as_slice(), digits.as_bytes()].concat()).to_vec()
}

/// Opens a session within a transaction, and keeps that a customer signed in.
pub async fn open(
    app: &App,
    txn: &impl sea_orm::ConnectionTrait,
    audience: Audience,
    subject: Uuid,
    agent: Option<&str>,
) -> Result<Secret, DbErr> {
    let (now, session) = (Clock::Real.now(), Secret::new());
    let opening = Opening {
        token_hash: session.hash(),
        subject,
        expires_at: now + longest(audience),
        agent: agent.map(str::to_owned),
    };
    doors::open_session(txn, audience, opening, now).await?;
    if audience == Audience::Customer
        && let Some(customer) = doors::customer(txn, subject).await?
    {
        let event = NewEvent {
            contact: Some(customer.id.into()),
            ..NewEvent::of(app.ids.next(), customer.account.into(), EventKind::SignedIn, app.clock.now())
        };
        events::record(txn, &[event]).await?;
    }
    Ok(session)
}

/// Sends a letter with a link and a code to whoever has this address, when we know them and may write to it. Whoever
/// asks learns nothing of that.
///
/// `way_back` is what the link ends with, so that it leads back where they were.
pub async fn send_link(
    app: &App,
    email: &Email,
    browser: &Secret,
    language: &str,
    way_back: &str,
) -> Result<(), DbErr> {
    let Some(contact) = contacts::by_email(app.db.read(), email.key()).await? else { return Ok(()) };
    let Some(customer) = doors::customer(app.db.read(), contact).await? else { return Ok(()) };
    if suppression::is_barred(app.db.read(), &app.keys.address_hash(email.key())).await? {
        return Ok(());
    }
    let id = app.ids.next();
    let secret = Secret::received(&tokens::of_notice(&app.keys, id));
    let binding = Binding {
        browser_hash: Some(browser.hash()),
        code_hash: Some(code_hash(app, &secret, &tokens::code_of_notice(&app.keys, id))),
    };
    let expires_at = Clock::Real.now() + TimeDelta::minutes(LINK_MINUTES);
    let now = app.clock.now();
    let notice = Notice {
        id,
        person: Some(Person { account: customer.account, contact }),
        kind: Kind::SignIn,
        address: email.key().to_owned(),
        data: serde_json::json!({
            "language": customer.language.as_deref().unwrap_or(language),
            "first_name": customer.first_name,
            "way_back": way_back,
        }),
        due_at: now,
    };
    let txn = app.db.begin().await?;
    doors::keep_link(&txn, Audience::Customer, secret.hash(), Link { subject: contact, expires_at }, binding)
        .await?;
    notices::queue(&txn, &notice, now).await?;
    txn.commit().await
}

/// What a link wants from this browser: nothing, or its code. Changes nothing.
pub async fn wants_code(app: &App, secret: &Secret, browser: Option<&Secret>) -> Result<bool, DbErr> {
    let (now, hash) = (Clock::Real.now(), secret.hash());
    let binding = doors::binding(app.db.read(), Audience::Customer, &hash, now).await?;
    Ok(binding.is_some_and(|binding| !known(&binding, browser)))
}

/// Where a customer is signed in.
pub async fn places(app: &App, contact: Uuid) -> Result<Vec<Open>, DbErr> {
    let now = Clock::Real.now();
    let idle_since = now - lasting(Audience::Customer).0;
    doors::sessions_of(app.db.read(), Audience::Customer, contact, now, idle_since).await
}

/// Ends one session of a customer, or all of them.
pub async fn leave_places(app: &App, contact: Uuid, which: Option<&[u8]>) -> Result<(), DbErr> {
    let txn = app.db.begin().await?;
    match which {
        Some(hash) => doors::close_session_of(&txn, Audience::Customer, contact, hash).await?,
        None => doors::close_sessions_of(&txn, Audience::Customer, contact).await?,
    }
    txn.commit().await
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
