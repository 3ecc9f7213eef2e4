//! Service letters in a real mailbox, and what their links do.

use std::io::Read as _;

use chrono::TimeDelta;
use flate2::read::GzDecoder;
use mail_parser::MessageParser;
use reqwest::header::CONTENT_TYPE;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use uuid::Uuid;

use super::center::{page, signed_in};
use super::world::{self, House, form_token};
use crate::mail::mailbox::Mailbox;
use crate::mail::relay::Relay;
use crate::notices;
use crate::store::doors::Role;
use crate::store::entities::{consent_entry, feedback, notice, outbox_mail, question_follow};
use crate::store::notices::{Kind, Notice, Person, queue};

/// A letter as it arrived.
struct Arrived {
    subject: String,
    headers: String,
    text: String,
    html: String,
}

impl Arrived {
    /// The header's value, if there is one.
    fn header(&self, name: &str) -> Option<&str> {
        let name = format!("{name}: ");
        self.headers.lines().find_map(|line| line.strip_prefix(&name))
    }

    /// The path behind these words of the plain text.
    fn path(&self, house: &House, words: &str) -> String {
        let base = &house.app.settings.base_url;
        let line = self.text.lines().find_map(|line| line.strip_prefix(&format!("{words}: ")));
        let url = line.unwrap_or_else(|| panic!("{words} stands nowhere in {}", self.text));
        url.strip_prefix(base.as_str()).expect("a link of ours").to_owned()
    }
}

/// Sends what is due, and gives back every letter there is.
async fn delivered(house: &House) -> Vec<Arrived> {
    let mailbox = Mailbox::open(&house.app).await.unwrap();
    notices::tick(&house.app, &Relay::parse(&mailbox.url(), None).unwrap()).await.unwrap();
    let mails = outbox_mail::Entity::find().all(house.app.db.read()).await.unwrap();
    mails.into_iter().map(arrived).collect()
}

fn arrived(mail: outbox_mail::Model) -> Arrived {
    let mut raw = Vec::new();
    GzDecoder::new(mail.raw.as_slice()).read_to_end(&mut raw).unwrap();
    let parsed = MessageParser::new().parse(&raw).unwrap();
    let body = |body: Option<std::borrow::Cow<'_, str>>| body.unwrap().replace("\r\n", "\n");
    let wire = String::from_utf8(raw.clone()).unwrap();
    let headers = wire.split("\r\n\r\n").next().unwrap().replace("\r\n\t", " ").replace("\r\n ", " ");
    Arrived {
        subject: mail.subject,
        headers,
        text: body(parsed.body_text(0)),
        html: body(parsed.body_html(0)),
    }
}

/// Maria's notice of this kind, due now.
fn of(house: &House, kind: Kind, number: u128) -> Notice {
    let (account, contact) = (Uuid::from_u128(0xA), Uuid::from_u128(0xC));
    Notice {
        id: Uuid::from_u128(number),
        person: Some(Person { account, contact }),
        kind,
        address: "maria@dental.example".to_owned(),
        data: json!({
            "language": "en", "first_name": "Maria", "title": "Greet callers after hours",
            "words": "You stopped at step 2.", "path": "/learn/greet-callers-after-hours",
        }),
        due_at: house.app.clock.now(),
    }
}

async fn ask_for(house: &House, notice: &Notice) {
    let txn = house.app.db.begin().await.unwrap();
    queue(&txn, notice, house.app.clock.now()).await.unwrap();
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn a_service_letter_is_stopped_by_one_post_of_a_mail_program() {
    for house in world::open().await {
        signed_in(&house).await;
        for (number, kind) in [(1, Kind::Reminder), (2, Kind::Answer), (3, Kind::Note)] {
            ask_for(&house, &of(&house, kind, number)).await;
        }
        let letters = delivered(&house).await;
        assert_eq!(letters.len(), 3, "on {}", house.on);
        for letter in &letters {
            let stop = letter.path(&house, "Stop all e-mails");
            let url = format!("<{}{stop}>", house.app.settings.base_url);
            assert_eq!(letter.header("List-Unsubscribe"), Some(url.as_str()), "on {}", house.on);
            assert_eq!(letter.header("List-Unsubscribe-Post"), Some("List-Unsubscribe=One-Click"));
            assert_eq!(letter.header("Auto-Submitted"), Some("auto-generated"));
            assert!(letter.html.contains(&stop) && letter.html.contains("12 Harbor Street"));
            let choices = letter.path(&house, "Choose what we send you");
            assert_eq!(house.visitor().get(&choices).await.status(), 200, "on {}", house.on);
            assert!(letter.text.contains("Rather talk? 555-0142"), "{}", letter.text);
            assert_eq!(letter.path(&house, "Look for something"), "/search");
        }
        let stop = letters[0].path(&house, "Stop all e-mails");
        assert_eq!(house.visitor().get(&stop).await.status(), 200);
        assert_eq!(consent_entry::Entity::find().count(house.app.db.read()).await.unwrap(), 0);
        ask_for(&house, &of(&house, Kind::Reminder, 4)).await;
        assert_eq!(delivered(&house).await.len(), 4, "looking stops nothing, on {}", house.on);

        let pressed = house.visitor().post(&stop).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = pressed.body("List-Unsubscribe=One-Click").send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.text().await.unwrap()), (200, String::new()));
        for (number, kind) in [(5, Kind::Reminder), (6, Kind::Answer), (7, Kind::Note), (8, Kind::SignIn)] {
            ask_for(&house, &of(&house, kind, number)).await;
        }
        let letters = delivered(&house).await;
        assert_eq!(letters.len(), 5, "only the key to the door still comes, on {}", house.on);
        let key = letters.iter().find(|letter| letter.subject.contains("sign in")).unwrap();
        for name in ["List-Unsubscribe", "List-Unsubscribe-Post"] {
            assert_eq!(key.header(name), None, "there is nothing to stop about it");
        }
        assert!(!key.text.contains("/u/") && !key.text.contains("/useful/"), "{}", key.text);
    }
}

