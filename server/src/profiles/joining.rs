//! Joining: somebody fills in the form, gets one letter, and confirms it with a button. Until then they are nobody here.
//!
//! Whether an address is known is told to nobody: the form answers the same, and a member finds a sign-in link in the
//! letter. The company is found by the domain of the address, or by the customer number, and by nothing else.

use chrono::TimeDelta;
use sea_orm::{DatabaseTransaction, DbErr};
use segments::{Email, EventKind, Purpose};
use serde_json::json;
use uuid::Uuid;

use super::families::is_public;
use crate::app::App;
use crate::doors::{self, Secret};
use crate::ids;
use crate::store::comparison;
use crate::store::consent::{self, GivenOrTaken};
use crate::store::contacts::{self, Arriving};
use crate::store::doors::Audience;
use crate::store::events::{self, NewEvent};
use crate::store::joinings::{self, CameFrom, Company, Joining};
use crate::store::notices::{self, Kind, Notice};
use crate::store::staging::{Lock, lock};
use crate::store::{suppression, wishes};
use crate::tokens;

#[cfg(test)]
mod tests;

/// What the one box on the form is for.
pub const PURPOSES: [Purpose; 3] = [Purpose::Training, Purpose::Support, Purpose::Community];
/// Where the receipts say that consent was given.
pub const SOURCE: &str = "join page";
/// A form that was not confirmed is good for this long.
const GOOD_FOR: TimeDelta = TimeDelta::hours(24);

/// The form, with sound values and the box ticked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Where the letter goes.
    pub email: Email,
    /// First name.
    pub first_name: String,
    /// The words beside the box.
    pub wording: String,
    /// Whether the box for tracking is ticked too.
    pub tracking: bool,
    /// The words beside that box.
    pub tracking_wording: String,
    /// The language of the page.
    pub language: String,
    /// Where they came from.
    pub from: CameFrom,
    /// What the link in the letter ends with, so that it leads back where they were.
    pub way_back: String,
}

/// The company of somebody with this address and this customer number. Never asks whether the address is known.
pub async fn company_of(app: &App, email: &Email, number: Option<&str>) -> Result<Option<Company>, DbErr> {
    match number {
        Some(number) => joinings::company_called(app.db.read(), number).await,
        None if is_public(email.domain()) => Ok(None),
        None => joinings::company_at(app.db.read(), email.domain()).await,
    }
}

/// Sends the letter that asks for a confirmation; to a member, a sign-in link. Where no letter may go, none does.
pub async fn ask(app: &App, form: &Form, company: &Company, browser: &Secret) -> Result<(), DbErr> {
    if suppression::is_barred(app.db.read(), &app.keys.address_hash(form.email.key())).await? {
        return Ok(());
    }
    if is_member(app, &form.email).await? {
        return doors::send_link(app, &form.email, browser, &form.language, &form.way_back).await;
    }
    let (id, now) = (app.ids.next(), app.clock.now());
    let joining = Joining {
        id,
        token_hash: Secret::received(&tokens::of_notice(&app.keys, id)).hash(),
        account: company.id,
        email: form.email.typed().to_owned(),
        email_key: form.email.key().to_owned(),
        first_name: form.first_name.clone(),
        language: form.language.clone(),
        wording: form.wording.clone(),
        tracking: form.tracking,
        tracking_wording: form.tracking_wording.clone(),
        from: form.from.clone(),
        side: company.side.clone(),
        created_at: now,
        expires_at: now + GOOD_FOR,
        confirmed_at: None,
    };
    keep(app, &joining, &form.way_back).await
}

/// Sends the letter for a form whose time is over once more. A new form, so that the old letter stays what it was.
pub async fn ask_again(app: &App, over: &Joining, way_back: &str) -> Result<(), DbErr> {
    if suppression::is_barred(app.db.read(), &app.keys.address_hash(&over.email_key)).await? {
        return Ok(());
    }
    let (id, now) = (app.ids.next(), app.clock.now());
    let again = Joining {
        id,
        token_hash: Secret::received(&tokens::of_notice(&app.keys, id)).hash(),
        created_at: now,
        expires_at: now + GOOD_FOR,
        confirmed_at: None,
        ..over.clone()
    };
    keep(app, &again, way_back).await
}

async fn keep(app: &App, joining: &Joining, way_back: &str) -> Result<(), DbErr> {
    let notice = Notice {
        id: joining.id,
        person: None,
        kind: Kind::ConfirmJoining,
        address: joining.email_key.clone(),
        data: json!({
            "language": joining.language,
            "first_name": joining.first_name,
            "way_back": way_back,
        }),
        due_at: joining.created_at,
    };
    let txn = app.db.begin().await?;
    joinings::keep(&txn, joining).await?;
    notices::queue(&txn, &notice, joining.created_at).await?;
    txn.commit().await
}

/// Whether somebody with this address gets letters from us by their own will. Who stopped them may join anew.
async fn is_member(app: &App, email: &Email) -> Result<bool, DbErr> {
    let db = app.db.read();
    let Some(contact) = contacts::by_email(db, email.key()).await? else { return Ok(false) };
    if suppression::of_everything(db, &app.keys.address_hash(email.key())).await?.is_some() {
        return Ok(false);
    }
    let allowed = consent::in_force(db, contact).await?;
    Ok(allowed.iter().any(|purpose| *purpose != Purpose::Tracking))
}

