//! `/learn/{slug}/{step}`: going through a lesson, step by step.
//!
//! A look changes nothing but that it was looked at; ticks and steps that are done are posted.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use content::Item;
use segments::EventKind;
use serde::Deserialize;
use templates::center::LessonPage;

use super::ask::others;
use super::shown::{self, learner};
use super::{frame, keeping, times, why};
use crate::app::App;
use crate::learning::{finishing, reminders, steps};
use crate::shelf::Shelf;
use crate::store::progress::{self, Said, Way};
use crate::web::error::PageError;
use crate::web::forms::Checked;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

mod draw;

/// Before the name of a task, where a form says that it is ticked.
pub(super) const TICK: &str = "t-";

/// What stands behind the `?` of a lesson's address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The choice by which the reader came.
    why: String,
    /// Whether they just said that it is not them.
    noted: String,
    /// The answer to the quick check, counted from 1.
    answer: String,
    /// Whether they just said how clear the step is.
    answered: String,
}

/// Leads to the first step that the reader has not done.
pub async fn begin(
    State(app): State<App>,
    shelf: Shelf,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
    reader: Option<Reader>,
) -> Result<Redirect, PageError> {
    let item = shown::find(&app, &shelf, "learn", &slug)?;
    let way = way(&app, reader.as_ref(), item).await?;
    let names = steps::names(item);
    let step = names.get(steps::first_undone(&names, &way.done())).ok_or(PageError::NotFound)?;
    let why = asked.why.parse::<uuid::Uuid>().map(|id| format!("?why={id}")).unwrap_or_default();
    let noted = if asked.noted == "yes" && !why.is_empty() { "&noted=yes" } else { "" };
    Ok(Redirect::to(&format!("{}/{step}{why}{noted}", item.path())))
}

/// Shows one step.
pub async fn show(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    Path((slug, step)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    reader: Option<Reader>,
) -> Result<Response, PageError> {
    let item = shown::find(&app, &shelf, "learn", &slug)?;
    let names = steps::names(item);
    let Some(at) = names.iter().position(|name| *name == step) else {
        return Ok(Redirect::to(&item.path()).into_response()); // a step that a new version no longer has
    };
    let reader = reader.as_ref();
    if let Some(reader) = reader {
        shown::keep(&app, reader, item, EventKind::Viewed).await?;
    }
    let frame = frame(&app, &visit, reader);
    let words = app.templates.words(&frame.language);
    let page = draw::Step {
        app: &app,
        words,
        shelf: &shelf,
        item,
        names: &names,
        at,
        way: &way(&app, reader, item).await?,
        answer: asked.answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1)),
        answered: asked.answered == "yes",
        reminded: match reader {
            Some(reader) => reminders::chosen(&app, learner(reader), &slug).await?,
            None => None,
        },
    };
    let why = why::panel(&app, words, reader, item, &asked.why, asked.noted == "yes").await?;
    let save = keeping::save_box(&app, reader, item, &format!("{}/{step}", item.path())).await?;
    let asked = others::about(&app, (words, times::zone(reader)), &shelf, item).await?;
    let page = LessonPage { save, asked, ..page.page(reader, why)? };
    Ok(Html(app.templates.center_lesson(&frame, &page)?).into_response())
}

/// How far this reader came; a visitor has come nowhere that we know of.
async fn way(app: &App, reader: Option<&Reader>, item: &Item) -> Result<Way, PageError> {
    Ok(match reader {
        Some(reader) => progress::of_item(app.db.read(), learner(reader), item.slug.as_str()).await?,
        None => Way::default(),
    })
}

/// Keeps the ticks of a step, and that it is done when the reader goes on or ticked everything.
pub async fn keep(
    State(app): State<App>,
    shelf: Shelf,
    Path((slug, step)): Path<(String, String)>,
    reader: Reader,
    Checked(form): Checked<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    let item = shown::find(&app, &shelf, "learn", &slug)?;
    let names = steps::names(item);
    let at = names.iter().position(|name| *name == step).ok_or(PageError::NotFound)?;
    let goes_on = form.get("go").is_some_and(|go| go == "next");
    let mut said = said(item, &names, at, &form);
    said.done = goes_on || (!said.shown.is_empty() && said.ticked == said.shown);
    finishing::keep(&app, learner(&reader), said).await?;
    if form.contains_key("quietly") {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let next = names.get(at + 1).filter(|_| goes_on);
    let to =
        next.map_or_else(|| format!("{}/{step}#do", item.path()), |next| format!("{}/{next}", item.path()));
    Ok(Redirect::to(&to).into_response())
}

/// What a form says about the step at this place.
pub(super) fn said(item: &Item, names: &[String], at: usize, form: &BTreeMap<String, String>) -> Said {
    let shown: BTreeSet<String> = steps::tasks(&item.steps[at]).into_iter().collect();
    let ticked = shown.iter().filter(|task| form.contains_key(&format!("{TICK}{task}"))).cloned().collect();
    Said { item: item.slug.to_string(), step: names[at].clone(), shown, ticked, done: false }
}
