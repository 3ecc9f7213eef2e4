//! "Why am I seeing this?" and "That's not me".

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;

use super::center::{page, signed_in};
use super::world::{self, House, form_token};
use crate::store::entities::{choice, contact, event};

/// Says how Maria seems to learn, and how we know.
async fn guess(house: &House, source: &str) {
    let txn = house.app.db.begin().await.unwrap();
    contact::Entity::update_many()
        .col_expr(contact::Column::UserType, Expr::value("learner"))
        .col_expr(contact::Column::UserTypeSource, Expr::value(source))
        .col_expr(contact::Column::Level, Expr::value("starter"))
        .exec(&txn)
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

async fn them(house: &House) -> contact::Model {
    contact::Entity::find().one(house.app.db.read()).await.unwrap().unwrap()
}

/// The link of the next win, which carries the choice.
fn next_win(html: &str) -> String {
    html.split("class=\"btn pri\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_page_says_why_and_that_is_not_me_changes_the_next_one() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        guess(&house, "inferred").await;
        let before = page(&maria, "/").await;
        assert!(before.contains("How you are with this: new to this"), "on {}", house.on);
        let link = next_win(&before);
        let step = maria.get(&link).await.headers()["location"].to_str().unwrap().to_owned();
        assert!(step.contains("?why="), "the choice travels: {step}");
        let html = page(&maria, &step).await;
        let id = link.split("?why=").nth(1).unwrap();
        let action = format!("/why/{id}/not-me");
        assert!(html.contains("Why am I seeing this?") && html.contains(&action), "on {}", house.on);

        let form = [("form_token", form_token(&html))];
        let answer = maria.post(&action).form(&form).send().await.unwrap();
        assert_eq!(answer.status(), 303, "on {}", house.on);
        let mut back = answer.headers()["location"].to_str().unwrap().replace("#why", "");
        while let Some(on) = maria.get(&back).await.headers().get("location") {
            on.to_str().unwrap().clone_into(&mut back);
        }
        assert!(page(&maria, &back).await.contains("We no longer go by that"), "{back} on {}", house.on);
        let now = them(&house).await;
        assert_eq!((now.level, now.user_type), (None, None), "on {}", house.on);
        let after = page(&maria, "/").await;
        assert!(!after.contains("How you are with this") && !after.contains("What you seem to like"));

        let said = event::Entity::find()
            .filter(event::Column::Kind.eq("form"))
            .one(house.app.db.read())
            .await
            .unwrap()
            .unwrap();
        let said: Value = serde_json::from_str(said.value.as_deref().unwrap()).unwrap();
        assert_eq!((&said["about"], &said["choice"]), (&"not-me".into(), &id.into()), "on {}", house.on);
    }
}

#[tokio::test]
async fn what_somebody_said_of_themselves_is_not_taken_back_by_a_press() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        guess(&house, "said").await;
        let html = page(&maria, "/").await;
        let link = next_win(&html);
        let id = link.split("?why=").nth(1).unwrap();
        let form = [("form_token", form_token(&html))];
        maria.post(&format!("/why/{id}/not-me")).form(&form).send().await.unwrap();
        assert_eq!(them(&house).await.user_type.as_deref(), Some("learner"), "on {}", house.on);
    }
}

#[tokio::test]
async fn nobody_reads_or_takes_back_another_person_s_choice() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let html = page(&maria, "/").await;
        let txn = house.app.db.begin().await.unwrap();
        choice::Entity::update_many()
            .col_expr(choice::Column::ContactId, Expr::value(uuid::Uuid::from_u128(77)))
            .exec(&txn)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        let link = next_win(&html);
        let step = maria.get(&link).await.headers()["location"].to_str().unwrap().to_owned();
        assert!(!page(&maria, &step).await.contains("Why am I seeing this?"), "on {}", house.on);
        let id = link.split("?why=").nth(1).unwrap();
        let form = [("form_token", form_token(&html))];
        for action in [
            format!("/why/{id}/not-me"),
            format!("/why/{id}/not-now"),
            format!("/why/{id}/not-now/undo"),
            "/why/nothing/not-me".to_owned(),
            "/why/nothing/not-now".to_owned(),
        ] {
            assert_eq!(
                maria.post(&action).form(&form).send().await.unwrap().status(),
                404,
                "on {}",
                house.on
            );
        }
    }
}

#[tokio::test]
async fn not_now_brings_something_else_for_a_fortnight_and_can_be_undone() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let before = page(&maria, "/").await;
        let first = next_win(&before);
        let (path, id) = first.split_once("?why=").unwrap();
        let form = [("form_token", form_token(&before))];
        let answer = maria.post(&format!("/why/{id}/not-now")).form(&form).send().await.unwrap();
        let back = answer.headers()["location"].to_str().unwrap().replace("#next", "");
        let html = page(&maria, &back).await;
        assert!(!next_win(&html).starts_with(path), "on {}", house.on);
        assert!(html.contains("Put off for 14 days") && html.contains(">Undo<"), "on {}", house.on);
        assert!(!page(&maria, "/").await.contains("Put off for"), "it is said once, on {}", house.on);

        house.app.clock.advance(chrono::TimeDelta::days(13));
        assert!(!next_win(&page(&maria, "/").await).starts_with(path), "on {}", house.on);
        let undo = format!("/why/{id}/not-now/undo");
        assert_eq!(maria.post(&undo).form(&form).send().await.unwrap().status(), 303, "on {}", house.on);
        let again = page(&maria, &back).await;
        assert!(!again.contains("Put off for"), "what is undone is not said again, on {}", house.on);
        assert_eq!(them(&house).await.first_name.as_deref(), Some("Maria"));
        let undone = choice::Entity::find().filter(choice::Column::PutOffAt.is_not_null());
        assert!(undone.one(house.app.db.read()).await.unwrap().is_none(), "on {}", house.on);
    }
}
