//! `/learn/…`, `/fix/…`, `/read/…`, `/ask/…`: one item, to be read and done.

use serde::Serialize;

use super::{Around, PickKind, SaveBox, Why};
use crate::{Frame, RenderError, Templates};

/// One item of the catalogue, with everything that belongs to it.
#[derive(Debug, Clone, Serialize)]
pub struct ItemPage {
    /// What surrounds the page.
    pub around: Around,
    /// Which badge it carries.
    pub kind: PickKind,
    /// The language it is written in: `en`. Where the page speaks another one, the item says so.
    pub language: String,
    /// Its title.
    pub title: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// What the reader sees when they have this problem.
    pub symptom: Option<String>,
    /// Who wrote it, and who paid.
    pub author: Author,
    /// How many minutes it takes.
    pub minutes: u32,
    /// "starter", "getting by" or "confident".
    pub level: String,
    /// The day it was last checked, in words.
    pub checked_on: Option<String>,
    /// Who reviewed it, to follow "Review:": "starter library, not reviewed by an expert".
    pub review: String,
    /// What stands before the first step, or all of it: finished HTML, already sanitised by the caller.
    pub body_html: String,
    /// The steps, in order; empty for an item without.
    pub steps: Vec<Step>,
    /// What comes after it.
    pub follow_up: Option<StepLink>,
    /// What is near it.
    pub related: Vec<StepLink>,
    /// The button that tells us it was done; left out where that cannot be kept.
    pub finish: Option<Finish>,
    /// Why this reader was shown it, when it was picked.
    pub why: Option<Why>,
    /// Saving and sharing it, for a reader who is signed in.
    pub save: Option<SaveBox>,
}

/// Who wrote an item. The page says in plain words whether they were paid.
#[derive(Debug, Clone, Serialize)]
pub struct Author {
    /// Their name.
    pub name: String,
    /// Who they are to us.
    pub kind: AuthorKind,
    /// Whether they owe us nothing.
    pub independent: bool,
    /// Whether we paid them.
    pub paid: bool,
}

/// Who an author is to the vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AuthorKind {
    /// Works for the vendor.
    Vendor,
    /// Knows the field.
    Expert,
    /// Works for a partner of the vendor.
    Partner,
    /// A customer like the reader.
    Peer,
}

/// One step of a lesson or a fix.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// What it achieves.
    pub title: String,
    /// What to do: finished HTML, already sanitised by the caller.
    pub body_html: String,
}

/// Another item, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepLink {
    /// Its title.
    pub title: String,
    /// Where it opens.
    pub href: String,
    /// How many minutes it takes.
    pub minutes: u32,
}

/// The button at the end.
#[derive(Debug, Clone, Serialize)]
pub struct Finish {
    /// Where it posts to.
    pub action: String,
    /// Whether it was pressed already.
    pub done: bool,
}

impl Templates {
    /// Draws one item.
    pub fn center_item(&self, frame: &Frame, page: &ItemPage) -> Result<String, RenderError> {
        self.page("pages/center/item.html", frame, page)
    }
}
