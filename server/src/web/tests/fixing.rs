//! Problems and their ways out, incidents, and what was heard.

use chrono::TimeDelta;
use sea_orm::sea_query::Expr;
use sea_orm::{EntityTrait, IntoActiveModel, QueryOrder};
use uuid::Uuid;

use super::center::{items, page, signed_in};
use super::world::{self, House, form_token};
use crate::store::doors::Role;
use crate::store::entities::{account, event, finish, fix_answer, licence};
use crate::store::fixes::{self, Tried};
use crate::store::incidents::places::Place;
use crate::store::incidents::{self, By, Incident};
use crate::testing::noon;

const FIX: &str = "/fix/wifi-is-slow-or-keeps-dropping";
const INCIDENTS: &str = "/console/incidents";

/// The value of the hidden field with the step's name.
fn step(html: &str) -> String {
    html.split("name=\"step\" value=\"").nth(1).expect("a step").split('"').next().unwrap().to_owned()
}

fn location(answer: &reqwest::Response) -> String {
    assert_eq!(answer.status(), 303);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

async fn kept(house: &House) -> Vec<fix_answer::Model> {
    fix_answer::Entity::find().order_by_asc(fix_answer::Column::Step).all(house.app.db.read()).await.unwrap()
}

#[tokio::test]
async fn a_visitor_is_led_from_step_to_step_and_to_a_person_with_what_was_tried() {
    for house in world::open().await {
        let visitor = house.visitor();
        let mut at = FIX.to_owned();
        for tried in 1..=4 {
            let html = page(&visitor, &at).await;
            assert_eq!(html.contains("Two heads are better"), tried > 2, "{tried} on {}", house.on);
            let form = [("step", step(&html)), ("fixed", "no".to_owned())];
            at = location(&visitor.post(&format!("{FIX}/answer")).form(&form).send().await.unwrap());
            assert_eq!(at, format!("{FIX}?tried={tried}#step"), "on {}", house.on);
            at.truncate(at.len() - "#step".len());
        }
        let html = page(&visitor, &at).await;
        assert!(html.contains("That was every step we know") && !html.contains("name=\"step\""));
        assert!(html.contains("<li>Move closer (30 seconds)</li>"), "what was tried, on {}", house.on);
        assert!(html.contains("href=\"tel:555-0142\"") && html.contains("What to say if you call"));
        let ask = html.split("href=\"/ask/new").nth(1).expect("an expert").split('"').next().unwrap();
        let asking = page(&visitor, &format!("/ask/new{}", ask.replace("&amp;", "&"))).await;
        assert!(asking.contains("Move closer (30 seconds)"), "what was tried is filled in, on {}", house.on);
        let kept = kept(&house).await;
        assert_eq!(kept.len(), 4, "on {}", house.on);
        assert!(kept.iter().all(|row| row.contact_id.is_none() && row.account_id.is_nil() && !row.fixed));
        assert!(event::Entity::find().all(house.app.db.read()).await.unwrap().is_empty(), "on {}", house.on);
    }
}

#[tokio::test]
async fn a_member_fixes_it_once_a_day_and_has_finished_it() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        for fixed in ["no", "yes", "yes"] {
            let html = page(&maria, FIX).await;
            let form =
                [("form_token", form_token(&html)), ("step", step(&html)), ("fixed", fixed.to_owned())];
            let to = location(&maria.post(&format!("{FIX}/answer")).form(&form).send().await.unwrap());
            if fixed == "yes" {
                let html = page(&maria, to.split('#').next().unwrap()).await;
                assert!(html.contains("Good. That is fixed.") && html.contains("Move closer"));
                assert!(html.contains("/learn/guest-wifi-apart-from-work"), "what keeps it away");
                assert!(!html.contains("name=\"fixed\""), "nothing more to try, on {}", house.on);
            }
        }
        let kept = kept(&house).await;
        assert_eq!((kept.len(), kept[0].fixed), (1, true), "once a person, step and day, on {}", house.on);
        let finished = finish::Entity::find().all(house.app.db.read()).await.unwrap();
        assert_eq!(finished.len(), 1, "on {}", house.on);
        let stale = maria.post(&format!("{FIX}/answer")).form(&[("fixed", "yes")]).send().await.unwrap();
        assert_eq!(stale.status(), 422, "a form without its token");
        house.app.clock.advance(TimeDelta::days(1));
        let html = page(&maria, FIX).await;
        let form = [("form_token", form_token(&html)), ("step", step(&html)), ("fixed", "no".to_owned())];
        maria.post(&format!("{FIX}/answer")).form(&form).send().await.unwrap();
        assert_eq!(self::kept(&house).await.len(), 2, "on {}", house.on);
    }
}

