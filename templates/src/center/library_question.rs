//! `/ask/…`: a question of the library, with its answers.

use serde::Serialize;

use super::{Around, Author, Finish, SaveBox, StepLink, Why};
use crate::{Frame, RenderError, Templates};

/// A question that ships with the library, as customers might have asked and answered it.
#[derive(Debug, Clone, Serialize)]
pub struct LibraryQuestionPage {
    /// What surrounds the page.
    pub around: Around,
    /// The language it is written in: `en`. Where the page speaks another one, the question says so.
    pub language: String,
    /// The question.
    pub title: String,
    /// Who wrote it, and who paid.
    pub author: Author,
    /// How many minutes it takes.
    pub minutes: u32,
    /// "starter", "getting by" or "confident".
    pub level: String,
    /// The day it was last checked, in words.
    pub checked_on: String,
    /// Who reviewed it, to follow "Review:": "starter library, not reviewed by an expert".
    pub review: String,
    /// The question at length: finished HTML, already sanitised by the caller.
    pub body_html: String,
    /// The answers, in order.
    pub answers: Vec<LibraryAnswer>,
    /// The button that tells us that it helped; left out where that cannot be kept.
    pub finish: Option<Finish>,
    /// Where the reader asks a question of their own.
    pub ask_href: String,
    /// Why this reader was shown it, when it was picked.
    pub why: Option<Why>,
    /// Saving and sharing it, for a reader who is signed in.
    pub save: Option<SaveBox>,
    /// What follows it, and what is near it.
    pub near: Vec<StepLink>,
}

/// One answer to it.
#[derive(Debug, Clone, Serialize)]
pub struct LibraryAnswer {
    /// Who says it, and what: finished HTML, already sanitised by the caller.
    pub body_html: String,
}

impl Templates {
    /// Draws a question of the library.
    pub fn center_library_question(
        &self,
        frame: &Frame,
        page: &LibraryQuestionPage,
    ) -> Result<String, RenderError> {
        self.page("pages/center/library_question.html", frame, page)
    }
}
