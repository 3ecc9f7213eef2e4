//! `/ask/…`: a question of the library.

use axum::extract::{OriginalUri, Path, State};
use axum::response::{Html, Redirect};
use content::Item;
use segments::EventKind;
use templates::Words;
use templates::center::{Finish, LibraryAnswer, LibraryQuestionPage, PlaceKind};

use super::learn::in_an_address;
use super::{around, asking, frame, keeping, shown};
use crate::app::App;
use crate::shelf::Shelf;
use crate::store::responses;
use crate::web::error::PageError;
use crate::web::forms::{Button, Checked};
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// Shows one of them, and keeps that a signed-in reader looked at it.
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
        shown::keep(&app, reader, item, EventKind::Viewed).await?;
    }
    let finish = match &reader {
        Some(reader) => {
            let (account, contact) = (reader.customer.account, reader.customer.id);
            let done = responses::completed(app.db.read(), account, contact, item.slug.as_str()).await?;
            Some(Finish { action: format!("{}/done", item.path()), done })
        }
        None => None,
    };
    let frame = frame(&app, &visit, reader.as_ref());
    let words = app.templates.words(&frame.language);
    let save = keeping::save_box(&app, reader.as_ref(), item, &item.path()).await?;
    let page = LibraryQuestionPage { save, ..draw(&app, words, &shelf, item, reader.as_ref(), finish)? };
    Ok(Html(app.templates.center_library_question(&frame, &page)?))
}

/// Keeps that a question of the library helped the reader.
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
    shown::keep(&app, &reader, item, EventKind::Completed).await?;
    Ok(Redirect::to(&item.path()))
}

/// The item at this address, as long as it is shown.
fn find<'a>(app: &App, shelf: &'a Shelf, slug: &str, path: &str) -> Result<&'a Item, PageError> {
    let item = shelf.catalogue.get(slug).ok_or(PageError::NotFound)?;
    let there = item.path() == path && !item.expired(app.clock.now().date_naive());
    there.then_some(item).ok_or(PageError::NotFound)
}

fn draw(
    app: &App,
    words: &Words,
    shelf: &Shelf,
    item: &Item,
    reader: Option<&Reader>,
    finish: Option<Finish>,
) -> Result<LibraryQuestionPage, PageError> {
    let answer = |step: &content::Step| Ok(LibraryAnswer { body_html: shown::html(item, &step.body)? });
    let answers = item.steps.iter().map(answer).collect::<Result<_, PageError>>()?;
    let near = item.follow_up.iter().chain(&item.related).filter_map(|slug| shown::link(app, shelf, slug));
    Ok(LibraryQuestionPage {
        around: around(app, reader, Some(PlaceKind::Ask)),
        language: item.language.clone(),
        title: item.title.clone(),
        author: shown::author(item),
        minutes: item.minutes.into(),
        level: shown::level(words, item),
        checked_on: words.day(item.checked_on),
        review: item.review.clone(),
        body_html: shown::html(item, &item.intro)?,
        answers,
        near: near.collect(),
        ask_href: format!("{}?q={}", asking::NEW, in_an_address(&item.title)),
        finish,
        save: None,
        why: None,
    })
}
