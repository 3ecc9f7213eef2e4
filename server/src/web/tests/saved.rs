//! Shelves, as their owners, colleagues and strangers find them.

use content::Slug;
use reqwest::Response;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::center::{draw, items, page, set_side, signed_in};
use super::world::{self, House, Visitor, form_token};
use crate::doors;
use crate::shelf::Shelf;
use crate::store::comparison::Design;
use crate::store::entities::{account, contact, event, shelf, shelf_item};

const LESSON: &str = "/learn/greet-callers-after-hours";
const STEP: &str = "/learn/greet-callers-after-hours/set-your-hours";
const FIX: &str = "/fix/wifi-is-slow-or-keeps-dropping";

/// Where an answer leads.
pub fn location(answer: &Response) -> String {
    assert_eq!(answer.status(), 303);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

/// Posts to an address with the token of a page.
pub async fn press(who: &Visitor, on: &str, address: &str, fields: &[(&str, &str)]) -> Response {
    let token = form_token(&page(who, on).await);
    let form = [[("form_token", token.as_str())].as_slice(), fields].concat();
    who.post(address).form(&form).send().await.unwrap()
}

/// Somebody else with this first name, of Maria's company or of another one; signed in.
pub async fn another(house: &House, number: u128, name: &str, colleague: bool) -> Visitor {
    let txn = house.app.db.begin().await.unwrap();
    let maria = contact::Entity::find()
        .filter(contact::Column::ExternalId.eq("C1"))
        .one(&txn)
        .await
        .unwrap()
        .unwrap();
    let mut company = account::Entity::find_by_id(maria.account_id).one(&txn).await.unwrap().unwrap();
    if !colleague {
        company.id = Uuid::from_u128(number + 1);
        company.external_id = format!("A{number}");
        company.name = "Elsewhere".to_owned();
        let row = company.clone().into_active_model().reset_all();
        account::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
    }
    let address = format!("{}@dental.example", name.to_lowercase());
    let row = contact::Model {
        id: Uuid::from_u128(number),
        account_id: company.id,
        external_id: format!("C{number}"),
        email: address.clone(),
        email_key: address,
        first_name: Some(name.to_owned()),
        ..maria
    };
    contact::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&txn).await.unwrap();
    txn.commit().await.unwrap();
    let link = doors::customer_link(&house.app, Uuid::from_u128(number)).await.unwrap();
    house.visitor().signed_in(&link.url).await
}

/// Makes a shelf of this name, and gives its address.
pub async fn make(who: &Visitor, title: &str) -> String {
    location(&press(who, "/saved", "/saved", &[("title", title)]).await)
}

/// Saves an item on a shelf at this address.
pub async fn save(who: &Visitor, item: &str, shelf: &str) {
    let (slug, id) = (item.rsplit('/').next().unwrap(), shelf.rsplit('/').next().unwrap());
    let answer = press(who, "/saved", "/saved/keep", &[("item", slug), ("shelf", id)]).await;
    assert_eq!(location(&answer), format!("{item}#save"));
}

#[tokio::test]
async fn an_item_is_saved_from_its_page_on_a_new_shelf_and_on_an_old_one() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let fields = [("item", "greet-callers-after-hours"), ("back", STEP), ("title", " Front desk ")];
        let answer = press(&maria, STEP, "/saved/keep", &fields).await;
        assert_eq!(location(&answer), format!("{STEP}#save"), "on {}", house.on);
        let html = page(&maria, STEP).await;
        let shelf = html.split("href=\"/saved/").nth(1).expect("it says where it was saved");
        let shelf = format!("/saved/{}", shelf.split('"').next().unwrap());
        assert!(html.contains("Saved on") && html.contains("Front desk"), "on {}", house.on);

        save(&maria, FIX, &shelf).await;
        save(&maria, FIX, &shelf).await;
        let same = [("item", "map-your-business-on-one-page"), ("title", "front DESK")];
        assert_eq!(
            location(&press(&maria, FIX, "/saved/keep", &same).await),
            "/read/map-your-business-on-one-page#save"
        );
        let on = items(&page(&maria, &shelf).await);
        assert_eq!(on, [LESSON, FIX, "/read/map-your-business-on-one-page"], "on {}", house.on);
        assert!(page(&maria, "/saved").await.contains("3 saved"), "on {}", house.on);
        let home = page(&maria, "/").await;
        assert!(home.contains("Front desk") && home.contains(&shelf), "on {}", house.on);
        assert_eq!(shelf::Entity::find().all(house.app.db.read()).await.unwrap().len(), 1, "on {}", house.on);
    }
}

