//! What every page of one visit shares, made fresh for each request.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use templates::{Brand, Face, Frame, Theme};

use crate::app::App;

/// The one word by which this answer's own styles are known to the browser.
#[derive(Debug, Clone, Default)]
pub struct Nonce(pub String);

impl<S: Sync> FromRequestParts<S> for Nonce {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().cloned().unwrap_or_default())
    }
}

/// The frame of one page.
pub fn of(app: &App, nonce: &Nonce, face: Face, signed_in_as: Option<&str>) -> Frame {
    let brand = match face {
        Face::Center => Brand { name: app.settings.vendor.name.clone(), line: "Help and lessons".to_owned() },
        Face::Console | Face::Reports | Face::Staff => {
            Brand { name: "Rapport".to_owned(), line: String::new() }
        }
    };
    Frame {
        nonce: nonce.0.clone(),
        base_url: app.settings.base_url.clone(),
        signed_in_as: signed_in_as.map(str::to_owned),
        face,
        theme: Theme::System,
        brand,
    }
}