#[tokio::test]
async fn however_often_somebody_presses_the_next_step_opens() {
    for house in world::open().await {
        let visitor = house.visitor();
        let form = [("step", step(&page(&visitor, FIX).await)), ("fixed", "no".to_owned())];
        for _ in 0..65 {
            let answer = visitor.post(&format!("{FIX}/answer")).form(&form).send().await.unwrap();
            assert_eq!(location(&answer), format!("{FIX}?tried=1#step"), "on {}", house.on);
        }
        assert_eq!(kept(&house).await.len(), 60, "past the limit nothing is kept, on {}", house.on);
        let lost = [("step", "a-step-of-last-year"), ("fixed", "no")];
        let answer = visitor.post(&format!("{FIX}/answer")).form(&lost).send().await.unwrap();
        assert_eq!(location(&answer), FIX);
        assert_eq!(visitor.post("/fix/nothing/answer").form(&lost).send().await.unwrap().status(), 404);
        for odd in ["?tried=-1", "?tried=99999999999999999999", "?tried=x&fixed=<b>"] {
            assert!(page(&visitor, &format!("{FIX}{odd}")).await.contains("name=\"step\""), "{odd}");
        }
        assert!(page(&visitor, &format!("{FIX}?tried=400")).await.contains("That was every step we know"));
    }
}

#[tokio::test]
async fn every_problem_is_on_the_list_with_its_figure_once_enough_said_so() {
    for house in world::open().await {
        let visitor = house.visitor();
        let html = page(&visitor, "/fix").await;
        let links = items(&html);
        assert!(links.len() > 10 && links.iter().all(|link| link.starts_with("/fix/")), "{links:?}");
        assert!(html.contains("No trouble that we know of: ") && !html.contains("in 10 people"));

        let txn = house.app.db.begin().await.unwrap();
        for person in 0..20_u128 {
            let tried = Tried {
                id: Uuid::from_u128(person + 1),
                account: Uuid::from_u128(500 + person % 10),
                contact: Some(Uuid::from_u128(1_000 + person)),
                item: "wifi-is-slow-or-keeps-dropping".to_owned(),
                step: "one".to_owned(),
                fixed: person > 2,
                at: noon(),
            };
            fixes::keep(&txn, &tried).await.unwrap();
        }
        txn.commit().await.unwrap();
        let told = "worked for 8 in 10 people, as of 3 March 2026";
        for place in ["/fix", FIX] {
            assert!(page(&visitor, place).await.contains(told), "{place} on {}", house.on);
        }
        let other = page(&visitor, "/fix/calls-go-straight-to-voicemail").await;
        assert!(!other.contains("in 10 people"), "on {}", house.on);
    }
}

