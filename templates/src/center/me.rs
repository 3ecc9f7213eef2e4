//! `/me`: everything we know, in the customer's words, each with where it came from and what can be done about it.

use serde::Serialize;

use super::Around;
use crate::{Frame, RenderError, Templates};

/// What we know about a reader.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MePage {
    /// What surrounds the page.
    pub around: Around,
    /// What has just been changed, with the way back.
    pub changed: Option<Changed>,
    /// The facts, by what they are about.
    pub groups: Vec<FactGroup>,
    /// Other pages about the reader.
    pub pages: Vec<OwnPage>,
    /// Where everything can be had as a file, as JSON and as plain text.
    pub downloads: [String; 2],
    /// Where one leaves.
    pub leave_href: String,
    /// Where one is erased.
    pub erase_href: String,
}

/// What has just been changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// What holds from now on, in one sentence.
    pub words: String,
    /// Whether it went as the reader wanted.
    pub holds: bool,
    /// Where "Undo" posts to.
    pub undo_action: Option<String>,
}

/// Facts about one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactGroup {
    /// Its name on the page: `about-you`.
    pub id: &'static str,
    /// What they are about.
    pub title: String,
    /// A sentence above them.
    pub lead: Option<String>,
    /// Each fact.
    pub facts: Vec<KnownFact>,
}

/// One fact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct KnownFact {
    /// What it is: "First name".
    pub name: String,
    /// What we know, or nothing.
    pub value: Option<String>,
    /// Where from and when, in a sentence.
    pub from: String,
    /// Where it can be changed.
    pub change_href: Option<String>,
    /// Where "Remove" posts to.
    pub remove_action: Option<String>,
}

/// Another page about the reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnPage {
    /// Its picture.
    pub icon: &'static str,
    /// What it is called.
    pub label: String,
    /// What one finds there.
    pub hint: String,
    /// Where it is.
    pub href: String,
}

impl Templates {
    /// Draws what we know about a reader.
    pub fn center_me(&self, frame: &Frame, page: &MePage) -> Result<String, RenderError> {
        self.page("pages/center/me.html", frame, page)
    }
}
