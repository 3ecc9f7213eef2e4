//! `/me/facts/{fact}`: one fact, changed by its owner.

use serde::Serialize;

use super::{Around, Problem};
use crate::{Frame, RenderError, Templates};

/// One fact about the reader, to be changed. The form posts `value`, several times where several may be chosen.
#[derive(Debug, Clone, Serialize)]
pub struct FactPage {
    /// What surrounds the page.
    pub around: Around,
    /// The question.
    pub question: String,
    /// What it is for.
    pub hint: String,
    /// Where the answer posts to.
    pub action: String,
    /// How it is answered.
    pub answer: FactAnswer,
    /// What was wrong with the last answer.
    pub problems: Vec<Problem>,
    /// Where one goes without changing anything.
    pub back_href: String,
}

/// How a question about a fact is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum FactAnswer {
    /// In a few words.
    Words {
        /// What stands there now.
        value: String,
        /// What a browser may fill in: `given-name`.
        autocomplete: &'static str,
        /// How many letters it may have.
        longest: usize,
    },
    /// By one of a few.
    One {
        /// The answers.
        choices: Vec<FactChoice>,
    },
    /// By one of many, in groups.
    List {
        /// The groups, each with its name.
        groups: Vec<(String, Vec<FactChoice>)>,
    },
    /// By as many as one likes, and in words of one's own.
    Many {
        /// The answers.
        choices: Vec<FactChoice>,
        /// What stands in the field for other words.
        other: String,
    },
}

/// One answer to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactChoice {
    /// What the form posts.
    pub value: String,
    /// What the reader sees.
    pub label: String,
    /// Whether it holds now.
    pub on: bool,
}

impl Templates {
    /// Draws one fact to be changed.
    pub fn center_fact(&self, frame: &Frame, page: &FactPage) -> Result<String, RenderError> {
        self.page("pages/center/fact.html", frame, page)
    }
}