#[tokio::test]
async fn what_is_out_of_order_stands_on_top_of_the_list_and_of_what_it_is_about_until_it_is_over() {
    for house in world::open().await {
        let visitor = house.visitor();
        let one = Incident {
            id: Uuid::from_u128(1),
            product: Some("internet".to_owned()),
            places: Vec::new(),
            place: Some("Ohio".to_owned()),
            words: "Pages may not load.".to_owned(),
            since: noon() - TimeDelta::hours(1),
            fix_by: Some(noon() + TimeDelta::hours(3)),
            ended_at: None,
        };
        let txn = house.app.db.begin().await.unwrap();
        incidents::open(&txn, &one, by(1)).await.unwrap();
        txn.commit().await.unwrap();
        for place in ["/fix", FIX] {
            let html = page(&visitor, place).await;
            assert!(html.contains("Internet, Ohio:") && html.contains("Pages may not load."), "{place}");
            assert!(html.contains("We expect to fix it by 3:00 pm UTC."), "{place} on {}", house.on);
        }
        let fine = page(&visitor, "/fix").await;
        let fine = fine.split("No trouble that we know of: ").nth(1).unwrap().split('.').next().unwrap();
        assert!(fine.contains("Phones") && !fine.contains("Internet"), "{fine}");
        assert!(!page(&visitor, "/fix/too-many-spam-calls").await.contains("Pages may not load."));

        house.app.clock.advance(TimeDelta::hours(4));
        assert!(page(&visitor, FIX).await.contains("It takes longer than 3:00 pm UTC"), "on {}", house.on);
        let txn = house.app.db.begin().await.unwrap();
        incidents::close(&txn, one.id, by(2)).await.unwrap();
        txn.commit().await.unwrap();
        assert!(!page(&visitor, "/fix").await.contains("Pages may not load."), "on {}", house.on);
    }
}

/// Maria's company holds a licence for this product.
async fn give(house: &House, product: &str) {
    let txn = house.app.db.begin().await.unwrap();
    let row = licence::Model {
        id: Uuid::from_u128(0x11CE),
        account_id: Uuid::from_u128(0xA),
        external_id: "L1".to_owned(),
        product_code: product.to_owned(),
        seats: None,
        starts_on: None,
        renews_on: (noon() + TimeDelta::days(90)).date_naive(),
        amount: None,
        currency: None,
        billed_by: "vendor".to_owned(),
        updated_at: noon(),
    };
    licence::Entity::insert(row.into_active_model()).exec_without_returning(&txn).await.unwrap();
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn problems_stand_by_what_one_notices_and_the_readers_own_are_marked_and_first() {
    for house in world::open().await {
        let anybodys = page(&house.visitor(), "/fix").await;
        let headings = |html: &str| {
            let found = html
                .split("<h2 id=\"g-")
                .skip(1)
                .map(|rest| rest.split(['>', '<']).nth(1).unwrap().to_owned());
            found.collect::<Vec<_>>()
        };
        let first = headings(&anybodys);
        assert_eq!(first[..2], ["Calls", "No internet, or slow internet"], "on {}", house.on);
        assert!(first.len() == 8 && !anybodys.contains("You have this"), "on {}", house.on);

        let maria = signed_in(&house).await;
        give(&house, "website").await;
        let html = page(&maria, "/fix").await;
        let hers = headings(&html);
        assert_eq!(hers[..2], ["E-mail", "Our website"], "on {}", house.on);
        assert_eq!(html.matches("You have this").count(), 2, "on {}", house.on);
        let sorted = |mut all: Vec<String>| {
            all.sort();
            all
        };
        assert_eq!(sorted(hers), sorted(first), "on {}", house.on);
    }
}

fn by(number: u128) -> By<'static> {
    By { id: Uuid::from_u128(number), who: "ann@lakeshore.example", at: noon() }
}

#[tokio::test]
async fn who_is_elsewhere_is_not_told_of_it_and_who_may_be_there_is() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let at = |number: u128, place: Place, words: &str| Incident {
            id: Uuid::from_u128(number),
            product: None,
            place: Some(place.to_string()),
            places: vec![place],
            words: words.to_owned(),
            since: noon(),
            fix_by: None,
            ended_at: None,
        };
        let elsewhere = Place { country: Some("NZ".to_owned()), region: None };
        let known = Place { country: Some("US".to_owned()), region: Some("PA".to_owned()) };
        let txn = house.app.db.begin().await.unwrap();
        account::Entity::update_many()
            .col_expr(account::Column::Country, Expr::value("US"))
            .col_expr(account::Column::Region, Expr::value("PA"))
            .exec(&txn)
            .await
            .unwrap();
        incidents::open(&txn, &at(1, elsewhere, "Far away."), by(1)).await.unwrap();
        incidents::open(&txn, &at(2, known, "Close by."), by(2)).await.unwrap();
        txn.commit().await.unwrap();
        for place in ["/fix", FIX] {
            let html = page(&maria, place).await;
            assert!(html.contains("<b>US-PA:</b> Close by."), "{place} on {}", house.on);
            assert!(!html.contains("Far away."), "{place} on {}", house.on);
            let html = page(&house.visitor(), place).await;
            assert!(html.contains("<b>NZ:</b> Far away.") && html.contains("Close by."), "{place}");
        }
        assert!(!page(&maria, "/fix").await.contains("No trouble"), "it is about everything");
    }
}

