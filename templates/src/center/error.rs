//! The page for when something is not as it should be: what happened, how to reach a person, and other ways on.

use serde::Serialize;

use super::{Around, Door};
use crate::{Frame, RenderError, Templates};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ErrorKind {
    /// There is nothing at this address.
    Missing,
    /// This is not open to whoever asks.
    Closed,
    /// What was sent could not be taken.
    Refused,
    /// It is our fault.
    Broken,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct CenterErrorPage {
    /// What surrounds the page.
    pub around: Around,
    /// What happened.
    pub kind: ErrorKind,
    /// The HTTP status, which the page shows small.
    pub status: u16,
    /// What was wrong with what was sent, a sentence each.
    pub problems: Vec<String>,
    /// Where the search form leads; left out where searching does not help.
    pub search_action: Option<String>,
    /// Where the script of that form asks for suggestions.
    pub search_suggest: Option<String>,
    /// Other ways on.
    pub doors: Vec<Door>,
    /// The number to look for in the log, when we keep one.
    pub reference: Option<String>,
}

impl Templates {
    /// Draws the page for when something is not as it should be.
    pub fn center_error(&self, frame: &Frame, page: &CenterErrorPage) -> Result<String, RenderError> {
        self.page("pages/center/error.html", frame, page)
    }
}
