//! The addresses in letters: the pixel and the links.
//!
//! Whoever asks, and however often: a pixel is a pixel, a link leads where the letter said and nowhere else, and
//! nothing about consent changes. Where a link leads stands in the database, never in the address.

use std::net::IpAddr;

use axum::extract::{FromRequestParts, Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method as HttpMethod, StatusCode};
use axum::response::{IntoResponse, Response};

use super::caller::Caller;
use super::error::PageError;
use crate::app::App;
use crate::campaigns::responses::{self, Asked};
use crate::campaigns::verdict::{AgentFamily, Method, NetworkClass};
use crate::tokens::{Kind, Token};

/// One transparent pixel.
const PIXEL: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// Gives the pixel, always.
pub async fn open(State(app): State<App>, asked: Asked, Path(token): Path<String>) -> Response {
    if let Some(Token::Open { message }) = Token::read(&app.keys, Kind::Open, &token)
        && let Err(error) = responses::opened(&app, message, asked).await
    {
        tracing::error!(message.id = %message, error = error.to_string(), "an open stays uncounted");
    }
    let headers = [
        (CONTENT_TYPE, "image/gif"),
        (CACHE_CONTROL, "no-store, private"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    (headers, PIXEL).into_response()
}

/// Leads where the letter said.
pub async fn click(
    State(app): State<App>,
    asked: Asked,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    let Some(Token::Click { message, link }) = Token::read(&app.keys, Kind::Click, &token) else {
        return Err(PageError::NotFound);
    };
    let Some((url, kept)) = responses::clicked(&app, message, link, asked).await? else {
        return Err(PageError::NotFound);
    };
    if let Err(error) = kept {
        tracing::error!(message.id = %message, error = error.to_string(), "a click stays uncounted");
    }
    let known = url.starts_with("https://") || url.starts_with("http://");
    let location = HeaderValue::from_str(&url).ok().filter(|_| known).ok_or(PageError::NotFound)?;
    Ok((StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response())
}

impl FromRequestParts<App> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let caller = Caller::from_request_parts(parts, app).await?;
        Ok(asked(&parts.method, &parts.headers, caller.address))
    }
}

fn asked(method: &HttpMethod, headers: &HeaderMap, peer: Option<IpAddr>) -> Asked {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let early = ["purpose", "x-purpose", "sec-purpose", "x-moz"];
    let words = ["prefetch", "prerender", "preview"];
    Asked {
        method: match *method {
            HttpMethod::GET => Method::Get,
            HttpMethod::HEAD => Method::Head,
            _ => Method::Other,
        },
        prefetch: early.iter().any(|name| words.iter().any(|word| said(name).contains(word))),
        agent: AgentFamily::of(headers.get(USER_AGENT).and_then(|value| value.to_str().ok())),
        network: NetworkClass::of(peer),
    }
}
