use segments::EventKind;

use super::*;
use crate::store::events::{self, NewEvent};
use crate::testing::{self, noon};

fn person(number: u128) -> Learner {
    Learner { account: Uuid::from_u128(1), contact: Uuid::from_u128(100 + number) }
}

fn first(at: DateTime<Utc>, arm: Option<Arm>) -> Finish {
    Finish { item: "greet".to_owned(), at, arm, follow_up: Some("next".to_owned()) }
}

#[tokio::test]
async fn an_item_is_finished_once_and_what_was_drawn_then_stays() {
    for (place, app) in testing::houses().await {
        let txn = app.db.begin().await.unwrap();
        let one = first(noon(), Some(Arm::Picks));
        assert!(finish(&txn, person(1), &one).await.unwrap());
        let again = Finish { arm: Some(Arm::FollowUp), at: noon() + TimeDelta::days(1), ..one.clone() };
        assert!(!finish(&txn, person(1), &again).await.unwrap(), "on {}", place.name);
        txn.commit().await.unwrap();
        assert_eq!(
            finished(app.db.read(), person(1), "greet").await.unwrap(),
            Some(one),
            "on {}",
            place.name
        );
        assert_eq!(finished(app.db.read(), person(2), "greet").await.unwrap(), None);
    }
}

#[tokio::test]
async fn who_came_back_on_another_visit_within_14_days_is_counted_by_what_was_offered() {
    let (hours, days) = (TimeDelta::hours, TimeDelta::days);
    for (place, app) in testing::houses().await {
        let txn = app.db.begin().await.unwrap();
        for (number, arm, back) in [
            (1, Arm::FollowUp, Some(days(3))),
            (2, Arm::FollowUp, Some(hours(2))),
            (3, Arm::FollowUp, None),
            (4, Arm::Picks, Some(days(14))),
            (5, Arm::Picks, Some(days(15))),
        ] {
            let who = person(number);
            assert!(finish(&txn, who, &first(noon(), Some(arm))).await.unwrap());
            let second = Finish { item: "later".to_owned(), ..first(noon() + days(1), Some(Arm::Picks)) };
            assert!(finish(&txn, who, &second).await.unwrap(), "a second finish counts for nothing");
            if let Some(after) = back {
                let event = NewEvent {
                    contact: Some(who.contact.into()),
                    ..NewEvent::of(app.ids.next(), who.account.into(), EventKind::Viewed, noon() + after)
                };
                events::record(&txn, &[event]).await.unwrap();
            }
        }
        finish(&txn, person(6), &first(noon(), None)).await.unwrap();
        finish(&txn, person(7), &first(noon() + days(10), Some(Arm::Picks))).await.unwrap();
        txn.commit().await.unwrap();
        let now = noon() + days(20);
        let [follow_up, picks] = returns(app.db.read(), now).await.unwrap();
        assert_eq!(follow_up, Returned { people: 3, came_back: 1 }, "on {}", place.name);
        assert_eq!(picks, Returned { people: 2, came_back: 1 }, "on {}", place.name);
        let early = returns(app.db.read(), noon() + days(13)).await.unwrap();
        assert_eq!(early.map(|arm| arm.people), [0, 0], "nobody's days are over, on {}", place.name);
    }
}
