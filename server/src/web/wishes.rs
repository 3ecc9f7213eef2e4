//! The two personal links of letters: stop (everything, or one question), and choose. No sign-in; looking changes nothing.
//!
//! A stop link can only stop: it shows nothing about anybody and opens no other door. A mail program's own button
//! sends a POST without a cookie or an origin, and gets an empty answer.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum_extra::extract::Form;
use chrono::{DateTime, Utc};
use segments::{Pace, Purpose};
use serde::Deserialize;
use templates::Words;
use templates::center::{Choice, ChoicesPage, DonePage, Saved, StopPage};
use uuid::Uuid;

use super::center::{around, frame, times};
use super::error::PageError;
use super::forms::Checked;
use super::frame::Visit;
use super::visitor::Reader;
use crate::app::App;
use crate::campaigns::wishes::{self, Wishes};
use crate::store::following;
use crate::tokens::{Kind, Token};

/// Asks before stopping. Changes nothing: mail scanners come here too.
pub async fn ask_to_stop(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Html<String>, PageError> {
    let page = StopPage {
        around: around(&app, None, None),
        action: format!("/u/{token}"),
        of_question: matches!(stops(&app, &token)?, Token::Leave { .. }),
        choices_href: None,
    };
    let frame = frame(&app, &visit, None);
    Ok(Html(app.templates.center_stop(&frame, &page)?))
}

/// Stops at once, whatever the body looks like.
pub async fn stop(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, PageError> {
    let token = stops(&app, &token)?;
    let one_click = body.is_ok_and(|body| is_one_click(&body));
    match token {
        Token::Leave { contact, account, question } => {
            let of = (account, question);
            app.db
                .group()
                .commit(move |txn| Box::pin(async move { following::leave_named(txn, of, contact).await }))
                .await?;
        }
        Token::Stop { contact, message } => {
            let source = if one_click { "one-click stop" } else { "stop page" };
            wishes::stop(&app, contact, message, source).await?;
        }
        _ => return Err(PageError::NotFound),
    }
    if one_click {
        return Ok(StatusCode::OK.into_response());
    }
    let (frame, around) = (frame(&app, &visit, None), around(&app, None, None));
    let words = app.templates.words(&frame.language);
    let page = match token {
        Token::Leave { .. } => DonePage::stopped_of_question(words, around),
        _ => DonePage::stopped(words, around, None),
    };
    Ok(Html(app.templates.center_done(&frame, &page)?).into_response())
}

/// What this link stops: every letter, or those about one question.
fn stops(app: &App, token: &str) -> Result<Token, PageError> {
    let read = |kind| Token::read(&app.keys, kind, token);
    read(Kind::Stop).or_else(|| read(Kind::Leave)).ok_or(PageError::NotFound)
}

/// RFC 8058, as a form or as multipart: the name and the value stand there in plain letters either way.
fn is_one_click(body: &[u8]) -> bool {
    let holds = |words: &[u8]| body.windows(words.len()).any(|window| window == words);
    holds(b"List-Unsubscribe") && holds(b"One-Click")
}

/// Shows what a person allows now.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Html<String>, PageError> {
    let link = Link::of(&app, &token)?;
    let now = wishes::current(&app, link.contact).await?.ok_or(PageError::NotFound)?;
    draw(&app, &visit, &link, &now, None)
}

/// Shows a signed-in reader what they allow now.
pub async fn show_own(
    State(app): State<App>,
    visit: Visit,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let own = Link::of_reader(&reader);
    let now = wishes::current(&app, own.contact).await?.ok_or(PageError::NotFound)?;
    draw(&app, &visit, &own, &now, None)
}

/// Saves what a signed-in reader ticked.
pub async fn save_own(
    State(app): State<App>,
    visit: Visit,
    reader: Reader,
    Checked(ticked): Checked<Ticked>,
) -> Result<Html<String>, PageError> {
    keep(&app, &visit, &Link::of_reader(&reader), &ticked).await
}

/// Whose choices, reached on which way.
struct Link<'a> {
    contact: Uuid,
    message: Uuid,
    action: String,
    reader: Option<&'a Reader>,
}

impl<'a> Link<'a> {
    /// By the link of a letter.
    fn of(app: &App, token: &str) -> Result<Self, PageError> {
        match Token::read(&app.keys, Kind::Choices, token) {
            Some(Token::Choices { contact, message }) => {
                Ok(Self { contact, message, action: format!("/p/{token}"), reader: None })
            }
            _ => Err(PageError::NotFound),
        }
    }

