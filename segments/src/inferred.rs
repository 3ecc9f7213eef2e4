//! What somebody's acts say of how they like to learn: with its evidence, and fading as the acts grow old.
//!
//! What a person says of themselves is never overruled by this; whoever asks looks at that first.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::{Event, EventKind, ItemWord, UserType};

/// After so many days an act weighs half.
pub const HALF_LIFE_DAYS: f64 = 90.0;
/// So much weight is needed before anything is said: two finished lessons, or a question and a reply, of late.
const ENOUGH: f64 = 2.0;
/// And so many times as much as for the next.
const CLEARLY: f64 = 1.5;

words! {
    /// What somebody did that says how they like to learn.
    Deed, "deed":
    /// Finished a lesson.
    FinishedLesson = "finished-lesson",
    /// Read something to the end.
    Read = "read",
    /// Asked other customers.
    Asked = "asked",
    /// Answered another customer.
    Answered = "answered",
    /// Asked an expert.
    AskedExpert = "asked-expert",
    /// Gave something to a colleague.
    Shared = "shared",
}

impl Deed {
    /// What it speaks for.
    pub const fn speaks_for(self) -> UserType {
        match self {
            Self::FinishedLesson | Self::Read => UserType::Learner,
            Self::Asked | Self::Answered => UserType::Connector,
            Self::AskedExpert | Self::Shared => UserType::Collaborator,
        }
    }

    /// How much it weighs on its day.
    const fn weight(self) -> f64 {
        match self {
            Self::Read => 0.5,
            Self::FinishedLesson | Self::Asked | Self::AskedExpert | Self::Shared => 1.0,
            Self::Answered => 1.5,
        }
    }
}

/// How often somebody did one thing, and when last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What.
    pub deed: Deed,
    /// How often.
    pub times: u32,
    /// When last.
    pub last: DateTime<Utc>,
}

/// How somebody seems to like to learn.
#[derive(Debug, Clone, PartialEq)]
pub struct Inferred {
    /// Which way.
    pub user_type: UserType,
    /// The acts behind it.
    pub evidence: Vec<Evidence>,
    /// Their weight today.
    pub weight: f64,
}

/// What these events say somebody did. Whom a question was for, and what was shared, events do not tell.
pub fn deeds(events: &[Event]) -> Vec<(Deed, DateTime<Utc>)> {
    let deed = |event: &Event| match event.kind {
        EventKind::Completed if event.item_words.contains(&ItemWord::Training) => {
            let reads = event.item_words.contains(&ItemWord::Article);
            Some(if reads { Deed::Read } else { Deed::FinishedLesson })
        }
        EventKind::Completed if event.item_words.contains(&ItemWord::Article) => Some(Deed::Read),
        EventKind::Asked => Some(Deed::Asked),
        EventKind::Answered => Some(Deed::Answered),
        _ => None,
    };
    events.iter().filter_map(|event| Some((deed(event)?, event.at))).collect()
}

