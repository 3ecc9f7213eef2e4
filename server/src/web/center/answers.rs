//! The one-tap question of a letter, after a call, and about an expert's answer: ready to confirm, then kept.

use axum::extract::{Path, Query, State};
use axum::response::Html;
use serde::Deserialize;
use templates::Words;
use templates::center::{AnswerPage, DonePage};

use super::feedback::{self, Asked};
use super::learn::in_an_address;
use super::{around, frame};
use crate::app::App;
use crate::notices;
use crate::router;
use crate::shelf::Shelf;
use crate::store::feedback::About;
use crate::web::caller::Caller;
use crate::web::error::PageError;
use crate::web::forms::Open;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// An answer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    answer: String,
    words: String,
}

/// What stands behind the `?` of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Came {
    answer: String,
    /// The page that led to the call, or where the expert answered.
    page: String,
}

/// Shows the answer that was tapped in a letter, ready to confirm. Keeps nothing.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(name): Path<String>,
    Query(came): Query<Came>,
    shelf: Shelf,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let asked = asked(&shelf, &name, &came.page)?;
    let reader = reader.as_ref();
    let frame = frame(&app, &visit, reader);
    let query = if asked.page.starts_with('/') {
        format!("?page={}", in_an_address(&asked.page))
    } else {
        String::new()
    };
    let page = AnswerPage {
        around: around(&app, reader, None),
        question: question(app.templates.words(&frame.language), &shelf, &asked),
        yes: came.answer != "no",
        action: format!("/useful/{name}{query}"),
    };
    Ok(Html(app.templates.center_answer(&frame, &page)?))
}

/// Keeps the answer to such a question; no sign-in needed.
pub async fn create(
    State(app): State<App>,
    visit: Visit,
    Path(name): Path<String>,
    Query(came): Query<Came>,
    shelf: Shelf,
    caller: Caller,
    Open { reader, form }: Open<Answer>,
) -> Result<Html<String>, PageError> {
    let asked = asked(&shelf, &name, &came.page)?;
    let reader = reader.as_ref();
    let yes = feedback::is_yes(&form.answer)?;
    feedback::keep(&app, reader, caller, asked, yes, &form.words).await?;
    let frame = frame(&app, &visit, reader);
    let words = app.templates.words(&frame.language);
    let page = DonePage::answered(words, around(&app, reader, None));
    Ok(Html(app.templates.center_done(&frame, &page)?))
}

/// What is asked at this address: about a call, about an expert's answer, or about a letter that there is, of a program
/// or one of service.
fn asked(shelf: &Shelf, name: &str, page: &str) -> Result<Asked, PageError> {
    let about = match name {
        "call" => About::Call,
        "answer" => About::Answer,
        letter => {
            if shelf.emails.get(letter).is_none() && notices::question_of(letter).is_none() {
                return Err(PageError::NotFound);
            }
            return Ok(Asked { about: About::Letter, page: letter.to_owned(), item: None, step: None });
        }
    };
    let page = if router::is_page(page) { page.to_owned() } else { format!("/useful/{name}") };
    let item = shelf.catalogue.iter().find(|item| item.path() == page).map(|item| item.slug.to_string());
    Ok(Asked { about, page, item, step: None })
}

fn question(words: &Words, shelf: &Shelf, asked: &Asked) -> String {
    match (asked.about, notices::question_of(&asked.page)) {
        (About::Call, _) => words.say("useful-call"),
        (About::Answer, _) => words.say("useful-answer"),
        (_, Some(key)) => words.say(key),
        _ => own_question(shelf, &asked.page).unwrap_or_else(|| words.say("useful-letter")),
    }
}

/// The question as the letter asked it. One with its reader's facts in it cannot be asked again here.
fn own_question(shelf: &Shelf, letter: &str) -> Option<String> {
    let question = &shelf.emails.get(letter)?.meta().question;
    (!question.contains('{')).then(|| question.clone())
}
