//! `/fix`: common problems, and the way out of one of them, step by step, the quickest first.
//!
//! Looking opens a step and keeps nothing but that it was looked at; whether it helped is posted. Help is never held back:
//! past any limit an answer is not kept, and the next step opens all the same.

use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use chrono::TimeDelta;
use segments::EventKind;
use serde::Deserialize;

use super::shown::{self, learner};
use super::{frame, why};
use crate::app::App;
use crate::learning::fixing;
use crate::shelf::Shelf;
use crate::web::caller::{Caller, allowed};
use crate::web::error::PageError;
use crate::web::forms::Open;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

mod draw;
mod list;
mod status;

pub use list::list;
pub(super) use list::worked_for;

/// Answers an hour from one network, or of one person, that are kept.
const AN_HOUR: i32 = 60;

/// What stands behind the `?` of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// How many steps did not help.
    tried: String,
    /// The step that just fixed it.
    fixed: String,
    /// The choice by which the reader came.
    why: String,
    noted: String,
}

/// Shows a problem, and the step that is to be tried next.
pub async fn show(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let item = shown::find(&app, &shelf, "fix", &slug)?;
    let reader = reader.as_ref();
    if let Some(reader) = reader {
        shown::keep(&app, reader, item, EventKind::Viewed).await?;
    }
    let frame = frame(&app, &visit, reader);
    let parts = fixing::parts(item);
    let problem = draw::Problem {
        app: &app,
        words: app.templates.words(&frame.language),
        shelf: &shelf,
        item,
        tried: asked.tried.parse().unwrap_or(0).min(parts.tries.len()),
        fixed: parts.tries.iter().position(|one| one.name == asked.fixed),
        parts,
    };
    let why = why::panel(&app, problem.words, reader, item, &asked.why, asked.noted == "yes").await?;
    let page = problem.page(reader, why).await?;
    Ok(Html(app.templates.center_fix(&frame, &page)?))
}

/// Whether a step helped.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Helped {
    step: String,
    fixed: String,
}

/// Keeps whether a step helped, and leads on: to the end, or to the next step.
pub async fn answer(
    State(app): State<App>,
    shelf: Shelf,
    Path(slug): Path<String>,
    caller: Caller,
    Open { reader, form }: Open<Helped>,
) -> Result<Redirect, PageError> {
    let item = shown::find(&app, &shelf, "fix", &slug)?;
    let parts = fixing::parts(item);
    let fixed = form.fixed == "yes";
    let Some(at) = parts.tries.iter().position(|one| one.name == form.step) else {
        return Ok(Redirect::to(&item.path())); // a step that a new version no longer has
    };
    let network = caller.network();
    let who = reader.as_ref().map_or(network.as_slice(), |reader| reader.customer.id.as_bytes());
    if allowed(&app, "fix", who, AN_HOUR, TimeDelta::hours(1)).await? {
        fixing::answer(&app, reader.as_ref().map(learner), &slug, &form.step, fixed).await?;
    }
    let to = if fixed {
        format!("{}?fixed={}#fixed", item.path(), form.step)
    } else {
        format!("{}?tried={}#step", item.path(), at + 1)
    };
    Ok(Redirect::to(&to))
}