#[tokio::test]
async fn a_form_without_a_name_comes_back_with_what_would_be_right() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let nameless = [("item", "greet-callers-after-hours"), ("title", "  ")];
        for (on, to, fields) in [
            ("/saved", "/saved", [("title", " "), ("", "")].as_slice()),
            (FIX, "/saved/keep", nameless.as_slice()),
        ] {
            let answer = press(&maria, on, to, fields).await;
            assert_eq!(answer.status(), 422, "{to} on {}", house.on);
            let html = answer.text().await.unwrap();
            assert!(html.contains("<title>Error:") && html.contains("Write a name for the shelf"), "{to}");
            assert!(html.contains("href=\"#title\"") && html.contains("id=\"title-problem\""), "{to}");
        }
        let shelf = make(&maria, "Front desk").await;
        let twice = press(&maria, "/saved", "/saved", &[("title", "FRONT desk")]).await;
        assert_eq!(twice.status(), 422);
        assert!(twice.text().await.unwrap().contains("value=\"FRONT desk\""), "what was typed is kept");
        make(&maria, "Hires").await;
        let renamed = press(&maria, &shelf, &format!("{shelf}/rename"), &[("title", "hires")]).await;
        assert_eq!(renamed.status(), 422, "on {}", house.on);
        assert!(renamed.text().await.unwrap().contains("value=\"hires\""));
        let forged = maria.post("/saved").form(&[("title", "Mine")]).send().await.unwrap();
        assert_eq!(forged.status(), 422, "a form without its token, on {}", house.on);
        assert_eq!(shelf::Entity::find().all(house.app.db.read()).await.unwrap().len(), 2, "on {}", house.on);
    }
}

#[tokio::test]
async fn shelves_are_ordered_renamed_and_deleted_and_each_is_undone() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let (desk, hires) = (make(&maria, "Front desk").await, make(&maria, "Hires").await);
        let order = async || {
            let html = page(&maria, "/saved").await;
            (html.find("Front desk").unwrap() < html.find("Hires").unwrap(), html)
        };
        assert!(order().await.0, "on {}", house.on);
        press(&maria, "/saved", &format!("{hires}/move"), &[("by", "up")]).await;
        assert!(!order().await.0, "on {}", house.on);
        assert_eq!(press(&maria, "/saved", &format!("{hires}/move"), &[("by", "left")]).await.status(), 422);

        save(&maria, LESSON, &desk).await;
        save(&maria, FIX, &desk).await;
        press(&maria, &desk, &format!("{desk}/pieces/wifi-is-slow-or-keeps-dropping/move"), &[("by", "up")])
            .await;
        assert_eq!(items(&page(&maria, &desk).await), [FIX, LESSON], "on {}", house.on);
        let piece = format!("{desk}/pieces/wifi-is-slow-or-keeps-dropping");
        let off = location(&press(&maria, &desk, &format!("{piece}/remove"), &[]).await);
        let html = page(&maria, &off).await;
        assert_eq!(items(&html), [LESSON], "on {}", house.on);
        assert!(html.contains("is off the shelf") && html.contains(&format!("{piece}/restore")));
        press(&maria, &off, &format!("{piece}/restore"), &[]).await;
        assert_eq!(items(&page(&maria, &desk).await), [FIX, LESSON], "on {}", house.on);

        let new = location(&press(&maria, &desk, &format!("{desk}/rename"), &[("title", "Reception")]).await);
        let html = page(&maria, &new).await;
        assert!(
            html.contains("<h1 class=\"voice\">Reception</h1>") && html.contains("Undo"),
            "on {}",
            house.on
        );
        press(&maria, &new, &format!("{desk}/rename/undo"), &[]).await;
        assert!(page(&maria, &desk).await.contains("<h1 class=\"voice\">Front desk</h1>"), "on {}", house.on);

        let gone = location(&press(&maria, &desk, &format!("{desk}/delete"), &[]).await);
        assert!(page(&maria, &gone).await.contains("“Front desk” is deleted"), "on {}", house.on);
        assert_eq!(maria.get(&desk).await.status(), 404, "on {}", house.on);
        press(&maria, &gone, &format!("{desk}/restore"), &[]).await;
        assert_eq!(items(&page(&maria, &desk).await), [FIX, LESSON], "on {}", house.on);
    }
}

