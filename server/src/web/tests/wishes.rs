//! Stop and choices, as people, mail programs and scanners come to them.

use chrono::TimeDelta;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use sea_orm::{EntityTrait, PaginatorTrait};
use segments::{Pace, Purpose};
use uuid::Uuid;

use super::letters::maria;
use super::world::{self, House};
use crate::app::App;
use crate::store::entities::{consent_entry, event, suppression};
use crate::store::{consent, suppression as stops, wishes};
use crate::tokens::Token;

const LETTER: Uuid = Uuid::from_u128(0x1E);

async fn links(app: &App) -> [String; 4] {
    let contact = maria(app).await;
    let (stop, choices) =
        (Token::Stop { contact, message: LETTER }, Token::Choices { contact, message: LETTER });
    [
        format!("/u/{}", stop.write(&app.keys)),
        format!("/p/{}", choices.write(&app.keys)),
        format!("/o/{}", Token::Open { message: LETTER }.write(&app.keys)),
        format!("/c/{}", Token::Click { message: LETTER, link: 1 }.write(&app.keys)),
    ]
}

async fn allowed(app: &App) -> Vec<Purpose> {
    let mut allowed = consent::in_force(app.db.read(), Uuid::from_u128(0xC)).await.unwrap();
    allowed.sort_unstable();
    allowed
}

async fn stopped(app: &App) -> bool {
    let address = "maria@dental.example";
    stops::is_suppressed(app.db.read(), &app.keys, address, Purpose::Training).await.unwrap()
}

async fn receipts(app: &App) -> u64 {
    consent_entry::Entity::find().count(app.db.read()).await.unwrap()
}

