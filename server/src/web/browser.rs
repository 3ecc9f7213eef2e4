//! The browser behind a request: what it is, in coarse words, and the secret by which it is known again when it comes
//! back with the link that it asked for.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};

use crate::app::App;
use crate::config::Settings;
use crate::doors::Secret;

/// How long a browser is known: as long as a form to join can be confirmed.
const KNOWN_SECONDS: u32 = 24 * 60 * 60;

/// A browser.
#[derive(Debug, Clone)]
pub struct Browser {
    /// The secret it was given earlier.
    pub secret: Option<Secret>,
    /// What it is: `Firefox|Windows`.
    pub agent: Option<String>,
}

impl Browser {
    /// Its secret, or a new one.
    pub fn secret_or_new(&self) -> Secret {
        self.secret.clone().unwrap_or_default()
    }
}

impl FromRequestParts<App> for Browser {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let jar = CookieJar::from_headers(&parts.headers);
        let secret = jar.get(name(&app.settings)).map(|cookie| Secret::received(cookie.value()));
        let said = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Self { secret, agent: coarse(said) })
    }
}

/// The cookie by which a browser is known again.
pub(super) fn remember(app: &App, secret: &Secret) -> HeaderValue {
    let cookie = Cookie::build((name(&app.settings), secret.reveal().to_owned()))
        .path("/")
        .http_only(true)
        .secure(app.settings.base_url.starts_with("https://"))
        .same_site(SameSite::Lax)
        .build();
    let text = format!("{cookie}; Max-Age={KNOWN_SECONDS}");
    // What came back as a secret need not be one of ours.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn name(settings: &Settings) -> &'static str {
    if settings.base_url.starts_with("https://") { "__Host-rapport-browser" } else { "rapport-browser" }
}

/// Browser and system, as far as its owner would call them.
fn coarse(agent: &str) -> Option<String> {
    let first = |table: &[(&str, &'static str)]| {
        table.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ])?;
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "Chromebook"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ])?;
    Some(format!("{browser}|{system}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_coarsely_and_a_program_not_at_all() {
        let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
        assert_eq!(coarse(chrome).as_deref(), Some("Chrome|Windows"));
        let edge = format!("{chrome} Edg/140.0");
        assert_eq!(coarse(&edge).as_deref(), Some("Edge|Windows"));
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1";
        assert_eq!(coarse(phone).as_deref(), Some("Safari|iPhone"));
        assert_eq!(coarse("curl/8.0"), None);
    }
}
