//! A question about people, as a typed tree.
//!
//! The logic has two values. Where a value is missing every positive test fails, and `not` is the plain
//! complement: `not country is "US"` holds for people whose country nobody knows.

mod act;
mod fact;
mod json;
pub(crate) mod known;
mod matches;
mod measure;
mod sql;

use std::{fmt, str::FromStr};

pub use act::{Act, Object, Unseen, Verb};
pub use fact::{Agreement, Fact, Industry, Known, Segment};
pub(crate) use measure::MAX_NUMBER;
pub use measure::{Amount, Numbers, Times, When};

use crate::text::{self, QuestionError};

/// Levels of `and`, `or` and `not` a question may have.
pub const MAX_DEPTH: usize = 12;
/// Parts a question may have.
pub const MAX_NODES: usize = 200;
/// Bytes of text a question may have.
pub const MAX_TEXT: usize = 8 * 1024;
/// Values a list may have.
pub const MAX_LIST: usize = 200;

/// A question about people. The same tree is written as text and as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    /// Holds when every part does; with no parts, for everyone.
    All(Vec<Predicate>),
    /// Holds when some part does; with no parts, for no one.
    Any(Vec<Predicate>),
    /// Holds when the part does not.
    Not(Box<Predicate>),
    /// One test of one fact.
    Fact(Fact),
}

/// What makes a tree unsound, wherever it came from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Limits {
    /// Too many levels.
    #[error("the question is more than {MAX_DEPTH} levels deep; save its inner part as a segment of its own")]
    Depth,
    /// Too many parts.
    #[error("the question has more than {MAX_NODES} parts; save some of them as a segment of their own")]
    Nodes,
    /// One test cannot be sound.
    #[error("{0}")]
    Fact(String),
}

impl Predicate {
    /// Reads the text form.
    pub fn parse(text: &str) -> Result<Self, QuestionError> {
        text::parse(text)
    }

    /// The question that holds for everyone.
    pub const fn everyone() -> Self {
        Self::All(Vec::new())
    }

    /// How many levels it has; a single test has one.
    pub fn depth(&self) -> usize {
        1 + self.parts().iter().map(Self::depth).max().unwrap_or(0)
    }

    /// How many parts it has, itself included.
    pub fn nodes(&self) -> usize {
        1 + self.parts().iter().map(Self::nodes).sum::<usize>()
    }

    /// The parts it is made of; none for a single test.
    pub fn parts(&self) -> &[Predicate] {
        match self {
            Self::All(parts) | Self::Any(parts) => parts,
            Self::Not(part) => std::slice::from_ref(part),
            Self::Fact(_) => &[],
        }
    }

    /// Every test in it, from left to right.
    pub fn facts(&self) -> Vec<&Fact> {
        match self {
            Self::Fact(fact) => vec![fact],
            _ => self.parts().iter().flat_map(Self::facts).collect(),
        }
    }

    /// Refuses a tree that is too deep, too large or asks the impossible. Text is checked while it is read.
    pub fn check(&self) -> Result<(), Limits> {
        if self.depth() > MAX_DEPTH {
            return Err(Limits::Depth);
        }
        if self.nodes() > MAX_NODES {
            return Err(Limits::Nodes);
        }
        self.facts().into_iter().try_for_each(|fact| fact.check().map_err(Limits::Fact))
    }
}

impl FromStr for Predicate {
    type Err = QuestionError;

    fn from_str(text: &str) -> Result<Self, QuestionError> {
        Self::parse(text)
    }
}

impl From<Fact> for Predicate {
    fn from(fact: Fact) -> Self {
        Self::Fact(fact)
    }
}

impl fmt::Display for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::print(self, f)
    }
}
