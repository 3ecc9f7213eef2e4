//! Links that customers share, and what they give to colleagues.

use sea_orm::sea_query::Expr;
use sea_orm::{EntityTrait, PaginatorTrait};

use super::center::{items, page, signed_in};
use super::saved::{another, location, make, press, save};
use super::world::{self, House, Visitor};
use crate::clock::Clock;
use crate::store::entities::{contact, event, gift, notice, outbox_mail, share};

const LESSON: &str = "/learn/greet-callers-after-hours";
const FIX: &str = "/fix/wifi-is-slow-or-keeps-dropping";

/// The path of the first link on a page.
fn link(html: &str) -> String {
    let after = html.split("/s/").nth(1).expect("a link");
    format!("/s/{}", after.split('"').next().unwrap())
}

/// Shares an item or a shelf, and gives the path of the link.
async fn shared(who: &Visitor, what: (&str, &str)) -> String {
    let made = location(&press(who, "/saved", "/saved/links", &[what, ("days", "30")]).await);
    link(&page(who, &made).await)
}

#[tokio::test]
async fn a_link_is_read_without_signing_in_and_tells_first_name_and_company_only() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let desk = make(&maria, "Front desk").await;
        save(&maria, LESSON, &desk).await;
        save(&maria, FIX, &desk).await;
        let id = desk.rsplit('/').next().unwrap();
        let before = event::Entity::find().count(house.app.db.read()).await.unwrap();
        let shelf = shared(&maria, ("shelf", id)).await;
        let lesson = shared(&maria, ("item", "greet-callers-after-hours")).await;
        let after = event::Entity::find().count(house.app.db.read()).await.unwrap();
        assert_eq!(after, before + 2, "sharing is an event, on {}", house.on);

        for path in [&shelf, &lesson] {
            let answer = house.visitor().get(path).await;
            assert_eq!(answer.headers()["x-robots-tag"], "noindex, nofollow");
            let html = answer.text().await.unwrap();
            assert!(html.contains("Maria at Dental Erie shares this with you."), "on {}", house.on);
            assert!(
                html.contains("name=\"robots\" content=\"noindex")
                    && html.contains("href=\"/join?src=shared\"")
            );
            for secret in ["Alvarez", "maria@", "Maria@", "12 people", "form_token", "/saved/"] {
                assert!(!html.contains(secret), "{secret} in {path} on {}", house.on);
            }
        }
        assert_eq!(items(&page(&house.visitor(), &shelf).await), [LESSON, FIX], "on {}", house.on);
        let whole = page(&house.visitor(), &lesson).await;
        assert!(whole.matches("class=\"step card\"").count() > 2, "the lesson is there, on {}", house.on);
        assert!(!page(&maria, &shelf).await.contains("/join?src"), "who is in is not asked to join");
        assert_eq!(event::Entity::find().count(house.app.db.read()).await.unwrap(), after, "on {}", house.on);

        let kept = share::Entity::find().all(house.app.db.read()).await.unwrap();
        let tokens = [&shelf, &lesson].map(|path| path.rsplit('/').next().unwrap().as_bytes().to_vec());
        assert!(kept.iter().all(|row| row.token_hash.len() == 32 && !tokens.contains(&row.token_hash)));
    }
}

