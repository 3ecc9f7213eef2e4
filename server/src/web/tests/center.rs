//! The resource center, as members, outsiders and visitors see it.

use chrono::TimeDelta;
use content::{Slot, Wanted};
use reqwest::header::CONTENT_TYPE;
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, QueryOrder};

use super::letters::maria;
use super::world::{self, House, Visitor};
use crate::doors;
use crate::shelf::Shelf;
use crate::store::audience;
use crate::store::comparison::{self, Design, Draw};
use crate::store::entities::{account, choice, contact, event, feedback};
use crate::testing::noon;

pub(super) async fn signed_in(house: &House) -> Visitor {
    let contact = maria(&house.app).await;
    let link = doors::customer_link(&house.app, contact).await.unwrap();
    house.visitor().signed_in(&link.url).await
}

pub(super) async fn page(who: &Visitor, path: &str) -> String {
    let answer = who.get(path).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

/// The addresses of items on a page, in order.
pub(super) fn items(html: &str) -> Vec<String> {
    let rooms = ["/learn/", "/fix/", "/read/", "/ask/"];
    let links = html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    links.filter(|link| rooms.iter().any(|room| link.starts_with(room))).map(str::to_owned).collect()
}

pub(super) async fn set_side(house: &House, side: &str) {
    let txn = house.app.db.begin().await.unwrap();
    account::Entity::update_many()
        .col_expr(account::Column::Side, Expr::value(side))
        .col_expr(account::Column::Held, Expr::value(side == "comparison"))
        .exec(&txn)
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

async fn leave_unjoined(house: &House) {
    let txn = house.app.db.begin().await.unwrap();
    contact::Entity::update_many()
        .col_expr(contact::Column::OptedInAt, Expr::value(None::<chrono::DateTime<chrono::Utc>>))
        .exec(&txn)
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

pub(super) async fn draw(house: &House, design: Design) {
    let txn = house.app.db.begin().await.unwrap();
    let draw = Draw {
        salt: vec![1; 16],
        salt_id: house.app.ids.next(),
        design,
        share: 0.2,
        limit_days: 365,
        drawn_at: noon(),
    };
    comparison::begin(&txn, &draw).await.unwrap();
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn a_member_sees_what_was_chosen_for_them_and_every_choice_is_kept_once_an_hour() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let first = page(&maria, "/").await;
        assert!(first.contains("Hello, Maria.") && first.contains("?why="), "on {}", house.on);
        assert!(first.contains("What you told us") && first.contains("Why"));
        let kept = choice::Entity::find().all(house.app.db.read()).await.unwrap();
        assert!(!kept.is_empty());
        for choice in &kept {
            assert!(first.contains(&choice.item), "{} is on the page, on {}", choice.item, house.on);
            assert!(choice.explanation["because"].as_str().is_some_and(|because| !because.is_empty()));
            assert_eq!((choice.channel.as_str(), choice.message_id), ("center", None));
        }
        page(&maria, "/").await;
        let again = choice::Entity::find().count(house.app.db.read()).await.unwrap();
        assert_eq!(again, kept.len() as u64, "on {}", house.on);
    }
}

#[tokio::test]
async fn picks_say_that_they_fit_only_where_a_fact_chose_them() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let before = page(&maria, "/").await;
        assert!(
            before.contains("Most useful for everyone") && !before.contains("Picked for"),
            "on {}",
            house.on
        );
        let txn = house.app.db.begin().await.unwrap();
        contact::Entity::update_many()
            .col_expr(contact::Column::Level, Expr::value("starter"))
            .exec(&txn)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        let after = page(&maria, "/").await;
        assert!(after.contains("Picked for Dental"), "on {}", house.on);
        let told = after.split("What you told us").nth(1).unwrap();
        assert!(told.contains("new to this"), "and what we use is said, on {}", house.on);
    }
}

