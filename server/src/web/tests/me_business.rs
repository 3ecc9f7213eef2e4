//! What we know about a reader's business, as they and their colleagues see and change it.

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::center::{page, signed_in};
use super::me::{ACCOUNT, after, post, them};
use super::world::{self, House, Visitor};
use crate::doors;
use crate::store::entities::{contact, licence, partner, product, usage};
use crate::testing::noon;

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
