//! `/learn/{slug}/finished`: what one can do now, and the one thing that comes next.

use serde::Serialize;

use super::{Around, FeedbackStrip, PickCard, SaveBox, Why};
use crate::{Frame, RenderError, Templates};

/// The end of a lesson.
#[derive(Debug, Clone, Serialize)]
pub struct FinishPage {
    /// What surrounds the page.
    pub around: Around,
    /// The lesson's title.
    pub title: String,
    /// Where it begins.
    pub lesson_href: String,
    /// Whether it is kept that the reader finished.
    pub kept: bool,
    /// What one can do now, each the end of "You can now …".
    pub outcomes: Vec<String>,
    /// The one thing that follows.
    pub follow_up: Option<FollowUp>,
    /// What the reader would be offered on any other day, in place of the follow-up.
    pub picks: Vec<PickCard>,
    /// Saving it, sharing it and giving it to a colleague, for a reader who is signed in.
    pub save: Option<SaveBox>,
    /// The one-tap question.
    pub feedback: FeedbackStrip,
    /// Whether that was just answered.
    pub answered: bool,
}

/// The lesson that follows.
#[derive(Debug, Clone, Serialize)]
pub struct FollowUp {
    /// Its title.
    pub title: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// Where it opens.
    pub href: String,
    /// How many minutes it takes.
    pub minutes: u32,
    /// Why this one, when it was chosen for this reader.
    pub why: Option<Why>,
}

impl Templates {
    /// Draws the end of a lesson.
    pub fn center_finish(&self, frame: &Frame, page: &FinishPage) -> Result<String, RenderError> {
        self.page("pages/center/finish.html", frame, page)
    }
}