    /// By being signed in; there is no letter.
    fn of_reader(reader: &'a Reader) -> Self {
        let action = "/me/email".to_owned();
        Self { contact: reader.customer.id, message: Uuid::nil(), action, reader: Some(reader) }
    }
}

/// The form of the page: what is ticked, or the way back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ticked {
    purpose: Vec<String>,
    tracking: Option<String>,
    pace: Option<String>,
    pause: Option<String>,
    undo: Option<String>,
}

/// Saves what is ticked, says so, and shows the way back.
pub async fn save(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
    Form(ticked): Form<Ticked>,
) -> Result<Html<String>, PageError> {
    keep(&app, &visit, &Link::of(&app, &token)?, &ticked).await
}

async fn keep(app: &App, visit: &Visit, link: &Link<'_>, ticked: &Ticked) -> Result<Html<String>, PageError> {
    let before = wishes::current(app, link.contact).await?.ok_or(PageError::NotFound)?;
    let wanted = wanted(ticked, &before, app.clock.now())?;
    let spoken = app.templates.words(&frame(app, visit, link.reader).language);
    let before =
        wishes::save(app, link.contact, link.message, &wanted, |purpose| wording(spoken, purpose)).await?;
    let before = before.ok_or(PageError::NotFound)?;
    let undone = ticked.undo.is_some();
    let words = if undone { spoken.say("choices-as-before") } else { holds_now(spoken, &wanted) };
    let saved = Saved {
        words,
        undo_action: (!undone && before != wanted).then(|| link.action.clone()),
        undo_value: before.write(),
    };
    draw(app, visit, link, &wanted, Some(saved))
}

/// What holds from now on, in a sentence or two.
fn holds_now(words: &Words, wishes: &Wishes) -> String {
    let kinds = wishes.allowed.iter().filter(|one| **one != Purpose::Tracking).count();
    if kinds > 0 && wishes.pace == Pace::Never {
        return words.say("pace-saved-none");
    }
    let kinds_say = words.say_with("choices-kinds", &[("count", kinds.into())]);
    if kinds == 0 || wishes.pace == Pace::AsItHappens {
        return kinds_say;
    }
    format!("{kinds_say} {}", words.say(&format!("pace-saved-{}", wishes.pace)))
}

fn wanted(ticked: &Ticked, before: &Wishes, now: DateTime<Utc>) -> Result<Wishes, PageError> {
    let unreadable = || PageError::Unreadable;
    if let Some(undo) = &ticked.undo {
        return Wishes::read(undo, before.pace).ok_or_else(unreadable);
    }
    let mut allowed = std::collections::BTreeSet::new();
    for word in &ticked.purpose {
        allowed.insert(word.parse::<Purpose>().map_err(|_| unreadable())?);
    }
    if ticked.tracking.is_some() {
        allowed.insert(Purpose::Tracking);
    }
    // A page from before there was a pace does not ask for it.
    let pace = ticked.pace.as_ref().map_or(Ok(before.pace), |word| word.parse().map_err(|_| unreadable()))?;
    let kept = Wishes { allowed, paused_until: before.paused_until, pace };
    Ok(if ticked.pause.is_some() { kept.with_a_break(now) } else { kept })
}

/// The words that stand beside the box, as the receipt keeps them.
fn wording(words: &Words, purpose: Purpose) -> String {
    let choice = Choice::new(words, purpose, false);
    format!("{}: {}", choice.label, choice.detail)
}

fn draw(
    app: &App,
    visit: &Visit,
    link: &Link<'_>,
    wishes: &Wishes,
    saved: Option<Saved>,
) -> Result<Html<String>, PageError> {
    let letters = Purpose::ALL.iter().filter(|purpose| **purpose != Purpose::Tracking);
    let (contact, message) = (link.contact, link.message);
    let frame = frame(app, visit, link.reader);
    let words = app.templates.words(&frame.language);
    let zone = times::zone(link.reader);
    let page = ChoicesPage {
        around: around(app, link.reader, None),
        action: link.action.clone(),
        choices: letters
            .map(|purpose| Choice::new(words, *purpose, wishes.allowed.contains(purpose)))
            .collect(),
        paces: Pace::ALL.iter().map(|pace| Choice::of_pace(words, *pace, *pace == wishes.pace)).collect(),
        tracking: Choice::new(words, Purpose::Tracking, wishes.allowed.contains(&Purpose::Tracking)),
        paused_until: wishes.paused_until.map(|until| times::saying(words, "choices-paused", until, zone)),
        saved,
        stop_href: format!("/u/{}", Token::Stop { contact, message }.write(&app.keys)),
    };
    Ok(Html(app.templates.center_choices(&frame, &page)?))
}
