//! `/me/leave` and `/me/erase`: what would happen, the button, and what has happened.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use templates::Words;
use templates::center::{FarewellPage, Link, MessagePage, Problem, Sign};
use uuid::Uuid;

use super::super::{around, frame};
use crate::app::App;
use crate::campaigns::wishes;
use crate::doors;
use crate::profiles::erasing;
use crate::store::doors::Audience;
use crate::web::error::{PageError, Plain};
use crate::web::forms::{Button, Checked};
use crate::web::frame::Visit;
use crate::web::visitor::{Reader, goodbye};

/// Says what leaving means.
pub async fn ask_to_leave(
    State(app): State<App>,
    visit: Visit,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let frame = frame(&app, &visit, Some(&reader));
    let words = app.templates.words(&frame.language);
    let page = FarewellPage {
        around: around(&app, Some(&reader), None),
        title: words.say("leave-title"),
        lead: words.say("leave-lead"),
        goes: lines(&app, words, &["leave-goes-letters", "leave-goes-sign-in"]),
        stays: lines(&app, words, &["leave-stays-data", "leave-stays-business", "leave-stays-help"]),
        action: "/me/leave".to_owned(),
        button: words.say("leave-button"),
        sure: None,
        problems: Vec::new(),
        instead: vec![choose(words)],
    };
    Ok(Html(app.templates.center_farewell(&frame, &page)?))
}

/// Stops every letter and ends every sign-in.
pub async fn leave(
    State(app): State<App>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Response, PageError> {
    wishes::stop(&app, reader.customer.id, Uuid::nil(), "leave page").await?;
    doors::leave_places(&app, reader.customer.id, None).await?;
    Ok(([(SET_COOKIE, goodbye(&app, Audience::Customer))], Redirect::to("/me/left")).into_response())
}

/// Says that somebody has left.
pub async fn left(State(app): State<App>, visit: Visit) -> Result<Html<String>, PageError> {
    gone(&app, &visit, "left-title", &["left-words", "left-back"])
}

/// Says what erasing means.
pub async fn ask_to_erase(
    State(app): State<App>,
    visit: Visit,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    asking(&app, &visit, &reader, Vec::new())
}

/// The box that has to be ticked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ticked {
    sure: Option<String>,
}

/// Erases whoever ticked the box.
pub async fn erase(
    State(app): State<App>,
    visit: Visit,
    reader: Reader,
    Checked(ticked): Checked<Ticked>,
) -> Result<Response, PageError> {
    let words = app.templates.words(&frame(&app, &visit, Some(&reader)).language);
    if ticked.sure.is_none() {
        let problem = Problem { field: "sure", words: words.say("erase-problem") };
        let page = asking(&app, &visit, &reader, vec![problem])?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Extension(Plain), page).into_response());
    }
    erasing::erase(&app, reader.customer.id, &words.say("erase-sure")).await?;
    Ok(([(SET_COOKIE, goodbye(&app, Audience::Customer))], Redirect::to("/me/erased")).into_response())
}

/// Says that somebody is erased.
pub async fn erased(State(app): State<App>, visit: Visit) -> Result<Html<String>, PageError> {
    gone(&app, &visit, "erased-title", &["erased-words", "erased-again"])
}

fn asking(
    app: &App,
    visit: &Visit,
    reader: &Reader,
    problems: Vec<Problem>,
) -> Result<Html<String>, PageError> {
    let frame = frame(app, visit, Some(reader));
    let words = app.templates.words(&frame.language);
    let goes = [
        "erase-goes-name",
        "erase-goes-did",
        "erase-goes-picked",
        "erase-goes-shelves",
        "erase-goes-asked",
        "erase-goes-letters",
    ];
    let stays = ["erase-stays-business", "erase-stays-count", "erase-stays-list", "erase-stays-receipts"];
    let copy = Link { label: words.say("farewell-data"), href: "/me#data".to_owned() };
    let page = FarewellPage {
        around: around(app, Some(reader), None),
        title: words.say("erase-title"),
        lead: words.say("erase-lead"),
        goes: lines(app, words, &goes),
        stays: lines(app, words, &stays),
        action: "/me/erase".to_owned(),
        button: words.say("erase-button"),
        sure: Some(words.say("erase-sure")),
        problems,
        instead: vec![copy, choose(words)],
    };
    Ok(Html(app.templates.center_farewell(&frame, &page)?))
}

fn choose(words: &Words) -> Link {
    Link { label: words.say("farewell-choose"), href: "/me/email".to_owned() }
}

fn lines(app: &App, words: &Words, keys: &[&str]) -> Vec<String> {
    let vendor = &app.settings.vendor.name;
    keys.iter().map(|key| words.say_with(key, &[("vendor", vendor.into())])).collect()
}

/// Whoever reads this is signed out, whoever they were.
fn gone(app: &App, visit: &Visit, title: &str, lines: &[&str]) -> Result<Html<String>, PageError> {
    let frame = frame(app, visit, None);
    let words = app.templates.words(&frame.language);
    let page = MessagePage {
        around: around(app, None, None),
        sign: Sign::Check,
        title: words.say(title),
        lines: lines.iter().map(|key| words.say(key)).collect(),
        button: None,
        next: Some(Link { label: words.say("left-next"), href: "/".to_owned() }),
        other: None,
    };
    Ok(Html(app.templates.center_message(&frame, &page)?))
}
