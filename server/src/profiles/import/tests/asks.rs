//! Imports of who was asked to join.

use uuid::Uuid;

use super::*;
use crate::store::comparison::{self, Design, Draw, Placed};
use crate::store::{accounts, families};

const ASKS: &str = "\
account,contact,channel,wording,asked_at
A1,,call,Would you like to join?,2026-02-01T10:00:00Z
,lee@BELL.example,Service mail,,2026-02-02
,C1,paper,,2026-02-03
A2,C2,service-mail,,2026-02-02
A1,C2,call,,2026-02-04
A9,,cal,,2027-02-04
,,call,,2026-02-04
,C9,call,,2026-02-04
A3,,call,,
";

/// Puts these accounts on the comparison side.
async fn keep_out(app: &App, design: Design, names: &[&str]) -> Draw {
    let ids: Vec<_> = names.iter().map(|name| accounts::id(app.namespace, name)).collect();
    let txn = app.db.begin().await.unwrap();
    let draw = Draw {
        salt: vec![1],
        salt_id: Uuid::nil(),
        design,
        share: 0.1,
        limit_days: 30,
        drawn_at: "2026-01-01T00:00:00Z".parse().unwrap(),
    };
    comparison::begin(&txn, &draw).await.unwrap();
    let families = families::of_accounts(&txn, &ids).await.unwrap();
    let placed = families.values().map(|family| Placed {
        family: *family,
        comparison: true,
        share: 0.1,
        stratum: "all".to_owned(),
        block: None,
    });
    comparison::append(&txn, &app.keys, &draw, &placed.collect::<Vec<_>>(), draw.drawn_at).await.unwrap();
    comparison::refresh_held(&txn, design, noon()).await.unwrap();
    txn.commit().await.unwrap();
    draw
}

#[tokio::test]
async fn asks_come_in_once_and_wrong_ones_are_named_by_line() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        take_in(&app, RowKind::Accounts, ACCOUNTS).await;
        take_in(&app, RowKind::Contacts, CONTACTS).await;
        let (counts, notes) = take_in(&app, RowKind::Asks, ASKS).await;
        assert_eq!((counts.added, counts.refused, counts.warnings), (3, 6, 0), "{notes:?} on {}", place.name);
        let lines: Vec<_> = notes.refused.iter().map(|refused| refused.0).collect();
        assert_eq!(lines, [5, 6, 7, 8, 9, 10], "{notes:?}");
        let why = |place: usize| notes.refused[place].1.as_str();
        assert_eq!(why(0), "contact: says what line 3 says");
        assert!(why(1).contains("does not belong to the account `A1`"), "{notes:?}");
        assert!(why(2).contains(
            "did you mean `call`?); it is one of activation, service-mail, call, event, partner, paper"
        ));
        assert!(why(2).contains("asked_at: ") && why(2).contains("lies in the future"), "{notes:?}");
        assert!(why(3).starts_with("account: is empty, and so is contact"), "{notes:?}");
        assert_eq!(why(4), "contact: is nobody we know");
        assert_eq!(why(5), "asked_at: is empty, and every row needs it");
        let kept = "SELECT channel || ':' || COALESCE(wording, '') FROM asks ORDER BY asked_at";
        let asked = "call:Would you like to join? service-mail: paper:";
        assert_eq!(text_of(&app, kept).await, asked, "on {}", place.name);

        let (again, _) = take_in(&app, RowKind::Asks, ASKS).await;
        assert_eq!((again.added, again.changed, again.same), (0, 0, 3), "on {}", place.name);
        let better = ASKS.replace("Would you like to join?", "Join us?");
        let (better, _) = take_in(&app, RowKind::Asks, &better).await;
        assert_eq!((better.added, better.changed, better.same), (0, 1, 2), "on {}", place.name);
        let bare = "account,channel,asked_at\nA1,call,2026-02-01T10:00:00Z\n";
        let (bare, _) = take_in(&app, RowKind::Asks, bare).await;
        assert_eq!(
            (bare.added, bare.changed, bare.same),
            (0, 0, 1),
            "no column, no change, on {}",
            place.name
        );
    }
}

#[tokio::test]
async fn an_ask_of_a_comparison_family_that_has_not_joined_is_kept_and_warned_about() {
    let asks = "account,contact,channel,asked_at\n\
                A1,,call,2026-01-04T10:00:00Z\nA1,,call,2026-01-06T10:00:00Z\nA2,,call,2026-02-01\n,C2,event,2026-02-01\n";
    for (design, warned) in [(Design::Invited, vec![2, 4, 5]), (Design::Members, vec![])] {
        for place in testing::databases().await {
            let app = app(&place.url).await;
            take_in(&app, RowKind::Accounts, ACCOUNTS).await;
            take_in(&app, RowKind::Contacts, CONTACTS).await;
            keep_out(&app, design, &["A1", "A2"]).await;
            let (counts, notes) = take_in(&app, RowKind::Asks, asks).await;
            assert_eq!((counts.added, counts.refused), (4, 0), "{notes:?} on {}", place.name);
            // C1 of A1 joined on January 5.
            let lines: Vec<_> = notes.warned.iter().map(|warning| warning.0).collect();
            assert_eq!(lines, warned, "{design:?}, {notes:?} on {}", place.name);
            let words = "this family is in the comparison group and should not be asked";
            assert!(notes.warned.iter().all(|warning| warning.1 == words), "{notes:?}");
        }
    }
}

#[tokio::test]
async fn a_family_whose_time_on_the_comparison_side_is_over_may_be_asked() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        take_in(&app, RowKind::Accounts, ACCOUNTS).await;
        let draw = keep_out(&app, Design::Invited, &["A2"]).await;
        let txn = app.db.begin().await.unwrap();
        let over = "2026-02-10T00:00:00Z".parse().unwrap();
        assert_eq!(comparison::graduate(&txn, &app.keys, &draw, over).await.unwrap(), 1);
        comparison::refresh_held(&txn, draw.design, over).await.unwrap();
        txn.commit().await.unwrap();
        let asks = "account,channel,asked_at\nA2,call,2026-02-09\nA2,call,2026-02-10\n";
        let (_, notes) = take_in(&app, RowKind::Asks, asks).await;
        let lines: Vec<_> = notes.warned.iter().map(|warning| warning.0).collect();
        assert_eq!(lines, [2], "{notes:?} on {}", place.name);
    }
}
