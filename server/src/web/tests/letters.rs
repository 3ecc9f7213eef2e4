//! The addresses in letters, as mail programs, scanners and readers ask for them.

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Method;
use reqwest::header::USER_AGENT;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QueryOrder};
use serde_json::json;
use uuid::Uuid;

use super::world::{self, House};
use crate::app::App;
use crate::store::entities::{account, consent, contact, event, message};
use crate::testing::noon;
use crate::tokens::Token;

const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
const ACCOUNT: Uuid = Uuid::from_u128(0xA);
const MARIA: Uuid = Uuid::from_u128(0xC);
const LETTER: Uuid = Uuid::from_u128(0x1E);

/// Maria, who said yes to training letters and to tracking, and one letter sent to her at noon.
pub async fn maria(app: &App) -> Uuid {
    let txn = app.db.begin().await.unwrap();
    let row = account::Model {
        id: ACCOUNT,
        external_id: "A1".to_owned(),
        name: "Dental Erie".to_owned(),
        domain: None,
        employees: Some(12),
        founded_on: None,
        stage: None,
        industry: Some("621210".to_owned()),
        country: None,
        region: None,
        city: None,
        postal_code: None,
        parent: None,
        billing_id: None,
        partner_id: None,
        billing: "vendor".to_owned(),
        targeted_class: None,
        targeted_band: None,
        family_id: Uuid::from_u128(0xFA),
        side: None,
        held: false,
        created_at: noon() - TimeDelta::days(60),
        updated_at: noon() - TimeDelta::days(60),
    };
    account::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&txn).await.unwrap();
    let row = contact::Model {
        id: MARIA,
        account_id: ACCOUNT,
        external_id: "C1".to_owned(),
        email: "Maria@dental.example".to_owned(),
        email_key: "maria@dental.example".to_owned(),
        first_name: Some("Maria".to_owned()),
        last_name: Some("Alvarez".to_owned()),
        role: None,
        language: Some("en".to_owned()),
        timezone: None,
        user_type: None,
        user_type_source: None,
        level: None,
        opted_in_at: Some(noon() - TimeDelta::days(30)),
        paused_until: None,
        pace: "as-it-happens".to_owned(),
        pace_at: None,
        created_at: noon() - TimeDelta::days(60),
        updated_at: noon() - TimeDelta::days(60),
    };
    contact::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&txn).await.unwrap();
    for purpose in ["training", "tracking"] {
        let row = consent::ActiveModel {
            account_id: Set(ACCOUNT),
            contact_id: Set(MARIA),
            purpose: Set(purpose.to_owned()),
            granted: Set(true),
            at: Set(noon() - TimeDelta::days(30)),
            entry_id: Set(Uuid::from_u128(1)),
        };
        consent::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
    }
    let row = message::Model {
        id: LETTER,
        account_id: ACCOUNT,
        contact_id: MARIA,
        journey_id: Uuid::from_u128(2),
        version: 1,
        step: "letter".to_owned(),
        occurrence: 1,
        purpose: "training".to_owned(),
        state: "sent".to_owned(),
        reason: None,
        attempts: 1,
        planned_at: noon() - TimeDelta::minutes(5),
        due_at: noon() - TimeDelta::minutes(5),
        owner: None,
        lease_until: None,
        handing_over_at: Some(noon()),
        settled_at: Some(noon()),
        reply: None,
        links: Some(json!([
            { "number": 1, "url": "https://help.example/learn/one", "item": "one", "choice": null },
            { "number": 2, "url": "https://help.example/fix/two", "item": null, "choice": null },
            { "number": 3, "url": "https://elsewhere.example/?a=1", "item": null, "choice": null },
        ])),
    };
    message::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&txn).await.unwrap();
    txn.commit().await.unwrap();
    MARIA
}

fn link(app: &App, number: u16) -> String {
    format!("/c/{}", Token::Click { message: LETTER, link: number }.write(&app.keys))
}

fn pixel(app: &App) -> String {
    format!("/o/{}", Token::Open { message: LETTER }.write(&app.keys))
}

async fn hits(app: &App) -> Vec<event::Model> {
    event::Entity::find().order_by_asc(event::Column::RecordedAt).all(app.db.read()).await.unwrap()
}

fn verdicts(hits: &[event::Model]) -> Vec<(&str, Option<i32>, &str)> {
    hits.iter().map(|hit| (hit.kind.as_str(), hit.link, hit.verdict.as_deref().unwrap())).collect()
}

async fn press(house: &House, path: &str, agent: &str) -> reqwest::Response {
    house.visitor().ask(Method::GET, path).header(USER_AGENT, agent).send().await.unwrap()
}

#[tokio::test]
async fn a_pixel_is_a_pixel_whoever_asks() {
    for house in world::open().await {
        maria(&house.app).await;
        let right = pixel(&house.app);
        for path in [right.as_str(), "/o/nonsense", &right[..right.len() - 1]] {
            let answer = press(&house, path, CHROME).await;
            assert_eq!(answer.status(), 200, "{path}");
            assert_eq!(answer.headers()["content-type"], "image/gif");
            assert_eq!(answer.headers()["cross-origin-resource-policy"], "cross-origin");
            assert!(answer.bytes().await.unwrap().starts_with(b"GIF89a"));
        }
        assert_eq!(verdicts(&hits(&house.app).await), [("opened", None, "human")], "on {}", house.on);
    }
}

