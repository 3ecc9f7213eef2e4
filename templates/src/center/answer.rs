//! The one-tap question: on a page, and from a letter.

use serde::Serialize;

use super::Around;
use crate::{Frame, RenderError, Templates};

/// The question at the end of a page. Each answer is a button that posts `answer=yes` or `answer=no`.
#[derive(Debug, Clone, Serialize)]
pub struct FeedbackStrip {
    /// The question.
    pub question: String,
    /// Where the answer is posted.
    pub action: String,
}

/// What "Yes" and "Not really" in a letter open: the answer, ready to confirm. Opening it keeps nothing.
///
/// The form posts `answer` (`yes` or `no`) and `words`, which may be empty.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerPage {
    /// What surrounds the page.
    pub around: Around,
    /// The letter's question.
    pub question: String,
    /// The answer that was tapped.
    pub yes: bool,
    /// Where the form posts to.
    pub action: String,
}

impl Templates {
    /// Draws an answer, ready to confirm.
    pub fn center_answer(&self, frame: &Frame, page: &AnswerPage) -> Result<String, RenderError> {
        self.page("pages/center/answer.html", frame, page)
    }
}
