//! `/learn/{slug}/finished`: what one can do now, and one thing that comes next.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use content::{Item, Slot, Wanted};
use segments::{Event, EventKind};
use serde::Deserialize;
use templates::Words;
use templates::center::{FeedbackStrip, FinishPage, FollowUp, PickCard, PlaceKind};

use super::lesson::said;
use super::shown::{self, learner};
use super::standing::{self, Standing};
use super::{around, choosing, frame, keeping};
use crate::app::App;
use crate::learning::{finishing, steps};
use crate::shelf::Shelf;
use crate::store::choices::{self, Kept};
use crate::store::finishes::{self, Arm, Finish};
use crate::store::progress::Learner;
use crate::store::responses;
use crate::web::error::PageError;
use crate::web::forms::Checked;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

const NEXT: [Wanted; 1] = [Wanted { slot: Slot::NextWin, count: 1 }];
const PICKS: [Wanted; 1] = [Wanted { slot: Slot::Picks, count: 3 }];

/// What stands behind the `?` of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    answered: String,
}

/// Keeps that a reader finished a lesson, once, with its last step.
pub async fn create(
    State(app): State<App>,
    shelf: Shelf,
    Path(slug): Path<String>,
    reader: Reader,
    Checked(form): Checked<BTreeMap<String, String>>,
) -> Result<Redirect, PageError> {
    let item = shown::find(&app, &shelf, "learn", &slug)?;
    let names = steps::names(item);
    let at = form.get("step").and_then(|step| names.iter().position(|name| name == step));
    let last = at.map(|at| {
        let mut said = said(item, &names, at, &form);
        said.done = true;
        said
    });
    let who = learner(&reader);
    let drawn = match finishes::finished(app.db.read(), who, &slug).await? {
        Some(_) => None, // what was drawn then stays
        None => draw(&app, &shelf, &reader, item).await?,
    };
    finishing::finish(&app, who, &slug, last, drawn).await?;
    Ok(Redirect::to(&format!("/learn/{slug}/finished")))
}

/// What follows for this reader, and whether they are shown it; nothing where the center does not choose for them.
async fn draw(
    app: &App,
    shelf: &Shelf,
    reader: &Reader,
    item: &Item,
) -> Result<Option<(Arm, String)>, PageError> {
    let Standing::Chosen(mut profile) = standing::of(app, Some(reader)).await? else { return Ok(None) };
    let now = app.clock.now();
    // The choice is made as if this were finished, which it is in a moment.
    profile
        .events
        .push(Event { item: Some(item.slug.to_string()), ..Event::blank(EventKind::Completed, now) });
    let choices = shelf.choose(&profile, &NEXT, now);
    let Some(follow_up) = choices.first().map(|choice| choice.item.to_string()) else { return Ok(None) };
    let arm = finishing::arm(reader.customer.id, item.slug.as_str());
    if arm == Arm::FollowUp {
        choosing::keep(app, &profile, choices, now).await?;
    }
    Ok(Some((arm, follow_up)))
}

/// Shows the end of a lesson. A visitor reads it too; nothing of theirs is kept.
pub async fn show(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let item = shown::find(&app, &shelf, "learn", &slug)?;
    let reader = reader.as_ref();
    let (mut kept, mut finished) = (false, None);
    if let Some(Learner { account, contact }) = reader.map(learner) {
        let db = app.db.read();
        kept = responses::completed(db, account, contact, &slug).await?;
        finished = finishes::finished(db, Learner { account, contact }, &slug).await?;
    }
    let frame = frame(&app, &visit, reader);
    let words = app.templates.words(&frame.language);
    let picks = match &finished {
        Some(Finish { arm: Some(Arm::Picks), .. }) => picks(&app, words, &shelf, reader).await?,
        _ => Vec::new(),
    };
    let page = FinishPage {
        around: around(&app, reader, Some(PlaceKind::Learn)),
        title: item.title.clone(),
        lesson_href: item.path(),
        kept,
        outcomes: item.outcomes.clone(),
        follow_up: if picks.is_empty() {
            follow_up(&app, &shelf, reader, item, finished).await?
        } else {
            None
        },
        picks,
        save: keeping::save_box(&app, reader, item, &format!("{}/finished", item.path())).await?,
        feedback: FeedbackStrip {
            question: words.say("finish-useful"),
            action: format!("/learn/{slug}/useful"),
        },
        answered: asked.answered == "yes",
    };
    Ok(Html(app.templates.center_finish(&frame, &page)?))
}

/// What this reader would be offered on any other day.
async fn picks(
    app: &App,
    words: &Words,
    shelf: &Shelf,
    reader: Option<&Reader>,
) -> Result<Vec<PickCard>, PageError> {
    let Standing::Chosen(profile) = standing::of(app, reader).await? else { return Ok(Vec::new()) };
    let now = app.clock.now();
    let chosen = choosing::keep(app, &profile, shelf.choose(&profile, &PICKS, now), now).await?;
    let item = |kept: &Kept| shelf.catalogue.get(kept.choice.item.as_str());
    let card = |kept: &Kept| Some(choosing::pick(app, words, item(kept)?, kept));
    Ok(chosen.iter().filter_map(card).collect())
}

/// The one thing that follows: what was chosen when the reader finished, or what the lesson itself names.
async fn follow_up(
    app: &App,
    shelf: &Shelf,
    reader: Option<&Reader>,
    item: &Item,
    finished: Option<Finish>,
) -> Result<Option<FollowUp>, PageError> {
    let chosen = finished.and_then(|finish| Some((finish.follow_up?, finish.at)));
    let slug = chosen.as_ref().map(|(slug, _)| slug.as_str());
    let slug = slug.or_else(|| item.follow_up.as_ref().map(content::Slug::as_str));
    let next = slug.and_then(|slug| shelf.catalogue.get(slug)).filter(|next| shown::is_shown(app, next));
    let Some(next) = next else { return Ok(None) };
    let kept = match (reader, &chosen) {
        (Some(reader), Some((slug, at))) => {
            let Learner { account, contact } = learner(reader);
            let since = *at - chrono::TimeDelta::hours(1); // choices are kept by the hour
            choices::latest(app.db.read(), account, contact, slug, since).await?
        }
        _ => None,
    };
    Ok(Some(FollowUp {
        title: next.title.clone(),
        summary: next.summary.clone(),
        href: kept.as_ref().map_or_else(|| next.path(), |kept| choosing::href(next, kept)),
        minutes: next.minutes.into(),
        why: kept.as_ref().map(|kept| choosing::why(&kept.choice)),
    }))
}
