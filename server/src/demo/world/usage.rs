//! How many seats are in use on a day, without the program and with it.

use chrono::{Datelike, Days, NaiveDate};
use serde::Serialize;

use super::chance::Chance;
use super::outcomes::Ending;
use super::{Family, Side, World};

/// Days from one count of seats to the next.
pub const SEEN_EVERY: u64 = 30;

/// One row of a usage file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are the import columns, which DESIGN.md section 4 names")]
pub struct UsageRow<'a> {
    pub account: &'a str,
    pub product: &'a str,
    pub on: NaiveDate,
    pub active_seats: u32,
    pub milestone: &'a str,
}

impl World {
    /// What is in use on one day: a row for each licence held, when `side_of` says where each
    /// family is. A lapsed licence has no rows after its due date.
    pub fn usage_on(&self, on: NaiveDate, side_of: impl Fn(usize) -> Side) -> Vec<UsageRow<'_>> {
        let side = |number: usize| side_of(self.family_of[self.licences[number].account]);
        let rows = (0..self.licences.len()).filter_map(|number| self.usage_row(number, on, side(number)));
        rows.collect()
    }

    /// The same, of the families only whose first renewal lies in the 30 days from that day on.
    pub fn usage_near_renewal(&self, on: NaiveDate, side_of: impl Fn(usize) -> Side) -> Vec<UsageRow<'_>> {
        let near = on..on + Days::new(SEEN_EVERY);
        let soon = |family: &Family| {
            family.first_term.is_some_and(|first| near.contains(&self.licences[first].renews_on))
        };
        let families = self.families.iter().enumerate().filter(|(_, family)| soon(family));
        let rows = families.flat_map(|(number, family)| {
            let side = side_of(number);
            family.licences.iter().filter_map(move |licence| self.usage_row(*licence, on, side))
        });
        rows.collect()
    }

    fn usage_row(&self, licence: usize, on: NaiveDate, side: Side) -> Option<UsageRow<'_>> {
        let held = &self.licences[licence];
        let active_seats = self.active_seats(licence, on, side)?;
        Some(UsageRow {
            account: &self.accounts[held.account].external_id,
            product: held.product,
            on,
            active_seats,
            milestone: milestone(active_seats, held.seats),
        })
    }

    /// Active seats of a licence; `None` when it had lapsed by then.
    fn active_seats(&self, licence: usize, on: NaiveDate, side: Side) -> Option<u32> {
        let held = &self.licences[licence];
        let end = self.term_end(licence, side);
        let gone = match end.ending {
            Ending::Lapsed => on > held.renews_on,
            Ending::Recovered => on > held.renews_on && on < end.decided_on,
            Ending::Renewed | Ending::Expanded | Ending::Contracted => false,
        };
        if gone {
            return None;
        }
        let day = usize::try_from(on.num_days_from_ce()).expect("a day after the year 1");
        let mut chance = Chance::of(self.parameters.seed, "usage", (day << 36) | licence);
        let family = &self.families[self.family_of[held.account]];
        let joined = family.joins(side).first().is_some_and(|join| join.at.date_naive() < on);
        let effect = if joined { self.parameters.effect_usage_points / 100.0 } else { 0.0 };
        let share = (held.adoption + effect + 0.05 * chance.normal()).clamp(0.0, 1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most the seats held")]
        let active = (share * f64::from(held.seats)).round() as u32;
        Some(active)
    }
}

/// The farthest milestone that so many active seats show.
fn milestone(active: u32, seats: u32) -> &'static str {
    match f64::from(active) / f64::from(seats.max(1)) {
        0.0 => "",
        share if share < 0.5 => "first-use",
        share if share < 0.9 => "half-the-team",
        _ => "whole-team",
    }
}
