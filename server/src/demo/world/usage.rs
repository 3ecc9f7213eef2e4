//! How many seats are in use on a day, without the program and with it.

use chrono::{Datelike, NaiveDate};

use super::chance::Chance;
use super::outcomes::Ending;
use super::{Side, World};

impl World {
    /// Active seats of a licence; `None` when it had lapsed by then.
    pub(super) fn active_seats(&self, licence: usize, on: NaiveDate, side: Side) -> Option<u32> {
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
