//! `/feedback/{id}`: thank you, and what would be better.

use serde::Serialize;

use super::{Around, Link};
use crate::{Frame, RenderError, Templates};

/// An answer that was just kept. Its form posts `words` and `note` (`yes` when ticked).
#[derive(Debug, Clone, Serialize)]
pub struct FeedbackPage {
    /// What surrounds the page.
    pub around: Around,
    /// Whether the answer was yes.
    pub yes: bool,
    /// What they said so far.
    pub words: String,
    /// Whether they hear what came of it.
    pub note: Note,
    /// Whether words were just kept.
    pub kept: bool,
    /// Where the form posts to.
    pub action: String,
    /// Where they came from.
    pub back: Link,
}

/// Whether somebody hears what came of what they said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// We do not know whom to tell.
    ToNobody,
    /// They may ask for it.
    Offered,
    /// They asked for it.
    Wanted,
}

impl Templates {
    /// Draws the page after an answer.
    pub fn center_feedback(&self, frame: &Frame, page: &FeedbackPage) -> Result<String, RenderError> {
        self.page("pages/center/feedback.html", frame, page)
    }
}
