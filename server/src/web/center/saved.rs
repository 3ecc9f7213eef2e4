//! `/saved`: a reader's shelves, their links, and what they can bring back.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use content::{StarterShelf, shelves_for};
use serde::Deserialize;
use templates::center::{
    Around, Deleted, Noted, PlaceKind, Problem, SavedPage, ShelfCard, ShelfRow, StarterOffer,
};
use templates::{Frame, Words};
use uuid::Uuid;

use super::keeping::{self, Own};
use super::shown::{self, learner};
use super::standing::{self, Standing};
use super::times;
use super::{around, frame};
use crate::app::App;
use crate::clock::Clock;
use crate::ids;
use crate::learning::shelves::{self as keep, MOST};
use crate::shelf::Shelf;
use crate::store::pieces::{self, NewPiece};
use crate::store::progress::Learner;
use crate::store::shares;
use crate::store::shelves::{self, Way};
use crate::web::error::{PageError, Plain};
use crate::web::forms::{Button, Checked};
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// So many shelves to begin with are offered.
const OFFERED: usize = 3;

/// What stands behind the `?` of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The shelf that was just deleted.
    deleted: String,
    /// The link that was just made.
    link: String,
    /// The link that was just ended.
    ended: String,
    /// Until when it would have opened.
    until: i64,
}

/// Shows everything a reader keeps; tells a visitor what shelves are for.
pub async fn list(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    Query(asked): Query<Asked>,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let frame = frame(&app, &visit, reader.as_ref());
    let page = match &reader {
        Some(reader) => page(&app, &frame, &shelf, reader, &asked).await?,
        None => SavedPage { around: here(&app, None), ..SavedPage::default() },
    };
    Ok(Html(app.templates.center_saved(&frame, &page)?))
}

fn here(app: &App, reader: Option<&Reader>) -> Around {
    around(app, reader, Some(PlaceKind::Saved))
}

async fn page(
    app: &App,
    frame: &Frame,
    shelf: &Shelf,
    reader: &Reader,
    asked: &Asked,
) -> Result<SavedPage, PageError> {
    let words = app.templates.words(&frame.language);
    let (db, who) = (app.db.read(), learner(reader));
    let own = keeping::own(app, shelf, who).await?;
    let zone = times::zone(Some(reader));
    let deleted = shelves::deleted(db, who).await?;
    let just = deleted.iter().find(|one| one.id.to_string() == asked.deleted);
    Ok(SavedPage {
        around: here(app, Some(reader)),
        signed_in: true,
        shelves: rows(app, words, shelf, &own),
        starters: if own.shelves.is_empty() { starters(app, shelf, reader).await? } else { Vec::new() },
        colleagues: colleagues(app, words, shelf, reader).await?,
        links: keeping::links(app, words, shelf, (who, zone), None, asked.link.parse().ok()).await?,
        note: match just {
            Some(one) => Some(Noted {
                words: words.say_with("saved-shelf-deleted", &[("title", (&one.title).into())]),
                undo_action: Some(restore(one.id)),
            }),
            None => just_ended(app, words, shelf, who, asked).await?,
        },
        deleted: deleted
            .iter()
            .filter_map(|one| {
                Some(Deleted {
                    title: one.title.clone(),
                    until: keeping::last_day(words, zone, one.archived_at?),
                    action: restore(one.id),
                })
            })
            .collect(),
        team_href: keeping::give_href(""),
        ..SavedPage::default()
    })
}

/// "“Front desk” is shared by this link no more."
async fn just_ended(
    app: &App,
    words: &Words,
    shelf: &Shelf,
    who: Learner,
    asked: &Asked,
) -> Result<Option<Noted>, PageError> {
    let Ok(id) = asked.ended.parse() else { return Ok(None) };
    let ended = shares::own(app.db.read(), who, id).await?;
    let Some(ended) = ended.filter(|share| share.expires_at <= Clock::Real.now()) else { return Ok(None) };
    let Some((title, _)) = keeping::thing(app, shelf, who, &ended.thing).await? else { return Ok(None) };
    Ok(Some(Noted {
        words: words.say_with("saved-link-ended", &[("title", title.into())]),
        undo_action: Some(format!("/saved/links/{id}/restore?until={}", asked.until)),
    }))
}

fn restore(shelf: Uuid) -> String {
    format!("/saved/{shelf}/restore")
}

fn rows(app: &App, words: &Words, shelf: &Shelf, own: &Own) -> Vec<ShelfRow> {
    let row = |one: &shelves::Shelf| {
        let items = own.on(app, shelf, one.id);
        ShelfRow {
            anchor: anchor(one.id),
            title: one.title.clone(),
            href: keeping::href(one.id),
            line: keeping::line(words, items.len(), one.shared),
            fresh: own.fresh_among(&items),
            move_action: format!("/saved/{}/move", one.id),
        }
    };
    own.shelves.iter().map(row).collect()
}

fn anchor(shelf: Uuid) -> String {
    format!("shelf-{shelf}")
}

/// Our shelves for this reader: those of their trade first, where the center chooses for them.
pub(super) async fn offered<'a>(
    app: &App,
    shelf: &'a Shelf,
    reader: Option<&Reader>,
) -> Result<Vec<&'a StarterShelf>, PageError> {
    let profile = match standing::of(app, reader).await? {
        Standing::Chosen(profile) => Some(profile),
        Standing::Member | Standing::Visitor => None,
    };
    let trade = profile.as_ref().and_then(|profile| profile.account.industry.as_deref());
    Ok(shelves_for(&shelf.starter_shelves, trade))
}