/// How somebody who did all this seems to like to learn; nothing when it is too little, too long ago, or undecided.
pub fn inferred_type(deeds: &[(Deed, DateTime<Utc>)], now: DateTime<Utc>) -> Option<Inferred> {
    let mut weights: BTreeMap<UserType, f64> = BTreeMap::new();
    for (deed, at) in deeds.iter().filter(|(_, at)| *at <= now) {
        let days = (now - *at).num_seconds() as f64 / 86_400.0;
        *weights.entry(deed.speaks_for()).or_default() += deed.weight() * 0.5_f64.powf(days / HALF_LIFE_DAYS);
    }
    let mut ranked: Vec<(UserType, f64)> = weights.into_iter().collect();
    ranked.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    let (user_type, weight) = *ranked.first()?;
    let next = ranked.get(1).map_or(0.0, |(_, weight)| *weight);
    if weight < ENOUGH || weight < next * CLEARLY {
        return None;
    }
    let mut evidence: Vec<Evidence> = Vec::new();
    for (deed, at) in deeds.iter().filter(|(deed, at)| deed.speaks_for() == user_type && *at <= now) {
        match evidence.iter_mut().find(|known| known.deed == *deed) {
            Some(known) => {
                known.times += 1;
                known.last = known.last.max(*at);
            }
            None => evidence.push(Evidence { deed: *deed, times: 1, last: *at }),
        }
    }
    evidence.sort_by_key(|one| (std::cmp::Reverse(one.last), one.deed));
    Some(Inferred { user_type, evidence, weight })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn noon() -> DateTime<Utc> {
        "2026-03-03T12:00:00Z".parse().unwrap()
    }

    fn ago(days: i64) -> DateTime<Utc> {
        noon() - TimeDelta::days(days)
    }

    /// What was done so many days ago, and what it says.
    type Case<'a> = (&'a [(Deed, i64)], Option<UserType>);

    fn says(deeds: &[(Deed, i64)]) -> Option<UserType> {
        let deeds: Vec<_> = deeds.iter().map(|(deed, days)| (*deed, ago(*days))).collect();
        inferred_type(&deeds, noon()).map(|inferred| inferred.user_type)
    }

    #[test]
    fn what_somebody_does_most_of_late_says_how_they_like_to_learn() {
        use Deed::{Answered, Asked, AskedExpert, FinishedLesson, Read, Shared};
        let cases: [Case<'_>; 9] = [
            (&[], None),
            (&[(FinishedLesson, 0)], None),
            (&[(FinishedLesson, 0), (FinishedLesson, 0)], Some(UserType::Learner)),
            (&[(FinishedLesson, 90), (FinishedLesson, 90), (FinishedLesson, 90)], None),
            (&[(Read, 0), (Read, 0), (Read, 0), (Read, 0)], Some(UserType::Learner)),
            (&[(Asked, 0), (Answered, 0)], Some(UserType::Connector)),
            (&[(Asked, 0), (Answered, 0), (FinishedLesson, 0), (FinishedLesson, 0)], None),
            (&[(Shared, 1), (AskedExpert, 2), (Shared, 3)], Some(UserType::Collaborator)),
            (
                &[(Answered, 0), (Answered, 0), (FinishedLesson, 300), (FinishedLesson, 300)],
                Some(UserType::Connector),
            ),
        ];
        for (deeds, expected) in cases {
            assert_eq!(says(deeds), expected, "{deeds:?}");
        }
    }

    #[test]
    fn an_act_weighs_half_after_ninety_days_and_the_future_weighs_nothing() {
        let weight = |days: i64| {
            let deeds = vec![(Deed::FinishedLesson, ago(days)); 8];
            inferred_type(&deeds, noon()).map(|inferred| inferred.weight)
        };
        assert_eq!(weight(0), Some(8.0));
        assert_eq!(weight(90), Some(4.0));
        assert_eq!(weight(180), Some(2.0));
        assert_eq!(weight(181), None);
        assert_eq!(weight(-1), None);
    }

    #[test]
    fn its_evidence_is_counted_and_dated() {
        let deeds =
            [(Deed::Answered, ago(5)), (Deed::Asked, ago(9)), (Deed::Answered, ago(1)), (Deed::Read, ago(2))];
        let inferred = inferred_type(&deeds, noon()).unwrap();
        let evidence = [
            Evidence { deed: Deed::Answered, times: 2, last: ago(1) },
            Evidence { deed: Deed::Asked, times: 1, last: ago(9) },
        ];
        assert_eq!(
            (inferred.user_type, inferred.evidence.as_slice()),
            (UserType::Connector, evidence.as_slice())
        );
    }

    #[test]
    fn events_tell_what_was_finished_asked_and_answered() {
        let finished = |words: &[ItemWord]| Event {
            item_words: words.to_vec(),
            ..Event::blank(EventKind::Completed, noon())
        };
        let events = [
            finished(&[ItemWord::Training, ItemWord::Quick]),
            finished(&[ItemWord::Training, ItemWord::Article]),
            finished(&[ItemWord::Support, ItemWord::Fix]),
            Event::blank(EventKind::Asked, noon()),
            Event::blank(EventKind::Answered, noon()),
            Event::blank(EventKind::Viewed, noon()),
        ];
        let deeds: Vec<_> = deeds(&events).into_iter().map(|(deed, _)| deed).collect();
        assert_eq!(deeds, [Deed::FinishedLesson, Deed::Read, Deed::Asked, Deed::Answered]);
    }
}
