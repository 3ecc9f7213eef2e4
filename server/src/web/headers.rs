//! What every answer tells the browser to refuse.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::frame::Visit;
use super::language::languages;
use super::look;
use crate::app::App;
use crate::ids::Ids;

const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// Lays a [`Visit`] into the request, and the headers on the answer. A handler that sets one itself is not overruled.
pub(super) async fn harden(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let nonce = STANDARD_NO_PAD.encode(Ids::of_the_machine().random());
    let visit = Visit {
        nonce,
        languages: languages(request.headers()),
        theme: look::of(request.headers()),
        path: String::new(),
        query: String::new(),
    };
    request.extensions_mut().insert(visit.clone());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut say = |name: HeaderName, value: HeaderValue| {
        headers.entry(name).or_insert(value);
    };
    say(CONTENT_SECURITY_POLICY, policy(&visit));
    say(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    say(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    say(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    say(OPENER, HeaderValue::from_static("same-origin"));
    say(RESOURCE, HeaderValue::from_static("same-origin"));
    say(
        PERMISSIONS,
        HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    );
    say(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if app.settings.base_url.starts_with("https://") {
        say(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000"));
    }
    response
}

/// Nothing from elsewhere; styles and scripts of ours, or with this answer's nonce; no HTML made by a script except
/// through one named policy.
fn policy(visit: &Visit) -> HeaderValue {
    let nonce = &visit.nonce;
    let policy = format!(
        "default-src 'none'; style-src 'self' 'nonce-{nonce}'; script-src 'self' 'nonce-{nonce}'; img-src 'self' data:; \
         connect-src 'self'; frame-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
         require-trusted-types-for 'script'; trusted-types rapport"
    );
    HeaderValue::from_str(&policy).expect("base64 is fit for a header")
}

/// The headers of a mail shown in a frame: it may do nothing, and only our own page may frame it.
pub(super) fn of_a_mail() -> HeaderMap {
    let policy =
        "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'";
    HeaderMap::from_iter([
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
        (X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
    ])
}
