//! What goes wrong on a page, and the one place that turns it into something a visitor sees.
//!
//! A handler gives back a [`PageError`]; whatever says no on the way (a layer, the router, axum itself) gives back a
//! bare status. [`dress`] draws the page for both, in the face where it happened.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use templates::{ErrorPage, Face};

use super::frame::{self, Visit};
use crate::app::App;
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
    Stale,
    /// A form that we could not take, with what is wrong in it.
    #[error("the form had problems")]
    Form(Vec<String>),
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
struct Problems(Arc<[String]>);

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
            Self::Stale => {
                let problem = "This page was open for too long. Open it again, then press the button.";
                problems(vec![problem.to_owned()])
            }
            Self::Form(list) => problems(list),
            Self::Store(_) | Self::Render(_) | Self::Broken(_) => {
                tracing::error!(error = chain(&self), "a page could not be shown");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

fn problems(list: Vec<String>) -> Response {
    let mut response = StatusCode::UNPROCESSABLE_ENTITY.into_response();
    response.extensions_mut().insert(Problems(list.into()));
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
    let page = page(&response, face.home(), reference);
    let frame = frame::of(&app, &visit, face, None);
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    if path.starts_with("/api/") {
        let body = axum::Json(serde_json::json!({ "status": status.as_u16(), "title": page.title }));
        return (parts, body).into_response();
    }
    match app.templates.error(&frame, &page) {
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

fn page(response: &Response, home: &str, reference: Option<String>) -> ErrorPage {
    let status = response.status();
    let said = response.extensions().get::<Problems>().map(|list| list.0.to_vec());
    match status {
        StatusCode::NOT_FOUND => ErrorPage::not_found(home),
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => ErrorPage::forbidden(home),
        _ if status.is_server_error() => {
            ErrorPage { status: status.as_u16(), ..ErrorPage::broken(home, reference) }
        }
        _ => {
            let problem = match status {
                StatusCode::METHOD_NOT_ALLOWED => "This address takes no such request.",
                StatusCode::PAYLOAD_TOO_LARGE => "What you sent is larger than we take here.",
                StatusCode::TOO_MANY_REQUESTS => "This was done very often lately. Try again in an hour.",
                StatusCode::REQUEST_TIMEOUT => "What you sent took too long to arrive.",
                _ => "We could not read what you sent.",
            };
            let problems = said.unwrap_or_else(|| vec![problem.to_owned()]);
            ErrorPage { status: status.as_u16(), ..ErrorPage::unprocessable(home, problems) }
        }
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
