//! `/kept`: nothing typed is lost. Words sent by somebody whose session had ended wait by their browser until they are
//! signed in; words sent from a page that was too old come back at once, in the same form with a fresh token.

use axum::Extension;
use axum::extract::{FromRequest, FromRequestParts, Request, State};
use axum::http::header::{REFERER, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::json;
use templates::Words;
use templates::center::{Around, Field, KeptField, KeptPage, KeptWhy};

use super::{around, frame};
use crate::app::App;
use crate::doors::Secret;
use crate::store::following;
use crate::web::browser::{Browser, remember};
use crate::web::caller::{Caller, allowed};
use crate::web::error::{PageError, Plain};
use crate::web::forms::Unsent;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;
use crate::web::way_back::WayBack;

/// Where kept words are sent from.
pub const KEPT: &str = "/kept";
/// What people type in their own words, by the name of the field, and whether it takes several lines.
const TYPED: [(&str, bool); 8] = [
    ("body", true),
    ("details", true),
    ("words", true),
    ("title", false),
    ("why", false),
    ("value", false),
    ("other", false),
    ("email", false),
];
/// Forms of one network that are kept in an hour.
const AN_HOUR: i32 = 30;

/// A form as it was sent: each field with its name.
pub(in crate::web) type Fields = Vec<(String, String)>;

/// A form that waits by its browser.
#[derive(Debug, Serialize, Deserialize)]
struct Waiting {
    action: String,
    fields: Fields,
}

/// Sends whoever is signed out to the door. What they typed is kept, and the door leads back to it; whoever only pressed
/// a button is led back to the page where it stands.
pub(in crate::web) async fn sign_in_first(app: &App, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if parts.method != Method::POST {
        return door(WayBack::from(parts.uri.path(), parts.uri.query().unwrap_or_default()).as_ref());
    }
    let form = Form::<Fields>::from_request(Request::from_parts(parts.clone(), body), app).await;
    let fields = form.map_or_else(|_| Vec::new(), |Form(fields)| fields);
    match wait(app, parts, fields).await {
        Ok(response) => response,
        Err(error) => error.into_response(),
    }
}

/// The same for a form whose fields were read already.
pub(in crate::web) async fn wait(app: &App, mut parts: Parts, fields: Fields) -> Result<Response, PageError> {
    let Ok(visit) = Visit::from_request_parts(&mut parts, app).await;
    let frame = frame(app, &visit, None);
    let words = app.templates.words(&frame.language);
    let around = Around { sign_in_href: None, ..around(app, None, None) };
    let Some(page) = page(words, around, KeptWhy::Lost, parts.uri.path(), &fields) else {
        return Ok(door(came_from(&parts).as_ref()));
    };
    let Ok(browser) = Browser::from_request_parts(&mut parts, app).await;
    let Ok(caller) = Caller::from_request_parts(&mut parts, app).await;
    if allowed(app, "kept form", &caller.network(), AN_HOUR, TimeDelta::hours(1)).await? {
        let secret = browser.secret_or_new();
        keep(app, &secret, parts.uri.path(), fields).await?;
        let to = WayBack::from(KEPT, "");
        return Ok(([(SET_COOKIE, remember(app, &secret))], door(to.as_ref())).into_response());
    }
    let html = Html(app.templates.center_kept(&frame, &page)?);
    Ok((StatusCode::UNAUTHORIZED, Extension(Plain), html).into_response())
}

/// The form of a page that had been open for too long, with a fresh token; nothing when nobody typed anything.
pub(in crate::web) fn stale(app: &App, words: &Words, action: &str, unsent: &Unsent) -> Option<KeptPage> {
    let around = Around { sign_in_href: None, form_token: unsent.token.clone(), ..around(app, None, None) };
    page(words, around, KeptWhy::Stale, action, &unsent.fields)
}

/// Shows the words that wait by this browser, in the same form.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    browser: Browser,
    reader: Reader,
) -> Result<Response, PageError> {
    let frame = frame(&app, &visit, Some(&reader));
    let words = app.templates.words(&frame.language);
    let page = waiting(&app, &browser).await?.and_then(|one| {
        page(words, around(&app, Some(&reader), None), KeptWhy::Back, &one.action, &one.fields)
    });
    Ok(match page {
        Some(page) => Html(app.templates.center_kept(&frame, &page)?).into_response(),
        None => Redirect::to("/").into_response(),
    })
}

/// The page for these fields; nothing when there are no words among them.
fn page(
    words: &Words,
    around: Around,
    why: KeptWhy,
    action: &str,
    fields: &[(String, String)],
) -> Option<KeptPage> {
    let long = |name: &str| TYPED.iter().find(|(typed, _)| *typed == name).map(|(_, long)| *long);
    let kept: Vec<_> = fields
        .iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .filter_map(|(name, value)| {
            Some(KeptField {
                name: name.clone(),
                label: words.say(&format!("kept-field-{name}")),
                value: value.clone(),
                long: long(name)?,
            })
        })
        .collect();
    let besides = fields.iter().filter(|(name, _)| long(name).is_none() && name != "form_token");
    let carried = besides.map(|(name, value)| Field { name: name.clone(), value: value.clone() }).collect();
    let page = KeptPage { around, why, action: action.to_owned(), fields: kept, carried };
    (!page.fields.is_empty()).then_some(page)
}

fn door(way: Option<&WayBack>) -> Response {
    Redirect::to(&format!("/sign-in{}", WayBack::told(way))).into_response()
}

/// The page on which the button stood.
fn came_from(parts: &Parts) -> Option<WayBack> {
    let from: Uri = parts.headers.get(REFERER)?.to_str().ok()?.parse().ok()?;
    WayBack::from(from.path(), from.query().unwrap_or_default())
}

/// Under which name a form waits: another one than the question that was begun in the same browser.
fn name(secret: &Secret) -> Vec<u8> {
    Secret::received(&format!("{}|form", secret.reveal())).hash()
}

async fn keep(app: &App, secret: &Secret, action: &str, fields: Fields) -> Result<(), PageError> {
    let fields = fields.into_iter().filter(|(name, _)| name != "form_token").collect();
    let (hash, now) = (name(secret), app.clock.now());
    let waiting = json!(Waiting { action: action.to_owned(), fields });
    app.db
        .group()
        .commit(move |txn| {
            let (hash, waiting) = (hash.clone(), waiting.clone());
            Box::pin(async move { following::keep_draft(txn, hash, waiting, now).await })
        })
        .await?;
    Ok(())
}

async fn waiting(app: &App, browser: &Browser) -> Result<Option<Waiting>, PageError> {
    let Some(secret) = &browser.secret else { return Ok(None) };
    let words = following::draft(app.db.read(), &name(secret)).await?;
    Ok(words.and_then(|words| serde_json::from_value(words).ok()))
}
