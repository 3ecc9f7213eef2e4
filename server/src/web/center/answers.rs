//! The one-tap question: at the end of a page, and from a letter.

use axum::extract::{Path, Query, State};
use axum::response::Html;
use chrono::{SubsecRound, TimeDelta};
use segments::EventKind;
use serde::Deserialize;
use templates::center::{AnswerPage, DonePage};
use uuid::Uuid;

use super::{around, frame};
use crate::app::App;
use crate::ids::Ids;
use crate::shelf::Shelf;
use crate::store::events::{self, NewEvent};
use crate::web::caller::{Caller, limit};
use crate::web::error::PageError;
use crate::web::forms::{Checked, Open};
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// Answers an hour from one network, or of one person.
const AN_HOUR: i32 = 30;
/// The longest words that are kept.
const LONGEST: usize = 2_000;

/// An answer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    answer: String,
    words: String,
}

impl Answer {
    fn yes(&self) -> Result<bool, PageError> {
        match self.answer.as_str() {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(PageError::Unreadable),
        }
    }
}

/// Keeps the answer at the end of a page.
pub async fn feedback(
    State(app): State<App>,
    visit: Visit,
    reader: Reader,
    Checked(answer): Checked<Answer>,
) -> Result<Html<String>, PageError> {
    limit(&app, "answer", reader.customer.id.as_bytes(), AN_HOUR, TimeDelta::hours(1)).await?;
    keep(&app, Some(&reader), "page", &answer).await?;
    done(&app, &visit, Some(&reader))
}

/// Shows the answer that was tapped in a letter, ready to confirm. Keeps nothing.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(letter): Path<String>,
    Query(answer): Query<Answer>,
    shelf: Shelf,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let letter = named(&shelf, &letter)?;
    let reader = reader.as_ref();
    let page = AnswerPage {
        around: around(&app, reader, None),
        question: "Was this letter useful?".to_owned(),
        yes: answer.answer != "no",
        action: format!("/useful/{letter}"),
    };
    let frame = frame(&app, &visit, reader);
    Ok(Html(app.templates.center_answer(&frame, &page)?))
}

/// Keeps the answer to a letter's question; no sign-in needed.
pub async fn create(
    State(app): State<App>,
    visit: Visit,
    Path(letter): Path<String>,
    shelf: Shelf,
    caller: Caller,
    Open { reader, form: answer }: Open<Answer>,
) -> Result<Html<String>, PageError> {
    let letter = named(&shelf, &letter)?;
    let network = caller.network();
    let who = reader.as_ref().map_or(network.as_slice(), |reader| reader.customer.id.as_bytes());
    limit(&app, "answer", who, AN_HOUR, TimeDelta::hours(1)).await?;
    keep(&app, reader.as_ref(), letter, &answer).await?;
    done(&app, &visit, reader.as_ref())
}

/// A letter that there is; whatever else stands there is not one.
fn named<'a>(shelf: &Shelf, letter: &'a str) -> Result<&'a str, PageError> {
    shelf.emails.get(letter).map(|_| letter).ok_or(PageError::NotFound)
}

/// Keeps an answer with its words. One from somebody who is not signed in belongs to no account.
async fn keep(app: &App, reader: Option<&Reader>, about: &str, answer: &Answer) -> Result<(), PageError> {
    let useful = if answer.yes()? { "yes" } else { "no" };
    let words: String = answer.words.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    let value = serde_json::json!({ "about": about, "useful": useful, "words": words }).to_string();
    let now = app.clock.now();
    let account = reader.map_or(Uuid::nil(), |reader| reader.customer.account);
    let event = NewEvent {
        contact: reader.map(|reader| reader.customer.id.into()),
        value: Some(value),
        recorded_at: now,
        ..NewEvent::of(Ids::of_the_machine().next(), account.into(), EventKind::Form, now.trunc_subsecs(0))
    };
    app.db
        .group()
        .commit(move |txn| {
            let event = event.clone();
            Box::pin(async move { events::record(txn, &[event]).await })
        })
        .await?;
    Ok(())
}

fn done(app: &App, visit: &Visit, reader: Option<&Reader>) -> Result<Html<String>, PageError> {
    let page = DonePage::answered(around(app, reader, None));
    let frame = frame(app, visit, reader);
    Ok(Html(app.templates.center_done(&frame, &page)?))
}
