//! `/feedback`: the one-tap question at the end of a page, what would be better, and the offer of a person.
//!
//! No sign-in is needed. Answers are so many an hour; the words that come after one, which may ask for help, are not
//! counted again.

use axum::extract::{Path, Query, State};
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::{SubsecRound, TimeDelta};
use segments::EventKind;
use serde::Deserialize;
use serde_json::json;
use templates::center::{FeedbackPage, Link, Note};
use uuid::Uuid;

use super::{around, frame, kept};
use crate::app::App;
use crate::ids::{self, Ids};
use crate::router;
use crate::shelf::Shelf;
use crate::store::events::{self, NewEvent};
use crate::store::feedback::{self, About, Kept, Said};
use crate::web::caller::{Caller, limit};
use crate::web::error::PageError;
use crate::web::forms::Open;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// Answers an hour from one network, or of one person: as many as there are steps in a long evening.
const AN_HOUR: i32 = 60;
/// The longest words that are kept.
const LONGEST: usize = 2_000;
/// So long after an answer words may be added to it.
const OPEN_HOURS: i64 = 24;

/// What was asked.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub about: About,
    /// The page's address, or the letter's name.
    pub page: String,
    pub item: Option<String>,
    pub step: Option<String>,
}

/// Whether an answer is yes.
pub(super) fn is_yes(answer: &str) -> Result<bool, PageError> {
    match answer {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(PageError::Unreadable),
    }
}

/// Keeps an answer and says under which identifier. That somebody we know answered is an event.
pub(super) async fn keep(
    app: &App,
    reader: Option<&Reader>,
    caller: Caller,
    asked: Asked,
    yes: bool,
    words: &str,
) -> Result<Uuid, PageError> {
    let network = caller.network();
    let who = reader.map_or(network.as_slice(), |reader| reader.customer.id.as_bytes());
    limit(app, "feedback", who, AN_HOUR, TimeDelta::hours(1)).await?;
    let now = app.clock.now();
    let Asked { about, page, item, step } = asked;
    let thing = format!("{}|{page}|{}", about.word(), step.as_deref().unwrap_or_default());
    let said = Said {
        id: reader.map_or_else(
            || uuid::Builder::from_random_bytes(Ids::of_the_machine().random()).into_uuid(),
            |reader| ids::named(reader.customer.id, "feedback", &format!("{thing}|{}", now.date_naive())),
        ),
        account: reader.map_or_else(Uuid::nil, |reader| reader.customer.account),
        contact: reader.map(|reader| reader.customer.id),
        about,
        page,
        item,
        step,
        yes,
        words: sound(words),
        at: now,
    };
    let event = reader.map(|reader| event(reader, &thing, &said));
    let id = said.id;
    app.db
        .group()
        .commit(move |txn| {
            let (said, event) = (said.clone(), event.clone());
            Box::pin(async move {
                feedback::keep(txn, &said).await?;
                events::record(txn, event.as_slice()).await?;
                Ok(())
            })
        })
        .await?;
    Ok(id)
}

/// Words without what no keyboard types, and no longer than they may be.
fn sound(words: &str) -> String {
    words.trim().chars().filter(|letter| *letter == '\n' || !letter.is_control()).take(LONGEST).collect()
}

fn event(reader: &Reader, thing: &str, said: &Said) -> NewEvent {
    let at = said.at.trunc_subsecs(0);
    let about = if said.about == About::Letter { said.page.as_str() } else { said.about.word() };
    let useful = if said.yes { "yes" } else { "no" };
    let mut value = json!({ "about": about, "useful": useful });
    if let Some(step) = &said.step {
        value["step"] = step.as_str().into();
    }
    let id = ids::named(reader.customer.id, "act", &format!("feedback|{thing}|{}", at.timestamp()));
    NewEvent {
        contact: Some(reader.customer.id.into()),
        item: said.item.clone(),
        value: Some(value.to_string()),
        recorded_at: said.at,
        ..NewEvent::of(id, reader.customer.account.into(), EventKind::Form, at)
    }
}

