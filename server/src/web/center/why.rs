//! "Why am I seeing this?" and "That's not me".

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::response::Redirect;
use chrono::{SubsecRound, TimeDelta};
use content::{Guess, Item};
use segments::EventKind;
use serde_json::json;
use templates::Words;
use templates::center::WhyPanel;
use uuid::Uuid;

use super::choosing;
use super::shown::learner;
use crate::app::App;
use crate::ids;
use crate::shelf::Shelf;
use crate::store::choices::{self, Kept};
use crate::store::events::{self, NewEvent};
use crate::store::guesses;
use crate::web::error::PageError;
use crate::web::forms::{Button, Checked};
use crate::web::visitor::Reader;

/// So long after it was shown somewhere a page still knows why.
const REMEMBERED_DAYS: i64 = 30;

/// Why this reader sees this item: by the choice they came with, or by the last one that showed it to them.
pub(super) async fn panel(
    app: &App,
    words: &Words,
    reader: Option<&Reader>,
    item: &Item,
    choice: &str,
    noted: bool,
) -> Result<Option<WhyPanel>, PageError> {
    let Some(reader) = reader else { return Ok(None) };
    let (account, contact) = (reader.customer.account, reader.customer.id);
    let db = app.db.read();
    let named = match choice.parse::<Uuid>() {
        Ok(id) => choices::find(db, account, contact, id).await?,
        Err(_) => None,
    };
    let mut kept = named.filter(|kept| kept.choice.item == item.slug);
    if kept.is_none() {
        let since = app.clock.now() - TimeDelta::days(REMEMBERED_DAYS);
        kept = choices::latest(db, account, contact, item.slug.as_str(), since).await?;
    }
    Ok(kept.map(|kept| WhyPanel {
        why: choosing::why(&kept.choice),
        not_me_action: (!noted).then(|| format!("/why/{}/not-me", kept.id)),
        noted: noted.then(|| came_of_it(app, words, &kept)),
    }))
}

fn came_of_it(app: &App, words: &Words, kept: &Kept) -> String {
    let vendor = &app.settings.vendor;
    if !guesses_of(kept).is_empty() {
        words.say("lesson-taken-back")
    } else if vendor.phone.is_empty() {
        words.say_with("lesson-from-account-no-phone", &[("vendor", (&vendor.name).into())])
    } else {
        words.say_with("lesson-from-account", &[("phone", (&vendor.phone).into())])
    }
}

fn guesses_of(kept: &Kept) -> BTreeSet<Guess> {
    kept.choice.facts.iter().filter_map(content::FactUsed::guess).collect()
}

/// Keeps that a reader does not find themselves in a choice, and takes back what was only guessed.
pub async fn not_me(
    State(app): State<App>,
    shelf: Shelf,
    Path(choice): Path<String>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let id: Uuid = choice.parse().map_err(|_| PageError::NotFound)?;
    let who = learner(&reader);
    let kept = choices::find(app.db.read(), who.account, who.contact, id).await?;
    let kept = kept.ok_or(PageError::NotFound)?;
    let now = app.clock.now();
    let at = now.trunc_subsecs(0);
    let facts: Vec<_> = kept.choice.facts.iter().map(|fact| fact.label.as_str()).collect();
    let event = NewEvent {
        contact: Some(who.contact.into()),
        item: Some(kept.choice.item.to_string()),
        value: Some(json!({ "about": "not-me", "choice": id, "facts": facts }).to_string()),
        recorded_at: now,
        ..NewEvent::of(
            ids::named(who.contact, "act", &format!("not-me|{id}|{}", at.timestamp())),
            who.account.into(),
            EventKind::Form,
            at,
        )
    };
    let taken = guesses_of(&kept);
    app.db
        .group()
        .commit(move |txn| {
            let (event, taken) = (event.clone(), taken.clone());
            Box::pin(async move {
                events::record(txn, &[event]).await?;
                for guess in taken {
                    guesses::take_back(txn, who, guess, now).await?;
                }
                Ok(())
            })
        })
        .await?;
    let path = shelf.catalogue.get(kept.choice.item.as_str()).map_or_else(|| "/".to_owned(), Item::path);
    Ok(Redirect::to(&format!("{path}?why={id}&noted=yes#why")))
}
