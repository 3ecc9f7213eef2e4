//! A moment as its reader sees it, with the time and the zone for whoever points at it.

use chrono::NaiveDate;
use serde::Serialize;

/// A moment, drawn by one component as `<time>`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// What the reader reads: a day, or a sentence with one.
    pub said: String,
    /// The same for machines: `2026-03-03T07:00:00-05:00`.
    pub at: String,
    /// Day, time and zone, shown on hover; empty where there is only a day.
    pub title: String,
}

impl Moment {
    /// A day that has no time.
    pub fn on(day: NaiveDate, said: String) -> Self {
        Self { said, at: day.to_string(), title: String::new() }
    }
}