#[tokio::test]
async fn a_link_leads_where_the_letter_said_and_nowhere_else() {
    for house in world::open().await {
        maria(&house.app).await;
        house.app.clock.advance(TimeDelta::hours(1));
        let answer = press(&house, &link(&house.app, 3), CHROME).await;
        assert_eq!(answer.status(), 303);
        assert_eq!(answer.headers()["location"], "https://elsewhere.example/?a=1");
        let wrong = Token::Click { message: Uuid::from_u128(99), link: 1 }.write(&house.app.keys);
        for path in [link(&house.app, 4), format!("/c/{wrong}"), "/c/https://evil.example".to_owned()] {
            let answer = press(&house, &path, CHROME).await;
            assert_eq!(answer.status(), 404, "{path}");
            assert!(answer.headers().get("location").is_none());
        }
        let answer =
            press(&house, &format!("{}?url=https://evil.example", link(&house.app, 1)), CHROME).await;
        assert_eq!(answer.headers()["location"], "https://help.example/learn/one");
        let hits = hits(&house.app).await;
        assert_eq!(
            verdicts(&hits),
            [("clicked", Some(3), "human"), ("clicked", Some(1), "human")],
            "on {}",
            house.on
        );
        assert_eq!(hits[1].item.as_deref(), Some("one"));
        let kept = serde_json::to_string(&hits[0].evidence).unwrap();
        assert!(!kept.contains("Windows") && !kept.contains("127.0.0.1"), "{kept}");
        assert!(kept.contains("\"seconds\":3600"), "{kept}");
    }
}

#[tokio::test]
async fn the_same_click_within_a_second_is_one() {
    for house in world::open().await {
        maria(&house.app).await;
        house.app.clock.advance(TimeDelta::hours(1));
        let path = link(&house.app, 1);
        let answers = futures_util::future::join_all((0..20).map(|_| press(&house, &path, CHROME))).await;
        assert!(answers.iter().all(|answer| answer.status() == 303));
        assert_eq!(hits(&house.app).await.len(), 1, "on {}", house.on);
        house.app.clock.advance(TimeDelta::seconds(30));
        press(&house, &path, CHROME).await;
        assert_eq!(hits(&house.app).await.len(), 2, "on {}", house.on);
    }
}

#[tokio::test]
async fn a_scanner_that_takes_every_link_is_known_and_its_first_click_too() {
    for house in world::open().await {
        maria(&house.app).await;
        house.app.clock.advance(TimeDelta::minutes(10));
        press(&house, &link(&house.app, 1), CHROME).await;
        assert_eq!(verdicts(&hits(&house.app).await), [("clicked", Some(1), "human")]);
        for number in [2, 3] {
            house.app.clock.advance(TimeDelta::milliseconds(700));
            press(&house, &link(&house.app, number), CHROME).await;
        }
        let all = hits(&house.app).await;
        assert!(all.iter().all(|hit| hit.verdict.as_deref() == Some("machine")), "on {}: {all:?}", house.on);

        house.app.clock.advance(TimeDelta::hours(2));
        press(&house, &link(&house.app, 2), CHROME).await;
        let last = hits(&house.app).await.pop().unwrap();
        assert_eq!(last.verdict.as_deref(), Some("human"), "Maria herself, on {}", house.on);
    }
}

#[tokio::test]
async fn who_took_tracking_back_is_not_watched_and_still_gets_where_they_want() {
    for house in world::open().await {
        maria(&house.app).await;
        let txn = house.app.db.begin().await.unwrap();
        consent::Entity::delete_many().exec(&txn).await.unwrap();
        txn.commit().await.unwrap();
        assert_eq!(press(&house, &link(&house.app, 1), CHROME).await.status(), 303);
        assert_eq!(press(&house, &pixel(&house.app), CHROME).await.status(), 200);
        assert_eq!(hits(&house.app).await, [], "on {}", house.on);
    }
}

#[tokio::test]
async fn a_head_and_a_click_right_after_delivery_are_a_machine() {
    for house in world::open().await {
        maria(&house.app).await;
        house.app.clock.advance(TimeDelta::seconds(4));
        press(&house, &link(&house.app, 1), CHROME).await;
        house.app.clock.advance(TimeDelta::hours(1));
        let head = house.visitor().ask(Method::HEAD, &link(&house.app, 2)).header(USER_AGENT, CHROME);
        assert_eq!(head.send().await.unwrap().status(), 303);
        let at: DateTime<Utc> = noon() + TimeDelta::seconds(4);
        let all = hits(&house.app).await;
        assert_eq!(all[0].at, at);
        assert_eq!(
            verdicts(&all),
            [("clicked", Some(1), "machine"), ("clicked", Some(2), "machine")],
            "on {}",
            house.on
        );
    }
}
