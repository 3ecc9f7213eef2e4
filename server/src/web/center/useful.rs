//! One-tap answers about a step, a lesson and an article, and asking for a lesson that is missing. No sign-in needed.

use axum::extract::{Path, State};
use axum::response::Redirect;
use serde::Deserialize;

use super::feedback::{self, Asked};
use super::learn::Wish;
use super::shown;
use crate::app::App;
use crate::learning::steps;
use crate::shelf::Shelf;
use crate::store::feedback::About;
use crate::web::caller::Caller;
use crate::web::error::PageError;
use crate::web::forms::Open;
use crate::web::visitor::Reader;

/// An answer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Tapped {
    pub(super) answer: String,
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
    let page = format!("/learn/{slug}/{step}");
    let asked = Asked { about: About::Step, page, item: Some(slug), step: Some(step) };
    answered(&app, reader.as_ref(), caller, asked, &form).await
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
    let page = format!("/learn/{slug}/finished");
    let asked = Asked { about: About::Lesson, page, item: Some(slug), step: None };
    answered(&app, reader.as_ref(), caller, asked, &form).await
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
    let page = format!("/read/{slug}");
    let asked = Asked { about: About::Article, page, item: Some(slug), step: None };
    answered(&app, reader.as_ref(), caller, asked, &form).await
}

/// Keeps an answer. A yes leads back to the page, and a no to what would be better.
async fn answered(
    app: &App,
    reader: Option<&Reader>,
    caller: Caller,
    asked: Asked,
    form: &Tapped,
) -> Result<Redirect, PageError> {
    let yes = feedback::is_yes(&form.answer)?;
    let back = format!("{}?answered=yes#answered", asked.page);
    let id = feedback::keep(app, reader, caller, asked, yes, "").await?;
    Ok(Redirect::to(&if yes { back } else { format!("/feedback/{id}") }))
}

/// Keeps that somebody looked for a lesson that there is not.
pub async fn wanted(
    State(app): State<App>,
    shelf: Shelf,
    caller: Caller,
    Open { reader, form }: Open<Wish>,
) -> Result<Redirect, PageError> {
    let wish = form.sound(&shelf, &[]);
    let asked = Asked { about: About::LessonWanted, page: wish.with_word(""), item: None, step: None };
    feedback::keep(&app, reader.as_ref(), caller, asked, true, "").await?;
    Ok(Redirect::to(&wish.with_word("asked=yes")))
}
