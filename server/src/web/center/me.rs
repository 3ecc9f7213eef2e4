//! `/me`: every fact we know about a reader, in their words, with where it came from and what they can do about it.

use axum::extract::{Query, State};
use axum::response::Html;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use segments::{Inferred, Pace, Profile};
use serde::Deserialize;
use templates::Words;
use templates::center::{Changed, FactGroup, KnownFact, MePage, OwnPage};

use super::{around, frame, times, ways};
use crate::app::App;
use crate::router;
use crate::store::me::{self, AsOf};
use crate::store::told::business::Topic;
use crate::store::told::own::Own;
use crate::store::told::{self, Kept, business as told_of_business};
use crate::store::{audience, products, wishes};
use crate::web::error::PageError;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

mod acts;
mod business;
pub(crate) mod data;
pub(crate) mod facts;
pub(crate) mod farewell;
mod person;

/// What was just done, in the address that a form leads back to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    changed: Option<String>,
    removed: Option<String>,
    undone: Option<String>,
    stays: Option<String>,
}

/// Shows everything.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Query(done): Query<Done>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let frame = frame(&app, &visit, Some(&reader));
    let words = app.templates.words(&frame.language);
    let known = Known::read(&app, &reader).await?;
    let speaker = Speaker { app: &app, words, zone: times::zone(Some(&reader)), known: &known };
    let groups = [
        Some(speaker.about_you()),
        Some(speaker.business()),
        speaker.products(),
        Some(speaker.acts()),
        Some(speaker.allowed()),
        speaker.notes(),
    ];
    let page = MePage {
        around: around(&app, Some(&reader), None),
        changed: changed(words, &done),
        groups: groups.into_iter().flatten().collect(),
        pages: pages(words),
        downloads: ["/me/data.json".to_owned(), "/me/data.txt".to_owned()],
        leave_href: "/me/leave".to_owned(),
        erase_href: "/me/erase".to_owned(),
    };
    Ok(Html(app.templates.center_me(&frame, &page)?))
}

/// Says what was just done; of a fact that is the reader's to change it can be taken back.
fn changed(words: &Words, done: &Done) -> Option<Changed> {
    let undo = |word: &Option<String>| {
        let word = word.as_deref()?;
        let word = Own::find(word).map(Own::word).or(Topic::find(word).map(Topic::word))?;
        Some(format!("/me/facts/{word}/undo"))
    };
    let said = |key: &str, holds, undo_action| Some(Changed { words: words.say(key), holds, undo_action });
    if let Some(why) = &done.stays {
        let key = if why == facts::COLLEAGUE { "me-stays-colleague" } else { "me-stays-records" };
        said(key, false, None)
    } else if done.undone.is_some() {
        said("me-undone", true, None)
    } else if done.removed.is_some() {
        said("me-removed", true, undo(&done.removed))
    } else if done.changed.is_some() {
        said("me-changed", true, undo(&done.changed))
    } else {
        None
    }
}

fn pages(words: &Words) -> Vec<OwnPage> {
    let all = [
        ("mail", "me-page-email", "me-page-email-hint", "/me/email"),
        ("layers", "me-page-mine", "me-page-mine-hint", "/mine"),
        ("save", "me-page-saved", "me-page-saved-hint", "/saved"),
        ("shield", "me-page-sessions", "me-page-sessions-hint", "/me/sessions"),
        ("check", "me-page-receipt", "me-page-receipt-hint", "/me/receipt"),
    ];
    let there = all.into_iter().filter(|(.., href)| router::leads_to(href));
    let page = |(icon, label, hint, href): (&'static str, &str, &str, &str)| OwnPage {
        icon,
        label: words.say(label),
        hint: words.say(hint),
        href: href.to_owned(),
    };
    there.map(page).collect()
}

/// Everything that is known.
struct Known {
    profile: Profile,
    told: Vec<Kept>,
    colleagues_told: Vec<Kept>,
    as_of: AsOf,
    colleagues: u64,
    products: Vec<products::Product>,
    inferred: Option<Inferred>,
    pace: (Pace, Option<DateTime<Utc>>),
}

impl Known {
    async fn read(app: &App, reader: &Reader) -> Result<Self, PageError> {
        let (db, id, account) = (app.db.read(), reader.customer.id, reader.customer.account);
        let profiles = audience::load_profiles(db, &[id], app.clock.now()).await?;
        let profile = profiles.into_iter().next().ok_or(PageError::NotFound)?;
        let person = wishes::person(db, id).await?.ok_or(PageError::NotFound)?;
        Ok(Self {
            inferred: ways::of(app, &profile).await?,
            profile,
            told: told::latest(db, account, id).await?,
            colleagues_told: told_of_business::of_colleagues(db, account, id).await?,
            as_of: me::as_of(db, account, id).await?.ok_or(PageError::NotFound)?,
            colleagues: me::colleagues(db, account, id).await?,
            products: products::all(db).await?,
            pace: (person.pace, person.pace_at),
        })
    }

    fn told(&self, fact: &str) -> Option<&Kept> {
        self.told.iter().find(|kept| kept.fact == fact)
    }
}

/// Says what is known.
struct Speaker<'a> {
    app: &'a App,
    words: &'a Words,
    zone: Tz,
    known: &'a Known,
}

impl Speaker<'_> {
    fn vendor(&self) -> &str {
        &self.app.settings.vendor.name
    }

    fn on(&self, key: &str, at: DateTime<Utc>) -> String {
        let day = times::day(self.words, at, self.zone);
        self.words.say_with(key, &[("day", day.into()), ("vendor", self.vendor().into())])
    }

    fn group(&self, id: &'static str, title: &str, lead: Option<&str>, facts: Vec<KnownFact>) -> FactGroup {
        let vendor = || [("vendor", self.vendor().into())];
        FactGroup {
            id,
            title: self.words.say_with(title, &vendor()),
            lead: lead.map(|key| self.words.say_with(key, &vendor())),
            facts,
        }
    }
}
