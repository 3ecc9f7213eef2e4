//! `/me/sessions`: where a reader is signed in, and the way to end it.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono_tz::Tz;
use serde::Deserialize;
use templates::Words;
use templates::center::{Moment, SessionsPage, SignedInPlace};

use super::{around, frame, times};
use crate::app::App;
use crate::doors;
use crate::store::doors::{Audience, Open};
use crate::web::error::PageError;
use crate::web::forms::Checked;
use crate::web::frame::Visit;
use crate::web::visitor::{Reader, goodbye};

/// Shows every place.
pub async fn show(State(app): State<App>, visit: Visit, reader: Reader) -> Result<Html<String>, PageError> {
    let frame = frame(&app, &visit, Some(&reader));
    let words = app.templates.words(&frame.language);
    let (here, zone) = (reader.session.hash(), times::zone(Some(&reader)));
    let places = doors::places(&app, reader.customer.id).await?;
    let page = SessionsPage {
        around: around(&app, Some(&reader), None),
        places: places.iter().map(|open| place(open, &here, words, zone)).collect(),
        action: "/me/sessions/end".to_owned(),
    };
    Ok(Html(app.templates.center_sessions(&frame, &page)?))
}

/// Which one to end.
#[derive(Debug, Deserialize)]
pub struct Which {
    which: String,
}

/// Ends one place, or all of them.
pub async fn end(
    State(app): State<App>,
    reader: Reader,
    Checked(Which { which }): Checked<Which>,
) -> Result<Response, PageError> {
    let here = reader.session.hash();
    let hash = if which == "all" { None } else { Some(unhex(&which).ok_or(PageError::NotFound)?) };
    doors::leave_places(&app, reader.customer.id, hash.as_deref()).await?;
    if hash.is_none_or(|hash| hash == here) {
        let cookie = goodbye(&app, Audience::Customer);
        return Ok(([(SET_COOKIE, cookie)], Redirect::to("/")).into_response());
    }
    Ok(Redirect::to("/me/sessions").into_response())
}

fn place(open: &Open, here: &[u8], words: &Words, zone: Tz) -> SignedInPlace {
    let agent = match open.agent.as_deref().and_then(|agent| agent.split_once('|')) {
        Some((browser, system)) => {
            words.say_with("sessions-agent", &[("browser", browser.into()), ("system", system.into())])
        }
        None => words.say("sessions-agent-unknown"),
    };
    let used = times::moment(words, open.last_seen_at, zone);
    let since = times::day(words, open.created_at, zone);
    let said = [("since", since.into()), ("used", used.said.as_str().into())];
    let said = words.say_with("sessions-when", &said);
    SignedInPlace {
        agent,
        when: Moment { said, ..used },
        here: open.token_hash == here,
        which: hex(&open.token_hash),
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes all that is written");
        text
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = (text.len() == 64).then(|| (0..text.len()).step_by(2))?;
    pairs.map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}
