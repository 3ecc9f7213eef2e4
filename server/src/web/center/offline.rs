//! `/offline` and `/sw.js`: one page that browsers keep for when the line is down, and the worker that keeps it. Nobody's
//! own page is ever kept.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use sha2::{Digest, Sha256};
use templates::Frame;
use templates::center::{Around, OfflinePage};

use super::{around, frame};
use crate::app::App;
use crate::web::error::PageError;
use crate::web::frame::Visit;

/// Where the worker lies: its folder is what it watches over.
pub const WORKER: &str = "/sw.js";

/// Shows the note, the same for everybody.
pub async fn show(State(app): State<App>, visit: Visit) -> Result<Html<String>, PageError> {
    Ok(Html(draw(&app, &frame(&app, &visit, None))?))
}

fn draw(app: &App, frame: &Frame) -> Result<String, PageError> {
    // None of the doors: they would not open, and whoever sees the page may be signed in.
    let around = Around { sign_in_href: None, search_action: None, ..around(app, None, None) };
    Ok(app.templates.center_offline(frame, &OfflinePage { around })?)
}

/// The worker. It changes when the page does, so that browsers keep the new one.
pub async fn worker(State(app): State<App>) -> Result<Response, PageError> {
    let page = draw(&app, &frame(&app, &Visit::default(), None))?;
    let digest = Sha256::digest(page.as_bytes());
    let version = digest[..6].iter().fold(String::new(), |all, byte| format!("{all}{byte:02x}"));
    let script = templates::asset("sw.js").ok_or(PageError::NotFound)?;
    let script = String::from_utf8_lossy(&script.bytes).into_owned();
    let headers = [(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    Ok((headers, format!("const KEPT = \"offline-{version}\";\n{script}")).into_response())
}