#[tokio::test]
async fn staff_say_what_is_out_of_order_say_it_otherwise_and_say_that_it_is_over() {
    for house in world::open().await {
        signed_in(&house).await;
        let txn = house.app.db.begin().await.unwrap();
        account::Entity::update_many()
            .col_expr(account::Column::Country, Expr::value("US"))
            .col_expr(account::Column::Region, Expr::value("PA"))
            .exec(&txn)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        let staff = house.staff(Role::Operator).await;
        let listed = page(&staff, INCIDENTS).await;
        assert!(listed.contains("Nothing is out of order") && listed.contains("such as US-PA."));
        let token = form_token(&listed);
        let say = async |to: &str, places: &str, words: &str, fix_by: &str| {
            let form = [
                ("form_token", token.as_str()),
                ("places", places),
                ("place", "Pennsylvania"),
                ("words", words),
                ("fix_by", fix_by),
            ];
            staff.post(to).form(&form).send().await.unwrap()
        };
        let refused = say(INCIDENTS, "US-TX", "x", "2020-01-01T00:00").await;
        assert_eq!(refused.status(), 422, "on {}", house.on);
        let html = refused.text().await.unwrap();
        for field in ["places", "words", "fix_by"] {
            assert!(html.contains(&format!("href=\"#{field}\"")), "{field} on {}", house.on);
        }
        assert!(html.contains("value=\"US-TX\"") && html.contains("No customer is in US-TX."));

        let said = say(INCIDENTS, "US-PA", "Calls may drop.", "2026-03-03T15:00").await;
        assert_eq!(location(&said), INCIDENTS, "on {}", house.on);
        let visitor = house.visitor();
        let seen = page(&visitor, "/fix").await;
        assert!(seen.contains("<b>Pennsylvania:</b> Calls may drop."), "on {}", house.on);
        assert!(seen.contains("We expect to fix it by 3:00 pm UTC."), "on {}", house.on);
        let one = page(&staff, INCIDENTS).await;
        let one = one.split("href=\"/console/incidents/").nth(1).unwrap().split('"').next().unwrap();
        let one = format!("{INCIDENTS}/{one}");
        assert_eq!(say(&one, "Ohio", "Calls drop.", "").await.status(), 422, "on {}", house.on);
        assert_eq!(location(&say(&one, "", "Calls drop now.", "").await), one, "on {}", house.on);
        assert!(page(&visitor, "/fix").await.contains("Calls drop now."), "on {}", house.on);

        let turn = async |way: &str| {
            let form = [("form_token", token.as_str())];
            location(&staff.post(&format!("{one}/{way}")).form(&form).send().await.unwrap())
        };
        assert_eq!(turn("close").await, one);
        assert!(!page(&visitor, "/fix").await.contains("Calls drop now."), "on {}", house.on);
        turn("reopen").await;
        assert!(page(&visitor, "/fix").await.contains("Calls drop now."), "on {}", house.on);
        let html = page(&staff, &one).await;
        for done in ["Said otherwise", "Over", "Not over after all", "operator@lakeshore.example"] {
            assert!(html.contains(done), "{done} on {}", house.on);
        }
        let leader = house.staff(Role::ProgramLead).await;
        assert_ne!(leader.get(INCIDENTS).await.status(), 200, "on {}", house.on);
    }
}
