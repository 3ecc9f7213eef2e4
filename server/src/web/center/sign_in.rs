//! The door for customers. Opening a link shows a button; pressing it signs in.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{Form, FormRejection};
use chrono::TimeDelta;
use segments::Email;
use serde::Deserialize;
use templates::Frame;
use templates::center::{
    Around, Link, MessagePage, Problem, Sign, SignInAskPage, SignInCodePage, SignInExpiredPage, SignInPage,
};

use super::join::{message, to_the_center, too_many};
use super::{around, asking, frame, kept};
use crate::app::App;
use crate::clock::Clock;
use crate::doors::{self, Entered, Knock, Secret};
use crate::store::doors::{Audience, customer};
use crate::web::browser::{Browser, remember};
use crate::web::caller::{Caller, allowed};
use crate::web::error::{PageError, Plain};
use crate::web::forms::{Button, Checked};
use crate::web::frame::Visit;
use crate::web::visitor::{Reader, goodbye, welcome};

/// Letters an hour to one address.
const TO_AN_ADDRESS: i32 = 5;
/// Letters an hour asked for from one network.
const FROM_A_NETWORK: i32 = 30;

/// What was typed at the door.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    email: String,
}

/// The code, where one was asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Code {
    code: Option<String>,
}

/// Asks for the address that a link may go to.
pub async fn ask(State(app): State<App>, visit: Visit) -> Result<Html<String>, PageError> {
    let page = asking(&app, &visit);
    let frame = frame(&app, &visit, None);
    Ok(Html(app.templates.center_sign_in_ask(&frame, &page)?))
}

/// Sends a link to whoever has this address, if anybody; the answer is the same for every address.
pub async fn send(
    State(app): State<App>,
    visit: Visit,
    caller: Caller,
    browser: Browser,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let frame = frame(&app, &visit, None);
    let words = app.templates.words(&frame.language);
    let Ok(email) = Email::parse(&typed.email) else {
        let problems = vec![Problem { field: "email", words: words.say("join-problem-email") }];
        let page = SignInAskPage { email: typed.email, problems, ..asking(&app, &visit) };
        let html = Html(app.templates.center_sign_in_ask(&frame, &page)?);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Extension(Plain), html).into_response());
    };
    let hour = TimeDelta::hours(1);
    if !allowed(&app, "sign-in from", &caller.network(), FROM_A_NETWORK, hour).await? {
        return too_many(&app, &frame, words);
    }
    let secret = browser.secret_or_new();
    if allowed(&app, "sign-in to", email.key().to_lowercase().as_bytes(), TO_AN_ADDRESS, hour).await? {
        doors::send_link(&app, &email, &secret, &frame.language, &frame.way_back).await?;
    }
    let sent = format!("/sign-in/sent{}", frame.way_back);
    Ok(([(SET_COOKIE, remember(&app, &secret))], Redirect::to(&sent)).into_response())
}

/// "Look in your inbox."
pub async fn sent(State(app): State<App>, visit: Visit) -> Result<Html<String>, PageError> {
    let frame = frame(&app, &visit, None);
    let words = app.templates.words(&frame.language);
    let page = MessagePage {
        sign: Sign::Mail,
        title: words.say("join-sent-title"),
        lines: vec![words.say("sign-in-sent-words"), words.say("join-sent-wait")],
        next: Some(to_the_center(words)),
        other: Some(Link {
            label: words.say("join-sent-again"),
            href: format!("/sign-in{}", frame.way_back),
        }),
        ..message(&app)
    };
    Ok(Html(app.templates.center_message(&frame, &page)?))
}

/// Shows what a link would open, or asks for its code. Changes nothing: mail scanners come here too.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    browser: Browser,
    Path(secret): Path<String>,
) -> Result<Html<String>, PageError> {
    let frame = frame(&app, &visit, None);
    let token = Secret::received(&secret);
    let link = doors::look(&app, Audience::Customer, &token).await?;
    let Some(link) = link else { return expired(&app, &visit) };
    if doors::wants_code(&app, &token, browser.secret.as_ref()).await? {
        return code(&app, &frame, &secret, Vec::new());
    }
    let customer = customer(app.db.read(), link.subject).await?;
    let page = SignInPage {
        around: around(&app, None, None),
        action: format!("/sign-in/{secret}{}", frame.way_back),
        first_name: customer.and_then(|customer| customer.first_name),
        minutes_left: (link.expires_at - Clock::Real.now()).num_minutes().max(0),
    };
    Ok(Html(app.templates.center_sign_in(&frame, &page)?))
}

/// Uses the link up and opens a session.
pub async fn create(
    State(app): State<App>,
    visit: Visit,
    browser: Browser,
    Path(secret): Path<String>,
    typed: Result<Form<Code>, FormRejection>,
) -> Result<Response, PageError> {
    // A button without a code sends no form at all.
    let typed = typed.ok().and_then(|Form(typed)| typed.code);
    let knock =
        Knock { browser: browser.secret.as_ref(), code: typed.as_deref(), agent: browser.agent.as_deref() };
    let frame = frame(&app, &visit, None);
    match doors::knock(&app, Audience::Customer, &Secret::received(&secret), knock).await? {
        Entered::In { session, .. } => {
            let cookie = welcome(&app, Audience::Customer, &session);
            // Back where they were; whoever came from nowhere else goes on with the question that they began.
            let way = visit.way_back();
            let to = match &way {
                Some(way) => way.path(),
                None if asking::waits(&app, &browser).await? => asking::NEW,
                None => "/",
            };
            Ok(([(SET_COOKIE, cookie)], Redirect::to(to)).into_response())
        }
        Entered::CodeNeeded => Ok(code(&app, &frame, &secret, Vec::new())?.into_response()),
        Entered::WrongCode => {
            let words = app.templates.words(&frame.language).say("sign-in-code-problem");
            let html = code(&app, &frame, &secret, vec![Problem { field: "code", words }])?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Extension(Plain), html).into_response())
        }
        Entered::Gone => Ok(expired(&app, &visit)?.into_response()),
    }
}

fn code(app: &App, frame: &Frame, secret: &str, problems: Vec<Problem>) -> Result<Html<String>, PageError> {
    let action = format!("/sign-in/{secret}{}", frame.way_back);
    let page = SignInCodePage { around: around(app, None, None), action, problems };
    Ok(Html(app.templates.center_sign_in_code(frame, &page)?))
}

fn asking(app: &App, visit: &Visit) -> SignInAskPage {
    let around = Around { sign_in_href: None, ..around(app, None, None) };
    let words_kept = visit.way_back().is_some_and(|way| way.path() == kept::KEPT);
    SignInAskPage { around, join_href: Some("/join".to_owned()), words_kept, ..SignInAskPage::default() }
}

/// Ends the session.
pub async fn delete(
    State(app): State<App>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Response, PageError> {
    doors::leave(&app, &reader.session).await?;
    Ok(([(SET_COOKIE, goodbye(&app, Audience::Customer))], Redirect::to("/")).into_response())
}

fn expired(app: &App, visit: &Visit) -> Result<Html<String>, PageError> {
    let frame = frame(app, visit, None);
    let words = app.templates.words(&frame.language);
    let page = SignInExpiredPage {
        around: around(app, None, None),
        how: words.say("sign-in-expired-how"),
        next: Link { label: words.say("sign-in-ask-button"), href: format!("/sign-in{}", frame.way_back) },
    };
    Ok(Html(app.templates.center_sign_in_expired(&frame, &page)?))
}
