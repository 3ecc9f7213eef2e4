//! What we know about a reader, as they see, change, take with them and leave it.

use chrono::TimeDelta;
use reqwest::Response;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, PaginatorTrait};
use segments::Purpose;
use serde_json::Value;
use uuid::Uuid;

use super::center::{page, signed_in};
use super::world::{self, House, Visitor, form_token};
use crate::doors;
use crate::store::consent;
use crate::store::entities::{contact, contact_trait, licence, partner, product, session, told, usage};
use crate::store::suppression::{self, Reason};
use crate::store::traces::TRACES;
use crate::testing::noon;

const MARIA: Uuid = Uuid::from_u128(0xC);
const ACCOUNT: Uuid = Uuid::from_u128(0xA);

async fn post(who: &Visitor, path: &str, from: &str, fields: &[(&str, &str)]) -> Response {
    let token = form_token(&page(who, from).await);
    let form = fields.iter().copied().chain([("form_token", token.as_str())]).collect::<Vec<_>>();
    who.post(path).form(&form).send().await.unwrap()
}

/// Posts, and looks at the page that it leads to.
async fn after(who: &Visitor, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = post(who, path, "/me", fields).await;
    assert_eq!(answer.status(), 303, "{path}: {}", answer.text().await.unwrap());
    let to = answer.headers()["location"].to_str().unwrap().to_owned();
    page(who, &to).await
}

async fn them(house: &House) -> contact::Model {
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

/// Somebody else of Maria's business, signed in.
async fn colleague(house: &House) -> Visitor {
    let kim = Uuid::from_u128(0xC2);
    let row = contact::Model {
        id: kim,
        external_id: "C2".to_owned(),
        email: "kim@dental.example".to_owned(),
        email_key: "kim@dental.example".to_owned(),
        first_name: Some("Kim".to_owned()),
        ..them(house).await
    };
    let txn = house.app.db.begin().await.unwrap();
    contact::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&txn).await.unwrap();
    txn.commit().await.unwrap();
    let link = doors::customer_link(&house.app, kim).await.unwrap();
    house.visitor().signed_in(&link.url).await
}

/// The line of a fact: what it is, and where it came from.
fn line(html: &str, name: &str) -> String {
    let line = html.split(&format!("<dt>{name}</dt>")).nth(1).expect("a line with this name");
    line.split("</div>").next().unwrap().to_owned()
}

#[tokio::test]
async fn what_was_said_of_the_business_is_put_back_as_it_was_unless_a_colleague_came_after() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let before = line(&page(&maria, "/me").await, "How long in business");
        house.app.clock.advance(TimeDelta::days(1));
        let html = after(&maria, "/me/facts/stage", &[("value", "growing")]).await;
        assert!(line(&html, "How long in business").contains("Growing fast"), "on {}", house.on);
        assert!(html.contains("action=\"/me/facts/stage/undo\""), "on {}", house.on);
        let html = after(&maria, "/me/facts/stage/undo", &[]).await;
        assert!(html.contains("It is as it was before."), "on {}", house.on);
        assert_eq!(line(&html, "How long in business"), before, "with where it came from, on {}", house.on);

        after(&maria, "/me/facts/employees", &[("value", "5-9")]).await;
        let html = after(&maria, "/me/facts/employees/undo", &[]).await;
        let size = line(&html, "How many of you");
        assert!(size.contains("12 people") && !size.contains("You told us"), "{size} on {}", house.on);
        assert!(size.contains("records, as of 2 January 2026"), "{size} on {}", house.on);

        house.app.clock.advance(TimeDelta::minutes(1));
        after(&maria, "/me/facts/stage", &[("value", "growing")]).await;
        house.app.clock.advance(TimeDelta::minutes(1));
        let kim = colleague(&house).await;
        let html = after(&kim, "/me/facts/stage", &[("value", "established")]).await;
        assert!(line(&html, "How long in business").contains("You told us on 4 March 2026"));
        let html = after(&maria, "/me/facts/stage/undo", &[]).await;
        assert!(html.contains("A colleague of yours has changed this since. It stays as they said."));
        let stage = line(&html, "How long in business");
        assert!(stage.contains("A while") && stage.contains("A colleague of yours told us on 4 March 2026"));
        assert!(stage.contains("You told us: Growing fast"), "{stage} on {}", house.on);
        let forged = maria.post("/me/facts/stage/undo").form(&[("x", "y")]).send().await.unwrap();
        assert_eq!(forged.status(), 422, "without the token of our page, on {}", house.on);
    }
}

#[tokio::test]
async fn a_note_on_products_is_read_changed_taken_away_and_put_back() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        holds(&house).await;
        let noted = post(&maria, "/welcome/products", "/welcome/life", &[("words", "No phones")]).await;
        let html = page(&maria, noted.headers()["location"].to_str().unwrap()).await;
        assert!(html.contains("Noted.") && html.contains("action=\"/welcome/products/undo\""));
        let name = "Something is not right here";
        assert!(line(&page(&maria, "/me").await, name).contains("<b>No phones</b>"), "on {}", house.on);
        post(&maria, "/welcome/products/undo", "/welcome/life", &[]).await;
        assert!(!page(&maria, "/me").await.contains("No phones"), "on {}", house.on);

        house.app.clock.advance(TimeDelta::minutes(1));
        let html = after(&maria, "/me/facts/products", &[("value", "We have fax, too")]).await;
        assert!(line(&html, name).contains("<b>We have fax, too</b>"), "on {}", house.on);
        house.app.clock.advance(TimeDelta::minutes(1));
        let html = after(&maria, "/me/facts/products/remove", &[]).await;
        assert!(line(&html, name).contains("You took it away") && !html.contains("fax"), "on {}", house.on);
        house.app.clock.advance(TimeDelta::minutes(1));
        let html = after(&maria, "/me/facts/products/undo", &[]).await;
        assert!(line(&html, name).contains("<b>We have fax, too</b>"), "on {}", house.on);
        assert_eq!(post(&maria, "/me/facts/stage/remove", "/me", &[]).await.status(), 404);
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

