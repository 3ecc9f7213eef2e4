//! `/me/sessions`: where somebody is signed in, and the way to end it.

use serde::Serialize;

use super::{Around, Moment};
use crate::{Frame, RenderError, Templates};

/// Where a reader is signed in.
#[derive(Debug, Clone, Serialize)]
pub struct SessionsPage {
    /// What surrounds the page.
    pub around: Around,
    /// Each place, this one among them, the latest use first.
    pub places: Vec<SignedInPlace>,
    /// Where the buttons post to.
    pub action: String,
}

/// One browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignedInPlace {
    /// "Firefox on Windows", as far as we can tell.
    pub agent: String,
    /// Since when and how lately, in a sentence.
    pub when: Moment,
    /// Whether it is the browser that shows this page.
    pub here: bool,
    /// What its button posts.
    pub which: String,
}

impl Templates {
    /// Draws where a reader is signed in.
    pub fn center_sessions(&self, frame: &Frame, page: &SessionsPage) -> Result<String, RenderError> {
        self.page("pages/center/sessions.html", frame, page)
    }
}
