//! A page that says one thing: what happened, what it means, and what to do next.

use serde::Serialize;

use super::{Around, Link};
use crate::{Frame, RenderError, Templates};

/// What happened, in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sign {
    /// Something is in the mail.
    Mail,
    /// It is done.
    Check,
    /// Its time is over.
    Clock,
    /// It does not go on here.
    Alert,
    /// Something to know.
    Info,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct MessagePage {
    /// What surrounds the page.
    pub around: Around,
    /// The picture.
    pub sign: Sign,
    /// What happened, in a few words.
    pub title: String,
    /// What that means, a sentence each.
    pub lines: Vec<String>,
    /// Something to do here with one button.
    pub button: Option<PostButton>,
    /// Where to go next; filled when there is no button.
    pub next: Option<Link>,
    /// What else may be wanted.
    pub other: Option<Link>,
}

/// A button that changes something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PostButton {
    /// What happens.
    pub label: String,
    /// Where it posts to.
    pub action: String,
}

impl Templates {
    /// Draws a page that says one thing.
    pub fn center_message(&self, frame: &Frame, page: &MessagePage) -> Result<String, RenderError> {
        self.page("pages/center/message.html", frame, page)
    }
}
