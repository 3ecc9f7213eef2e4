//! What goes wrong on a page, and the one place that turns it into something a visitor sees.
//!
//! A handler gives back a [`PageError`]; whatever says no on the way (a layer, the router, axum itself) gives back a
//! bare status. [`dress`] draws the page for both, in the face where it happened.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use templates::center::{Around, CenterErrorPage, Door, DoorKind, ErrorKind};
use templates::{ErrorPage, Face, Words};

use super::center::{self, kept, search};
use super::forms::Unsent;
use super::frame::{self, Visit};
use crate::app::App;
use crate::router;
use crate::store::doors::Audience;

/// Why a page cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// Nothing is there, or nothing for this visitor.
    #[error("this page does not exist, or is not yours to see")]
    NotFound,
    /// Nobody is signed in who may come here.
    #[error("please sign in first")]
    SignedOut(Audience),
    /// Nobody is signed in, and a redirect would help no one.
    #[error("this address needs a sign-in")]
    Unauthorised,
    /// It was done too often lately.
    #[error("too often")]
    TooOften,
    /// Somebody is signed in, but not for this.
    #[error("this page is not open to you")]
    Forbidden,
    /// A form came without the token that our own page gave it.
    #[error("this form was not ours, or too old")]
    Stale(Unsent),
    /// A form that we could not take, with what is wrong in it.
    #[error("the form had problems")]
    Form(Vec<String>),
    /// What no page of ours sends.
    #[error("this is not what our pages send")]
    Unreadable,
    /// The database did not do it.
    #[error("we could not reach our records")]
    Store(#[from] sea_orm::DbErr),
    /// The page did not come out.
    #[error("we could not draw this page")]
    Render(#[from] templates::RenderError),
    /// Something that should hold does not.
    #[error("something broke")]
    Broken(#[from] anyhow::Error),
}

/// What was wrong with a form, on its way to the page that says so.
#[derive(Debug, Clone)]
enum Problems {
    Stale(Arc<Unsent>),
    Said(Arc<[String]>),
}

/// A refusal that is complete as it is: a machine reads it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plain;

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        match self {
            Self::SignedOut(Audience::Staff) => Redirect::to("/staff/sign-in").into_response(),
            Self::SignedOut(Audience::Customer) => Redirect::to("/sign-in").into_response(),
            Self::NotFound => StatusCode::NOT_FOUND.into_response(),
            Self::Unauthorised => StatusCode::UNAUTHORIZED.into_response(),
            Self::Forbidden => StatusCode::FORBIDDEN.into_response(),
            Self::TooOften => {
                (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "3600")]).into_response()
            }
            Self::Stale(unsent) => problems(Problems::Stale(unsent.into())),
            Self::Form(list) => problems(Problems::Said(list.into())),
            Self::Unreadable => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
            Self::Store(_) | Self::Render(_) | Self::Broken(_) => {
                tracing::error!(error = chain(&self), "a page could not be shown");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

fn problems(list: Problems) -> Response {
    let mut response = StatusCode::UNPROCESSABLE_ENTITY.into_response();
    response.extensions_mut().insert(list);
    response
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}

/// Draws a page for every refusal and failure that has none yet.
pub(super) async fn dress(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let visit = request.extensions().get::<Visit>().cloned().unwrap_or_default();
    let reference = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error())
        || response.extensions().get::<Plain>().is_some()
    {
        return response;
    }
    let face = face(&path);
    let frame = frame::of(&app, &visit, face, None);
    let words = app.templates.words(&frame.language);
    let problems = sentences(&response, words);
    let unsent = match response.extensions().get() {
        Some(Problems::Stale(unsent)) if face == Face::Center => kept::stale(&app, words, &path, unsent),
        _ => None,
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    let page = page(status, face.home(), problems.clone(), reference.clone());
    if path.starts_with("/api/") {
        let body = axum::Json(serde_json::json!({ "status": status.as_u16(), "title": page.title }));
        return (parts, body).into_response();
    }
    let drawn = if let Some(unsent) = unsent {
        app.templates.center_kept(&frame, &unsent)
    } else if face == Face::Center {
        app.templates.center_error(&frame, &center_page(&app, status, problems, reference))
    } else {
        app.templates.error(&frame, &page)
    };
    match drawn {
        Ok(html) => {
            let mut response = (parts, Html(html)).into_response();
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(error) => {
            tracing::error!(error = chain(&error), "the error page could not be drawn");
            (parts, page.title).into_response()
        }
    }
}

/// What was wrong with what was sent.
fn sentences(response: &Response, words: &Words) -> Vec<String> {
    let key = match (response.extensions().get::<Problems>(), response.status()) {
        (Some(Problems::Said(list)), _) => return list.to_vec(),
        (Some(Problems::Stale(_)), _) => "error-stale",
        (None, StatusCode::METHOD_NOT_ALLOWED) => "error-method",
        (None, StatusCode::PAYLOAD_TOO_LARGE) => "error-large",
        (None, StatusCode::TOO_MANY_REQUESTS) => "error-often",
        (None, StatusCode::REQUEST_TIMEOUT) => "error-slow",
        (None, _) => "error-unreadable",
    };
    vec![words.say(key)]
}

fn kind(status: StatusCode) -> ErrorKind {
    match status {
        StatusCode::NOT_FOUND => ErrorKind::Missing,
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => ErrorKind::Closed,
        _ if status.is_server_error() => ErrorKind::Broken,
        _ => ErrorKind::Refused,
    }
}

fn page(status: StatusCode, home: &str, problems: Vec<String>, reference: Option<String>) -> ErrorPage {
    let page = match kind(status) {
        ErrorKind::Missing => return ErrorPage::not_found(home),
        ErrorKind::Closed => return ErrorPage::forbidden(home),
        ErrorKind::Broken => ErrorPage::broken(home, reference),
        ErrorKind::Refused => ErrorPage::unprocessable(home, problems),
    };
    ErrorPage { status: status.as_u16(), ..page }
}

/// The page of the center: whoever is lost gets the search and every door that is there.
fn center_page(
    app: &App,
    status: StatusCode,
    problems: Vec<String>,
    reference: Option<String>,
) -> CenterErrorPage {
    let kind = kind(status);
    let lost = matches!(kind, ErrorKind::Missing | ErrorKind::Closed);
    let ways = [(DoorKind::Learn, "/learn"), (DoorKind::Ask, "/ask"), (DoorKind::Together, "/saved")];
    let doors = ways.into_iter().filter(|(_, path)| lost && router::leads_to(path));
    CenterErrorPage {
        // Nobody knows here who asks: the door to sign in would puzzle whoever is.
        around: Around { search_action: None, sign_in_href: None, ..center::around(app, None, None) },
        kind,
        status: status.as_u16(),
        problems: if kind == ErrorKind::Refused { problems } else { Vec::new() },
        // Whatever broke may not be what the search needs.
        search_action: (kind != ErrorKind::Refused).then(|| search::SEARCH.to_owned()),
        search_suggest: lost.then(|| search::SUGGEST.to_owned()),
        doors: doors.map(|(kind, path)| Door { kind, line: String::new(), href: path.to_owned() }).collect(),
        reference: reference.filter(|_| kind == ErrorKind::Broken),
    }
}

fn face(path: &str) -> Face {
    let within = |place: &str| path == place || path.starts_with(&format!("{place}/"));
    if within("/console") {
        Face::Console
    } else if within("/reports") {
        Face::Reports
    } else if within("/staff") {
        Face::Staff
    } else {
        Face::Center
    }
}
