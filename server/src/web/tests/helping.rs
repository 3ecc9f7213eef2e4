//! What may answer a question while it is typed, and whether an answer of ours helped: under it, and in the letter.

use reqwest::Response;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::Value;

use super::asking::{TITLE, ask, location, other, press};
use super::center::{page, signed_in};
use super::world::{self, House, Visitor};
use crate::store::doors::Role;
use crate::store::entities::{event, feedback, notice, useful_mark};

/// Where "Did the answer help?" is answered, as the page has it.
fn action(html: &str) -> String {
    let form = html.split("class=\"helped").nth(1).expect("it is asked");
    form.split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Maria's question, which she follows, with Sam's reply and an expert's answer.
async fn answered(house: &House) -> (Visitor, Visitor, String) {
    let (maria, sam) = (signed_in(house).await, other(house, 1).await);
    let path = ask(&maria, TITLE, &[("follow", "1")]).await;
    press(&sam, &path, &format!("{path}/replies"), &[("body", "Ask an expert.")]).await;
    (maria, sam, path)
}

async fn expert_answers(house: &House, path: &str) {
    let expert = house.staff(Role::Expert).await;
    let console = path.replace("/ask", "/console/community");
    press(&expert, &console, &format!("{console}/answers"), &[("body", "Press Transfer.")]).await;
}

async fn rows(house: &House) -> Vec<(String, String, String)> {
    let rows = feedback::Entity::find().all(house.app.db.read()).await.unwrap();
    rows.into_iter().map(|row| (row.about, row.page, row.answer)).collect()
}

#[tokio::test]
async fn under_an_answer_of_ours_everybody_is_asked_whether_it_helped_and_under_a_customers_nobody() {
    for house in world::open().await {
        let (maria, sam, path) = answered(&house).await;
        assert!(!page(&maria, &path).await.contains("Did the answer help?"), "on {}", house.on);
        expert_answers(&house, &path).await;
        let visitor = house.visitor();
        let html = page(&visitor, &path).await;
        assert_eq!(html.matches("Did the answer help?").count(), 1, "on {}", house.on);
        let to = action(&html);
        let tap = async |answer: &str| -> Response {
            visitor.post(&to).form(&[("answer", answer)]).send().await.unwrap()
        };
        assert_eq!(tap("perhaps").await.status(), 422, "on {}", house.on);
        let back = location(&tap("yes").await);
        assert!(back.starts_with(&format!("{path}?noted=helped-r-")) && back.contains("#r-"), "{back}");
        let thanked = page(&visitor, back.split('#').next().unwrap()).await;
        assert!(
            thanked.contains("Thank you.") && !thanked.contains("Did the answer help?"),
            "on {}",
            house.on
        );

        let better = location(&tap("no").await);
        let html = page(&visitor, &better).await;
        assert!(html.contains("What would be better?") && html.contains(&format!("href=\"{path}\"")));
        let said = |answer: &str| ("answer".to_owned(), path.clone(), answer.to_owned());
        let mut kept = rows(&house).await;
        kept.sort();
        assert_eq!(kept, [said("no"), said("yes")], "on {}", house.on);

        // Somebody we know finds it useful by the same tap.
        let answer = press(&sam, &path, &to, &[("answer", "yes")]).await;
        assert!(location(&answer).contains("noted=helped"), "on {}", house.on);
        let marks = useful_mark::Entity::find().count(house.app.db.read()).await.unwrap();
        assert_eq!(marks, 1, "on {}", house.on);
        let html = page(&sam, &path).await;
        assert!(html.contains("You found this useful") && !html.contains("Did the answer help?"));
        let forged = sam.post(&to).form(&[("answer", "no")]).send().await.unwrap();
        assert_eq!(forged.status(), 422, "without the form's token, on {}", house.on);
        let of_sam = to.replace(to.split('/').nth(4).unwrap(), "0190a3c0-0000-7000-8000-000000000000");
        let nobody = visitor.post(&of_sam).form(&[("answer", "yes")]).send().await.unwrap();
        assert_eq!(nobody.status(), 404, "on {}", house.on);
    }
}

#[tokio::test]
async fn the_letter_about_an_answer_of_ours_asks_whether_it_helped_and_a_look_keeps_nothing() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let path = ask(&maria, TITLE, &[("follow", "1")]).await;
        expert_answers(&house, &path).await;
        let letter = notice::Entity::find().one(house.app.db.read()).await.unwrap().unwrap();
        let asks = letter.data["asks"].as_str().unwrap().to_owned();
        assert_eq!(asks, format!("/useful/answer?page={path}"), "on {}", house.on);
        let before = event::Entity::find().count(house.app.db.read()).await.unwrap();
        for (answer, checked) in [("yes", "value=\"yes\" checked"), ("no", "value=\"no\" checked")] {
            let html = page(&house.visitor(), &format!("{asks}&answer={answer}")).await;
            assert!(html.contains("Did the answer help?") && html.contains(checked), "on {}", house.on);
        }
        assert!(rows(&house).await.is_empty(), "on {}", house.on);
        assert_eq!(event::Entity::find().count(house.app.db.read()).await.unwrap(), before);
        let sent = house.visitor().post(&asks).form(&[("answer", "no")]).send().await.unwrap();
        assert_eq!(sent.status(), 200, "on {}", house.on);
        assert_eq!(rows(&house).await, [("answer".to_owned(), path, "no".to_owned())], "on {}", house.on);
    }
}

#[tokio::test]
async fn a_customers_reply_is_told_without_a_question() {
    for house in world::open().await {
        answered(&house).await;
        let letter = notice::Entity::find().one(house.app.db.read()).await.unwrap().unwrap();
        assert!(letter.kind == "answer" && letter.data["asks"].is_null(), "{} on {}", letter.data, house.on);
    }
}

#[tokio::test]
async fn while_a_question_is_typed_the_same_is_offered_as_by_the_button() {
    for house in world::open().await {
        let visitor = house.visitor();
        let typed = async |words: &str| -> Value {
            visitor.get(&format!("/ask/new/similar?q={words}")).await.json().await.unwrap()
        };
        let near = typed("calls+go+to+voicemail").await;
        let links = near["links"].as_array().unwrap();
        assert!((1..=5).contains(&links.len()), "{near} on {}", house.on);
        assert!(near["said"].as_str().unwrap().contains("may answer it already"), "on {}", house.on);
        let step = page(&visitor, "/ask/new?q=calls+go+to+voicemail").await;
        for link in links {
            let href = format!("href=\"{}\"", link["href"].as_str().unwrap());
            assert!(step.contains(&href) && !link["title"].as_str().unwrap().is_empty(), "{link}");
        }
        assert!(links.iter().any(|link| link["kind"] == "Fix"), "{near} on {}", house.on);
        let none = typed("").await;
        assert!(none["links"].as_array().unwrap().is_empty(), "on {}", house.on);
        assert_eq!(none["said"], "Nothing here answers it yet.", "on {}", house.on);
        assert!(page(&visitor, "/ask/new").await.contains("data-similar=\"/ask/new/similar\""));
    }
}
