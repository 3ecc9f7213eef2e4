//! What every page of one visit shares, made fresh for each request.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, MatchedPath};
use axum::http::request::Parts;
use templates::{Brand, BrandColor, ENGLISH, Face, Frame, Theme};

use super::look;
use super::way_back::WayBack;
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
    /// The page that is asked for; of one that a token opens, as the list of addresses spells it.
    pub path: String,
    /// What stands behind the `?` of its address.
    pub query: String,
}

impl Visit {
    /// Where a door would lead this visitor back to.
    pub(super) fn way_back(&self) -> Option<WayBack> {
        WayBack::from(&self.path, &self.query)
    }

    /// What the address of a door ends with, so that it leads this visitor back.
    pub(super) fn told(&self) -> String {
        WayBack::told(self.way_back().as_ref())
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let visit: Self = parts.extensions.get().cloned().unwrap_or_default();
        let route = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let path = if route.contains("{token}") { route } else { parts.uri.path() };
        let query = parts.uri.query().unwrap_or_default().to_owned();
        Ok(Self { path: path.to_owned(), query, ..visit })
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
        path: if face == Face::Center { visit.path.clone() } else { String::new() },
        way_back: if face == Face::Center { visit.told() } else { String::new() },
        language: language.to_owned(),
        theme: visit.theme,
        brand,
    }
}