#[tokio::test]
async fn a_visitor_sees_the_standard_order_and_nothing_is_chosen() {
    for house in world::open().await {
        let html = page(&house.visitor(), "/").await;
        assert!(html.contains("Most useful for everyone") && html.contains("555-0142"));
        assert!(items(&html).len() >= 6, "{:?}", items(&html));
        assert_eq!(choice::Entity::find().count(house.app.db.read()).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn who_has_not_joined_sees_what_any_visitor_sees_on_either_side() {
    for house in world::open().await {
        draw(&house, Design::Invited).await;
        let maria = signed_in(&house).await;
        leave_unjoined(&house).await;
        let standard = items(&page(&house.visitor(), "/").await);
        for side in ["comparison", "program"] {
            set_side(&house, side).await;
            assert_eq!(items(&page(&maria, "/").await), standard, "{side} on {}", house.on);
        }
        assert_eq!(choice::Entity::find().count(house.app.db.read()).await.unwrap(), 0, "on {}", house.on);
    }
}

#[tokio::test]
async fn who_crossed_over_by_joining_is_served_in_full_unless_members_are_compared() {
    for (design, chosen) in [(Design::Invited, true), (Design::Members, false)] {
        for house in world::open().await {
            draw(&house, design).await;
            let maria = signed_in(&house).await;
            set_side(&house, "comparison").await;
            let html = page(&maria, "/").await;
            assert_eq!(html.contains("?why="), chosen, "{design:?} on {}", house.on);
        }
    }
}

#[tokio::test]
async fn what_was_shown_stands_back_the_days_after_and_not_on_the_same_day() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let profile = async || {
            let id = contact::Entity::find().one(house.app.db.read()).await.unwrap().unwrap().id;
            audience::load_profiles(house.app.db.read(), &[id], house.app.clock.now())
                .await
                .unwrap()
                .remove(0)
        };
        let first = items(&page(&maria, "/").await);
        assert_eq!(
            items(&page(&maria, "/").await),
            first,
            "a page stays the same for a day, on {}",
            house.on
        );
        house.app.clock.advance(TimeDelta::days(1));
        let shelf = Shelf::starter().unwrap();
        let wanted = [Wanted { slot: Slot::Picks, count: 3 }];
        let chosen = |profile: &segments::Profile| shelf.choose(profile, &wanted, house.app.clock.now());
        let now = profile().await;
        let fresh = segments::Profile { shown: Vec::new(), ..now.clone() };
        assert!(!now.shown.is_empty(), "what a page showed is remembered, on {}", house.on);
        assert_ne!(chosen(&now), chosen(&fresh), "on {}", house.on);
        house.app.clock.advance(TimeDelta::days(14));
        assert!(profile().await.shown.is_empty(), "after a fortnight it is forgotten, on {}", house.on);
    }
}

#[tokio::test]
async fn every_item_of_the_library_opens_at_its_address_and_at_no_other() {
    for house in world::open().await {
        let visitor = house.visitor();
        let shelf = Shelf::starter().unwrap();
        for item in shelf.catalogue.iter() {
            let first = visitor.get(&item.path()).await;
            let html = match first.headers().get("location") {
                Some(step) => page(&visitor, step.to_str().unwrap()).await,
                None => page(&visitor, &item.path()).await,
            };
            assert!(html.contains("<h1") && !html.contains("I finished"), "{}", item.slug);
        }
        let some = shelf.catalogue.iter().next().unwrap();
        let room = if some.path().starts_with("/fix/") { "/learn/" } else { "/fix/" };
        assert_eq!(visitor.get(&format!("{room}{}", some.slug)).await.status(), 404);
        assert_eq!(visitor.get("/learn/nothing").await.status(), 404);
        assert_eq!(event::Entity::find().count(house.app.db.read()).await.unwrap(), 0, "on {}", house.on);
    }
}

#[tokio::test]
async fn a_member_looks_at_an_item_and_finishes_it() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let item = "/ask/how-often-do-you-test-your-backups";
        let html = page(&maria, item).await;
        let done = format!("{item}/done");
        assert!(html.contains(&done), "a button that says so");
        let stale = maria.post(&done).header(CONTENT_TYPE, "application/x-www-form-urlencoded").send().await;
        assert_eq!(stale.unwrap().status(), 422, "a form without its token");
        let token = world::form_token(&html);
        let answer = maria.post(&done).form(&[("form_token", &token)]).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.headers()["location"].to_str().unwrap()), (303, item));
        let kept =
            event::Entity::find().order_by_asc(event::Column::Kind).all(house.app.db.read()).await.unwrap();
        let kinds: Vec<_> = kept.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(kinds, ["completed", "signed-in", "viewed"], "on {}", house.on);
        assert!(
            kept.iter()
                .filter(|event| event.kind != "signed-in")
                .all(|event| event.item.as_deref() == item.rsplit('/').next())
        );
        assert!(!page(&maria, item).await.contains(&done), "it is done");
    }
}

#[tokio::test]
async fn an_answer_from_a_letter_is_kept_when_it_is_confirmed_and_not_before() {
    for house in world::open().await {
        let visitor = house.visitor();
        let html = page(&visitor, "/useful/welcome?answer=no").await;
        assert!(html.contains("action=\"/useful/welcome\""));
        assert!(html.contains("<h1 class=\"voice\">Was this a good start?</h1>"), "as the letter asked it");
        assert_eq!(feedback::Entity::find().count(house.app.db.read()).await.unwrap(), 0);
        let form = [("answer", "no"), ("words", "too long")];
        assert_eq!(visitor.post("/useful/welcome").form(&form).send().await.unwrap().status(), 200);
        let kept = feedback::Entity::find().one(house.app.db.read()).await.unwrap().unwrap();
        let told = (kept.about.as_str(), kept.page.as_str(), kept.answer.as_str(), kept.words.as_str());
        assert_eq!(told, ("letter", "welcome", "no", "too long"), "on {}", house.on);
        let wrong = visitor.post("/useful/welcome").form(&[("answer", "perhaps")]).send().await.unwrap();
        assert_eq!(wrong.status(), 422);
        assert_eq!(visitor.get("/useful/%3Cscript%3E").await.status(), 404);
        assert_eq!(visitor.post("/useful/no-such-letter").form(&form).send().await.unwrap().status(), 404);
    }
}