#[tokio::test]
async fn scanners_may_follow_every_link_of_a_letter_and_change_nothing_about_consent() {
    for house in world::open().await {
        let visitor = house.visitor();
        let all = links(&house.app).await;
        for (path, opens) in all.iter().zip([200, 200, 200, 303]) {
            for method in [Method::GET, Method::HEAD, Method::OPTIONS, Method::GET] {
                let answer = visitor.ask(method.clone(), path).send().await.unwrap();
                let right = if method == Method::OPTIONS { 405 } else { opens };
                assert_eq!(answer.status(), right, "{method} {path} on {}", house.on);
            }
        }
        assert_eq!(allowed(&house.app).await, [Purpose::Training, Purpose::Tracking], "on {}", house.on);
        assert_eq!(receipts(&house.app).await, 0, "on {}", house.on);
        assert_eq!(suppression::Entity::find().count(house.app.db.read()).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_mail_program_stops_everything_with_one_post_from_anywhere() {
    let multipart =
        "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    let bodies = [
        ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"),
        ("multipart/form-data; boundary=x", multipart),
    ];
    for (kind, body) in bodies {
        for house in world::open().await {
            let [stop, ..] = links(&house.app).await;
            let post = || {
                house
                    .visitor()
                    .post(&stop)
                    .header(CONTENT_TYPE, kind)
                    .header("origin", "https://mail.example")
                    .header("sec-fetch-site", "cross-site")
                    .body(body)
            };
            let answer = post().send().await.unwrap();
            assert_eq!(answer.status(), 200, "{kind}");
            assert_eq!(answer.text().await.unwrap(), "", "{kind}");
            assert!(stopped(&house.app).await, "{kind} on {}", house.on);
            assert_eq!(allowed(&house.app).await, [], "{kind} on {}", house.on);
            let written = receipts(&house.app).await;
            assert_eq!(written, Purpose::ALL.len() as u64);

            house.app.clock.advance(TimeDelta::minutes(1));
            assert_eq!(post().send().await.unwrap().status(), 200);
            assert!(stopped(&house.app).await);
            assert_eq!(receipts(&house.app).await, written, "a second stop adds no receipt, on {}", house.on);
            let events = event::Entity::find().count(house.app.db.read()).await.unwrap();
            assert_eq!(events, 1, "nor an event, on {}", house.on);
            assert!(consent::verify(house.app.db.read(), &house.app.keys).await.unwrap().is_ok());
        }
    }
}

#[tokio::test]
async fn the_button_of_the_stop_page_stops_and_says_so() {
    for house in world::open().await {
        let [stop, ..] = links(&house.app).await;
        let page = house.visitor().get(&stop).await.text().await.unwrap();
        assert!(page.contains("Stop all e-mails?") && !page.contains("maria"), "{page}");
        let done = house.visitor().post(&stop).send().await.unwrap();
        assert_eq!(done.status(), 200);
        assert!(done.text().await.unwrap().contains("All e-mails are stopped"));
        assert!(stopped(&house.app).await, "on {}", house.on);
        let kept = event::Entity::find().one(house.app.db.read()).await.unwrap().unwrap();
        assert_eq!((kept.kind.as_str(), kept.value.as_deref()), ("form", Some("stop")));
    }
}

#[tokio::test]
async fn a_stop_link_opens_no_other_door_and_a_broken_one_none() {
    for house in world::open().await {
        let [stop, choices, ..] = links(&house.app).await;
        for path in [stop.replace("/u/", "/p/"), choices.replace("/p/", "/u/"), "/u/x".into(), "/p/x".into()]
        {
            assert_eq!(house.visitor().get(&path).await.status(), 404, "{path}");
            assert_eq!(
                house.visitor().post(&path).form(&[("a", "b")]).send().await.unwrap().status(),
                404,
                "{path}"
            );
        }
        let page = house.visitor().get(&stop).await.text().await.unwrap();
        assert!(!page.contains("/p/"), "a stop link can only stop");
        assert!(!stopped(&house.app).await, "on {}", house.on);
    }
}

async fn tick(house: &House, path: &str, form: &[(&str, &str)]) -> String {
    house.app.clock.advance(TimeDelta::minutes(1));
    let answer = house.visitor().post(path).form(form).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.text().await.unwrap()
}

fn undo_of(page: &str) -> String {
    let after = page.split("name=\"undo\" value=\"").nth(1).expect("a way back");
    after.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn choices_are_shown_saved_with_a_receipt_each_and_undone() {
    for house in world::open().await {
        let [_, choices, ..] = links(&house.app).await;
        let page = house.visitor().get(&choices).await.text().await.unwrap();
        assert!(page.contains("value=\"training\" checked") && !page.contains("value=\"offers\" checked"));
        assert!(!page.contains("maria"), "a forwarded link shows nobody's address");

        let page =
            tick(&house, &choices, &[("purpose", "support"), ("purpose", "offers"), ("pause", "30")]).await;
        assert!(page.contains("Saved.") && page.contains("2 kinds of letters"));
        assert!(page.contains("2 April 2026"), "the break ends then, on {}", house.on);
        assert_eq!(allowed(&house.app).await, [Purpose::Support, Purpose::Offers], "on {}", house.on);
        assert_eq!(receipts(&house.app).await, 4, "two given, two taken back, on {}", house.on);
        let receipt = consent_entry::Entity::find().one(house.app.db.read()).await.unwrap().unwrap();
        assert_eq!(receipt.source, "e-mail choices");
        assert!(receipt.wording.unwrap().starts_with("Lessons and quick wins: "));

        let page = tick(&house, &choices, &[("undo", &undo_of(&page))]).await;
        assert!(page.contains("as it was before") && !page.contains("name=\"undo\""));
        assert!(!page.contains("2 April 2026"), "the break is undone too, on {}", house.on);
        assert_eq!(allowed(&house.app).await, [Purpose::Training, Purpose::Tracking], "on {}", house.on);
        assert!(consent::verify(house.app.db.read(), &house.app.keys).await.unwrap().is_ok());
    }
}

async fn pace(app: &App) -> Pace {
    wishes::person(app.db.read(), Uuid::from_u128(0xC)).await.unwrap().unwrap().pace
}

#[tokio::test]
async fn how_often_is_shown_saved_with_its_day_and_undone() {
    for house in world::open().await {
        let [_, choices, ..] = links(&house.app).await;
        let page = house.visitor().get(&choices).await.text().await.unwrap();
        assert!(page.contains("value=\"as-it-happens\" checked"), "on {}", house.on);
        assert_eq!(page.matches("name=\"pace\"").count(), 4, "on {}", house.on);
        let same = [("purpose", "training"), ("purpose", "tracking")];

        let page = tick(&house, &choices, &[same[0], same[1], ("pace", "monthly")]).await;
        assert!(page.contains("1 kind of letter") || page.contains("one kind of letter"), "on {}", house.on);
        assert!(page.contains("Never two within 30 days.") && page.contains("value=\"monthly\" checked"));
        let kept = wishes::person(house.app.db.read(), Uuid::from_u128(0xC)).await.unwrap().unwrap();
        assert_eq!(
            (kept.pace, kept.pace_at),
            (Pace::Monthly, Some(house.app.clock.now())),
            "on {}",
            house.on
        );
        assert_eq!(receipts(&house.app).await, 0, "it is no consent, on {}", house.on);

        let page = tick(&house, &choices, &[("undo", &undo_of(&page))]).await;
        assert!(page.contains("as it was before"), "on {}", house.on);
        assert_eq!(pace(&house.app).await, Pace::AsItHappens, "on {}", house.on);

        let page = tick(&house, &choices, &[same[0], same[1], ("pace", "none")]).await;
        assert!(page.contains("You get no letters from us, until"), "on {}", house.on);
        assert_eq!(allowed(&house.app).await, [Purpose::Training, Purpose::Tracking], "on {}", house.on);
    }
}

#[tokio::test]
async fn a_form_or_an_undo_from_before_there_was_a_pace_leaves_it_and_a_wrong_one_is_refused() {
    for house in world::open().await {
        let [_, choices, ..] = links(&house.app).await;
        tick(&house, &choices, &[("purpose", "training"), ("pace", "weekly")]).await;
        for old in [[("purpose", "support")], [("undo", "training;")]] {
            tick(&house, &choices, &old).await;
            assert_eq!(pace(&house.app).await, Pace::Weekly, "on {}", house.on);
        }
        assert_eq!(allowed(&house.app).await, [Purpose::Training], "on {}", house.on);
        for wrong in [[("pace", "hourly")], [("undo", "training;;hourly")]] {
            let answer = house.visitor().post(&choices).form(&wrong).send().await.unwrap();
            assert_eq!(answer.status(), 422, "on {}", house.on);
        }
        assert_eq!(pace(&house.app).await, Pace::Weekly, "on {}", house.on);
    }
}

#[tokio::test]
async fn saving_what_stands_there_writes_no_receipt_and_a_wrong_word_changes_nothing() {
    for house in world::open().await {
        let [_, choices, ..] = links(&house.app).await;
        tick(&house, &choices, &[("purpose", "training"), ("tracking", "on")]).await;
        assert_eq!(receipts(&house.app).await, 0, "on {}", house.on);
        let answer = house.visitor().post(&choices).form(&[("purpose", "everything")]).send().await.unwrap();
        assert_eq!(answer.status(), 422);
        assert_eq!(receipts(&house.app).await, 0, "on {}", house.on);
    }
}

#[tokio::test]
async fn who_stopped_by_hand_may_choose_again_by_hand_but_a_complaint_stays() {
    for house in world::open().await {
        let [stop, choices, ..] = links(&house.app).await;
        tick(&house, &stop, &[]).await;
        let page = house.visitor().get(&choices).await.text().await.unwrap();
        assert_eq!(page.matches(" checked").count(), 1, "how often, and nothing else");
        tick(&house, &choices, &[("purpose", "training")]).await;
        assert!(!stopped(&house.app).await, "on {}", house.on);

        let txn = house.app.db.begin().await.unwrap();
        let complaint = stops::Suppression {
            email_key: "maria@dental.example",
            scope: stops::Scope::All,
            reason: stops::Reason::Complaint,
            source: "a provider",
            at: house.app.clock.now(),
        };
        stops::add(&txn, &house.app.keys, &complaint).await.unwrap();
        txn.commit().await.unwrap();
        tick(&house, &choices, &[("purpose", "training"), ("purpose", "support")]).await;
        assert!(stopped(&house.app).await, "a complaint is not lifted, on {}", house.on);

        tick(&house, &stop, &[]).await;
        let written = receipts(&house.app).await;
        tick(&house, &stop, &[]).await;
        assert_eq!(receipts(&house.app).await, written, "one stop more says nothing new, on {}", house.on);
    }
}
