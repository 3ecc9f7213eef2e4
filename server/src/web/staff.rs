//! The door for staff. Opening a link shows a button; pressing it signs in.

use axum::extract::{Path, State};
use axum::http::header::SET_COOKIE;
use axum::response::{Html, IntoResponse, Redirect, Response};
use templates::{Face, StaffLinkExpiredPage, StaffSignInPage, StaffSignedOutPage};

use super::error::PageError;
use super::forms::{Button, Checked};
use super::frame::{self, Visit};
use super::visitor::{Staff, goodbye, welcome};
use crate::app::App;
use crate::clock::Clock;
use crate::doors::{self, Secret};
use crate::router;
use crate::store::doors::{self as kept, Audience};

/// The command that makes a new link.
const COMMAND: &str = "rapport user add ADDRESS --role ROLE";

/// Tells someone who is not signed in how to get in.
pub async fn ask(State(app): State<App>, visit: Visit) -> Result<Html<String>, PageError> {
    signed_out(&app, &visit, false)
}

/// Shows what a link would open. Changes nothing: mail scanners come here too.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(secret): Path<String>,
) -> Result<Html<String>, PageError> {
    let frame = frame::of(&app, &visit, Face::Staff, None);
    let link = doors::look(&app, Audience::Staff, &Secret::received(&secret)).await?;
    let member = match link {
        Some(link) => kept::member(app.db.read(), link.subject).await?.map(|member| (link, member)),
        None => None,
    };
    let Some((link, member)) = member else {
        let page = StaffLinkExpiredPage { command: COMMAND.to_owned() };
        return Ok(Html(app.templates.staff_link_expired(&frame, &page)?));
    };
    let page = StaffSignInPage {
        action: format!("/staff/sign-in/{secret}"),
        who: member.email,
        good_for: doors::in_words(link.expires_at - Clock::Real.now()),
        form_token: String::new(),
    };
    Ok(Html(app.templates.staff_sign_in(&frame, &page)?))
}

/// Uses the link up and opens a session.
pub async fn create(
    State(app): State<App>,
    visit: Visit,
    Path(secret): Path<String>,
) -> Result<Response, PageError> {
    let entered = doors::enter(&app, Audience::Staff, &Secret::received(&secret)).await?;
    let Some((id, session)) = entered else {
        let frame = frame::of(&app, &visit, Face::Staff, None);
        let page = StaffLinkExpiredPage { command: COMMAND.to_owned() };
        return Ok(Html(app.templates.staff_link_expired(&frame, &page)?).into_response());
    };
    let member = kept::member(app.db.read(), id).await?.ok_or(PageError::SignedOut(Audience::Staff))?;
    let cookie = welcome(&app, Audience::Staff, &session);
    Ok(([(SET_COOKIE, cookie)], Redirect::to(router::landing(member.role))).into_response())
}

/// Ends the session.
pub async fn delete(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Checked(Button {}): Checked<Button>,
) -> Result<Response, PageError> {
    doors::leave(&app, &staff.session).await?;
    let page = signed_out(&app, &visit, true)?;
    Ok(([(SET_COOKIE, goodbye(&app, Audience::Staff))], page).into_response())
}

fn signed_out(app: &App, visit: &Visit, just_now: bool) -> Result<Html<String>, PageError> {
    let frame = frame::of(app, visit, Face::Staff, None);
    let page = StaffSignedOutPage { just_now, command: COMMAND.to_owned() };
    Ok(Html(app.templates.staff_signed_out(&frame, &page)?))
}
