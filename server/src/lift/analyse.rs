//! `rapport analyse`: the lift report for data that never was in Rapport.
//!
//! One reading of the file, from top to bottom, gathers counts and moments for
//! each arm ([`rows`]); then every arm is set against the control ([`compare`]);
//! then it is said in words ([`words`]). Nothing of a row is kept, unless rows
//! have to be joined to units first.

mod answer;
mod compare;
mod rows;
mod units;
mod words;

use std::io::Read;

use super::nearest::nearest;
pub use answer::{Analysis, Comparison, Group, Split};
use compare::compare;
pub use words::write_words;

/// What to read from the file, and how.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// The column that says which arm a row was assigned to.
    pub arm: String,
    /// The label of the comparison in that column.
    pub control: String,
    /// The columns to compare, 0/1 or amounts.
    pub outcomes: Vec<String>,
    /// The column of the randomised unit, when a unit has several rows.
    pub unit: Option<String>,
    /// The column of the strata that were drawn separately.
    pub strata: Option<String>,
    /// A column known before the draw, to sharpen the differences.
    pub covariate: Option<String>,
    /// Columns of groups to look at one by one.
    pub segments: Vec<String>,
    /// The shares that the arms were drawn with; equal when empty.
    pub weights: Vec<(String, f64)>,
}

/// Why a file cannot be analysed. Read by a person who has it open.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The file breaks off, or is no CSV.
    #[error("{0}")]
    Csv(#[from] csv::Error),
    /// A column that was asked for is not there.
    #[error("there is no column \"{name}\"{near}")]
    NoColumn {
        /// The name asked for.
        name: String,
        /// What may have been meant.
        near: String,
    },
    /// A cell that does not hold what it should.
    #[error("line {line}, column \"{column}\": {what}")]
    Cell {
        /// The line in the file.
        line: u64,
        /// The column's name.
        column: String,
        /// What is there and what would be right.
        what: String,
    },
    /// The file as a whole does not fit the question.
    #[error("{0}")]
    Whole(String),
}

impl Unreadable {
    fn no_column(name: &str, header: &csv::StringRecord) -> Self {
        Self::NoColumn { name: name.to_owned(), near: nearest(name, header.iter().map(str::trim)) }
    }
}

/// Reads a CSV file once and compares every arm with the control.
pub fn analyse(file: impl Read, question: &Question) -> Result<Analysis, Unreadable> {
    compare(&rows::read(file, question)?, question)
}