#[tokio::test]
async fn answers_from_one_network_are_so_many_an_hour_and_no_more() {
    for house in world::open().await {
        let visitor = house.visitor();
        let mut refused = 0;
        for _ in 0..65 {
            let answer = visitor.post("/useful/welcome").form(&[("answer", "yes")]).send().await.unwrap();
            match answer.status().as_u16() {
                200 => {}
                429 => {
                    assert!(answer.headers().contains_key("retry-after"));
                    assert!(answer.text().await.unwrap().contains("Try again in an hour"));
                    refused += 1;
                }
                other => panic!("{other} on {}", house.on),
            }
        }
        let kept = feedback::Entity::find().count(house.app.db.read()).await.unwrap();
        assert_eq!((kept, refused), (60, 5), "on {}", house.on);
    }
}

#[tokio::test]
async fn a_signed_in_reader_answers_a_letter_from_our_own_page_only() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let forged = maria.post("/useful/welcome").form(&[("answer", "yes")]).send().await.unwrap();
        assert_eq!(forged.status(), 422, "on {}", house.on);
        let token = world::form_token(&page(&maria, "/useful/welcome?answer=yes").await);
        let form = [("answer", "yes"), ("form_token", token.as_str())];
        assert_eq!(maria.post("/useful/welcome").form(&form).send().await.unwrap().status(), 200);
    }
}

#[tokio::test]
async fn a_customer_whose_session_ended_is_told_how_to_come_in_and_nothing_of_staff() {
    for house in world::open().await {
        let html = page(&house.visitor(), "/sign-in").await;
        assert!(html.contains("a link that signs you in") && html.contains("555-0142"), "{html}");
        assert!(!html.contains("rapport user add"), "{html}");
        assert!(page(&house.visitor(), "/staff/sign-in").await.contains("rapport user add"));
    }
}

#[tokio::test]
async fn a_pick_is_saved_with_one_tap_and_the_page_says_where() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let html = page(&maria, "/").await;
        let picks = html.split("id=\"learn\"").nth(1).unwrap();
        let item = picks.split("name=\"item\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(
            picks.contains("name=\"title\" value=\"For later\""),
            "the first shelf is made by saving, on {}",
            house.on
        );
        let form = [
            ("form_token", super::world::form_token(&html)),
            ("item", item.to_owned()),
            ("back", "/".to_owned()),
            ("title", "For later".to_owned()),
        ];
        let answer = maria.post("/saved/keep").form(&form).send().await.unwrap();
        assert_eq!(answer.headers()["location"], "/#learn", "on {}", house.on);
        let after = page(&maria, "/").await;
        let saved = after.split("id=\"learn\"").nth(1).unwrap();
        assert_eq!(saved.matches("On “For later”").count(), 1, "on {}", house.on);
        assert_eq!(after.matches(">For later<").count(), 1, "the shelf stands on the page, on {}", house.on);
    }
}

#[tokio::test]
async fn a_block_that_cannot_be_read_is_left_out_and_the_rest_of_the_page_stands() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let whole = page(&maria, "/").await;
        for (table, block) in
            [("shelves", "id=\"sh\""), ("questions", "id=\"pq\""), ("fix_answers", "id=\"fx\"")]
        {
            assert!(whole.contains(block), "{block} on {}", house.on);
            let txn = house.app.db.begin().await.unwrap();
            txn.execute_unprepared(&format!("ALTER TABLE {table} RENAME TO away_{table}")).await.unwrap();
            txn.commit().await.unwrap();
            let html = page(&maria, "/").await;
            assert!(!html.contains(block), "{block} on {}", house.on);
            assert!(html.contains("action=\"/search\"") && html.contains("id=\"next\""), "on {}", house.on);
        }
        let visitor = page(&house.visitor(), "/").await;
        assert!(visitor.contains("action=\"/search\""), "on {}", house.on);
    }
}

#[tokio::test]
async fn visitors_see_a_lesson_an_independent_expert_and_an_article_and_the_way_to_an_expert() {
    for house in world::open().await {
        let html = page(&house.visitor(), "/").await;
        for words in ["Most useful for everyone", "Not paid by", "Ask an expert", "From our library"] {
            assert!(html.contains(words), "{words} on {}", house.on);
        }
        assert!(
            !html.contains("not-now") && !html.contains("name=\"item\""),
            "nothing to keep, on {}",
            house.on
        );
    }
}
