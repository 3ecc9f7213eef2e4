//! From the ask to the habit: how many customers were asked to join, said yes, confirmed it, trained and came back.
//!
//! A customer is a company and counts once, under the last way on which it was asked before it joined. What needs time
//! is counted only among those who have had it: nobody who confirmed yesterday has failed to come back within 30 days.
//! Under [`ENOUGH`] there is a count and no percentage. Page, CSV, JSON and words come from one [`Reading`].

mod counting;
mod csv;
mod page;
#[cfg(test)]
mod tests;
mod text;

use chrono::{DateTime, TimeDelta, Utc};
use content::Catalogue;
use serde::Serialize;

use crate::store::comparison::Design;
use crate::store::funnel::Facts;

/// Of fewer than so many there is no percentage.
pub const ENOUGH: u64 = 20;
/// Somebody who trains so soon was not lost on the way.
const A_DAY: TimeDelta = TimeDelta::hours(24);
const A_WEEK: TimeDelta = TimeDelta::days(7);
/// Somebody who comes back does so within this time, on another day.
const BACK_WITHIN: TimeDelta = TimeDelta::days(30);

/// The funnel of everybody, and by what they are and how they came.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// Form of this document; always `rapport.report.funnel/1`.
    pub schema: &'static str,
    /// The moment it was read.
    pub as_of: DateTime<Utc>,
    /// What the comparison side is kept out of; nothing before the draw.
    pub design: Option<Design>,
    /// Of fewer than so many there is no percentage.
    pub no_percentage_under: u64,
    /// Everybody who was asked or joined.
    pub everyone: Row,
    /// The same by channel, source, size, kind of business and side.
    pub headings: Vec<Heading>,
}

/// One way of telling customers apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Heading {
    /// "How they were asked".
    pub name: &'static str,
    /// What to know about it; empty for nothing.
    pub note: &'static str,
    /// One row for each kind of customer of whom there is one.
    pub rows: Vec<Row>,
}

/// How far one kind of customer came.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Row {
    /// "10 to 24 people".
    pub name: String,
    /// Asked before any of their people joined.
    pub asked: u64,
    /// Of those who were asked: filled in the form, or said yes elsewhere.
    pub joined: Step,
    /// Joined though nobody had asked them.
    pub unasked: u64,
    /// Of those who joined, asked or not: confirmed it.
    pub confirmed: Step,
    /// Of those who confirmed at least 24 hours ago: finished a first training within 24 hours.
    pub trained_in_a_day: Step,
    /// Of those who confirmed at least 7 days ago: finished a first training within 7 days.
    pub trained_in_a_week: Step,
    /// Of those who confirmed at least 30 days ago: came back on another day within 30 days.
    pub came_back: Step,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Step {
    /// How many.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// The share; nothing when there are too few for one.
    pub share: Option<f64>,
}

impl Reading {
    /// Counts. Pure: the same facts at the same time give the same reading.
    pub fn of(facts: &Facts, catalogue: &Catalogue, now: DateTime<Utc>) -> Self {
        let customers = counting::customers(facts, catalogue);
        Self {
            schema: "rapport.report.funnel/1",
            as_of: now,
            design: facts.design,
            no_percentage_under: ENOUGH,
            everyone: counting::row("Everyone", &customers, now),
            headings: counting::headings(&customers, now),
        }
    }

    /// The customers of the program side; nothing when none of them was asked or joined.
    pub fn program_side(&self) -> Option<&Row> {
        let sides = self.headings.iter().find(|heading| heading.name == counting::SIDE)?;
        sides.rows.iter().find(|row| row.name == counting::PROGRAM_SIDE)
    }

    /// Whether nobody was asked and nobody joined.
    pub fn is_empty(&self) -> bool {
        self.everyone.asked + self.everyone.unasked == 0
    }

    /// What the comparison side has to do with it.
    pub fn design_in_words(&self) -> &'static str {
        match self.design {
            None => "No comparison group has been drawn yet, so nobody is on a side.",
            Some(Design::Invited) => {
                "The comparison side is not asked. Who joins there does so unasked, is served in full, and stays on its side in every count."
            }
            Some(Design::Members) => {
                "Sides are drawn among members, after joining: who was asked and did not join is on no side."
            }
        }
    }
}

/// What not to read out of it.
const WARNING: &str = "A funnel shows where people are lost, not what the program changed: keen customers say yes more often. Only a program’s report, which compares at random, shows cause.";

/// One step of a row.
type StepOf = fn(&Row) -> Step;

/// The steps of a row with their names, in order, each with what it is a part of.
const STEPS: [(&str, StepOf); 5] = [
    ("Joined when asked", |row| row.joined),
    ("Confirmed", |row| row.confirmed),
    ("First training within 24 hours", |row| row.trained_in_a_day),
    ("First training within 7 days", |row| row.trained_in_a_week),
    ("Came back within 30 days", |row| row.came_back),
];