#[tokio::test]
async fn letters_about_one_question_are_stopped_by_their_own_link_and_no_others_are() {
    for house in world::open().await {
        let (maria, expert) = (signed_in(&house).await, house.staff(Role::Expert).await);
        let token = form_token(&page(&maria, "/ask/new?q=something").await);
        let title = "Can the front desk move a call to a cell?";
        let form = [("form_token", token.as_str()), ("title", title), ("follow", "on"), ("go", "post")];
        let asked = maria.post("/ask/new").form(&form).send().await.unwrap();
        let path = asked.headers()["location"].to_str().unwrap().split('?').next().unwrap().to_owned();
        answer(&house, &expert, &path, "Press Transfer, then the number.").await;
        let letters = delivered(&house).await;
        assert_eq!(letters.len(), 1, "on {}", house.on);
        let leave = letters[0].path(&house, "Stop letters about this question");
        let asks = house.visitor().get(&leave).await.text().await.unwrap();
        assert!(asks.contains("Stop letters about this question?") && !asks.contains(title), "{asks}");
        let follows = async || question_follow::Entity::find().count(house.app.db.read()).await.unwrap();
        assert_eq!(follows().await, 1, "looking changes nothing, on {}", house.on);

        house.app.clock.advance(TimeDelta::days(1));
        answer(&house, &expert, &path, "Or hold the key of the cell.").await;
        let done = house.visitor().post(&leave).send().await.unwrap();
        assert_eq!(done.status(), 200);
        assert!(done.text().await.unwrap().contains("Letters about this question are stopped"));
        assert_eq!(follows().await, 0, "on {}", house.on);
        assert_eq!(delivered(&house).await.len(), 1, "not even what was waiting, on {}", house.on);
        ask_for(&house, &of(&house, Kind::Reminder, 1)).await;
        assert_eq!(delivered(&house).await.len(), 2, "everything else comes, on {}", house.on);
        for wrong in [leave.replace("/u/", "/p/"), format!("{leave}A")] {
            assert_eq!(house.visitor().get(&wrong).await.status(), 404, "{wrong}");
        }
        let last = notice::Entity::find().all(house.app.db.read()).await.unwrap();
        assert_eq!(last.iter().filter(|row| row.state == "gone").count(), 1, "on {}", house.on);
    }
}

/// An expert answers where experts do.
async fn answer(house: &House, expert: &super::world::Visitor, path: &str, body: &str) {
    let console = path.replace("/ask/", "/console/community/");
    let token = form_token(&page(expert, &console).await);
    let form = [("form_token", token.as_str()), ("body", body)];
    let kept = expert.post(&format!("{console}/answers")).form(&form).send().await.unwrap();
    assert_eq!(kept.status(), 303, "on {}", house.on);
}

#[tokio::test]
async fn the_question_of_a_service_letter_is_answered_when_it_is_confirmed() {
    for house in world::open().await {
        signed_in(&house).await;
        ask_for(&house, &of(&house, Kind::Reminder, 1)).await;
        let letters = delivered(&house).await;
        assert!(letters[0].text.contains("Did this come at a good moment?"), "{}", letters[0].text);
        let no = letters[0].path(&house, "Not really");
        let asks = page(&house.visitor(), &no).await;
        assert!(asks.contains("<h1 class=\"voice\">Did this come at a good moment?</h1>"), "{asks}");
        assert!(asks.contains("value=\"no\" checked"), "{asks}");
        assert_eq!(feedback::Entity::find().count(house.app.db.read()).await.unwrap(), 0);
        let path = no.split('?').next().unwrap();
        let kept = house.visitor().post(path).form(&[("answer", "no")]).send().await.unwrap();
        assert_eq!(kept.status(), 200);
        assert!(kept.text().await.unwrap().contains("Thank you, that is noted"));
        let kept = feedback::Entity::find().one(house.app.db.read()).await.unwrap().unwrap();
        assert_eq!((kept.about.as_str(), kept.page.as_str()), ("letter", "notice.reminder"));
        assert_eq!(house.visitor().get("/useful/notice.sign-in").await.status(), 404);
    }
}