#[tokio::test]
async fn a_link_opens_until_it_is_ended_or_its_time_is_over_or_its_shelf_is_gone() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let eve = another(&house, 0xE1, "Eve", false).await;
        let desk = make(&maria, "Front desk").await;
        let id = desk.rsplit('/').next().unwrap();
        let status = async |path: &str| house.visitor().get(path).await.status().as_u16();
        let path = shared(&maria, ("shelf", id)).await;
        let row = share::Entity::find().one(house.app.db.read()).await.unwrap().unwrap();
        let end = format!("/saved/links/{}/end", row.id);
        assert_eq!(press(&eve, "/saved", &end, &[]).await.status(), 404, "only who shares ends it");
        press(&maria, &desk, &format!("{desk}/delete"), &[]).await;
        assert_eq!(status(&path).await, 404, "on {}", house.on);
        press(&maria, "/saved", &format!("{desk}/restore"), &[]).await;
        assert_eq!(status(&path).await, 200, "on {}", house.on);
        let ended = location(&press(&maria, "/saved", &end, &[]).await);
        assert_eq!(status(&path).await, 404, "on {}", house.on);
        let html = page(&maria, &ended).await;
        assert!(html.contains("opens nothing any more"), "on {}", house.on);
        let undo = format!("/saved/links/{}/restore?until={}", row.id, row.expires_at.timestamp());
        assert!(html.contains(&format!("action=\"{undo}\"")), "{html}");
        assert_eq!(press(&eve, "/saved", &undo, &[]).await.status(), 404, "only who shared opens it again");
        let longer = format!("/saved/links/{}/restore?until={}", row.id, i64::MAX / 2_000_000);
        assert_eq!(
            press(&maria, "/saved", &longer, &[]).await.status(),
            404,
            "for no longer than a link may"
        );
        assert_eq!(location(&press(&maria, "/saved", &undo, &[]).await), "/saved#links");
        assert_eq!(status(&path).await, 200, "on {}", house.on);
        assert!(!page(&maria, &ended).await.contains("opens nothing any more"), "it opens, on {}", house.on);
        press(&maria, "/saved", &end, &[]).await;
        assert_eq!(status(&path).await, 404, "on {}", house.on);
        assert!(page(&maria, "/saved").await.contains("No link of yours is open"), "on {}", house.on);
        assert_eq!(press(&maria, "/saved", &end, &[]).await.status(), 404, "it is ended once");

        let path = shared(&maria, ("item", "greet-callers-after-hours")).await;
        assert_eq!(status(&path).await, 200);
        let txn = house.app.db.begin().await.unwrap();
        let over = Clock::Real.now() - chrono::TimeDelta::seconds(1);
        share::Entity::update_many()
            .col_expr(share::Column::ExpiresAt, Expr::value(over))
            .exec(&txn)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        assert_eq!(status(&path).await, 404, "on {}", house.on);
        let html = house.visitor().get(&path).await.text().await.unwrap();
        assert!(html.contains("This link does not open any more") && !html.contains("Maria"), "{html}");
        assert_eq!(status("/s/nothing").await, 404);
        let odd = press(
            &maria,
            "/saved",
            "/saved/links",
            &[("item", "greet-callers-after-hours"), ("days", "4000")],
        );
        assert_eq!(odd.await.status(), 422, "on {}", house.on);
        let nothing = press(&maria, "/saved", "/saved/links", &[("item", "nothing"), ("days", "7")]).await;
        assert_eq!(nothing.status(), 404, "on {}", house.on);
    }
}

async fn finish(who: &Visitor) {
    let html = page(who, FIX).await;
    let step = html.split("name=\"step\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let answer = press(who, FIX, &format!("{FIX}/answer"), &[("step", step), ("fixed", "yes")]).await;
    assert_eq!(answer.status(), 303);
}

#[tokio::test]
async fn a_colleague_finds_what_they_were_given_and_who_gave_it_sees_it_done_only_where_they_agreed() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let ana = another(&house, 0xA1, "Ana", true).await;
        let (fix, to) = ("item:wifi-is-slow-or-keeps-dropping", ana_id(&house).await);
        let form = page(&maria, "/team?item=wifi-is-slow-or-keeps-dropping").await;
        assert!(form.contains(&format!("value=\"{fix}\" selected")) && form.contains("Ana Alvarez"));
        for _ in 0..2 {
            let gave = location(&press(&maria, "/team", "/team", &[("thing", fix), ("to", &to)]).await);
            assert!(page(&maria, &gave).await.contains("Ana finds it on their page."), "on {}", house.on);
        }
        let gifts = gift::Entity::find().all(house.app.db.read()).await.unwrap();
        assert_eq!(gifts.len(), 1, "the same twice is once, on {}", house.on);
        assert!(page(&ana, "/").await.contains("Maria gave you:"), "on {}", house.on);

        finish(&ana).await;
        assert!(page(&maria, "/team").await.contains("They keep it to themselves."), "on {}", house.on);
        let agree = format!("/team/{}/agree", gifts[0].id);
        assert_eq!(
            press(&maria, "/team", &agree, &[("agree", "yes")]).await.status(),
            404,
            "not hers to say"
        );
        assert_eq!(location(&press(&ana, "/team", &agree, &[("agree", "yes")]).await), "/team#received");
        assert!(page(&maria, "/team").await.contains(">Done.<"), "on {}", house.on);
        press(&ana, "/team", &agree, &[("agree", "no")]).await;
        assert!(!page(&maria, "/team").await.contains(">Done.<"), "on {}", house.on);
        assert!(
            !page(&ana, "/").await.contains("gave you:"),
            "what is done is not brought up, on {}",
            house.on
        );

        let end = format!("/team/{}/end", gifts[0].id);
        assert_eq!(press(&ana, "/team", &end, &[]).await.status(), 404, "on {}", house.on);
        let told = event::Entity::find().count(house.app.db.read()).await.unwrap();
        let back = location(&press(&maria, "/team", &end, &[]).await);
        assert_eq!(gift::Entity::find().count(house.app.db.read()).await.unwrap(), 0, "on {}", house.on);
        let html = page(&maria, &back).await;
        assert!(html.contains("on their page no more"), "{html}");
        let undo = back.replace("/team?", "/team/restore?");
        assert!(html.contains(&format!("action=\"{}\"", undo.replace('&', "&amp;"))), "{html}");
        assert_eq!(press(&ana, "/team", &undo, &[]).await.status(), 404, "on {}", house.on);
        assert_eq!(location(&press(&maria, "/team", &undo, &[]).await), "/team#given");
        let again = gift::Entity::find().one(house.app.db.read()).await.unwrap().unwrap();
        assert_eq!((again.id, again.agreed_at), (gifts[0].id, None), "on {}", house.on);
        assert_eq!(event::Entity::find().count(house.app.db.read()).await.unwrap(), told, "given once");
        press(&maria, "/team", &end, &[]).await;
        assert_eq!(gift::Entity::find().count(house.app.db.read()).await.unwrap(), 0, "on {}", house.on);
    }
}