#[tokio::test]
async fn another_person_finds_no_shelf_that_is_not_theirs_to_see_and_changes_none() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let desk = make(&maria, "Front desk").await;
        save(&maria, LESSON, &desk).await;
        let ana = another(&house, 0xA1, "Ana", true).await;
        let eve = another(&house, 0xE1, "Eve", false).await;
        let id = desk.rsplit('/').next().unwrap();
        let addresses = [
            format!("{desk}/move"),
            format!("{desk}/rename"),
            format!("{desk}/rename/undo"),
            format!("{desk}/company"),
            format!("{desk}/delete"),
            format!("{desk}/restore"),
            format!("{desk}/pieces/greet-callers-after-hours/move"),
            format!("{desk}/pieces/greet-callers-after-hours/remove"),
            "/saved/links".to_owned(),
            "/saved/keep".to_owned(),
        ];
        let fields = [
            ("by", "up"),
            ("title", ""),
            ("shared", "no"),
            ("shelf", id),
            ("days", "7"),
            ("item", "greet-callers-after-hours"),
        ];
        for shown in [false, true] {
            let answer = if shown { "yes" } else { "no" };
            press(&maria, &desk, &format!("{desk}/company"), &[("shared", answer)]).await;
            assert_eq!(ana.get(&desk).await.status(), if shown { 200 } else { 404 }, "on {}", house.on);
            assert_eq!(eve.get(&desk).await.status(), 404, "on {}", house.on);
            assert_eq!(page(&ana, "/saved").await.contains("Front desk"), shown, "on {}", house.on);
            assert!(!page(&eve, "/saved").await.contains("Front desk"), "on {}", house.on);
            for who in [&ana, &eve] {
                for address in &addresses {
                    let answer = press(who, "/saved", address, &fields).await;
                    assert_eq!(answer.status(), 404, "{address} shown: {shown} on {}", house.on);
                }
            }
        }
        let html = page(&ana, &desk).await;
        assert!(html.contains("From Maria") && !html.contains("/rename"), "on {}", house.on);
        assert_eq!(items(&html), [LESSON]);
        assert_eq!(maria.get("/saved/nothing").await.status(), 404);
        assert_eq!(location(&house.visitor().get(&desk).await), format!("/sign-in?to={desk}"));
    }
}

