//! The answer sentence, case by case, in the order of its rule.

use templates::{AnswerState, Lift};

use super::world::day;
use crate::lift::report::answer::{Grounds, answer, between, per_100};
use crate::store::comparison::Design;

fn lift(estimate: f64, low: f64, high: f64) -> Lift {
    Lift { estimate, low, high }
}

/// Grounds for a yes.
fn grounds() -> Grounds {
    Grounds {
        stopped: None,
        counted: 5_760,
        next_final: Some(day("2026-03-01")),
        no_number: None,
        early: false,
        planned_on: day("2026-03-31"),
        planned: 5_800,
        open_ended: Some(lift(0.05, 0.004, 0.096)),
        lift: Some(lift(0.0502, 0.0206, 0.0807)),
        worthwhile: 0.03,
        needed: Some(0),
        design: Design::Invited,
    }
}

#[test]
fn every_state_has_its_sentence_and_the_first_that_holds_is_said() {
    use AnswerState::{CannotTell, Empty, LittleDifference, StopAndLook, Stopped, TooEarly, Works, Worse};
    let worse = Some(lift(-0.0331, -0.0611, -0.0062));
    let spans = Some(lift(0.0207, -0.0184, 0.0602));
    let stopped =
        Some(("The groups were not split as planned.".to_owned(), "Planned so, got so.".to_owned()));
    let table = [
        (
            Grounds { stopped, open_ended: worse, ..grounds() },
            Stopped,
            "Don’t use these numbers yet. The groups were not split as planned.",
            None,
        ),
        (
            Grounds { counted: 0, lift: None, ..grounds() },
            Empty,
            "Nothing to compare yet. The first outcomes are final on 1 March 2026.",
            None,
        ),
        (
            Grounds {
                counted: 0,
                lift: None,
                no_number: Some("No outcome was final by 1 March 2026.".to_owned()),
                ..grounds()
            },
            Empty,
            "Nothing to compare yet. No outcome was final by 1 March 2026.",
            None,
        ),
        (
            Grounds { open_ended: worse, lift: worse, early: true, ..grounds() },
            StopAndLook,
            "Stop and look: fewer seem to renew.",
            Some("between 0.6 and 6 fewer per 100"),
        ),
        (
            Grounds { early: true, lift: spans, ..grounds() },
            TooEarly,
            "Too early to say. The planned reading is on 31 March 2026.",
            Some("from 1.8 fewer to 6 more per 100"),
        ),
        (
            grounds(),
            Works,
            "Yes, it works. Out of every 100 customers, about 5 more renewed.",
            Some("between 2 and 8 per 100"),
        ),
        (
            Grounds { lift: worse, ..grounds() },
            Worse,
            "No. Out of every 100 customers, about 3 fewer renewed.",
            Some("between 0.6 and 6 fewer per 100"),
        ),
        (
            Grounds { lift: Some(lift(0.001, -0.018, 0.021)), ..grounds() },
            LittleDifference,
            "It makes little or no difference. At most about 2 more in 100 could still be.",
            Some("between 1.8 fewer and 2 more per 100"),
        ),
        (
            Grounds { lift: spans, needed: Some(2_412), ..grounds() },
            CannotTell,
            "We can’t tell yet. About 2,400 more customers are needed to see a gain of 3 in 100.",
            Some("between 1.8 fewer and 6 more per 100"),
        ),
        (
            Grounds { lift: spans, needed: Some(1), ..grounds() },
            CannotTell,
            "We can’t tell yet. About 1 more customer is needed to see a gain of 3 in 100.",
            Some("between 1.8 fewer and 6 more per 100"),
        ),
        (
            Grounds { lift: Some(lift(0.0151, 0.004, 0.03)), ..grounds() },
            Works,
            "Yes, it works. Out of every 100 customers, about 2 more renewed.",
            Some("between 0.4 and 3 per 100"),
        ),
        (
            Grounds { lift: spans, needed: None, ..grounds() },
            CannotTell,
            "We can’t tell yet. How many customers it takes to see a gain of 3 in 100 cannot be said yet.",
            Some("between 1.8 fewer and 6 more per 100"),
        ),
    ];
    for (on, state, sentence, likely) in table {
        let answer = answer(&on);
        assert_eq!((answer.state, answer.sentence.as_str()), (state, sentence));
        assert_eq!(answer.likely.as_deref(), likely, "{sentence}");
    }
}

#[test]
fn no_sentence_uses_the_words_of_statistics() {
    let mut met = std::collections::BTreeSet::new();
    for stopped in [None, Some(("It.".to_owned(), "So.".to_owned()))] {
        for found in
            [lift(0.05, 0.02, 0.08), lift(0.0, -0.01, 0.01), lift(0.0, -0.1, 0.1), lift(-0.1, -0.2, -0.05)]
        {
            for early in [true, false] {
                for open_ended in [grounds().open_ended, Some(lift(-0.1, -0.3, -0.01))] {
                    let (stopped, lift) = (stopped.clone(), Some(found));
                    let answer = answer(&Grounds { stopped, early, open_ended, lift, ..grounds() });
                    met.insert(answer.state.label());
                    let all =
                        format!("{} {} {:?}", answer.sentence, answer.detail, answer.likely).to_lowercase();
                    for word in ["significan", "p-value", "control", "95%", "% sure"] {
                        assert!(!all.contains(word), "{all}");
                    }
                }
            }
        }
    }
    assert_eq!(met.len(), 7, "every answer but the empty one: {met:?}");
}

#[test]
fn ranges_are_said_per_hundred_with_a_place_where_they_are_small() {
    assert_eq!(between(lift(0.05, 0.0206, 0.0807)), "between 2 and 8 per 100");
    assert_eq!(between(lift(-0.03, -0.0611, -0.0062)), "between 0.6 and 6 fewer per 100");
    assert_eq!([0.004, 0.01, 0.0149, 0.0251, 0.5].map(per_100), ["0.4", "1", "1.5", "3", "50"]);
}
