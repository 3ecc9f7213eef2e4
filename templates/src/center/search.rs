//! `/search`: one list over lessons, fixes, reading and questions, in the customer's own words.

use serde::Serialize;

use super::{Around, PickKind};
use crate::{Frame, RenderError, Templates};

/// What was found for some words, or the empty form.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SearchPage {
    /// What surrounds the page.
    pub around: Around,
    /// Where the form leads.
    pub action: String,
    /// Where the script asks for suggestions; left out where there are none.
    pub suggest: Option<String>,
    /// The words as they were typed; empty when nothing was asked yet.
    pub typed: String,
    /// What was searched for instead, when a word was mistyped.
    pub instead: Option<Instead>,
    /// How many results there are, of the kind that is looked at.
    pub total: u32,
    /// Every kind with its number, as links; the first is all of them.
    pub kinds: Vec<SearchKinds>,
    /// The results of this page, best first.
    pub results: Vec<SearchResult>,
    /// Which page this is, of how many; none when there is one only.
    pub turn: Option<Turn>,
    /// When nothing was found: what comes nearest.
    pub nearest: Vec<SearchResult>,
    /// When nothing was found: where the words can be asked of a person.
    pub ask_href: Option<String>,
}

/// Other words that were searched for.
#[derive(Debug, Clone, Serialize)]
pub struct Instead {
    /// Those words.
    pub words: String,
    /// Searches for what was typed.
    pub typed_href: String,
}

/// One kind of results, as a filter.
#[derive(Debug, Clone, Serialize)]
pub struct SearchKinds {
    /// Which; none is all of them.
    pub kind: Option<PickKind>,
    /// How many there are.
    pub count: u32,
    /// Shows these.
    pub href: String,
    /// Whether these are shown.
    pub here: bool,
}

/// One result.
#[derive(Debug, Clone, Serialize)]
pub struct SearchResult {
    /// Which badge it carries.
    pub kind: PickKind,
    /// Its title, in pieces.
    pub title: Vec<Marked>,
    /// The passage that fits best, in pieces.
    pub snippet: Vec<Marked>,
    /// Where it opens.
    pub href: String,
    /// How many minutes it takes.
    pub minutes: Option<u32>,
}

/// A piece of text, and whether it is what was searched for.
#[derive(Debug, Clone, Serialize)]
pub struct Marked {
    /// The text.
    pub text: String,
    /// Whether it stands out.
    pub marked: bool,
}

/// Where one is among several pages.
#[derive(Debug, Clone, Serialize)]
pub struct Turn {
    /// This page, counted from 1.
    pub page: u32,
    /// How many there are.
    pub of: u32,
    /// The page before.
    pub earlier: Option<String>,
    /// The page after.
    pub later: Option<String>,
}

impl Templates {
    /// Draws what a search found.
    pub fn center_search(&self, frame: &Frame, page: &SearchPage) -> Result<String, RenderError> {
        self.page("pages/center/search.html", frame, page)
    }
}