async fn ana_id(house: &House) -> String {
    let all = contact::Entity::find().all(house.app.db.read()).await.unwrap();
    all.into_iter().find(|one| one.first_name.as_deref() == Some("Ana")).unwrap().id.to_string()
}

#[tokio::test]
async fn a_shelf_that_is_given_opens_for_whoever_got_it_and_for_nobody_else() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let ana = another(&house, 0xA1, "Ana", true).await;
        let ben = another(&house, 0xB1, "Ben", true).await;
        let desk = make(&maria, "Front desk").await;
        save(&maria, FIX, &desk).await;
        save(&maria, LESSON, &desk).await;
        let thing = format!("shelf:{}", desk.rsplit('/').next().unwrap());
        let to = ana_id(&house).await;
        press(&maria, "/team", "/team", &[("thing", &thing), ("to", &to)]).await;
        assert_eq!(items(&page(&ana, &desk).await), [FIX, LESSON], "on {}", house.on);
        assert_eq!(ben.get(&desk).await.status(), 404, "on {}", house.on);
        finish(&ana).await;
        let gift = gift::Entity::find().one(house.app.db.read()).await.unwrap().unwrap();
        press(&ana, "/team", &format!("/team/{}/agree", gift.id), &[("agree", "yes")]).await;
        assert!(page(&maria, "/team").await.contains("1 of 2 done."), "on {}", house.on);
        let theirs = press(&ana, "/team", "/team", &[("thing", &thing), ("to", &to)]).await;
        assert_eq!(theirs.status(), 422, "nobody gives what is not theirs, on {}", house.on);
    }
}

#[tokio::test]
async fn a_colleague_whom_we_do_not_know_gets_a_link_to_pass_on_and_no_letter_and_nothing_is_kept_of_them() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let eve = another(&house, 0xE1, "Eve", false).await;
        let thing = ("thing", "item:greet-callers-after-hours");
        let made = press(&maria, "/team", "/team", &[thing, ("email", "new@dental.example")]).await;
        let html = page(&maria, &location(&made)).await;
        assert!(html.contains("A link to pass on"), "on {}", house.on);
        let path = link(&html);
        assert_eq!(house.visitor().get(&path).await.status(), 200, "on {}", house.on);
        assert!(!html.contains("new@dental.example"), "on {}", house.on);

        for (field, value, words) in [
            ("email", "somebody@elsewhere.example", "Write an address at dental.example"),
            ("email", "nonsense", "Write an address at dental.example"),
            ("to", "00000000-0000-0000-0000-0000000000e1", "Choose a colleague, or write"),
            ("to", "", "Choose a colleague, or write"),
        ] {
            let answer = press(&maria, "/team", "/team", &[thing, (field, value)]).await;
            assert_eq!(answer.status(), 422, "{value} on {}", house.on);
            let html = answer.text().await.unwrap();
            assert!(html.contains("<title>Error:") && html.contains(words), "{value} on {}", house.on);
        }
        assert!(!page(&eve, "/team").await.contains("Maria"), "on {}", house.on);
        let db = house.app.db.read();
        assert_eq!(gift::Entity::find().count(db).await.unwrap(), 0, "on {}", house.on);
        assert_eq!(outbox_mail::Entity::find().count(db).await.unwrap(), 0, "on {}", house.on);
        assert_eq!(notice::Entity::find().count(db).await.unwrap(), 0, "on {}", house.on);
    }
}
