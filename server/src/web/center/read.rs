//! `/read/{slug}`: an article, and that it was read.

use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use content::{Format, Item};
use segments::EventKind;
use serde::Deserialize;
use templates::Words;
use templates::center::{ArticlePage, FeedbackStrip, Finish, OthersAsked, Step, StepLink};

use super::ask::others;
use super::shown::{self, learner};
use super::{around, frame, home, keeping, times, why};
use crate::app::App;
use crate::learning::finishing;
use crate::shelf::Shelf;
use crate::store::progress::Learner;
use crate::store::responses;
use crate::web::error::PageError;
use crate::web::forms::{Button, Checked};
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// The heading under which an article says what to do with it.
const DO_THIS_NOW: &str = "Do this now";

/// What stands behind the `?` of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    why: String,
    noted: String,
    answered: String,
}

/// Shows an article, and keeps that a signed-in reader looked at it.
pub async fn show(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let item = shown::find(&app, &shelf, "read", &slug)?;
    let reader = reader.as_ref();
    let mut finish = None;
    if let Some(reader) = reader {
        shown::keep(&app, reader, item, EventKind::Viewed).await?;
        let Learner { account, contact } = learner(reader);
        let done = responses::completed(app.db.read(), account, contact, &slug).await?;
        finish = Some(Finish { action: format!("{}/done", item.path()), done });
    }
    let frame = frame(&app, &visit, reader);
    let words = app.templates.words(&frame.language);
    let page = ArticlePage {
        around: around(&app, reader, None),
        finish,
        save: keeping::save_box(&app, reader, item, &item.path()).await?,
        why: why::panel(&app, words, reader, item, &asked.why, asked.noted == "yes").await?,
        answered: asked.answered == "yes",
        asked: others::about(&app, (words, times::zone(reader)), &shelf, item).await?,
        ..draw(&app, words, &shelf, item)?
    };
    Ok(Html(app.templates.center_article(&frame, &page)?))
}

/// Keeps that the reader read an article, once.
pub async fn finish(
    State(app): State<App>,
    shelf: Shelf,
    Path(slug): Path<String>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let item = shown::find(&app, &shelf, "read", &slug)?;
    finishing::finish(&app, learner(&reader), &slug, None, None).await?;
    Ok(Redirect::to(&item.path()))
}

/// The article as everybody sees it.
fn draw(app: &App, words: &Words, shelf: &Shelf, item: &Item) -> Result<ArticlePage, PageError> {
    let is_now = |step: &&content::Step| step.title.eq_ignore_ascii_case(DO_THIS_NOW);
    let mut sections = Vec::with_capacity(item.steps.len());
    for step in item.steps.iter().filter(|step| !is_now(step)) {
        sections.push(Step { title: step.title.clone(), body_html: shown::html(item, &step.body)? });
    }
    let now = item.steps.iter().find(is_now).map_or("", |step| step.body.as_str());
    let lesson: Option<StepLink> = shown::related(app, shelf, item, &[Format::Quick, Format::Lesson])
        .into_iter()
        .next()
        .or_else(|| item.follow_up.as_ref().and_then(|slug| shown::link(app, shelf, slug)));
    let mut near =
        shown::related(app, shelf, item, &[Format::Fix, Format::Article, Format::Quick, Format::Lesson]);
    near.retain(|other| Some(other) != lesson.as_ref());
    Ok(ArticlePage {
        around: templates::center::Around::default(),
        kind: home::badge(item),
        title: item.title.clone(),
        summary: item.summary.clone(),
        author: shown::author(item),
        checked_on: words.day(item.checked_on),
        review: item.review.clone(),
        minutes: item.minutes.into(),
        level: shown::level(words, item),
        short_html: shown::html(item, &item.intro)?,
        sections,
        do_now_html: shown::html(item, now)?,
        lesson,
        asked: OthersAsked::default(),
        near,
        glossary: shown::glossary(item),
        finish: None,
        save: None,
        why: None,
        feedback: FeedbackStrip {
            question: words.say("read-useful"),
            action: format!("{}/useful", item.path()),
        },
        answered: false,
    })
}
