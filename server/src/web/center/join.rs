//! `/join`: the form, the letter, the button. The answer is the same for every address.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use chrono::TimeDelta;
use segments::Email;
use serde::Deserialize;
use templates::center::{JoinPage, Link, MessagePage, PostButton, Problem, Sign, Typed};
use templates::{Frame, Words};

use super::{around, frame};
use crate::app::App;
use crate::doors::Secret;
use crate::profiles::joining::{self, Confirmed};
use crate::store::comparison::{self, Design};
use crate::store::doors::Audience;
use crate::store::joinings::CameFrom;
use crate::web::browser::{Browser, remember};
use crate::web::caller::{Caller, allowed};
use crate::web::error::{PageError, Plain};
use crate::web::frame::Visit;
use crate::web::visitor::{Reader, welcome};

/// Letters an hour to one address.
const TO_AN_ADDRESS: i32 = 3;
/// Forms an hour from one network.
const FROM_A_NETWORK: i32 = 20;
/// Letters an hour in all: beyond, somebody uses the form to fill strangers' mailboxes.
const IN_ALL: i32 = 300;
/// Characters of a name, a number or a source at most.
const LONGEST: usize = 100;

/// Where somebody comes from, in the address of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    from: String,
    src: String,
}

/// The form as it was sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    email: String,
    first_name: String,
    number: String,
    yes: Option<String>,
    tracking: Option<String>,
    from: String,
    src: String,
}

/// Shows the form.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Query(asked): Query<Asked>,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let reader = reader.as_ref();
    let typed = Typed {
        email: reader.map(|reader| reader.customer.email.clone()).unwrap_or_default(),
        first_name: reader.and_then(|reader| reader.customer.first_name.clone()).unwrap_or_default(),
        from: short(&asked.from),
        src: short(&asked.src),
        ..Typed::default()
    };
    let frame = frame(&app, &visit, reader);
    let page = JoinPage { typed, ..blank(&app, &frame, reader).await? };
    Ok(Html(app.templates.center_join(&frame, &page)?))
}

