//! What every page of one visit shares, made fresh for each request.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use templates::{Brand, BrandColor, ENGLISH, Face, Frame, Theme};

use super::look;
use crate::app::App;

/// One request, as far as every page depends on it.
#[derive(Debug, Clone, Default)]
pub struct Visit {
    /// The one word by which this answer's own styles are known to the browser.
    pub nonce: String,
    /// The languages the visitor's browser asks for, the dearest first.
    pub languages: Vec<String>,
    /// Light, dark, or as the visitor's system says.
    pub theme: Theme,
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().cloned().unwrap_or_default())
    }
}

/// The frame of one page. The center speaks the visitor's language where it can; staff read English.
pub fn of(app: &App, visit: &Visit, face: Face, signed_in_as: Option<&str>) -> Frame {
    let spoken = visit.languages.iter().find(|language| app.templates.speaks(language));
    let language = spoken.filter(|_| face == Face::Center).map_or(ENGLISH, String::as_str);
    let brand = match face {
        Face::Center => Brand {
            name: app.settings.vendor.name.clone(),
            line: app.templates.words(language).say("layout-line"),
            styles: app.settings.vendor.brand.as_ref().map(BrandColor::styles),
            mark: app.mark.as_ref().map(|mark| format!("{}?v={}", look::MARK, mark.version)),
        },
        Face::Console | Face::Reports | Face::Staff => {
            Brand { name: "Rapport".to_owned(), ..Brand::default() }
        }
    };
    Frame {
        nonce: visit.nonce.clone(),
        base_url: app.settings.base_url.clone(),
        signed_in_as: signed_in_as.map(str::to_owned),
        face,
        language: language.to_owned(),
        theme: visit.theme,
        brand,
    }
}
