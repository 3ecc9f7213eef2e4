//! Links by which a reader shares an item or a shelf: made, ended, and opened again.

use axum::extract::{Path, Query, State};
use axum::response::Redirect;
use chrono::{DateTime, TimeDelta};
use serde::Deserialize;

use super::keeping;
use super::shown::learner;
use crate::app::App;
use crate::clock::Clock;
use crate::learning::shelves::{self as keep, LINK_DAYS};
use crate::shelf::Shelf;
use crate::store::shares;
use crate::store::shelves::{self, Thing};
use crate::web::error::PageError;
use crate::web::forms::{Button, Checked};
use crate::web::visitor::Reader;

/// Links of one person that open at once at most.
const MOST: usize = 100;

/// What to share, and for how long.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sharing {
    item: String,
    shelf: String,
    days: String,
}

/// Makes a link.
pub async fn create(
    State(app): State<App>,
    shelf: Shelf,
    reader: Reader,
    Checked(form): Checked<Sharing>,
) -> Result<Redirect, PageError> {
    let who = learner(&reader);
    let days: Option<i64> = form.days.parse().ok();
    let days = days.filter(|days| LINK_DAYS.contains(days));
    let days = days.ok_or_else(|| refused("A link opens for 7, 30 or 90 days."))?;
    let thing = if form.shelf.is_empty() {
        let item = keeping::item(&app, &shelf, &form.item).ok_or(PageError::NotFound)?;
        Thing::Item(item.slug.to_string())
    } else {
        let own = shelves::own(app.db.read(), who, keeping::id(&form.shelf)?).await?;
        Thing::Shelf(own.ok_or(PageError::NotFound)?.id)
    };
    if shares::of_person(app.db.read(), who, Clock::Real.now()).await?.len() >= MOST {
        return Err(refused(
            "You have 100 links that open, which is as many as there can be. End one first.",
        ));
    }
    let page = match &thing {
        Thing::Item(_) => "/saved".to_owned(),
        Thing::Shelf(id) => keeping::href(*id),
    };
    let link = keep::share(&app, who, thing, days).await?;
    Ok(Redirect::to(&format!("{page}?link={link}#link-{link}")))
}

fn refused(words: &str) -> PageError {
    PageError::Form(vec![words.to_owned()])
}

/// Ends a link: from now on it opens nothing.
pub async fn end(
    State(app): State<App>,
    Path(link): Path<String>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let (id, who) = (keeping::id(&link)?, learner(&reader));
    let until = shares::own(app.db.read(), who, id).await?.ok_or(PageError::NotFound)?.expires_at;
    let txn = app.db.begin().await?;
    let ended = shares::end(&txn, who, id, Clock::Real.now()).await?;
    txn.commit().await?;
    keeping::found(ended)?;
    Ok(Redirect::to(&format!("/saved?ended={id}&until={}", until.timestamp())))
}

/// Until when a link opened before it was ended.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Until {
    until: i64,
}

/// Undoes it: the link opens again, until the day it had. Whoever changes the day in the address gets no longer one than
/// a new link could have.
pub async fn restore(
    State(app): State<App>,
    Path(link): Path<String>,
    Query(Until { until }): Query<Until>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let (id, now) = (keeping::id(&link)?, Clock::Real.now());
    let latest = now + TimeDelta::days(LINK_DAYS[2]);
    let until = DateTime::from_timestamp(until, 0).filter(|until| *until > now && *until <= latest);
    let until = until.ok_or(PageError::NotFound)?;
    let txn = app.db.begin().await?;
    let open = shares::reopen(&txn, learner(&reader), id, until, now).await?;
    txn.commit().await?;
    keeping::found(open)?;
    Ok(Redirect::to("/saved#links"))
}
