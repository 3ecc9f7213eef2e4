//! What others have of the address of her question, which is made of her words.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use super::life::lived_in;
use super::{TRACES_OF_HER, erase, found, later};
use crate::app::App;
use crate::store::entities::{contact, feedback, notice, question};
use crate::store::notices::{self, Kind, Notice};
use crate::testing::{self, noon};

const HERS: &str = "zzmaria-asks";

/// A question of Lee's.
fn question_of_lee(her: &contact::Model, number: u128, into: Option<&str>) -> question::Model {
    question::Model {
        account_id: her.account_id,
        id: Uuid::from_u128(number),
        contact_id: Uuid::from_u128(13),
        slug: format!("lee-asks-{number}"),
        title: "Lee asks the same".to_owned(),
        details: String::new(),
        product: None,
        trade: None,
        size: None,
        country: None,
        region: None,
        problem: None,
        level: None,
        language: "en".to_owned(),
        asked_of: "both".to_owned(),
        state: if into.is_some() { "merged" } else { "open" }.to_owned(),
        held: None,
        hidden_why: None,
        accepted_reply: None,
        merged_into: into.map(str::to_owned),
        first_post: true,
        reply_count: 0,
        first_reply_at: None,
        created_at: noon(),
        updated_at: noon(),
    }
}

/// Lee's questions joined to hers and to another, what a visitor said of her page, and a letter to Lee that leads there.
async fn others(app: &App, her: &contact::Model) {
    let txn = app.db.begin().await.unwrap();
    let answered = question::Model { reply_count: 2, ..question_of_lee(her, 31, Some(HERS)) };
    let elsewhere = question_of_lee(her, 33, Some("lee-asks-34"));
    for row in [question_of_lee(her, 30, Some(HERS)), answered, elsewhere, question_of_lee(her, 34, None)] {
        let row = row.into_active_model().reset_all();
        question::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
    }
    for (number, page) in [(35, format!("/ask/{HERS}")), (36, "/ask/lee-asks-34".to_owned())] {
        let row = feedback::Model {
            account_id: Uuid::nil(),
            id: Uuid::from_u128(number),
            contact_id: None,
            about: "answer".to_owned(),
            page,
            item: None,
            step: None,
            answer: "yes".to_owned(),
            words: String::new(),
            at: noon(),
            note_wanted: false,
            noted_at: None,
        };
        let row = row.into_active_model().reset_all();
        feedback::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
    }
    for (number, slug) in [(37, HERS), (38, "lee-asks-34")] {
        let letter = Notice {
            id: Uuid::from_u128(number),
            person: None,
            kind: Kind::Answer,
            address: "lee@bell.example".to_owned(),
            data: json!({ "language": "en", "title": slug, "path": format!("/ask/{slug}") }),
            due_at: noon(),
        };
        notices::queue(&txn, &letter, noon()).await.unwrap();
    }
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn the_address_of_an_erased_question_stands_nowhere_and_what_was_joined_to_it_stands_for_itself() {
    for (place, app) in testing::houses().await {
        let her = lived_in(&app).await;
        others(&app, &her).await;
        app.clock.advance(TimeDelta::hours(1));
        erase(&app, her.id, "Erase me").await.unwrap();
        later(&app).await;
        assert!(found(&app, &TRACES_OF_HER, Uuid::max()).await.is_empty(), "on {}", place.name);

        let db = app.db.read();
        let stands = async |number: u128| {
            let id = (her.account_id, Uuid::from_u128(number));
            let row = question::Entity::find_by_id(id).one(db).await.unwrap().unwrap();
            (row.state, row.merged_into, row.updated_at > noon())
        };
        assert_eq!(stands(30).await, ("open".to_owned(), None, true), "on {}", place.name);
        assert_eq!(stands(31).await, ("answered".to_owned(), None, true), "on {}", place.name);
        let apart = ("merged".to_owned(), Some("lee-asks-34".to_owned()), false);
        assert_eq!(stands(33).await, apart, "what has nothing to do with her stays, on {}", place.name);

        let said = feedback::Entity::find().all(db).await.unwrap();
        let pages: Vec<_> = said.iter().filter(|row| row.about == "answer").map(|row| &row.page).collect();
        assert!(pages.len() == 2 && pages.iter().any(|page| *page == "/ask/lee-asks-34"), "{pages:?}");
        assert!(pages.iter().any(|page| *page == "/ask/erased"), "the count stays, on {}", place.name);
        let letters = notice::Entity::find().all(db).await.unwrap();
        let left: Vec<_> = letters.iter().map(|row| row.id).collect();
        assert_eq!(left, [Uuid::from_u128(38)], "on {}", place.name);
    }
}
