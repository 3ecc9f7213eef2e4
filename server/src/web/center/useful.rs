//! One-tap answers about a step, a lesson and an article, and asking for a lesson that is missing. No sign-in needed.

use axum::extract::{Path, State};
use axum::response::Redirect;
use chrono::{SubsecRound, TimeDelta};
use segments::EventKind;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::learn::Wish;
use super::shown;
use crate::app::App;
use crate::ids::Ids;
use crate::learning::steps;
use crate::shelf::Shelf;
use crate::store::events::{self, NewEvent};
use crate::web::caller::{Caller, limit};
use crate::web::error::PageError;
use crate::web::forms::Open;
use crate::web::visitor::Reader;

/// Answers an hour from one network, or of one person: as many as there are steps in a long evening.
const AN_HOUR: i32 = 60;

/// An answer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Tapped {
    answer: String,
}

impl Tapped {
    fn read(&self) -> Result<&str, PageError> {
        let known = ["yes", "no"].contains(&self.answer.as_str());
        known.then_some(self.answer.as_str()).ok_or(PageError::Unreadable)
    }
}

/// "Did this step make sense?"
pub async fn step(
    State(app): State<App>,
    shelf: Shelf,
    Path((slug, step)): Path<(String, String)>,
    caller: Caller,
    Open { reader, form }: Open<Tapped>,
) -> Result<Redirect, PageError> {
    let item = shown::find(&app, &shelf, "learn", &slug)?;
    if !steps::names(item).contains(&step) {
        return Err(PageError::NotFound);
    }
    let value = json!({ "about": "step", "step": step, "useful": form.read()? });
    keep(&app, reader.as_ref(), caller, Some(slug.clone()), value).await?;
    Ok(Redirect::to(&format!("/learn/{slug}/{step}?answered=yes#answered")))
}

/// "Was this lesson worth your time?"
pub async fn lesson(
    State(app): State<App>,
    shelf: Shelf,
    Path(slug): Path<String>,
    caller: Caller,
    Open { reader, form }: Open<Tapped>,
) -> Result<Redirect, PageError> {
    shown::find(&app, &shelf, "learn", &slug)?;
    let value = json!({ "about": "lesson", "useful": form.read()? });
    keep(&app, reader.as_ref(), caller, Some(slug.clone()), value).await?;
    Ok(Redirect::to(&format!("/learn/{slug}/finished?answered=yes#answered")))
}

/// "Was this worth reading?"
pub async fn article(
    State(app): State<App>,
    shelf: Shelf,
    Path(slug): Path<String>,
    caller: Caller,
    Open { reader, form }: Open<Tapped>,
) -> Result<Redirect, PageError> {
    shown::find(&app, &shelf, "read", &slug)?;
    let value = json!({ "about": "article", "useful": form.read()? });
    keep(&app, reader.as_ref(), caller, Some(slug.clone()), value).await?;
    Ok(Redirect::to(&format!("/read/{slug}?answered=yes#answered")))
}

/// Keeps that somebody looked for a lesson that there is not.
pub async fn wanted(
    State(app): State<App>,
    shelf: Shelf,
    caller: Caller,
    Open { reader, form }: Open<Wish>,
) -> Result<Redirect, PageError> {
    let wish = form.sound(&shelf);
    let mut value = json!(wish);
    value["about"] = "lesson-wanted".into();
    keep(&app, reader.as_ref(), caller, None, value).await?;
    Ok(Redirect::to(&wish.with_word("asked=yes")))
}

/// Keeps an answer. One from somebody who is not signed in belongs to no account.
async fn keep(
    app: &App,
    reader: Option<&Reader>,
    caller: Caller,
    item: Option<String>,
    value: Value,
) -> Result<(), PageError> {
    let network = caller.network();
    let who = reader.map_or(network.as_slice(), |reader| reader.customer.id.as_bytes());
    limit(app, "useful", who, AN_HOUR, TimeDelta::hours(1)).await?;
    let now = app.clock.now();
    let account = reader.map_or(Uuid::nil(), |reader| reader.customer.account);
    let event = NewEvent {
        contact: reader.map(|reader| reader.customer.id.into()),
        item,
        value: Some(value.to_string()),
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
