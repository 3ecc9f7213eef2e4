//! A question that was begun before joining: it waits through the letter and the welcome, and is led back to.

use sea_orm::{EntityTrait, PaginatorTrait};

use super::asking::{TITLE, location, press};
use super::center::page;
use super::join::{at_home, form, link};
use super::world::{self, cookie, form_token};
use crate::store::entities::question;

const GO_ON: &str = "<a class=\"btn pri\" href=\"/ask/new\">Go on with your question</a>";

#[tokio::test]
async fn a_question_begun_before_joining_is_led_back_to_after_the_welcome_until_it_is_posted() {
    for house in world::open().await {
        at_home(&house).await;
        let visitor = house.visitor();
        let words = [("title", TITLE), ("details", "It is <urgent>"), ("go", "post")];
        let look = visitor.post("/ask/new").form(&words).send().await.unwrap();
        let browser = cookie(&look);
        let visitor = visitor.with_cookie(&browser);
        assert!(page(&visitor, "/").await.contains("You have a question not yet posted"), "on {}", house.on);

        let sent = visitor.post("/join").form(&form("lee@dental.example")).send().await.unwrap();
        assert_eq!(cookie(&sent), browser, "the browser stays the one that is known, on {}", house.on);
        let (path, _) = link(&house).await;
        let pressed = visitor.post(&path).send().await.unwrap();
        assert_eq!(location(&pressed), "/welcome", "on {}", house.on);
        let lee = visitor.with_cookie(&format!("{browser}; {}", cookie(&pressed)));
        // One question is answered, the others are skipped.
        let life = page(&lee, "/welcome/life").await;
        let tap = [("form_token", form_token(&life)), ("answer", "growing".to_owned())];
        assert_eq!(location(&lee.post("/welcome/life").form(&tap).send().await.unwrap()), "/welcome/trade");
        assert!(page(&lee, "/welcome/way").await.contains("href=\"/welcome/first\""), "on {}", house.on);

        let end = page(&lee, "/welcome/first").await;
        assert!(end.contains(GO_ON) && end.contains(TITLE), "on {}", house.on);
        let main = end.split("<main").nth(1).unwrap();
        assert_eq!(main.matches("btn pri").count(), 1, "one filled button, on {}", house.on);
        assert!(main.contains("<a class=\"btn\" href=\"/learn/"), "the lesson waits too, on {}", house.on);
        for at in ["/", "/ask"] {
            let html = page(&lee, at).await;
            assert!(html.contains("You have a question not yet posted") && html.contains(TITLE), "{at}");
        }
        assert!(page(&lee, "/ask/new").await.contains("It is &lt;urgent&gt;"), "on {}", house.on);
        assert_eq!(question::Entity::find().count(house.app.db.read()).await.unwrap(), 0, "on {}", house.on);

        press(&lee, "/ask/new", "/ask/new", &words).await;
        assert!(location(&lee.get("/welcome/first").await).starts_with("/learn/"), "on {}", house.on);
        assert!(!page(&lee, "/").await.contains("not yet posted"), "on {}", house.on);
    }
}

#[tokio::test]
async fn nobody_else_is_told_of_a_question_that_is_not_posted() {
    for house in world::open().await {
        at_home(&house).await;
        let words = [("title", TITLE), ("go", "post")];
        house.visitor().post("/ask/new").form(&words).send().await.unwrap();
        for at in ["/", "/ask"] {
            let html = page(&house.visitor(), at).await;
            assert!(!html.contains("not yet posted") && !html.contains(TITLE), "{at} on {}", house.on);
        }
    }
}
