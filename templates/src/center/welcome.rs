//! `/welcome`: five questions, one a page, one tap each; every one can be skipped.

use serde::Serialize;

use super::Around;
use crate::{Frame, RenderError, Templates};

/// One question.
#[derive(Debug, Clone, Serialize)]
pub struct WelcomePage {
    /// What surrounds the page.
    pub around: Around,
    /// A greeting on the first page.
    pub greeting: Option<String>,
    /// Which of the questions this is, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// The question.
    pub question: String,
    /// Why we ask, in a sentence.
    pub hint: String,
    /// Where an answer posts to, as `answer`.
    pub action: String,
    /// The answers, each a button.
    pub answers: Vec<Answer>,
    /// Where "Skip" leads.
    pub skip_href: String,
    /// What we think they have, to be corrected.
    pub products: Option<Products>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// What the button posts.
    pub value: String,
    /// What it says.
    pub label: String,
    /// Whether it was given before.
    pub given: bool,
}

/// The products of the reader's company, with the way to say that this is not right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Products {
    /// Their names.
    pub names: Vec<String>,
    /// Where the correction posts to, as `words`.
    pub action: String,
    /// Whether one has just been noted.
    pub noted: bool,
    /// Where taking it back posts to.
    pub undo_action: String,
}

impl Templates {
    /// Draws one question of the welcome.
    pub fn center_welcome(&self, frame: &Frame, page: &WelcomePage) -> Result<String, RenderError> {
        self.page("pages/center/welcome.html", frame, page)
    }
}
