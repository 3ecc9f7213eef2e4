use chrono::TimeDelta;

use super::*;
use crate::testing::{self, noon};

const WHO: Learner = Learner { account: Uuid::from_u128(1), contact: Uuid::from_u128(2) };

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn said(step: &str, shown: &[&str], ticked: &[&str], done: bool) -> Said {
    Said { item: "greet".to_owned(), step: step.to_owned(), shown: names(shown), ticked: names(ticked), done }
}

#[tokio::test]
async fn ticks_are_kept_and_a_step_that_was_done_stays_done() {
    for (place, app) in testing::houses().await {
        let txn = app.db.begin().await.unwrap();
        let later = noon() + TimeDelta::days(400);
        assert!(keep(&txn, WHO, &said("hours", &["a", "b"], &["a"], true), noon()).await.unwrap());
        let again = said("hours", &["b", "c"], &["c"], false);
        assert!(!keep(&txn, WHO, &again, later).await.unwrap(), "it is not newly done");
        txn.commit().await.unwrap();

        let way = of_item(app.db.read(), WHO, "greet").await.unwrap();
        let kept = &way.steps["hours"];
        assert!(kept.done, "on {}", place.name);
        assert_eq!(
            kept.ticks,
            names(&["a", "c"]),
            "what a new version no longer has is kept, on {}",
            place.name
        );
        assert_eq!(way.last, Some(later));
    }
}

#[tokio::test]
async fn progress_is_each_person_s_own() {
    for (place, app) in testing::houses().await {
        let other = Learner { contact: Uuid::from_u128(3), ..WHO };
        let txn = app.db.begin().await.unwrap();
        keep(&txn, WHO, &said("hours", &["a"], &["a", "not-shown"], true), noon()).await.unwrap();
        keep(&txn, other, &said("test", &[], &[], false), noon()).await.unwrap();
        txn.commit().await.unwrap();
        let mine = of_person(app.db.read(), WHO).await.unwrap();
        assert_eq!(mine.len(), 1, "on {}", place.name);
        assert_eq!(mine["greet"].done(), BTreeSet::from(["hours"]), "on {}", place.name);
        assert_eq!(
            mine["greet"].steps["hours"].ticks,
            names(&["a"]),
            "nobody ticks what they were not shown"
        );
        let theirs = of_person(app.db.read(), other).await.unwrap();
        assert!(theirs["greet"].done().is_empty(), "on {}", place.name);
    }
}
