use chrono::TimeDelta;

use super::*;
use crate::app::App;
use crate::testing::{self, noon};

fn said(person: u128, business: u128, yes: bool) -> Said {
    Said {
        id: Uuid::from_u128(1_000 + person),
        account: Uuid::from_u128(business),
        contact: Some(Uuid::from_u128(10_000 + person)),
        about: About::Step,
        page: "/learn/greet/say-it".to_owned(),
        item: Some("greet".to_owned()),
        step: Some("say-it".to_owned()),
        yes,
        words: String::new(),
        at: noon(),
    }
}

async fn say(app: &App, all: impl IntoIterator<Item = Said>) {
    let txn = app.db.begin().await.unwrap();
    for one in all {
        keep(&txn, &one).await.unwrap();
    }
    txn.commit().await.unwrap();
}

async fn share(app: &App) -> Option<Share> {
    let (from, until) = (noon() - TimeDelta::days(1), noon() + TimeDelta::days(9));
    clear(app.db.read(), "greet", "say-it", from, until).await.unwrap()
}

#[tokio::test]
async fn the_last_answer_of_a_day_holds_and_words_stay_until_there_are_others() {
    for (place, app) in testing::houses().await {
        let first = Said { words: "too short".to_owned(), ..said(1, 1, false) };
        say(&app, [first.clone(), Said { yes: true, words: String::new(), ..first.clone() }]).await;
        let kept = find(app.db.read(), first.account, first.id).await.unwrap().unwrap();
        assert_eq!((kept.said.yes, kept.said.words.as_str()), (true, "too short"), "on {}", place.name);
        assert_eq!(find(app.db.read(), Uuid::from_u128(2), first.id).await.unwrap(), None);

        let txn = app.db.begin().await.unwrap();
        assert!(add(&txn, first.account, first.id, "better now", true).await.unwrap());
        assert!(!add(&txn, Uuid::nil(), first.id, "somebody else", false).await.unwrap());
        txn.commit().await.unwrap();
        let comments = comments(app.db.read(), 10).await.unwrap();
        assert_eq!(comments.len(), 1, "on {}", place.name);
        assert_eq!((comments[0].said.words.as_str(), comments[0].note_wanted), ("better now", true));
    }
}

#[tokio::test]
async fn a_share_of_unclear_answers_needs_twenty_people_of_ten_businesses() {
    for (answers, businesses, made) in [(19, 10, false), (20, 9, false), (20, 10, true)] {
        for (place, app) in testing::houses().await {
            say(&app, (0..answers).map(|one| said(one, one % businesses, one >= 6))).await;
            let visitors =
                (500..600).map(|one| Said { account: Uuid::nil(), contact: None, ..said(one, 0, false) });
            say(&app, visitors).await;
            let share = share(&app).await;
            assert_eq!(share.is_some(), made, "{answers} of {businesses} on {}", place.name);
            if let Some(share) = share {
                assert_eq!(
                    (share.of_100, share.answers, share.businesses),
                    (30, 20, 10),
                    "on {}",
                    place.name
                );
            }
            let none = (noon() + TimeDelta::days(1), noon() + TimeDelta::days(2));
            let later = clear(app.db.read(), "greet", "say-it", none.0, none.1).await.unwrap();
            assert_eq!(later, None, "nobody answered then, on {}", place.name);
        }
    }
}

#[tokio::test]
async fn answers_add_up_by_page_and_by_step() {
    for (place, app) in testing::houses().await {
        let of_page = |person, yes, days| Said {
            about: About::Page,
            page: "/fix".to_owned(),
            item: None,
            step: None,
            at: noon() - TimeDelta::days(days),
            ..said(person, 1, yes)
        };
        say(&app, [of_page(1, true, 0), of_page(2, false, 3), of_page(3, true, 40), of_page(4, true, 90)])
            .await;
        say(&app, [said(5, 1, false), said(6, 1, true)]).await;
        let pages = pages(app.db.read(), noon(), 10).await.unwrap();
        let right = OfPage {
            about: "page".to_owned(),
            page: "/fix".to_owned(),
            answers: 2,
            yes: 1,
            answers_before: 1,
            yes_before: 1,
        };
        assert_eq!(pages, [right], "on {}", place.name);
        let steps = steps(app.db.read(), noon() - TimeDelta::days(1), 10).await.unwrap();
        assert_eq!(steps.len(), 1, "on {}", place.name);
        assert_eq!((steps[0].answers, steps[0].unclear, steps[0].waiting), (2, 1, 0), "on {}", place.name);
    }
}

#[tokio::test]
async fn a_lesson_is_worth_the_time_once_twenty_people_of_ten_businesses_said_so_each_once() {
    let lesson = |person, business, yes| Said {
        about: About::Lesson,
        page: "/learn/greet/finished".to_owned(),
        step: None,
        ..said(person, business, yes)
    };
    for (answers, businesses, made) in [(19, 10, false), (20, 9, false), (20, 10, true)] {
        for (place, app) in testing::houses().await {
            say(&app, (0..answers).map(|one| lesson(one, one % businesses, one > 2))).await;
            let visitors =
                (500..600).map(|one| Said { account: Uuid::nil(), contact: None, ..lesson(one, 0, false) });
            say(&app, visitors).await;
            say(&app, (700..740).map(|one| said(one, one % 10, false))).await; // about a step of it
            let all = worth_of_each(app.db.read(), &["greet", "other"], noon()).await.unwrap();
            assert_eq!(all.len(), usize::from(made), "{answers} of {businesses} on {}", place.name);
            let Some(worth) = all.get("greet") else { continue };
            let day = noon().date_naive();
            let right = Worth { of_ten: 8, answers: 20, businesses: 10, until: day };
            assert_eq!(*worth, right, "17 of 20 are not 9 in 10, on {}", place.name);

            let day_after = noon() + TimeDelta::days(1);
            let again = Said { id: Uuid::from_u128(9_000), at: day_after, ..lesson(0, 0, true) };
            say(&app, [again]).await;
            let all = worth_of_each(app.db.read(), &["greet"], day_after).await.unwrap();
            assert_eq!(
                (all["greet"].of_ten, all["greet"].answers),
                (9, 20),
                "their last word, on {}",
                place.name
            );
            let a_year_on = noon() + TimeDelta::days(366);
            assert!(worth_of_each(app.db.read(), &["greet"], a_year_on).await.unwrap().is_empty());
            assert!(worth_of_each(app.db.read(), &[], noon()).await.unwrap().is_empty());
        }
    }
}
