use chrono::TimeDelta;
use segments::Level;

use super::*;
use crate::app::App;
use crate::testing::{self, noon};

/// A question of this person, so many minutes after noon.
fn question(asker: &Asker, number: u32) -> Question {
    let at = noon() + TimeDelta::minutes(number.into());
    Question {
        account: asker.account,
        id: Uuid::from_u128(number.into()),
        contact: asker.contact,
        slug: format!("question-{number}"),
        title: format!("Question {number}"),
        details: String::new(),
        product: None,
        trade: asker.trade.clone(),
        size: asker.size,
        country: asker.country.clone(),
        region: asker.region.clone(),
        problem: None,
        level: None,
        language: "en".to_owned(),
        asked_of: AskedOf::Both,
        state: State::Open,
        held: None,
        hidden_why: None,
        accepted: None,
        merged_into: None,
        first_post: false,
        replies: 0,
        first_reply_at: None,
        at,
        updated_at: at,
    }
}

async fn kept(app: &App, questions: &[Question]) {
    let txn = app.db.begin().await.unwrap();
    for one in questions {
        assert!(keep(&txn, one).await.unwrap());
    }
    txn.commit().await.unwrap();
}

async fn titles(app: &App, wanted: &Wanted) -> Vec<String> {
    let listed = list(app.db.read(), wanted).await.unwrap();
    assert_eq!(listed.total, listed.questions.len() as u64);
    listed.questions.into_iter().map(|one| one.slug.trim_start_matches("question-").to_owned()).collect()
}

fn all() -> Wanted {
    Wanted { tab: Tab::ForMe, filter: Filter::default(), near: None, page: 1 }
}

#[tokio::test]
async fn a_list_shows_what_everybody_may_read_the_newest_first_or_what_is_nearest() {
    for (place, app) in testing::houses().await {
        let (one, two) = (testing::person(&app, 1).await, testing::person(&app, 2).await);
        let restaurant = || Some("722511".to_owned());
        kept(
            &app,
            &[
                Question { product: Some("phones".to_owned()), ..question(&one, 1) },
                Question { trade: restaurant(), size: None, ..question(&two, 2) },
                Question { held: Some(Held::Many), ..question(&one, 3) },
                Question { asked_of: AskedOf::Expert, ..question(&one, 4) },
                Question { state: State::Hidden, ..question(&one, 5) },
                Question { state: State::Merged, ..question(&one, 6) },
                Question { state: State::Solved, trade: None, size: None, ..question(&two, 7) },
                Question {
                    level: Some(Level::Starter),
                    trade: restaurant(),
                    size: None,
                    first_post: true,
                    ..question(&two, 8)
                },
            ],
        )
        .await;
        assert_eq!(titles(&app, &all()).await, ["8", "7", "2", "1"], "on {}", place.name);
        let near = Likeness {
            sector: Some("62".to_owned()),
            size: one.size,
            products: vec!["phones".to_owned()],
            level: Some(Level::Starter),
        };
        let nearest = Wanted { near: Some(near), ..all() };
        assert_eq!(titles(&app, &nearest).await, ["1", "8", "7", "2"], "on {}", place.name);

        let of = |tab| Wanted { tab, ..all() };
        assert_eq!(titles(&app, &of(Tab::Help(None))).await, ["8", "1", "2"], "the longest wait first");
        assert_eq!(titles(&app, &of(Tab::Help(Some(two.contact)))).await, ["1"], "on {}", place.name);
        assert_eq!(titles(&app, &of(Tab::Solved)).await, ["7"], "on {}", place.name);
        let mine = of(Tab::Mine(one.account, one.contact));
        assert_eq!(titles(&app, &mine).await, ["6", "5", "4", "3", "1"], "on {}", place.name);
        let elsewhere = of(Tab::Mine(two.account, one.contact));
        assert!(titles(&app, &elsewhere).await.is_empty(), "on {}", place.name);

        let in_use = in_use(app.db.read()).await.unwrap();
        assert_eq!(
            (in_use.trades, in_use.products),
            (vec!["621210".to_owned(), "722511".to_owned()], vec!["phones".to_owned()])
        );
        assert_eq!(in_use.places, [("US".to_owned(), Some("PA".to_owned()))], "on {}", place.name);
    }
}

