//! One made-up filling of every page, in each of its states.
//!
//! The snapshot tests draw them, and so does `cargo run -p templates --example
//! draw`, which writes them to a folder to be looked at. People, companies and
//! numbers are invented; the numbers of one report agree with each other.

use crate::{Brand, Face, Frame, RenderError, Templates, Theme};

mod community;
mod console;
mod feedback;
mod funnel;
mod incidents;
mod reports;
mod staff;

/// One page with everything in it.
pub struct Sample {
    /// Its name, which is also the snapshot's: `report-works`.
    pub name: &'static str,
    /// Draws it.
    pub draw: fn(&Templates, Theme) -> Result<String, RenderError>,
}

/// Every sample of the pages of this house.
pub fn pages() -> Vec<Sample> {
    [
        reports::samples(),
        funnel::samples(),
        console::samples(),
        community::samples(),
        feedback::samples(),
        incidents::samples(),
        staff::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A frame as the server makes one, for somebody called Tomas.
pub fn frame(face: Face, theme: Theme) -> Frame {
    Frame {
        nonce: "bm9uY2U".to_owned(),
        base_url: "https://rapport.example".to_owned(),
        signed_in_as: Some("Tomas Oyelaran".to_owned()),
        face,
        path: String::new(),
        way_back: String::new(),
        language: crate::ENGLISH.to_owned(),
        theme,
        brand: Brand { name: "Rapport".to_owned(), ..Brand::default() },
    }
}

#[cfg(test)]
mod tests;
