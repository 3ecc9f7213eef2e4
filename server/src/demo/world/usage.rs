//! How many seats are in use on a day, without the program and with it.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::chance::Chance;
use super::outcomes::Ending;
use super::{Side, World};

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
        let rows = (0..self.licences.len()).filter_map(|number| {
            let licence = &self.licences[number];
            let family = self.family_of[licence.account];
            let seats = self.active_seats(number, on, side_of(family))?;
            Some(UsageRow {
                account: &self.accounts[licence.account].external_id,
                product: licence.product,
                on,
                active_seats: seats,
                milestone: milestone(seats, licence.seats),
            })
        });
        rows.collect()
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
