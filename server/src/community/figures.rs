//! What is said about questions in figures: worked out from enough of them, or not said.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use crate::store::questions::Timed;

/// The questions of so many days are counted.
pub const DAYS: i64 = 30;
/// A figure about other people rests on so many answers at least,
const ANSWERS: usize = 20;
/// from so many businesses.
const BUSINESSES: usize = 10;

/// Half of the questions got a reply within this time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Half {
    /// Questions that were counted, those without a reply too.
    pub questions: usize,
    /// How long it took at most.
    pub within: TimeDelta,
    /// The day it was counted.
    pub until: DateTime<Utc>,
}

/// Within what time half of the questions got a reply. A question without one counts as one that waits; nothing is said
/// when half of them wait, or when fewer than 20 replies to 10 businesses stand behind it.
pub fn half(asked: &[Timed], now: DateTime<Utc>) -> Option<Half> {
    let counted: Vec<&Timed> =
        asked.iter().filter(|one| one.at <= now && one.at >= now - TimeDelta::days(DAYS)).collect();
    let reply = |one: &&Timed| one.first_reply_at.filter(|at| *at <= now).map(|at| at - one.at);
    let mut waits: Vec<TimeDelta> = counted.iter().filter_map(reply).collect();
    let with_a_reply = counted.iter().filter(|one| reply(one).is_some());
    let businesses: BTreeSet<_> = with_a_reply.map(|one| one.account).collect();
    if waits.len() < ANSWERS || businesses.len() < BUSINESSES {
        return None;
    }
    waits.sort_unstable();
    let within = *waits.get(counted.len().div_ceil(2) - 1)?;
    Some(Half { questions: counted.len(), within, until: now })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::testing::noon;

    /// So many questions of so many businesses, each answered after its number of hours; and so many without a reply.
    fn asked(replied: u32, businesses: u32, waiting: u32) -> Vec<Timed> {
        let at = noon() - TimeDelta::days(10);
        let one = |number: u32, first_reply_at| Timed {
            account: Uuid::from_u128(u128::from(number % businesses)),
            at,
            first_reply_at,
        };
        let replied =
            (0..replied).map(|number| one(number, Some(at + TimeDelta::hours(i64::from(number) + 1))));
        replied.chain((0..waiting).map(|number| one(number, None))).collect()
    }

    fn hours(asked: &[Timed]) -> Option<i64> {
        half(asked, noon()).map(|half| half.within.num_hours())
    }

    #[test]
    fn a_figure_rests_on_20_replies_to_10_businesses_or_is_not_said() {
        assert_eq!(hours(&asked(19, 10, 0)), None);
        assert_eq!(hours(&asked(20, 9, 0)), None);
        assert_eq!(hours(&asked(20, 10, 0)), Some(10));
    }

    #[test]
    fn questions_without_a_reply_wait_longer_than_any_other() {
        assert_eq!(hours(&asked(20, 10, 10)), Some(15));
        assert_eq!(hours(&asked(20, 10, 20)), Some(20));
        assert_eq!(hours(&asked(20, 10, 21)), None, "half of them wait");
    }

    #[test]
    fn what_was_asked_long_ago_or_comes_later_does_not_count() {
        let old = asked(20, 10, 0).into_iter().map(|one| Timed { at: noon() - TimeDelta::days(31), ..one });
        assert_eq!(hours(&old.collect::<Vec<_>>()), None);
        let later = asked(20, 10, 0)
            .into_iter()
            .map(|one| Timed { first_reply_at: Some(noon() + TimeDelta::hours(1)), ..one });
        assert_eq!(hours(&later.collect::<Vec<_>>()), None);
    }
}
