//! What we know about a reader, as they see, change, take with them and leave it.

use chrono::TimeDelta;
use reqwest::Response;
use sea_orm::ActiveValue::Set;
use sea_orm::{EntityTrait, PaginatorTrait};
use segments::Purpose;
use serde_json::Value;
use uuid::Uuid;

use super::center::{page, signed_in};
use super::world::{self, House, Visitor, form_token};
use crate::store::consent;
use crate::store::entities::{contact, contact_trait, session, told};
use crate::store::suppression::{self, Reason};
use crate::store::traces::TRACES;

const MARIA: Uuid = Uuid::from_u128(0xC);
pub(super) const ACCOUNT: Uuid = Uuid::from_u128(0xA);

pub(super) async fn post(who: &Visitor, path: &str, from: &str, fields: &[(&str, &str)]) -> Response {
    let token = form_token(&page(who, from).await);
    let form = fields.iter().copied().chain([("form_token", token.as_str())]).collect::<Vec<_>>();
    who.post(path).form(&form).send().await.unwrap()
}

/// Posts, and looks at the page that it leads to.
pub(super) async fn after(who: &Visitor, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = post(who, path, "/me", fields).await;
    assert_eq!(answer.status(), 303, "{path}: {}", answer.text().await.unwrap());
    let to = answer.headers()["location"].to_str().unwrap().to_owned();
    page(who, &to).await
}

pub(super) async fn them(house: &House) -> contact::Model {
    contact::Entity::find_by_id(MARIA).one(house.app.db.read()).await.unwrap().unwrap()
}

#[tokio::test]
async fn every_fact_says_where_it_came_from_and_is_changed_taken_away_and_put_back() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let html = page(&maria, "/me").await;
        for words in ["Maria", "Alvarez", "Maria@dental.example", "Dental Erie", "Offices of Dentists"] {
            assert!(html.contains(words), "{words} on {}", house.on);
        }
        assert!(html.contains("records, as of 2 January 2026"), "where from and when, on {}", house.on);
        for word in ["dark", "at risk", "churn", "comparison"] {
            let said = html.split("<main").nth(1).unwrap().split("<footer").next().unwrap().to_lowercase();
            assert!(!said.contains(word), "{word} on {}", house.on);
        }

        house.app.clock.advance(TimeDelta::minutes(1));
        let html = after(&maria, "/me/facts/first-name", &[("value", " Mia ")]).await;
        assert!(html.contains("Saved. It holds from now on.") && html.contains("<b>Mia</b>"));
        assert!(html.contains("You told us on 3 March 2026"), "on {}", house.on);
        assert_eq!(them(&house).await.first_name.as_deref(), Some("Mia"), "on {}", house.on);
        assert!(html.contains("action=\"/me/facts/first-name/undo\""));

        house.app.clock.advance(TimeDelta::minutes(1));
        let html = after(&maria, "/me/facts/first-name/undo", &[]).await;
        assert!(html.contains("It is as it was before.") && html.contains("<b>Maria</b>"), "on {}", house.on);

        house.app.clock.advance(TimeDelta::minutes(1));
        let html = after(&maria, "/me/facts/last-name/remove", &[]).await;
        assert!(!html.contains("Alvarez") && html.contains("You took it away on 3 March 2026"));
        assert_eq!(them(&house).await.last_name, None, "on {}", house.on);

        let two =
            [("value", "get paid faster"), ("value", "steady internet"), ("other", "A rest; less noise")];
        let html = after(&maria, "/me/facts/needs", &two).await;
        assert!(html.contains("a rest, get paid faster, less noise, steady internet"), "on {}", house.on);
        let html = after(&maria, "/me/facts/timezone", &[("value", "America/New_York")]).await;
        assert!(html.contains("<b>New York</b>"), "on {}", house.on);
        let html = after(&maria, "/me/facts/employees", &[("value", "5-9")]).await;
        assert!(html.contains("12 people") && html.contains("You told us: 5 to 9"), "on {}", house.on);
    }
}

