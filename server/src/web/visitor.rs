//! Who is reading, and what is in force: the cookies, and the extractors by which a handler says what it needs.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use sea_orm::DbErr;

use super::error::PageError;
use crate::app::App;
use crate::config::Settings;
use crate::doors::{self, Secret};
use crate::shelf::{Shelf, Shelves};
use crate::store::doors::{self as kept, Audience, Customer, Member};

/// Signed-in staff. Only a route whose policy is `Staff` has one.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Who.
    pub member: Member,
    /// Their session, to which the tokens of forms are bound.
    pub session: Secret,
}

/// A signed-in customer. With `Option`, a page that everyone may see asks who is reading.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Who.
    pub customer: Customer,
    /// Their session, to which the tokens of forms are bound.
    pub session: Secret,
}

/// Finds the member of staff behind a request.
pub(super) async fn staff(parts: &Parts) -> Result<Option<Staff>, DbErr> {
    let app = app(&parts.extensions);
    let Some(session) = session(app, &parts.headers, Audience::Staff) else { return Ok(None) };
    let Some(id) = doors::who(app, Audience::Staff, &session).await? else { return Ok(None) };
    Ok(kept::member(app.db.read(), id).await?.map(|member| Staff { member, session }))
}

/// Finds the customer behind a request.
pub(super) async fn customer(parts: &Parts) -> Result<Option<Reader>, DbErr> {
    let app = app(&parts.extensions);
    let Some(session) = session(app, &parts.headers, Audience::Customer) else { return Ok(None) };
    let Some(id) = doors::who(app, Audience::Customer, &session).await? else { return Ok(None) };
    Ok(kept::customer(app.db.read(), id).await?.map(|customer| Reader { customer, session }))
}

/// The house's rooms, out of a request.
pub(super) fn app(extensions: &Extensions) -> &App {
    extensions.get().expect("the router lays the app into every request")
}

impl<S: Sync> FromRequestParts<S> for Staff {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        parts.extensions.get().cloned().ok_or(PageError::SignedOut(Audience::Staff))
    }
}

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        parts.extensions.get().cloned().ok_or(PageError::SignedOut(Audience::Customer))
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for Reader {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, PageError> {
        Ok(customer(parts).await?)
    }
}

impl FromRequestParts<App> for Shelf {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let shelves = parts.extensions.get::<Shelves>().expect("the router lays the shelves into every page");
        Ok(shelves.current(app).await?)
    }
}

/// The cookie that carries a new session.
pub(super) fn welcome(app: &App, audience: Audience, session: &Secret) -> HeaderValue {
    let cookie = bare(&app.settings, audience, session.reveal().to_owned());
    let seconds = doors::longest(audience).num_seconds();
    header(&format!("{cookie}; Max-Age={seconds}"))
}

/// The cookie that takes a session away.
pub(super) fn goodbye(app: &App, audience: Audience) -> HeaderValue {
    header(&format!("{}; Max-Age=0", bare(&app.settings, audience, String::new())))
}

fn header(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("names and base64url are fit for a header")
}

fn bare(settings: &Settings, audience: Audience, value: String) -> Cookie<'static> {
    Cookie::build((name(settings, audience), value))
        .path("/")
        .http_only(true)
        .secure(secure(settings))
        .same_site(SameSite::Lax)
        .build()
}

fn secure(settings: &Settings) -> bool {
    settings.base_url.starts_with("https://")
}

/// `__Host-` wants https; on this machine's own http a plain name has to do.
fn name(settings: &Settings, audience: Audience) -> &'static str {
    match (secure(settings), audience) {
        (true, Audience::Staff) => "__Host-rapport-staff",
        (true, Audience::Customer) => "__Host-rapport-customer",
        (false, Audience::Staff) => "rapport-staff",
        (false, Audience::Customer) => "rapport-customer",
    }
}

fn session(app: &App, headers: &HeaderMap, audience: Audience) -> Option<Secret> {
    let jar = CookieJar::from_headers(headers);
    Some(Secret::received(jar.get(name(&app.settings, audience))?.value()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_https_a_cookie_is_bound_to_its_host_and_never_travels_in_the_clear() {
        let at = |base_url: &str| {
            let settings = Settings { base_url: base_url.to_owned(), ..Settings::default() };
            bare(&settings, Audience::Staff, "secret".to_owned()).to_string()
        };
        let cookie = at("https://help.example");
        assert_eq!(cookie, "__Host-rapport-staff=secret; HttpOnly; SameSite=Lax; Secure; Path=/");
        assert_eq!(at("http://127.0.0.1:8080"), "rapport-staff=secret; HttpOnly; SameSite=Lax; Path=/");
    }
}
