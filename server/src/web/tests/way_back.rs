//! Whoever signs in or joins is led back where they were, through the letter, and nowhere else.

use std::io::Read;

use flate2::read::GzDecoder;
use mail_parser::MessageParser;
use reqwest::header::COOKIE;
use sea_orm::{EntityTrait, QueryOrder};

use super::center::page;
use super::join::{at_home, form};
use super::world::{self, House, Visitor, cookie};
use crate::mail::mailbox::Mailbox;
use crate::mail::relay::Relay;
use crate::notices;
use crate::store::entities::outbox_mail;

const FIX: &str = "/fix?q=no+sound";
const TO_FIX: &str = "?to=/fix%3Fq%3Dno%2Bsound";

/// The link in the newest letter, once it went out.
async fn mailed(house: &House, door: &str) -> String {
    let mailbox = Mailbox::open(&house.app).await.unwrap();
    let relay = Relay::parse(&mailbox.url(), None).unwrap();
    notices::tick(&house.app, &relay).await.unwrap();
    let newest = outbox_mail::Entity::find().order_by_desc(outbox_mail::Column::Id);
    let mail = newest.one(house.app.db.read()).await.unwrap().unwrap();
    let mut bytes = Vec::new();
    GzDecoder::new(mail.raw.as_slice()).read_to_end(&mut bytes).unwrap();
    let parsed = MessageParser::default().parse(&bytes).unwrap();
    let text = parsed.body_text(0).unwrap().into_owned();
    let start = format!("{}{door}/", house.app.settings.base_url);
    let at = text.find(&start).unwrap_or_else(|| panic!("{text}"));
    text[at + house.app.settings.base_url.len()..].split_whitespace().next().unwrap().to_owned()
}

/// Signs in from this address of the door, in the same browser; says where the button leads.
async fn signed_in_from(house: &House, visitor: &Visitor, door: &str) -> String {
    let asked = visitor.post(door).form(&[("email", "maria@dental.example")]).send().await.unwrap();
    assert_eq!(asked.status(), 303, "{door} on {}", house.on);
    let browser = cookie(&asked);
    let link = mailed(house, "/sign-in").await;
    let pressed = visitor.post(&link).header(COOKIE, &browser).send().await.unwrap();
    assert_eq!(pressed.status(), 303, "{link} on {}", house.on);
    pressed.headers()["location"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn signing_in_leads_back_to_the_page_it_was_asked_from() {
    for house in world::open().await {
        at_home(&house).await;
        let visitor = house.visitor();
        let html = page(&visitor, FIX).await;
        assert!(html.contains(&format!("href=\"/sign-in{TO_FIX}\"")), "{html}");
        let door = page(&visitor, &format!("/sign-in{TO_FIX}")).await;
        assert!(door.contains(&format!("action=\"/sign-in{TO_FIX}\"")), "on {}", house.on);
        assert!(door.contains(&format!("href=\"/join{TO_FIX}\"")), "on {}", house.on);
        let wrong = visitor.post(&format!("/sign-in{TO_FIX}")).form(&[("email", "?")]).send().await.unwrap();
        assert_eq!(wrong.status(), 422);
        assert!(wrong.text().await.unwrap().contains(&format!("action=\"/sign-in{TO_FIX}\"")));
        assert_eq!(signed_in_from(&house, &visitor, &format!("/sign-in{TO_FIX}")).await, FIX);
        assert_eq!(signed_in_from(&house, &visitor, "/sign-in").await, "/", "on {}", house.on);
        // A page for members says at the door where it was wanted.
        let kept_out = visitor.get("/me/email").await;
        assert_eq!(kept_out.headers()["location"], "/sign-in?to=/me/email", "on {}", house.on);
    }
}

#[tokio::test]
async fn a_door_that_is_told_of_another_house_or_of_the_console_leads_home() {
    for house in world::open().await {
        at_home(&house).await;
        for elsewhere in ["//evil.example", "https://evil.example/", "/console", "/%5Cevil.example"] {
            let door = format!("/sign-in?to={elsewhere}");
            let html = page(&house.visitor(), &door).await;
            assert!(!html.contains("evil") && !html.contains("to=/console"), "{elsewhere}: {html}");
        }
        for elsewhere in ["//evil.example", "/console"] {
            let door = format!("/sign-in?to={elsewhere}");
            assert_eq!(signed_in_from(&house, &house.visitor(), &door).await, "/", "{elsewhere}");
        }
        // Nor when it is put onto the link of a letter.
        let visitor = house.visitor();
        let asked = visitor.post("/sign-in").form(&[("email", "maria@dental.example")]).send().await.unwrap();
        let link = format!("{}?to=https://evil.example", mailed(&house, "/sign-in").await);
        let pressed = visitor.post(&link).header(COOKIE, cookie(&asked)).send().await.unwrap();
        assert_eq!(pressed.headers()["location"], "/", "on {}", house.on);
    }
}

#[tokio::test]
async fn joining_leads_back_after_the_five_questions() {
    for house in world::open().await {
        at_home(&house).await;
        let visitor = house.visitor();
        let sent = visitor.post(&format!("/join{TO_FIX}")).form(&form("lee@dental.example")).send().await;
        assert_eq!(sent.unwrap().headers()["location"], format!("/join/sent{TO_FIX}").as_str());
        let link = mailed(&house, "/join/confirm").await;
        assert!(page(&visitor, &link).await.contains(&format!("action=\"{link}\"")), "on {}", house.on);
        let pressed = visitor.post(&link).send().await.unwrap();
        assert_eq!(pressed.headers()["location"], format!("/welcome{TO_FIX}").as_str(), "on {}", house.on);
        let lee = visitor.with_cookie(&cookie(&pressed));
        let (mut next, mut seen) = (format!("/welcome/life{TO_FIX}"), 0);
        while !next.starts_with("/welcome/first") {
            let html = page(&lee, &next).await;
            assert!(html.contains(&format!("action=\"{next}\"")), "{next} on {}", house.on);
            let form = [("form_token", world::form_token(&html)), ("answer", "none".to_owned())];
            assert_eq!(lee.post(&next).form(&form).send().await.unwrap().status(), 404, "no such answer");
            let skip = html.split("href=\"/welcome/").nth(1).unwrap().split('"').next().unwrap();
            (next, seen) = (format!("/welcome/{skip}"), seen + 1);
        }
        assert_eq!(seen, 5, "on {}", house.on);
        let end = lee.get(&next).await;
        assert_eq!(end.headers()["location"], FIX, "on {}", house.on);
    }
}
