//! The console: letters as their readers see them, campaigns held and carried on.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use segments::Predicate;
use uuid::Uuid;

use super::world::{self, House};
use crate::store::doors::Role;
use crate::store::journeys::{self, State};
use crate::store::outbox::{self, Arrival};
use crate::testing::noon;

const HOSTILE: &str = "From: Dana <dana@lakeshore.example>\r\nTo: maria@dental.example\r\n\
    Subject: <script>alert(1)</script>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n\
    --b\r\nContent-Type: text/plain\r\n\r\nIn plain words <b>\r\n--b\r\nContent-Type: text/html\r\n\r\n\
    <p>Hello<script>alert(2)</script></p>\r\n--b--\r\n";

async fn arrive(house: &House, number: u128, subject: &str) -> Uuid {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(HOSTILE.as_bytes()).unwrap();
    let id = Uuid::from_u128(number);
    let mail = Arrival {
        id,
        received_at: noon() + chrono::TimeDelta::seconds(i64::try_from(number).unwrap()),
        envelope_from: "bounce@lakeshore.example".to_owned(),
        recipient: format!("reader{number}@dental.example"),
        subject: subject.to_owned(),
        message_id: None,
        size: i64::try_from(HOSTILE.len()).unwrap(),
        raw: packed.finish().unwrap(),
    };
    let txn = house.app.db.begin().await.unwrap();
    outbox::keep(&txn, &mail).await.unwrap();
    txn.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_mail_is_shown_without_letting_it_do_anything() {
    for house in world::open().await {
        let id = arrive(&house, 1, "<script>alert(1)</script>").await;
        let staff = house.staff(Role::Marketer).await;
        let page = staff.get(&format!("/console/outbox/{id}")).await.text().await.unwrap();
        assert!(
            page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert"),
            "on {}",
            house.on
        );
        assert!(page.contains("In plain words &lt;b&gt;"));
        let answer = staff.get(&format!("/console/outbox/{id}/html")).await;
        let policy = answer.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("sandbox;") && policy.contains("default-src 'none'"), "{policy}");
        assert!(!policy.contains("allow-"), "{policy}");
        let raw = staff.get(&format!("/console/outbox/{id}/raw")).await;
        assert_eq!(raw.headers()["content-type"], "text/plain; charset=utf-8");
        assert_eq!(raw.text().await.unwrap(), HOSTILE);
        assert_eq!(staff.get(&format!("/console/outbox/{}", Uuid::nil())).await.status(), 404);
    }
}

#[tokio::test]
async fn the_outbox_is_searched_and_leafed_through() {
    for house in world::open().await {
        for number in 1..=60 {
            arrive(&house, number, &format!("Letter {number}")).await;
        }
        let staff = house.staff(Role::Operator).await;
        let first = staff.get("/console/outbox").await.text().await.unwrap();
        assert!(first.contains("1 to 50 of 60") && first.contains("Letter 60<"), "on {}", house.on);
        let second = staff.get("/console/outbox?page=2").await.text().await.unwrap();
        assert!(second.contains("51 to 60 of 60") && second.contains("Letter 1<"), "on {}", house.on);
        let one = staff.get("/console/outbox?q=reader17%40").await.text().await.unwrap();
        assert!(one.contains("Letter 17<") && !one.contains("Letter 18<"), "on {}", house.on);
        let none = staff.get("/console/outbox?q=%3Cb%3E").await.text().await.unwrap();
        assert!(none.contains("&lt;b&gt;"), "on {}", house.on);
    }
}

/// A campaign that runs, and left three people out.
async fn campaign(house: &House) {
    let app = &house.app;
    let journey = journeys::Journey {
        schema: journeys::Schema::One,
        name: "first-win".to_owned(),
        title: "First win".to_owned(),
        program: "relationship".to_owned(),
        entry: journeys::Entry::Launch { segment: Predicate::parse("user type is learner").unwrap() },
        steps: vec![journeys::Step::Email {
            id: "letter".to_owned(),
            name: None,
            email: "first-win".to_owned(),
        }],
    };
    let txn = app.db.begin().await.unwrap();
    journeys::save(&txn, app.namespace, &journey, noon()).await.unwrap();
    let kept = journeys::find(&txn, "first-win").await.unwrap().unwrap();
    let version = journeys::Version {
        journey_id: kept.id,
        version: 1,
        journey,
        people: 0,
        skipped: [("comparison".to_owned(), 2), ("no-consent".to_owned(), 1)].into(),
        launched_at: noon(),
        letter: None,
    };
    journeys::launch(&txn, &version, "test").await.unwrap();
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn a_campaign_is_held_and_carried_on_by_those_who_may() {
    for house in world::open().await {
        campaign(&house).await;
        let (moderator, marketer) = (house.staff(Role::Moderator).await, house.staff(Role::Marketer).await);
        let state = async || journeys::find(house.app.db.read(), "first-win").await.unwrap().unwrap().state;
        let page = moderator.get("/console/campaigns/first-win").await.text().await.unwrap();
        assert!(page.contains("in the comparison group") && !page.contains("/pause"), "on {}", house.on);
        assert!(moderator.get("/console/campaigns").await.text().await.unwrap().contains("First win"));

        let page = marketer.get("/console/campaigns/first-win").await.text().await.unwrap();
        assert!(page.contains("/console/campaigns/first-win/pause"), "on {}", house.on);
        let token = world::form_token(&page);
        let press = async |what: &str| {
            let path = format!("/console/campaigns/first-win/{what}");
            marketer.post(&path).form(&[("form_token", &token)]).send().await.unwrap().status().as_u16()
        };
        assert_eq!((press("pause").await, state().await), (303, State::Paused), "on {}", house.on);
        assert_eq!((press("pause").await, state().await), (303, State::Paused), "pressed twice");
        assert_eq!((press("resume").await, state().await), (303, State::Running), "on {}", house.on);
        assert_eq!(marketer.get("/console/campaigns/none").await.status(), 404);
    }
}

#[tokio::test]
async fn a_campaign_that_pauses_by_itself_says_why_until_it_is_carried_on() {
    for house in world::open().await {
        campaign(&house).await;
        let app = &house.app;
        let kept = journeys::find(app.db.read(), "first-win").await.unwrap().unwrap();
        let txn = app.db.begin().await.unwrap();
        assert!(journeys::pause_because(&txn, kept.id, "the mail server says <no>").await.unwrap());
        txn.commit().await.unwrap();
        let marketer = house.staff(Role::Marketer).await;
        let read = async |path: &str| marketer.get(path).await.text().await.unwrap();
        let (list, page) = (read("/console/campaigns").await, read("/console/campaigns/first-win").await);
        for page in [&list, &page] {
            assert!(page.contains("the mail server says &lt;no&gt;"), "{page}");
        }
        let form = [("form_token", world::form_token(&page))];
        marketer.post("/console/campaigns/first-win/resume").form(&form).send().await.unwrap();
        assert!(!read("/console/campaigns/first-win").await.contains("&lt;no&gt;"), "on {}", house.on);
        let kept = journeys::find(app.db.read(), "first-win").await.unwrap().unwrap();
        assert_eq!((kept.state, kept.paused_because), (State::Running, None), "on {}", house.on);
    }
}