#[tokio::test]
async fn beside_a_page_stand_public_questions_of_its_problems_then_what_is_solved_then_the_newest() {
    for (place, app) in testing::houses().await {
        let one = testing::person(&app, 1).await;
        let about =
            |problem: &str, number| Question { problem: Some(problem.to_owned()), ..question(&one, number) };
        let of =
            |product: &str, number| Question { product: Some(product.to_owned()), ..question(&one, number) };
        kept(
            &app,
            &[
                question(&one, 1),
                about("voicemail", 2),
                of("phones", 3),
                Question { state: State::Solved, ..of("phones", 4) },
                of("backup", 5),
                about("spam", 6),
                Question { held: Some(Held::Many), ..about("voicemail", 7) },
                Question { asked_of: AskedOf::Expert, ..about("voicemail", 8) },
                Question { state: State::Hidden, ..about("voicemail", 9) },
                Question { state: State::Merged, ..of("phones", 10) },
            ],
        )
        .await;
        let shown = async |subject, limit| {
            let listed = super::about(app.db.read(), subject, limit).await.unwrap();
            let names = listed.questions.into_iter().map(|one| one.slug.replace("question-", ""));
            (names.collect::<Vec<_>>(), listed.total)
        };
        let phones = ["phones".to_owned()];
        let subject = Subject { products: &phones, problems: &["voicemail"], akin: &["spam"] };
        assert_eq!(
            shown(subject, 3).await,
            (vec!["2".into(), "4".into(), "6".into()], 4),
            "on {}",
            place.name
        );
        assert_eq!(shown(subject, 9).await.0, ["2", "4", "6", "3"], "on {}", place.name);
        let problem = Subject { problems: &["voicemail"], ..Subject::default() };
        assert_eq!(shown(problem, 3).await, (vec!["2".into()], 1), "on {}", place.name);
        assert_eq!(shown(Subject::default(), 3).await, (Vec::new(), 0), "on {}", place.name);
    }
}

#[tokio::test]
async fn questions_are_chosen_by_trade_size_place_product_problem_and_level() {
    for (place, app) in testing::houses().await {
        let one = testing::person(&app, 1).await;
        kept(
            &app,
            &[
                question(&one, 1),
                Question { trade: Some("722".to_owned()), ..question(&one, 2) },
                Question { size: Some(SizeBand::Over500), ..question(&one, 3) },
                Question { region: Some("NY".to_owned()), ..question(&one, 4) },
                Question { product: Some("phones".to_owned()), ..question(&one, 5) },
                Question { problem: Some("no-internet-at-all".to_owned()), ..question(&one, 6) },
                Question { level: Some(Level::Confident), ..question(&one, 7) },
            ],
        )
        .await;
        let none = Filter::default;
        let us = |region: Option<&str>| Some(("US".to_owned(), region.map(str::to_owned)));
        let cases: [(Filter, &[&str]); 8] = [
            (Filter { trade: Some("722".to_owned()), ..none() }, &["2"]),
            (Filter { trade: Some("7".to_owned()), size: Some(SizeBand::Over500), ..none() }, &[]),
            (Filter { size: Some(SizeBand::Over500), ..none() }, &["3"]),
            (Filter { place: us(Some("NY")), ..none() }, &["4"]),
            (Filter { place: us(None), ..none() }, &["7", "6", "5", "4", "3", "2", "1"]),
            (Filter { product: Some("phones".to_owned()), ..none() }, &["5"]),
            (Filter { problem: Some("no-internet-at-all".to_owned()), ..none() }, &["6"]),
            (Filter { level: Some(Level::Confident), ..none() }, &["7"]),
        ];
        for (filter, expected) in cases {
            assert_eq!(titles(&app, &Wanted { filter, ..all() }).await, expected, "on {}", place.name);
        }
    }
}

#[tokio::test]
async fn a_long_list_is_turned_page_by_page_and_nothing_stands_twice() {
    for (place, app) in testing::houses().await {
        let one = testing::person(&app, 1).await;
        let many: Vec<_> = (1..=45).map(|number| question(&one, number)).collect();
        kept(&app, &many).await;
        let mut seen = std::collections::BTreeSet::new();
        for (page, expected) in [(1, 20), (2, 20), (3, 5), (4, 0)] {
            let listed = list(app.db.read(), &Wanted { page, ..all() }).await.unwrap();
            assert_eq!(
                (listed.total, listed.questions.len()),
                (45, expected),
                "page {page} on {}",
                place.name
            );
            seen.extend(listed.questions.into_iter().map(|one| one.id));
        }
        assert_eq!(seen.len(), 45, "on {}", place.name);
    }
}