/// Shelves to begin with.
async fn starters(app: &App, shelf: &Shelf, reader: &Reader) -> Result<Vec<StarterOffer>, PageError> {
    let offer = |starter: &StarterShelf| StarterOffer {
        title: starter.title.clone(),
        holds: starter
            .items
            .iter()
            .filter_map(|slug| keeping::item(app, shelf, slug.as_str()))
            .map(|item| item.title.clone())
            .collect(),
        action: format!("/saved/starters/{}", starter.slug),
    };
    let offers = offered(app, shelf, Some(reader)).await?.into_iter().map(offer);
    Ok(offers.filter(|offer| !offer.holds.is_empty()).take(OFFERED).collect())
}

async fn colleagues(
    app: &App,
    words: &Words,
    shelf: &Shelf,
    reader: &Reader,
) -> Result<Vec<ShelfCard>, PageError> {
    let db = app.db.read();
    let mut cards = Vec::new();
    for (one, name) in shelves::of_colleagues(db, learner(reader)).await? {
        let pieces = pieces::on_shelf(db, one.owner, one.id).await?;
        let saved = pieces.iter().filter(|piece| keeping::item(app, shelf, &piece.item).is_some()).count();
        let line = format!("{} · {}", keeping::line(words, saved, false), from(words, name.as_deref()));
        cards.push(ShelfCard { title: one.title, href: keeping::href(one.id), line, fresh: 0 });
    }
    Ok(cards)
}

/// "From Ana".
pub(super) fn from(words: &Words, name: Option<&str>) -> String {
    match name {
        Some(name) => words.say_with("saved-from", &[("name", name.into())]),
        None => words.say("saved-from-somebody"),
    }
}

/// The name of a shelf as it was sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Named {
    pub(super) title: String,
}

/// Why a shelf cannot have this name among the others of its owner.
pub(super) fn refusal(words: &Words, title: &str, others: &[shelves::Shelf]) -> Option<Problem> {
    let twice = others.iter().any(|other| other.title.to_lowercase() == title.to_lowercase());
    let words = if title.is_empty() {
        words.say("saved-problem-name")
    } else if twice {
        words.say("saved-problem-twice")
    } else if others.len() >= MOST {
        words.say_with("saved-problem-many", &[("most", MOST.into())])
    } else {
        return None;
    };
    Some(Problem { field: "title", words })
}

/// Makes an empty shelf.
pub async fn create(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    reader: Reader,
    Checked(form): Checked<Named>,
) -> Result<Response, PageError> {
    let who = learner(&reader);
    let title = keeping::name(&form.title);
    let frame = frame(&app, &visit, Some(&reader));
    let words = app.templates.words(&frame.language);
    let others = shelves::of_person(app.db.read(), who).await?;
    if let Some(problem) = refusal(words, &title, &others) {
        let page = page(&app, &frame, &shelf, &reader, &Asked::default()).await?;
        let page = SavedPage { typed: form.title, problems: vec![problem], ..page };
        let html = Html(app.templates.center_saved(&frame, &page)?);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Extension(Plain), html).into_response());
    }
    let id = app.ids.next();
    keep::make(&app, who, id, &title, &[]).await?;
    Ok(Redirect::to(&keeping::href(id)).into_response())
}

/// Takes a shelf that ships with the house. Taken twice, it is one.
pub async fn begin(
    State(app): State<App>,
    shelf: Shelf,
    Path(slug): Path<String>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let who = learner(&reader);
    let starter = shelf.starter_shelves.iter().find(|starter| starter.slug.as_str() == slug);
    let starter = starter.ok_or(PageError::NotFound)?;
    let id = ids::named(who.contact, "starter shelf", &slug);
    if shelves::own(app.db.read(), who, id).await?.is_none() {
        let items = starter.items.iter().filter_map(|slug| keeping::item(&app, &shelf, slug.as_str()));
        let items: Vec<_> = items
            .map(|item| NewPiece { item: item.slug.to_string(), version: shown::version(item) })
            .collect();
        keep::make(&app, who, id, &starter.title, &items).await?;
    }
    Ok(Redirect::to(&keeping::href(id)))
}

/// Which way something moves.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Moved {
    by: String,
}

impl Moved {
    pub(super) fn way(&self) -> Result<Way, PageError> {
        match self.by.as_str() {
            "up" => Ok(Way::Up),
            "down" => Ok(Way::Down),
            _ => Err(PageError::Unreadable),
        }
    }
}

/// Moves a shelf one place.
pub async fn step(
    State(app): State<App>,
    Path(shelf): Path<String>,
    reader: Reader,
    Checked(form): Checked<Moved>,
) -> Result<Redirect, PageError> {
    let (id, way) = (keeping::id(&shelf)?, form.way()?);
    let txn = app.db.begin().await?;
    let there = shelves::step(&txn, learner(&reader), id, way, app.clock.now()).await?;
    txn.commit().await?;
    keeping::found(there)?;
    Ok(Redirect::to(&format!("/saved#{}", anchor(id))))
}

/// Deletes a shelf; it can be brought back.
pub async fn delete(
    State(app): State<App>,
    Path(shelf): Path<String>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let id = keeping::id(&shelf)?;
    let txn = app.db.begin().await?;
    let there = shelves::archive(&txn, learner(&reader), id, app.clock.now()).await?;
    txn.commit().await?;
    keeping::found(there)?;
    Ok(Redirect::to(&format!("/saved?deleted={id}")))
}

/// Brings a deleted shelf back.
pub async fn undelete(
    State(app): State<App>,
    Path(shelf): Path<String>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let id = keeping::id(&shelf)?;
    let txn = app.db.begin().await?;
    let there = shelves::restore(&txn, learner(&reader), id, app.clock.now()).await?;
    txn.commit().await?;
    keeping::found(there)?;
    Ok(Redirect::to(&format!("/saved#{}", anchor(id))))
}