/// One tap at the end of a page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Tapped {
    answer: String,
    page: String,
}

/// Keeps the answer at the end of a page.
pub async fn create(
    State(app): State<App>,
    shelf: Shelf,
    caller: Caller,
    Open { reader, form }: Open<Tapped>,
) -> Result<Redirect, PageError> {
    let yes = is_yes(&form.answer)?;
    if !router::is_page(&form.page) {
        return Err(PageError::Unreadable);
    }
    let item = shelf.catalogue.iter().find(|item| item.path() == form.page);
    let asked = Asked {
        about: About::Page,
        page: form.page,
        item: item.map(|item| item.slug.to_string()),
        step: None,
    };
    let id = keep(&app, reader.as_ref(), caller, asked, yes, "").await?;
    Ok(Redirect::to(&format!("/feedback/{id}")))
}

/// What stands behind the `?` of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    kept: String,
}

/// Says thank you, and asks what would be better.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<Uuid>,
    Query(shown): Query<Shown>,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let reader = reader.as_ref();
    let kept = find(&app, reader, id).await?;
    let frame = frame(&app, &visit, reader);
    let words = app.templates.words(&frame.language);
    let page = kept.said.page;
    let leads_back = page.starts_with('/') && !page.contains('{');
    let page = FeedbackPage {
        around: around(&app, reader, None),
        yes: kept.said.yes,
        words: kept.said.words,
        note: match kept.said.contact {
            None => Note::ToNobody,
            Some(_) if kept.note_wanted => Note::Wanted,
            Some(_) => Note::Offered,
        },
        kept: shown.kept == "yes",
        action: format!("/feedback/{id}"),
        back: Link {
            label: words.say(if leads_back { "feedback-back" } else { "feedback-home" }),
            href: if leads_back { page } else { "/".to_owned() },
        },
    };
    Ok(Html(app.templates.center_feedback(&frame, &page)?))
}

/// What somebody adds to their answer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Added {
    words: String,
    note: String,
}

/// Keeps what would be better, and whether they want to hear what came of it.
pub async fn add(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    parts: Parts,
    Open { reader, form }: Open<Added>,
) -> Result<Response, PageError> {
    let kept = match find(&app, reader.as_ref(), id).await {
        // It may be theirs, and their session over: what they typed waits until they are back.
        Err(PageError::NotFound) if reader.is_none() => {
            let fields = [("words".to_owned(), form.words), ("note".to_owned(), form.note)];
            return kept::wait(&app, parts, fields.into()).await;
        }
        found => found?,
    };
    let (account, words) = (kept.said.account, sound(&form.words));
    let note_wanted = kept.said.contact.is_some() && form.note == "yes";
    app.db
        .group()
        .commit(move |txn| {
            let words = words.clone();
            Box::pin(async move { feedback::add(txn, account, id, &words, note_wanted).await })
        })
        .await?;
    Ok(Redirect::to(&format!("/feedback/{id}?kept=yes")).into_response())
}

/// The reader's own answer, or one that nobody signed; whoever holds its identifier may add to it for a day.
async fn find(app: &App, reader: Option<&Reader>, id: Uuid) -> Result<Kept, PageError> {
    let db = app.db.read();
    let own = match reader {
        Some(reader) => feedback::find(db, reader.customer.account, id).await?,
        None => None,
    };
    let own = own.filter(|kept| kept.said.contact == reader.map(|reader| reader.customer.id));
    let kept = match own {
        Some(kept) => Some(kept),
        None => feedback::find(db, Uuid::nil(), id).await?,
    };
    let open_since = app.clock.now() - TimeDelta::hours(OPEN_HOURS);
    kept.filter(|kept| kept.said.at > open_since).ok_or(PageError::NotFound)
}