/// Takes the form. Whoever sent it is told to look in their inbox, known here or not.
pub async fn create(
    State(app): State<App>,
    visit: Visit,
    caller: Caller,
    browser: Browser,
    reader: Option<Reader>,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    let frame = frame(&app, &visit, reader.as_ref());
    let words = app.templates.words(&frame.language);
    let blank = blank(&app, &frame, reader.as_ref()).await?;
    let typed = Typed {
        email: sent.email.clone(),
        first_name: sent.first_name.clone(),
        number: sent.number.clone(),
        yes: sent.yes.is_some(),
        tracking: sent.tracking.is_some(),
        from: short(&sent.from),
        src: short(&sent.src),
    };
    let refused = |problems: Vec<Problem>, not_yet: bool| -> Result<Response, PageError> {
        let not_yet_href = not_yet.then(|| format!("/join/not-yet{}", frame.way_back));
        let page = JoinPage { typed: typed.clone(), problems, not_yet_href, ..blank.clone() };
        let html = Html(app.templates.center_join(&frame, &page)?);
        Ok((StatusCode::UNPROCESSABLE_ENTITY, Extension(Plain), html).into_response())
    };

    let (email, name) = (Email::parse(&sent.email), short(&sent.first_name));
    let problem =
        |wrong: bool, field: &'static str, key: &str| wrong.then(|| Problem { field, words: words.say(key) });
    let problems: Vec<_> = [
        problem(email.is_err(), "email", "join-problem-email"),
        problem(name.is_empty(), "first_name", "join-problem-first-name"),
        problem(!typed.yes, "yes", "join-problem-yes"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let (Ok(email), true) = (email, problems.is_empty()) else { return refused(problems, false) };

    // Counted before a company is looked up: customer numbers are not to be guessed here either.
    let hour = TimeDelta::hours(1);
    if !allowed(&app, "join from", &caller.network(), FROM_A_NETWORK, hour).await? {
        return too_many(&app, &frame, words);
    }
    let number = Some(short(&sent.number)).filter(|number| !number.is_empty());
    let Some(company) = joining::company_of(&app, &email, number.as_deref()).await? else {
        let key = if number.is_some() { "join-problem-number" } else { "join-problem-company" };
        return refused(vec![Problem { field: "number", words: words.say(key) }], true);
    };

    let secret = browser.secret_or_new();
    if allowed(&app, "join to", email.key().to_lowercase().as_bytes(), TO_AN_ADDRESS, hour).await? {
        if !allowed(&app, "join in all", b"", IN_ALL, hour).await? {
            return too_many(&app, &frame, words);
        }
        let form = joining::Form {
            email,
            first_name: name,
            wording: blank.consent,
            tracking: typed.tracking,
            tracking_wording: blank.tracking_consent,
            language: frame.language.clone(),
            from: CameFrom {
                channel: typed.from.parse().ok(),
                source: Some(typed.src).filter(|source| !source.is_empty()),
            },
            way_back: frame.way_back.clone(),
        };
        joining::ask(&app, &form, &company, &secret).await?;
    }
    let sent = format!("/join/sent{}", frame.way_back);
    Ok(([(SET_COOKIE, remember(&app, &secret))], Redirect::to(&sent)).into_response())
}

/// "Look in your inbox."
pub async fn sent(State(app): State<App>, visit: Visit) -> Result<Html<String>, PageError> {
    let frame = frame(&app, &visit, None);
    let words = app.templates.words(&frame.language);
    let page = MessagePage {
        sign: Sign::Mail,
        title: words.say("join-sent-title"),
        lines: vec![words.say("join-sent-words"), words.say("join-sent-wait")],
        next: Some(to_the_center(words)),
        other: Some(Link { label: words.say("join-sent-again"), href: format!("/join{}", frame.way_back) }),
        ..message(&app)
    };
    Ok(Html(app.templates.center_message(&frame, &page)?))
}

/// For those who are no customers.
pub async fn not_yet(State(app): State<App>, visit: Visit) -> Result<Html<String>, PageError> {
    let frame = frame(&app, &visit, None);
    let words = app.templates.words(&frame.language);
    let vendor = &app.settings.vendor.name;
    let page = MessagePage {
        sign: Sign::Info,
        title: words.say("join-not-yet-title"),
        lines: vec![words.say_with("join-not-yet-words", &[("vendor", vendor.into())])],
        next: Some(Link { label: words.say("join-not-yet-next"), href: "/".to_owned() }),
        other: Some(Link { label: words.say("join-not-yet-back"), href: format!("/join{}", frame.way_back) }),
        ..message(&app)
    };
    Ok(Html(app.templates.center_message(&frame, &page)?))
}

/// Shows the button. Changes nothing: mail scanners come here too.
pub async fn look(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    let frame = frame(&app, &visit, None);
    let words = app.templates.words(&frame.language);
    let joining = joining::look(&app, &Secret::received(&token)).await?;
    let page = match joining {
        None => unknown(&app, &frame),
        Some(joining) if joining.confirmed_at.is_some() => done(&app, &frame),
        Some(joining) if joining.email.is_empty() => unknown(&app, &frame),
        Some(joining) if joining.expires_at <= app.clock.now() => over(&app, &frame, &token),
        Some(_) => MessagePage {
            sign: Sign::Mail,
            title: words.say("join-confirm-title"),
            lines: vec![words.say("join-confirm-words"), words.say("join-confirm-not-you")],
            button: Some(PostButton {
                label: words.say("join-confirm-button"),
                action: format!("/join/confirm/{token}{}", frame.way_back),
            }),
            ..message(&app)
        },
    };
    Ok(Html(app.templates.center_message(&frame, &page)?).into_response())
}

/// Confirms, signs in, and goes on to the welcome.
pub async fn confirm(
    State(app): State<App>,
    visit: Visit,
    browser: Browser,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    let frame = frame(&app, &visit, None);
    let page = match joining::confirm(&app, &Secret::received(&token), browser.agent.as_deref()).await? {
        Confirmed::In(session) => {
            let cookie = welcome(&app, Audience::Customer, &session);
            return Ok(([(SET_COOKIE, cookie)], Redirect::to(&format!("/welcome{}", frame.way_back)))
                .into_response());
        }
        Confirmed::Already => done(&app, &frame),
        Confirmed::Over(_) => over(&app, &frame, &token),
        Confirmed::Unknown => unknown(&app, &frame),
    };
    Ok(Html(app.templates.center_message(&frame, &page)?).into_response())
}

/// Sends a fresh letter for a form whose time is over.
pub async fn again(
    State(app): State<App>,
    visit: Visit,
    caller: Caller,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    let frame = frame(&app, &visit, None);
    let words = app.templates.words(&frame.language);
    let joining = joining::look(&app, &Secret::received(&token)).await?;
    let over = joining.filter(|one| one.confirmed_at.is_none() && one.expires_at <= app.clock.now());
    let Some(over) = over.filter(|one| !one.email.is_empty()) else {
        return Ok(Redirect::to(&format!("/join/confirm/{token}{}", frame.way_back)).into_response());
    };
    let hour = TimeDelta::hours(1);
    if !allowed(&app, "join from", &caller.network(), FROM_A_NETWORK, hour).await? {
        return too_many(&app, &frame, words);
    }
    if allowed(&app, "join to", over.email_key.to_lowercase().as_bytes(), TO_AN_ADDRESS, hour).await? {
        if !allowed(&app, "join in all", b"", IN_ALL, hour).await? {
            return too_many(&app, &frame, words);
        }
        joining::ask_again(&app, &over, &frame.way_back).await?;
    }
    Ok(Redirect::to(&format!("/join/sent{}", frame.way_back)).into_response())
}

/// The form with nothing in it.
async fn blank(app: &App, frame: &Frame, reader: Option<&Reader>) -> Result<JoinPage, PageError> {
    let words = app.templates.words(&frame.language);
    let draw = comparison::draw(app.db.read()).await?;
    let members = draw.is_some_and(|draw| draw.design == Design::Members);
    Ok(JoinPage {
        around: around(app, reader, None),
        consent: words.say_with("join-consent", &[("vendor", (&app.settings.vendor.name).into())]),
        tracking_consent: words.say("join-tracking"),
        members: members.then(|| words.say("join-members")),
        ..JoinPage::default()
    })
}

/// One line of what was typed, not too long.
fn short(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

pub(super) fn message(app: &App) -> MessagePage {
    MessagePage {
        around: around(app, None, None),
        sign: Sign::Info,
        title: String::new(),
        lines: Vec::new(),
        button: None,
        next: None,
        other: None,
    }
}

pub(super) fn to_the_center(words: &Words) -> Link {
    Link { label: words.say("to-the-center"), href: "/".to_owned() }
}

fn done(app: &App, frame: &Frame) -> MessagePage {
    let words = app.templates.words(&frame.language);
    MessagePage {
        sign: Sign::Check,
        title: words.say("join-done-title"),
        lines: vec![words.say("join-done-words")],
        next: Some(Link { label: words.say("sign-in-button"), href: format!("/sign-in{}", frame.way_back) }),
        ..message(app)
    }
}

fn over(app: &App, frame: &Frame, token: &str) -> MessagePage {
    let words = app.templates.words(&frame.language);
    MessagePage {
        sign: Sign::Clock,
        title: words.say("join-over-title"),
        lines: vec![words.say("join-over-words")],
        button: Some(PostButton {
            label: words.say("join-over-button"),
            action: format!("/join/again/{token}{}", frame.way_back),
        }),
        ..message(app)
    }
}

fn unknown(app: &App, frame: &Frame) -> MessagePage {
    let words = app.templates.words(&frame.language);
    MessagePage {
        sign: Sign::Alert,
        title: words.say("join-unknown-title"),
        lines: vec![words.say("join-unknown-words")],
        next: Some(Link { label: words.say("join-unknown-next"), href: format!("/join{}", frame.way_back) }),
        ..message(app)
    }
}

/// The form has stopped for a while; a person has not.
pub(super) fn too_many(app: &App, frame: &Frame, words: &Words) -> Result<Response, PageError> {
    let mut lines = vec![words.say("join-many-words")];
    let phone = &app.settings.vendor.phone;
    if !phone.is_empty() {
        lines.push(words.say_with("join-many-call", &[("phone", phone.into())]));
    }
    let page = MessagePage {
        sign: Sign::Alert,
        title: words.say("join-many-title"),
        lines,
        next: Some(to_the_center(words)),
        ..message(app)
    };
    let html = Html(app.templates.center_message(frame, &page)?);
    Ok((StatusCode::TOO_MANY_REQUESTS, Extension(Plain), html).into_response())
}
