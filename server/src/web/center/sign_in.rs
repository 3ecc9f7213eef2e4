//! The door for customers. Opening a link shows a button; pressing it signs in.

use axum::extract::{Path, State};
use axum::http::header::SET_COOKIE;
use axum::response::{Html, IntoResponse, Redirect, Response};
use templates::center::{DonePage, Link, SignInExpiredPage, SignInPage};

use super::{around, frame};
use crate::app::App;
use crate::clock::Clock;
use crate::doors::{self, Secret};
use crate::store::doors::{self as kept, Audience};
use crate::web::error::PageError;
use crate::web::forms::{Button, Checked};
use crate::web::frame::Visit;
use crate::web::visitor::{Reader, goodbye, welcome};

/// Tells a customer who is not signed in how to get in.
pub async fn ask(State(app): State<App>, visit: Visit) -> Result<Html<String>, PageError> {
    let page = DonePage {
        around: around(&app, None, None),
        title: "Please sign in first".to_owned(),
        lines: vec![
            "You come in by a link in an e-mail; there is no password to remember.".to_owned(),
            how(&app),
        ],
        next: Link { label: "Go to the resource center".to_owned(), href: "/".to_owned() },
        other: None,
    };
    let frame = frame(&app, &visit, None);
    Ok(Html(app.templates.center_done(&frame, &page)?))
}

/// Shows what a link would open. Changes nothing: mail scanners come here too.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(secret): Path<String>,
) -> Result<Html<String>, PageError> {
    let link = doors::look(&app, Audience::Customer, &Secret::received(&secret)).await?;
    let Some(link) = link else { return expired(&app, &visit) };
    let customer = kept::customer(app.db.read(), link.subject).await?;
    let page = SignInPage {
        around: around(&app, None, None),
        action: format!("/sign-in/{secret}"),
        first_name: customer.and_then(|customer| customer.first_name),
        good_for: doors::in_words(link.expires_at - Clock::Real.now()),
    };
    let frame = frame(&app, &visit, None);
    Ok(Html(app.templates.center_sign_in(&frame, &page)?))
}

/// Uses the link up and opens a session.
pub async fn create(
    State(app): State<App>,
    visit: Visit,
    Path(secret): Path<String>,
) -> Result<Response, PageError> {
    let entered = doors::enter(&app, Audience::Customer, &Secret::received(&secret)).await?;
    let Some((_, session)) = entered else { return Ok(expired(&app, &visit)?.into_response()) };
    let cookie = welcome(&app, Audience::Customer, &session);
    Ok(([(SET_COOKIE, cookie)], Redirect::to("/")).into_response())
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

/// How to get a link, in a sentence.
fn how(app: &App) -> String {
    let vendor = &app.settings.vendor;
    if vendor.phone.is_empty() {
        format!("Ask {} for a fresh link.", vendor.name)
    } else {
        format!("Ask {} for a fresh link: {}.", vendor.name, vendor.phone)
    }
}

fn expired(app: &App, visit: &Visit) -> Result<Html<String>, PageError> {
    let page = SignInExpiredPage {
        around: around(app, None, None),
        how: how(app),
        next: Link { label: "Go to the resource center".to_owned(), href: "/".to_owned() },
    };
    let frame = frame(app, visit, None);
    Ok(Html(app.templates.center_sign_in_expired(&frame, &page)?))
}
