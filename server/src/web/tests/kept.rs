//! What somebody typed is not lost when their session is over or their page too old.

use reqwest::header::{COOKIE, REFERER};
use uuid::Uuid;

use super::center::page;
use super::letters::maria;
use super::world::{self, House, Visitor, cookie, form_token};
use crate::doors;

const WORDS: &str = "Ours rang twice <as loud>,\nthen we changed the plug.";

async fn signed_in(house: &House, person: Uuid) -> Visitor {
    let link = doors::customer_link(&house.app, person).await.unwrap();
    house.visitor().signed_in(&link.url).await
}

/// A question of Maria's, by its address.
async fn question(maria: &Visitor) -> String {
    let form = [
        ("title", "Can two phones ring at once?".to_owned()),
        ("go", "post".to_owned()),
        ("form_token", form_token(&page(maria, "/ask/new").await)),
    ];
    let posted = maria.post("/ask/new").form(&form).send().await.unwrap();
    let at = posted.headers()["location"].to_str().unwrap().to_owned();
    at.split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_reply_sent_after_the_session_ended_waits_until_its_author_is_back() {
    for house in world::open().await {
        let person = maria(&house.app).await;
        let before = signed_in(&house, person).await;
        let ask = question(&before).await;
        let token = form_token(&page(&before, &ask).await);
        doors::leave_places(&house.app, person, None).await.unwrap();
        let replies = format!("{ask}/replies");
        let form = [("body", WORDS), ("form_token", &token)];
        let answer = before.post(&replies).form(&form).send().await.unwrap();
        assert_eq!(answer.headers()["location"], "/sign-in?to=/kept", "on {}", house.on);
        let browser = cookie(&answer);
        assert!(page(&before, "/sign-in?to=/kept").await.contains("your words are kept"));

        let link = doors::customer_link(&house.app, person).await.unwrap();
        let path = link.url.strip_prefix(&house.app.settings.base_url).unwrap();
        let entered = house.visitor().post(&format!("{path}?to=/kept")).send().await.unwrap();
        assert_eq!(entered.headers()["location"], "/kept", "on {}", house.on);
        let again = house.visitor().with_cookie(&format!("{}; {browser}", cookie(&entered)));
        let html = page(&again, "/kept").await;
        assert!(html.contains(&format!("action=\"{replies}\"")), "{html}");
        assert!(html.contains("Ours rang twice &lt;as loud&gt;,\nthen we changed the plug."), "{html}");
        let form = [("body", WORDS.to_owned()), ("form_token", form_token(&html))];
        let posted = again.post(&replies).form(&form).send().await.unwrap();
        assert!(posted.headers()["location"].to_str().unwrap().starts_with(&ask), "on {}", house.on);
        assert!(page(&again, &ask).await.contains("then we changed the plug"), "on {}", house.on);

        // Nobody else sees them, signed in or not.
        let other = signed_in(&house, person).await;
        assert_eq!(other.get("/kept").await.headers()["location"], "/", "on {}", house.on);
        let signed_out = house.visitor().ask(reqwest::Method::GET, "/kept").header(COOKIE, &browser);
        assert_eq!(signed_out.send().await.unwrap().headers()["location"], "/sign-in?to=/kept");
    }
}

#[tokio::test]
async fn words_from_a_page_that_was_open_for_too_long_come_back_in_the_same_form() {
    for house in world::open().await {
        let person = maria(&house.app).await;
        let maria = signed_in(&house, person).await;
        let ask = question(&maria).await;
        for (action, field) in [
            (format!("{ask}/replies"), "body"),
            (format!("{ask}/report"), "why"),
            ("/ask/new".to_owned(), "details"),
            ("/saved".to_owned(), "title"),
            ("/me/facts/role".to_owned(), "value"),
        ] {
            let form = [(field, "my <own> words"), ("reply", ""), ("form_token", "AAAA")];
            let answer = maria.post(&action).form(&form).send().await.unwrap();
            assert_eq!(answer.status(), 422, "{action} on {}", house.on);
            let html = answer.text().await.unwrap();
            assert!(html.contains("<title>Error: ") && html.contains("my &lt;own&gt; words"), "{html}");
            assert!(html.contains(&format!("action=\"{action}\"")), "{action}: {html}");
            let fresh = form_token(&html);
            let form = [(field, "my own words"), ("reply", ""), ("form_token", &fresh)];
            let sent = maria.post(&action).form(&form).send().await.unwrap();
            let text = sent.text().await.unwrap();
            assert!(!text.contains("Send it once more"), "{action} on {}", house.on);
        }
        // A button alone says what it said before.
        let forged = maria.post("/sign-out").form(&[("form_token", "AAAA")]).send().await.unwrap();
        assert!(forged.text().await.unwrap().contains("open for too long"), "on {}", house.on);
    }
}

#[tokio::test]
async fn a_button_pressed_after_the_session_ended_leads_back_to_its_page() {
    for house in world::open().await {
        let visitor = house.visitor();
        let pressed = |referer: String| visitor.post("/saved/keep").header(REFERER, referer).send();
        let answer = pressed(format!("{}/fix?q=x", house.url)).await.unwrap();
        assert_eq!(answer.headers()["location"], "/sign-in?to=/fix%3Fq%3Dx", "on {}", house.on);
        let answer = pressed("https://evil.example//evil.example".to_owned()).await.unwrap();
        assert_eq!(answer.headers()["location"], "/sign-in", "on {}", house.on);
    }
}

#[tokio::test]
async fn words_that_cannot_be_kept_are_shown_to_be_copied() {
    for house in world::open().await {
        let visitor = house.visitor();
        let send = async || visitor.post("/saved").form(&[("title", "Front <desk>")]).send().await.unwrap();
        for _ in 0..30 {
            assert_eq!(send().await.headers()["location"], "/sign-in?to=/kept", "on {}", house.on);
        }
        let answer = send().await;
        assert_eq!(answer.status(), 401, "on {}", house.on);
        let html = answer.text().await.unwrap();
        assert!(html.contains("value=\"Front &lt;desk&gt;\" readonly"), "{html}");
    }
}
