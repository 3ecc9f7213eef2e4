//! `/learn/…`, `/fix/…`, `/read/…`, `/ask/…`: one item, to be read and done.

use anyhow::Context;
use axum::extract::{OriginalUri, Path, State};
use axum::response::{Html, Redirect};
use chrono::SubsecRound;
use content::{AuthorKind, Item, Slug, markdown};
use segments::{EventKind, Level};
use templates::center::{Author, AuthorKind as Kind, FeedbackStrip, Finish, ItemPage, Step, StepLink};

use super::{around, frame, home};
use crate::app::App;
use crate::ids;
use crate::shelf::Shelf;
use crate::store::events::{self, NewEvent};
use crate::store::responses;
use crate::web::error::PageError;
use crate::web::forms::{Button, Checked};
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// Shows one item, and keeps that a signed-in reader looked at it.
pub async fn show(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    OriginalUri(here): OriginalUri,
    Path(slug): Path<String>,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let item = find(&app, &shelf, &slug, here.path())?;
    if let Some(reader) = &reader {
        keep(&app, reader, item, EventKind::Viewed).await?;
    }
    let finish = match &reader {
        Some(reader) => {
            let (account, contact) = (reader.customer.account, reader.customer.id);
            let done = responses::completed(app.db.read(), account, contact, item.slug.as_str()).await?;
            Some(Finish { action: format!("{}/done", item.path()), done })
        }
        None => None,
    };
    let page = draw(&app, &shelf, item, reader.as_ref(), finish)?;
    let frame = frame(&app, &visit, reader.as_ref());
    Ok(Html(app.templates.center_item(&frame, &page)?))
}

/// Keeps that the reader finished an item.
pub async fn finish(
    State(app): State<App>,
    shelf: Shelf,
    OriginalUri(here): OriginalUri,
    Path(slug): Path<String>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let path = here.path().strip_suffix("/done").ok_or(PageError::NotFound)?;
    let item = find(&app, &shelf, &slug, path)?;
    keep(&app, &reader, item, EventKind::Completed).await?;
    Ok(Redirect::to(&item.path()))
}

/// The item at this address, as long as it is shown.
fn find<'a>(app: &App, shelf: &'a Shelf, slug: &str, path: &str) -> Result<&'a Item, PageError> {
    let item = shelf.catalogue.get(slug).ok_or(PageError::NotFound)?;
    let there = item.path() == path && !item.expired(app.clock.now().date_naive());
    there.then_some(item).ok_or(PageError::NotFound)
}

/// Keeps what a reader did with an item. The same within a second is once.
async fn keep(app: &App, reader: &Reader, item: &Item, kind: EventKind) -> Result<(), PageError> {
    let now = app.clock.now();
    let second = now.trunc_subsecs(0);
    let name = format!("{kind}|{}|{}", item.slug, second.timestamp());
    let event = NewEvent {
        contact: Some(reader.customer.id.into()),
        item: Some(item.slug.to_string()),
        recorded_at: now,
        ..NewEvent::of(
            ids::named(reader.customer.id, "act", &name),
            reader.customer.account.into(),
            kind,
            second,
        )
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

fn draw(
    app: &App,
    shelf: &Shelf,
    item: &Item,
    reader: Option<&Reader>,
    finish: Option<Finish>,
) -> Result<ItemPage, PageError> {
    let html = |text: &str| -> Result<String, PageError> {
        Ok(markdown::to_html(text).with_context(|| format!("drawing the item {}", item.slug))?)
    };
    let mut steps = Vec::with_capacity(item.steps.len());
    for step in &item.steps {
        steps.push(Step { title: step.title.clone(), body_html: html(&step.body)? });
    }
    let today = app.clock.now().date_naive();
    let link = |slug: &Slug| {
        let other = shelf.catalogue.get(slug.as_str()).filter(|other| !other.expired(today))?;
        Some(StepLink { title: other.title.clone(), href: other.path(), minutes: other.minutes.into() })
    };
    Ok(ItemPage {
        around: around(app, reader, None),
        kind: home::badge(item),
        language: item.language.clone(),
        title: item.title.clone(),
        summary: item.summary.clone(),
        symptom: item.symptom.clone(),
        author: Author {
            name: item.author.name.clone(),
            kind: match item.author.kind {
                AuthorKind::Vendor => Kind::Vendor,
                AuthorKind::Expert => Kind::Expert,
                AuthorKind::Partner => Kind::Partner,
                AuthorKind::Peer => Kind::Peer,
            },
            independent: item.author.independent,
            paid: item.author.paid,
        },
        minutes: item.minutes.into(),
        level: level(item).to_owned(),
        checked_on: Some(item.checked_on.format("%-d %B %Y").to_string()),
        review: item.review.clone(),
        body_html: html(&item.intro)?,
        steps,
        follow_up: item.follow_up.as_ref().and_then(link),
        related: item.related.iter().filter_map(link).collect(),
        finish,
        why: None,
        feedback: reader
            .map(|_| FeedbackStrip { question: "Did this help?".to_owned(), action: "/feedback".to_owned() }),
    })
}

/// Whom an item expects, as the page says it.
pub(super) fn level(item: &Item) -> &'static str {
    match item.level {
        Level::Starter => "starter",
        Level::GettingBy => "getting by",
        Level::Confident => "confident",
    }
}
