//! `/s/{token}`: what a customer shares, for whoever has the link.

use serde::Serialize;

use super::{Around, Author, Moment, PickKind, Step};
use crate::{Frame, RenderError, Templates};

/// An item or a shelf that somebody shares. Nothing on it tells what the customer has or did.
#[derive(Debug, Clone, Serialize)]
pub struct SharedPage {
    /// What surrounds the page.
    pub around: Around,
    /// Who shares it, in a sentence.
    pub by: String,
    /// Until when it can be read, in a sentence.
    pub until: Moment,
    /// Title of the item, or name of the shelf.
    pub title: String,
    /// What stands on the shelf.
    pub pieces: Vec<SharedPiece>,
    /// The item to read.
    pub item: Option<SharedItem>,
    /// Where to join; left out for a reader who is signed in.
    pub join_href: Option<String>,
}

/// One item on a shared shelf.
#[derive(Debug, Clone, Serialize)]
pub struct SharedPiece {
    /// Which badge it carries.
    pub kind: PickKind,
    /// Its title.
    pub title: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// Where it opens.
    pub href: String,
    /// How many minutes it takes.
    pub minutes: u32,
}

/// A shared item, whole. Everything that ends in `_html` is finished HTML, already sanitised by the caller.
#[derive(Debug, Clone, Serialize)]
pub struct SharedItem {
    /// Which badge it carries.
    pub kind: PickKind,
    /// What it is, in a sentence.
    pub summary: String,
    /// Who wrote it, and who paid.
    pub author: Author,
    /// The day it was last checked, in words.
    pub checked_on: String,
    /// Who reviewed it, to follow "Review:".
    pub review: String,
    /// How many minutes it takes.
    pub minutes: u32,
    /// "starter", "getting by" or "confident".
    pub level: String,
    /// What stands before the first step.
    pub intro_html: String,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// Where the item itself opens.
    pub href: String,
}

impl Templates {
    /// Draws what somebody shares.
    pub fn center_shared(&self, frame: &Frame, page: &SharedPage) -> Result<String, RenderError> {
        self.page("pages/center/shared.html", frame, page)
    }
}