/// Maria's company pays for phones, and another one for backup.
async fn holds(house: &House) {
    let txn = house.app.db.begin().await.unwrap();
    for (code, name) in [("phones", "Phones, for all; and\nmore"), ("backup", "Backup")] {
        let row = product::ActiveModel {
            code: Set(code.to_owned()),
            name: Set(name.to_owned()),
            family: Set(None),
            active_window_days: Set(Some(30)),
            updated_at: Set(noon()),
        };
        product::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
    }
    let held = |account, number, product: &str, billed_by: &str| licence::ActiveModel {
        id: Set(Uuid::from_u128(number)),
        account_id: Set(account),
        external_id: Set(format!("L{number}")),
        product_code: Set(product.to_owned()),
        seats: Set(Some(10)),
        starts_on: Set(None),
        renews_on: Set("2026-06-12".parse().unwrap()),
        amount: Set(Some(120_000)),
        currency: Set(Some("USD".to_owned())),
        billed_by: Set(billed_by.to_owned()),
        updated_at: Set(noon()),
    };
    let rows = [held(ACCOUNT, 1, "phones", "vendor"), held(Uuid::from_u128(0xB), 2, "backup", "vendor")];
    licence::Entity::insert_many(rows).exec_without_returning(&txn).await.unwrap();
    for (on, active) in [("2025-12-04", 7), ("2026-02-20", 6)] {
        let row = usage::ActiveModel {
            account_id: Set(ACCOUNT),
            product_code: Set("phones".to_owned()),
            on_date: Set(on.parse().unwrap()),
            milestone: Set(String::new()),
            active_seats: Set(Some(active)),
        };
        usage::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
    }
    txn.commit().await.unwrap();
}

async fn bill_by_a_partner(house: &House) {
    use sea_orm::sea_query::Expr;
    let txn = house.app.db.begin().await.unwrap();
    let row = partner::ActiveModel {
        id: Set(Uuid::from_u128(0xD)),
        external_id: Set("P1".to_owned()),
        name: Set("Harbor Office".to_owned()),
        territory: Set(None),
        tier: Set(None),
        email: Set(None),
        logo: Set(None),
        updated_at: Set(noon()),
    };
    partner::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
    crate::store::entities::account::Entity::update_many()
        .col_expr(crate::store::entities::account::Column::PartnerId, Expr::value(Uuid::from_u128(0xD)))
        .exec(&txn)
        .await
        .unwrap();
    licence::Entity::update_many()
        .col_expr(licence::Column::BilledBy, Expr::value("partner"))
        .exec(&txn)
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn a_business_sees_its_seats_its_renewal_and_who_bills_and_nobody_else_s() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let html = page(&maria, "/mine").await;
        assert!(html.contains("We find nothing here"), "the empty page, on {}", house.on);
        holds(&house).await;
        let html = page(&maria, "/mine").await;
        assert!(html.contains("6 of 10 seats in use, counted on 20 February 2026"), "on {}", house.on);
        let unused = "4 seats nobody used since 20 February 2026";
        assert!(!html.contains(unused), "that is not long enough, on {}", house.on);
        house.app.clock.advance(TimeDelta::days(20));
        let html = page(&maria, "/mine").await;
        assert!(html.contains(&format!("{unused}: set them up, or give them back before 12 June 2026.")));
        assert!(html.contains("12 June 2026, in 81 days") && html.contains("$1,200"), "on {}", house.on);
        assert!(html.contains("bills you") && !html.contains("Backup"), "on {}", house.on);
        bill_by_a_partner(&house).await;
        let html = page(&maria, "/mine").await;
        assert!(html.contains("Billed by Harbor Office, your partner"), "on {}", house.on);
        assert!(!html.contains("$1,200"), "a partner's price is not ours to show, on {}", house.on);

        let (phone, written) =
            (html.find("href=\"tel:555-0142\"").unwrap(), "/ask/new?asked_of=expert&amp;q=");
        assert!(phone < html.find(written).unwrap(), "a call first, on {}", house.on);
        let asks = html.split(written).nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let form = page(&maria, &format!("/ask/new?asked_of=expert&q={asks}")).await;
        assert!(form.contains("name=\"asked_of\" value=\"expert\" checked"), "on {}", house.on);
        assert!(form.contains("Something is not right with what we pay for"), "on {}", house.on);

        let file = maria.get("/mine/phones.ics").await;
        assert_eq!(file.headers()["content-type"], "text/calendar; charset=utf-8");
        let text = file.text().await.unwrap();
        assert!(text.contains("DTSTART;VALUE=DATE:20260612\r\n") && text.contains("Phones\\, for all\\;"));
        for path in ["/mine/backup.ics", "/mine/phones", "/mine/nothing.ics"] {
            assert_eq!(maria.get(path).await.status(), 404, "{path} on {}", house.on);
        }
        let outside = house.visitor();
        for (path, door) in [
            ("/mine", "/sign-in?to=/mine"),
            ("/mine/phones.ics", "/sign-in"),
            ("/me", "/sign-in?to=/me"),
            ("/me/email", "/sign-in?to=/me/email"),
            ("/me/data.json", "/sign-in"),
            ("/me/erase", "/sign-in?to=/me/erase"),
        ] {
            let answer = outside.get(path).await;
            assert_eq!(answer.status(), 303, "{path}");
            assert_eq!(answer.headers()["location"], door, "{path}");
        }
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
