//! `/heard`: what customers said, what was done, and what that changed.

use serde::Serialize;

use super::{Around, Link};
use crate::{Frame, RenderError, Templates};

/// What came of what customers said.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HeardPage {
    /// What surrounds the page.
    pub around: Around,
    /// The newest first.
    pub entries: Vec<HeardEntry>,
}

/// One thing that was heard, and what came of it.
#[derive(Debug, Clone, Serialize)]
pub struct HeardEntry {
    /// What was heard, in a sentence.
    pub heard: String,
    /// How many said so; nothing when they are too few.
    pub how_many: Option<String>,
    /// One customer's words.
    pub quote: Option<String>,
    /// What was done.
    pub did: String,
    /// The day, in words.
    pub did_on: String,
    /// The item that was changed.
    pub item: Option<Link>,
    /// "Unclear to 31 in 100 before, and to 9 in 100 since."; nothing when either is from too few.
    pub measured: Option<String>,
    /// How many answers that is from, and until when.
    pub measured_of: Option<String>,
    /// Whether it will be measured and too few have answered yet.
    pub waits: bool,
    /// What comes next.
    pub next: Option<String>,
}

impl Templates {
    /// Draws what was heard.
    pub fn center_heard(&self, frame: &Frame, page: &HeardPage) -> Result<String, RenderError> {
        self.page("pages/center/heard.html", frame, page)
    }
}
