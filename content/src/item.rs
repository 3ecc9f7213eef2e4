//! A piece of content: one training, one fix, one question with its answers.
//!
//! An item is a Markdown file with front matter. It is parsed once, at the
//! door ([`Item::parse`]); inside the house only whole and sound items exist.

mod blocks;
mod body;
mod check;
mod front;
mod plain;
mod step;

use chrono::NaiveDate;
use segments::{Level, Stage, UserType};
use serde::{Deserialize, Serialize};

pub use check::{Answer, QuickCheck};
pub use step::Step;

use crate::{
    finding::Refused,
    names::{AuthorKind, Format, Kind, Trouble},
    slug::Slug,
};

/// A piece of content, whole and sound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Its short name: the file's, and the last part of its address.
    pub slug: Slug,
    /// What it is called on a page.
    pub title: String,
    /// What it is for.
    pub kind: Kind,
    /// Its shape.
    pub format: Format,
    /// What one gets from it, in a sentence.
    pub summary: String,
    /// How long it takes.
    pub minutes: u16,
    /// Whom it expects.
    pub level: Level,
    /// Who likes to learn this way; empty means everyone.
    pub user_types: Vec<UserType>,
    /// The stages of a business it is for; empty means every stage.
    pub stages: Vec<Stage>,
    /// Codes of the products it needs; empty means none.
    pub products: Vec<String>,
    /// NAICS prefixes of the trades it is for; empty means every trade.
    pub trades: Vec<String>,
    /// What it helps with, in the customer's words.
    pub needs: Vec<String>,
    /// The language it is written in, such as `en`.
    pub language: String,
    /// Who wrote it.
    pub author: Author,
    /// The day somebody last saw that it is true.
    pub checked_on: NaiveDate,
    /// The last day it is shown.
    pub expires_on: Option<NaiveDate>,
    /// Who looked it over, as the page says it.
    pub review: String,
    /// Words people search with that the text does not use.
    pub words: Vec<String>,
    /// What the customer notices, for support.
    pub symptom: Option<String>,
    /// What does not work, for a fix: where the list of problems puts it.
    pub group: Option<Trouble>,
    /// The item that comes next when this one is done.
    pub follow_up: Option<Slug>,
    /// Items that go with it.
    pub related: Vec<Slug>,
    /// What one can do afterwards, each the end of "You will be able to …".
    pub outcomes: Vec<String>,
    /// Words that the item uses and explains, in the order of the alphabet.
    pub glossary: Vec<Explained>,
    /// The Markdown after the front matter.
    pub body: String,
    /// The line of the file the body begins on.
    pub body_line: usize,
    /// What stands before the first step.
    pub intro: String,
    /// The steps: one for each `## ` heading.
    pub steps: Vec<Step>,
    /// The file as it was named to us, for findings.
    pub file: String,
    /// The file's text, so that an export gives the same form back.
    #[serde(skip)]
    pub source: String,
}

/// A word, explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// The word as the item uses it.
    pub word: String,
    /// What it means, in a plain sentence.
    pub meaning: String,
}

/// Who wrote an item, and who pays them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// The name as the page shows it.
    pub name: String,
    /// What they are to the reader.
    pub kind: AuthorKind,
    /// Whether they may say what the vendor would rather not hear.
    pub independent: bool,
    /// Whether the vendor paid for the piece.
    pub paid: bool,
}

impl Item {
    /// Admits one file, or says everything that is wrong with it.
    pub fn parse(file: &str, source: &str) -> Result<Self, Refused> {
        front::parse(file, source)
    }

    /// Where a reader finds it: `/learn/…`, `/fix/…`, `/read/…` or `/ask/…`.
    pub fn path(&self) -> String {
        let room = match self.format {
            Format::Quick | Format::Lesson => "learn",
            Format::Fix => "fix",
            Format::Article => "read",
            Format::Question => "ask",
        };
        format!("/{room}/{}", self.slug)
    }

    /// Whether its last day lies before this one.
    pub fn expired(&self, today: NaiveDate) -> bool {
        self.expires_on.is_some_and(|last| today > last)
    }

    /// Whether an expert wrote it whom the vendor cannot tell what to say.
    pub fn by_independent_expert(&self) -> bool {
        self.author.kind == AuthorKind::Expert && self.author.independent
    }

    /// Whether it is a training that fits into ten minutes.
    pub fn is_quick_training(&self) -> bool {
        self.kind == Kind::Training && self.minutes <= 10
    }
}

#[cfg(test)]
mod tests;
