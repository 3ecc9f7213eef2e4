//! What a choice leaves behind: the item, and every reason that mattered.
//!
//! A choice is kept as JSON for 24 months; a name in here once written stays.

use serde::{Deserialize, Serialize};

use super::facts;
use crate::{names::Slot, slug::Slug};

/// What was chosen for one reader in one place, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The slot.
    pub slot: Slot,
    /// The place in the slot, counted from 0.
    pub position: usize,
    /// The item.
    pub item: Slug,
    /// Each step that mattered, in the order it was taken.
    pub reasons: Vec<Reason>,
    /// Why this, in one plain sentence to the customer.
    pub because: String,
    /// What we know about the reader that was used, and where to change it.
    pub facts: Vec<FactUsed>,
    /// What would have changed the choice, for the marketer.
    pub counterfactual: Option<String>,
}

/// One step on the way to a choice, for the marketer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Which step it was.
    pub step: ReasonStep,
    /// The rule, where a rule spoke.
    pub rule: Option<Slug>,
    /// The points it gave or took.
    pub score: i32,
    /// The step in a sentence.
    pub sentence: String,
}

/// The steps of choosing, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonStep {
    /// The reader may see it.
    Sight,
    /// A rule spoke.
    Rule,
    /// It fits the reader well or badly.
    Fit,
    /// It is its turn: begun, or the follow-up of what was finished.
    Turn,
    /// It makes the page varied.
    Variety,
    /// It was shown not long ago.
    Again,
    /// All else was equal.
    Tie,
}

/// One fact about the reader that a choice rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactUsed {
    /// What the fact is, in the customer's words.
    pub label: String,
    /// What we hold it to be.
    pub value: String,
    /// Where the customer changes it.
    pub change_link: String,
}

/// A fact that may be ours more than theirs: what we gathered, or what somebody once put down for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guess {
    /// How they seem to like to learn.
    UserType,
    /// How sure of themselves they are.
    Level,
}

impl FactUsed {
    /// Which guess this fact is, if it is one that a customer may take back with one press.
    pub fn guess(&self) -> Option<Guess> {
        match self.label.as_str() {
            facts::SEEMS_TO_LIKE => Some(Guess::UserType),
            facts::LEVEL => Some(Guess::Level),
            _ => None,
        }
    }
}

/// An item that does not show, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Considered {
    /// The slot.
    pub slot: Slot,
    /// The item.
    pub item: Slug,
    /// Its points, where it came as far as being scored.
    pub score: Option<i32>,
    /// Why it does not show, in a sentence.
    pub why_not: String,
}

/// Choices, beside everything that was not chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// What shows.
    pub choices: Vec<Choice>,
    /// What does not.
    pub considered: Vec<Considered>,
}