/// What came of a confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// They have joined, and are signed in with this.
    In(Secret),
    /// It was confirmed before.
    Already,
    /// Its time is over; the form is as it was.
    Over(Box<Joining>),
    /// There is no such letter.
    Unknown,
}

/// How the letter with this token stands. Looking changes nothing.
pub async fn look(app: &App, token: &Secret) -> Result<Option<Joining>, DbErr> {
    joinings::look(app.db.read(), &token.hash()).await
}

/// Forgets the address and the name of whoever did not confirm, a day after the letter was good for nothing more.
pub async fn sweep(app: &App) -> Result<u64, DbErr> {
    let txn = app.db.begin().await?;
    let swept = joinings::sweep(&txn, app.clock.now() - GOOD_FOR).await?;
    txn.commit().await?;
    Ok(swept)
}

/// Confirms: the person is found or made, what they allowed gets its receipts, and they are signed in.
pub async fn confirm(app: &App, token: &Secret, agent: Option<&str>) -> Result<Confirmed, DbErr> {
    let now = app.clock.now();
    let txn = app.db.begin().await?;
    // No import brings the same person meanwhile.
    lock(&txn, Lock::Imports).await?;
    let Some(joining) = joinings::look(&txn, &token.hash()).await? else { return Ok(Confirmed::Unknown) };
    if !joinings::confirm(&txn, joining.id, now).await? {
        let joining = joinings::look(&txn, &token.hash()).await?.unwrap_or(joining);
        let over = joining.confirmed_at.is_none() && !joining.email.is_empty();
        return Ok(if over { Confirmed::Over(Box::new(joining)) } else { Confirmed::Already });
    }
    let hash = app.keys.address_hash(&joining.email_key);
    let company = joinings::company(&txn, joining.account).await?;
    let Some(company) = company.filter(|_| !joining.email.is_empty()) else { return Ok(Confirmed::Unknown) };
    if suppression::is_barred(&txn, &hash).await? {
        return Ok(Confirmed::Unknown);
    }
    let contact = match contacts::by_email(&txn, &joining.email_key).await? {
        Some(known) => known,
        None => newcomer(app, &txn, &joining, &company).await?,
    };
    wishes::lift_own_stop(&txn, &hash).await?;
    wishes::wants_letters(&txn, contact, now).await?;
    allow(app, &txn, &joining, contact).await?;
    joinings::belongs_to(&txn, joining.id, contact).await?;
    let session = doors::open(app, &txn, Audience::Customer, contact, agent).await?;
    txn.commit().await?;
    Ok(Confirmed::In(session))
}

/// Somebody we did not know, at the company of the form.
async fn newcomer(
    app: &App,
    txn: &DatabaseTransaction,
    joining: &Joining,
    company: &Company,
) -> Result<Uuid, DbErr> {
    let external_id = format!("joined-{}", joining.id.simple());
    let id = contacts::id(app.namespace, &external_id);
    let person = Arriving {
        id,
        account: company.id,
        external_id,
        email: joining.email.clone(),
        email_key: joining.email_key.clone(),
        first_name: Some(joining.first_name.clone()),
        last_name: None,
        role: None,
        language: Some(joining.language.clone()),
        timezone: None,
        user_type: None,
        level: None,
        needs: None,
        traits: Vec::new(),
    };
    contacts::merge(txn, &[person], &[], &[Vec::new()], app.clock.now()).await?;
    Ok(id)
}

/// The receipts, and what follows from joining: a family that was kept out and joins by itself has crossed over.
async fn allow(app: &App, txn: &DatabaseTransaction, joining: &Joining, contact: Uuid) -> Result<(), DbErr> {
    let now = app.clock.now();
    let Some(person) = wishes::person(txn, contact).await? else { return Ok(()) };
    let receipt = |purpose: Purpose, wording: &str| GivenOrTaken {
        account: person.account.into(),
        contact: contact.into(),
        email_key: joining.email_key.clone(),
        purpose,
        granted: true,
        at: now,
        source: SOURCE.to_owned(),
        wording: Some(wording.to_owned()),
        recorded_at: now,
    };
    let mut said: Vec<_> = PURPOSES.iter().map(|purpose| receipt(*purpose, &joining.wording)).collect();
    if joining.tracking {
        said.push(receipt(Purpose::Tracking, &joining.tracking_wording));
    }
    consent::record(txn, &app.keys, &said).await?;
    if let Some(draw) = comparison::draw(txn).await? {
        comparison::refresh_held(txn, draw.design, now).await?;
    }
    let value = json!({
        "about": "joined",
        "channel": joining.from.channel.map(segments::AskChannel::as_str),
        "source": joining.from.source,
    });
    let event = NewEvent {
        contact: Some(contact.into()),
        value: Some(value.to_string()),
        ..NewEvent::of(ids::named(joining.id, "event", "joined"), person.account.into(), EventKind::Form, now)
    };
    events::record(txn, &[event]).await?;
    Ok(())
}