#[tokio::test]
async fn a_piece_that_changed_is_new_until_its_owner_has_seen_it() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let desk = make(&maria, "Front desk").await;
        save(&maria, FIX, &desk).await;
        save(&maria, LESSON, &desk).await;
        let fresh = async |page_of: &str| page(&maria, page_of).await.contains("1 new");
        assert!(!fresh("/saved").await, "on {}", house.on);
        let txn = house.app.db.begin().await.unwrap();
        shelf_item::Entity::update_many()
            .col_expr(shelf_item::Column::Version, Expr::value("another"))
            .filter(shelf_item::Column::Item.eq("wifi-is-slow-or-keeps-dropping"))
            .exec(&txn)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        assert!(fresh("/saved").await && fresh("/").await, "on {}", house.on);
        assert_eq!(page(&maria, &desk).await.matches("Changed since you saw it").count(), 1);
        assert!(fresh("/saved").await, "looking at the shelf is not looking at the piece, on {}", house.on);
        page(&maria, FIX).await;
        assert!(!fresh("/saved").await && !fresh("/").await, "on {}", house.on);
        assert!(!page(&maria, &desk).await.contains("Changed since"), "on {}", house.on);
    }
}

#[tokio::test]
async fn who_has_no_shelf_is_offered_three_of_their_trade_and_takes_one_once() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let html = page(&maria, "/saved").await;
        let offers: Vec<&str> = html
            .split("action=\"/saved/starters/")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        assert_eq!(offers.len(), 3, "on {}", house.on);
        assert_eq!(offers[0], "practices", "a dental practice, on {}", house.on);
        let take = format!("/saved/starters/{}", offers[0]);
        let token = form_token(&html);
        let mut shelves = Vec::new();
        for _ in 0..2 {
            let answer = maria.post(&take).form(&[("form_token", &token)]).send().await.unwrap();
            shelves.push(location(&answer));
        }
        assert_eq!(shelves[0], shelves[1], "on {}", house.on);
        let starter = Shelf::starter().unwrap();
        let wanted = starter.starter_shelves.iter().find(|one| one.slug.as_str() == offers[0]).unwrap();
        let on: Vec<_> = items(&page(&maria, &shelves[0]).await);
        let order: Vec<_> = wanted.items.iter().map(Slug::as_str).collect();
        assert_eq!(on.iter().map(|path| path.rsplit('/').next().unwrap()).collect::<Vec<_>>(), order);
        assert!(!page(&maria, "/saved").await.contains("/saved/starters/"), "on {}", house.on);
        assert_eq!(press(&maria, "/saved", "/saved/starters/nothing", &[]).await.status(), 404);
    }
}

#[tokio::test]
async fn who_is_compared_among_members_is_offered_the_shelves_that_are_for_everyone() {
    for house in world::open().await {
        draw(&house, Design::Members).await;
        let maria = signed_in(&house).await;
        let shelf = Shelf::starter().unwrap();
        let for_everyone = |slug: &str| {
            shelf.starter_shelves.iter().any(|one| one.slug.as_str() == slug && one.trades.is_empty())
        };
        for (side, common) in [("comparison", true), ("program", false)] {
            set_side(&house, side).await;
            let html = page(&maria, "/saved").await;
            let offers = html.split("action=\"/saved/starters/").skip(1);
            let offers: Vec<&str> = offers.map(|rest| rest.split('"').next().unwrap()).collect();
            assert!(!offers.is_empty(), "{side} on {}", house.on);
            assert_eq!(offers.iter().all(|slug| for_everyone(slug)), common, "{side} on {}", house.on);
        }
    }
}

#[tokio::test]
async fn a_visitor_is_told_what_shelves_are_for_and_keeps_none() {
    for house in world::open().await {
        let html = page(&house.visitor(), "/saved").await;
        assert!(html.contains("Shelves belong to a person") && html.contains("href=\"/join?to=/saved\""));
        assert!(!page(&house.visitor(), FIX).await.contains("/saved/keep"), "on {}", house.on);
        let answer = house.visitor().post("/saved").form(&[("title", "Mine")]).send().await.unwrap();
        assert_eq!(location(&answer), "/sign-in?to=/kept", "on {}", house.on);
        assert!(event::Entity::find().all(house.app.db.read()).await.unwrap().is_empty());
    }
}
