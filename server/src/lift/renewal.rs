//! Who counts in a renewal reading, and as what: everyone assigned whose outcome is due.

use chrono::{NaiveDate, TimeDelta};

use super::arms::Proportion;

/// One family's licence term, as far as the count is concerned.
///
/// What was sent to it is left out on purpose: bounced, never written to and
/// wrongly written to all stay where they were assigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The day the term ends.
    pub due: NaiveDate,
    /// The day it was renewed, if it was.
    pub renewed_on: Option<NaiveDate>,
}

/// When a renewal counts, and when its absence does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The day the reading is made for.
    pub as_of: NaiveDate,
    /// Days after the due date in which a renewal still counts.
    pub grace_days: u32,
    /// Days before the due date from which a renewal counts for this term.
    pub early_days: u32,
}

impl Window {
    /// Whether the term's outcome is final on the day of the reading.
    pub fn is_due(&self, term: Term) -> bool {
        after(term.due, self.grace_days) <= self.as_of
    }

    /// Whether the term was renewed within its window.
    pub fn is_renewed(&self, term: Term) -> bool {
        let opens = before(term.due, self.early_days);
        term.renewed_on.is_some_and(|day| opens <= day && day <= after(term.due, self.grace_days))
    }
}

/// Counts one side's terms whose outcome is final, and those of them renewed (intention to treat).
pub fn itt_renewal(terms: impl IntoIterator<Item = Term>, window: Window) -> Proportion {
    let mut side = Proportion { events: 0, n: 0 };
    for term in terms.into_iter().filter(|term| window.is_due(*term)) {
        side.n += 1;
        side.events += u64::from(window.is_renewed(term));
    }
    side
}

/// A later day, stopping at the end of the calendar.
fn after(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_signed(TimeDelta::days(days.into())).unwrap_or(NaiveDate::MAX)
}

/// An earlier day, stopping at the start of the calendar.
fn before(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_signed(TimeDelta::days(days.into())).unwrap_or(NaiveDate::MIN)
}