#[tokio::test]
async fn each_fact_has_a_page_of_its_own_and_a_wrong_answer_changes_nothing_and_is_kept() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let facts = [
            ("first-name", "", "up to 100 letters"),
            ("last-name", "  ", "up to 100 letters"),
            ("role", "\u{7}", "up to 100 letters"),
            ("language", "tlh", "Choose one of these"),
            ("timezone", "Mars/Olympus", "Choose one of these"),
            ("level", "wizard", "Choose one of these"),
            ("user-type", "", "Choose one of these"),
            ("needs", "", "Choose up to 20"),
            ("stage", "over", "Choose one of these"),
            ("industry", "999", "Choose one of these"),
            ("employees", "many", "Choose one of these"),
            ("products", "", "up to 500 letters"),
        ];
        for (fact, wrong, right) in facts {
            let path = format!("/me/facts/{fact}");
            assert!(page(&maria, &path).await.contains(&format!("action=\"{path}\"")), "{path}");
            let answer = post(&maria, &path, &path, &[("value", wrong)]).await;
            assert_eq!(answer.status(), 422, "{path} on {}", house.on);
            let html = answer.text().await.unwrap();
            assert!(html.contains(right) && html.contains("<title>Error:"), "{path} on {}", house.on);
        }
        assert_eq!(told::Entity::find().count(house.app.db.read()).await.unwrap(), 0, "on {}", house.on);
        for path in ["/me/facts/email", "/me/facts/side"] {
            assert_eq!(maria.get(path).await.status(), 404, "{path}");
        }
        let long = "x".repeat(101);
        let html = post(&maria, "/me/facts/role", "/me/facts/role", &[("value", &long)]).await;
        assert!(html.text().await.unwrap().contains(&format!("value=\"{long}\"")), "what was typed stays");
        let forged = maria.post("/me/facts/role").form(&[("value", "owner")]).send().await.unwrap();
        assert_eq!(forged.status(), 422, "without the token of our page, on {}", house.on);
    }
}

#[tokio::test]
async fn signed_in_readers_choose_their_letters_as_from_a_letter_and_can_undo_it() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let html = page(&maria, "/me/email").await;
        assert!(html.contains("value=\"training\" checked") && html.contains("action=\"/me/email\""));
        let facts = page(&maria, "/me").await;
        assert!(facts.contains("As it happens") && facts.contains("Nobody has asked for fewer"));
        let ticked = [("purpose", "support"), ("purpose", "offers"), ("pause", "30"), ("pace", "weekly")];
        let answer = post(&maria, "/me/email", "/me/email", &ticked).await;
        let html = answer.text().await.unwrap();
        assert!(html.contains("2 kinds of letters") && html.contains("2 April 2026"), "on {}", house.on);
        assert!(page(&maria, "/me").await.contains("At most one a week"), "on {}", house.on);
        let file = page(&maria, "/me/data.txt").await;
        assert!(file.contains("pace: weekly") && file.contains("pace_at: 2026-03-03"), "{file}");
        let mut allowed = consent::in_force(house.app.db.read(), MARIA).await.unwrap();
        allowed.sort_unstable();
        assert_eq!(allowed, [Purpose::Support, Purpose::Offers], "on {}", house.on);

        let undo = html.split("name=\"undo\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        house.app.clock.advance(TimeDelta::minutes(1));
        let answer = post(&maria, "/me/email", "/me/email", &[("undo", undo)]).await;
        assert!(answer.text().await.unwrap().contains("as it was before"), "on {}", house.on);
        let forged = maria.post("/me/email").form(&[("purpose", "offers")]).send().await.unwrap();
        assert_eq!(forged.status(), 422, "without the token of our page, on {}", house.on);
    }
}

#[tokio::test]
async fn the_download_has_every_table_and_what_stands_in_it_and_nothing_of_others() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let txn = house.app.db.begin().await.unwrap();
        let note = |contact: Uuid, value: &str| contact_trait::ActiveModel {
            account_id: Set(ACCOUNT),
            contact_id: Set(contact),
            name: Set("parking".to_owned()),
            value: Set(value.to_owned()),
        };
        let rows = [note(MARIA, "place 7"), note(Uuid::from_u128(0xCC), "place 8")];
        contact_trait::Entity::insert_many(rows).exec_without_returning(&txn).await.unwrap();
        txn.commit().await.unwrap();
        post(&maria, "/me/email", "/me/email", &[("purpose", "support")]).await;
        page(&maria, "/").await;

        let file = maria.get("/me/data.json").await;
        assert!(file.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
        let all: Value = serde_json::from_str(&file.text().await.unwrap()).unwrap();
        for trace in TRACES {
            assert!(all["records"][trace.table].is_array(), "{} on {}", trace.table, house.on);
        }
        let records = &all["records"];
        assert_eq!(all["company"]["name"], "Dental Erie", "on {}", house.on);
        assert_eq!(records["contacts"][0]["first_name"], "Maria", "on {}", house.on);
        assert_eq!(records["contact_traits"].as_array().unwrap().len(), 1, "on {}", house.on);
        assert_eq!(records["contact_traits"][0]["value"], "place 7", "on {}", house.on);
        assert_eq!(records["messages"][0]["state"], "sent", "on {}", house.on);
        assert_eq!(records["messages"][0]["id"], Uuid::from_u128(0x1E).to_string(), "on {}", house.on);
        assert_eq!(records["messages"][0]["links"][0]["item"], "one", "on {}", house.on);
        let consents = records["consent_ledger"].as_array().unwrap();
        let wording = consents.iter().find_map(|line| line["wording"].as_str());
        assert!(wording.is_some_and(|wording| wording.contains(": ")), "with its words, on {}", house.on);
        assert!(consents.iter().all(|line| line["granted"].is_boolean()), "on {}", house.on);
        assert!(!records["choices"].as_array().unwrap().is_empty(), "on {}", house.on);
        assert!(!records["events"].as_array().unwrap().is_empty(), "on {}", house.on);
        let whole = all.to_string();
        for ours in ["token_hash", "address_hash", "\"side\"", "lease_until"] {
            assert!(!whole.contains(ours), "{ours} on {}", house.on);
        }

        let text = page(&maria, "/me/data.txt").await;
        for words in ["Everything Lakeshore keeps", "first_name: Maria", "What was picked for you", "place 7"]
        {
            assert!(text.contains(words), "{words} on {}: {text}", house.on);
        }
        assert!(!text.contains("place 8"), "on {}", house.on);
    }
}

