//! What can be found: an item, or whatever else has a page of its own.

use crate::{
    item::Item,
    markdown,
    names::{Format, either},
};
use std::str::FromStr;

/// What a result is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SearchKind {
    /// Something to do, step by step.
    Lesson,
    /// Something is broken, and this mends it.
    Fix,
    /// Something to read.
    Reading,
    /// What somebody asked, with its answers.
    Question,
}

impl SearchKind {
    /// Every kind, in the order that pages list them.
    pub const ALL: [Self; 4] = [Self::Lesson, Self::Fix, Self::Reading, Self::Question];

    /// The word as it stands in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lesson => "lesson",
            Self::Fix => "fix",
            Self::Reading => "reading",
            Self::Question => "question",
        }
    }
}

impl FromStr for SearchKind {
    type Err = crate::names::UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = || either(&Self::ALL.map(Self::as_str));
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| crate::names::UnknownName { known: known() })
    }
}

impl From<Format> for SearchKind {
    fn from(format: Format) -> Self {
        match format {
            Format::Quick | Format::Lesson => Self::Lesson,
            Format::Fix => Self::Fix,
            Format::Article => Self::Reading,
            Format::Question => Self::Question,
        }
    }
}

/// One thing that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is.
    pub kind: SearchKind,
    /// Where it is; no two have the same.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// What one gets from it, in a sentence.
    pub summary: String,
    /// The running text, a paragraph to a line.
    pub body: String,
    /// Words people search with that the text does not use, and the products it is about.
    pub words: Vec<String>,
    /// What the customer notices, for a fix.
    pub symptom: Option<String>,
    /// The language it is written in, such as `en`.
    pub language: String,
    /// How long it takes.
    pub minutes: Option<u16>,
}

impl From<&Item> for Document {
    fn from(item: &Item) -> Self {
        let headings = item.steps.iter().map(|step| step.title.clone());
        // An item's text was drawn once when it was admitted; if not, its headings are still found.
        let paragraphs = markdown::paragraphs(&item.body).unwrap_or_default();
        Self {
            kind: item.format.into(),
            path: item.path(),
            title: item.title.clone(),
            summary: item.summary.clone(),
            body: paragraphs.into_iter().chain(headings).collect::<Vec<_>>().join("\n"),
            words: item.words.iter().chain(&item.products).cloned().collect(),
            symptom: item.symptom.clone(),
            language: item.language.clone(),
            minutes: Some(item.minutes),
        }
    }
}
