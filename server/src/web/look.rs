//! How pages look to this visitor: light or dark by their own choice, and the vendor's mark.

use std::convert::Infallible;

use axum::Form;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, REFERER, SET_COOKIE};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;
use templates::Theme;

use super::error::PageError;
use crate::app::App;

/// Where the vendor's mark lies.
pub const MARK: &str = "/mark";
const COOKIE: &str = "rapport-look";
/// A choice is kept for a year.
const KEPT_SECONDS: u32 = 365 * 24 * 60 * 60;

/// The choice, as the form sends it.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    look: String,
}

/// Keeps the choice in this browser, and goes back to where it was made.
pub async fn choose(
    State(app): State<App>,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Infallible> {
    let theme = theme(&chosen.look);
    let seconds = if theme == Theme::System { 0 } else { KEPT_SECONDS };
    let cookie = Cookie::build((COOKIE, name(theme)))
        .path("/")
        .http_only(true)
        .secure(app.settings.base_url.starts_with("https://"))
        .same_site(SameSite::Lax)
        .build();
    let cookie = [(SET_COOKIE, format!("{cookie}; Max-Age={seconds}"))];
    Ok((cookie, Redirect::to(&back(&headers))).into_response())
}

/// The vendor's mark.
pub async fn mark(State(app): State<App>) -> Result<Response, PageError> {
    let mark = app.mark.as_deref().ok_or(PageError::NotFound)?;
    let headers = [
        (CONTENT_TYPE, mark.mime.to_owned()),
        (CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        (ETAG, format!("\"{}\"", mark.version)),
    ];
    Ok((headers, mark.bytes.clone()).into_response())
}

/// What this visitor chose.
pub(super) fn of(headers: &HeaderMap) -> Theme {
    CookieJar::from_headers(headers).get(COOKIE).map_or(Theme::System, |cookie| theme(cookie.value()))
}

fn theme(said: &str) -> Theme {
    match said {
        "light" => Theme::Light,
        "dark" => Theme::Dark,
        _ => Theme::System,
    }
}

fn name(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

/// The page of ours that the form stood on; its own layer sees to it that it was one of ours.
fn back(headers: &HeaderMap) -> String {
    let from =
        headers.get(REFERER).and_then(|value| value.to_str().ok()).and_then(|text| text.parse::<Uri>().ok());
    let path = from.as_ref().and_then(Uri::path_and_query).map_or("/", |path| path.as_str());
    // Two slashes would be another host.
    if path.starts_with('/') && !path.starts_with("//") { path.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_way_back_never_leads_to_another_host() {
        let from = |referer: &'static str| {
            back(&HeaderMap::from_iter([(REFERER, HeaderValue::from_static(referer))]))
        };
        assert_eq!(from("https://help.example/learn?level=starter"), "/learn?level=starter");
        assert_eq!(from("https://help.example//evil.example/"), "/");
        assert_eq!(from("nonsense"), "/");
        assert_eq!(back(&HeaderMap::new()), "/");
    }
}