#[tokio::test]
async fn who_leaves_gets_no_letter_is_signed_out_everywhere_and_finds_everything_again() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let html = page(&maria, "/me/leave").await;
        assert!(html.contains("All letters, from this moment") && html.contains("What stays"));
        let gone = post(&maria, "/me/leave", "/me/leave", &[]).await;
        assert_eq!((gone.status().as_u16(), gone.headers()["location"].to_str().unwrap()), (303, "/me/left"));
        assert!(page(&house.visitor(), "/me/left").await.contains("You have left"));
        let db = house.app.db.read();
        assert_eq!(session::Entity::find().count(db).await.unwrap(), 0, "on {}", house.on);
        let hash = house.app.keys.address_hash("maria@dental.example");
        assert_eq!(suppression::of_everything(db, &hash).await.unwrap(), Some(Reason::Stop));
        assert_eq!(consent::in_force(db, MARIA).await.unwrap(), []);
        assert_eq!(them(&house).await.first_name.as_deref(), Some("Maria"), "on {}", house.on);
        assert_eq!(maria.get("/me").await.status(), 303, "on {}", house.on);
    }
}

#[tokio::test]
async fn who_is_erased_ticks_a_box_first_and_then_nothing_here_knows_them() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let unsure = post(&maria, "/me/erase", "/me/erase", &[]).await;
        assert_eq!(unsure.status(), 422, "on {}", house.on);
        assert!(unsure.text().await.unwrap().contains("Tick the box if you are sure"));
        assert_eq!(them(&house).await.email_key, "maria@dental.example");

        let gone = post(&maria, "/me/erase", "/me/erase", &[("sure", "1")]).await;
        let to = gone.headers()["location"].to_str().unwrap().to_owned();
        assert_eq!((gone.status().as_u16(), to.as_str()), (303, "/me/erased"), "on {}", house.on);
        assert!(page(&house.visitor(), &to).await.contains("You are erased"));
        let db = house.app.db.read();
        assert_eq!(contact::Entity::find().count(db).await.unwrap(), 0, "on {}", house.on);
        assert_eq!(maria.get("/me").await.status(), 303, "on {}", house.on);
    }
}

#[tokio::test]
async fn what_a_reader_seems_to_like_is_said_with_the_acts_behind_it_once_there_are_enough() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let lessons = ["greet-callers-after-hours", "lock-your-work-email"];
        for (done, lesson) in lessons.into_iter().enumerate() {
            assert!(!page(&maria, "/me").await.contains("What you seem to like"), "{done} on {}", house.on);
            let form = format!("/learn/{lesson}");
            let step = maria.get(&form).await.headers()["location"].to_str().unwrap().to_owned();
            let finished = post(&maria, &format!("/learn/{lesson}/finish"), &step, &[]).await;
            assert_eq!(finished.status(), 303, "{lesson} on {}", house.on);
        }
        let html = page(&maria, "/me").await;
        assert!(
            html.contains("What you seem to like") && html.contains("<b>Be shown</b>"),
            "on {}",
            house.on
        );
        assert!(html.contains("2 lessons finished, the last on 3 March 2026"), "on {}", house.on);
        house.app.clock.advance(TimeDelta::days(90));
        assert!(!page(&maria, "/me").await.contains("What you seem to like"), "it fades, on {}", house.on);
    }
}
