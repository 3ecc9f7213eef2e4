//! What a profile holds once it was loaded, and what saved segments mean, on rows written by hand.

use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};
use segments::{EventKind, ItemWord, Predicate, Purpose, UserType, Verdict};
use serde_json::json;
use uuid::Uuid;

use super::people::{now, shifted};
use crate::store::entities::segment;
use crate::store::{Db, audience};
use crate::testing;

/// One firm with one person, written as plain rows.
const ROWS: &[&str] = &[
    "INSERT INTO partners (id, external_id, name, updated_at) VALUES (:partner, 'P7', 'Seven', :now)",
    "INSERT INTO accounts (id, external_id, name, employees, founded_on, industry, country, partner_id, billing, family_id, \
     held, created_at, updated_at) VALUES (:account, 'A1', 'Gary Roofing', 12, :day, '238160', 'US', :partner, 'partner', \
     :account, false, :now, :now)",
    "INSERT INTO contacts (id, account_id, external_id, email, email_key, first_name, user_type, created_at, updated_at) \
     VALUES (:contact, :account, 'C1', 'Ann@Roof.example', 'Ann@roof.example', 'Ann', 'learner', :now, :now)",
    "INSERT INTO licences (id, account_id, external_id, product_code, seats, renews_on, amount, currency, billed_by, \
     updated_at) VALUES (:licence, :account, 'L1', 'phones', 8, :day, 120000, 'USD', 'partner', :now)",
    "INSERT INTO renewals (account_id, licence_id, due_on, outcome, updated_at) VALUES (:account, :licence, :day, 'lapsed', \
     :now)",
    "INSERT INTO usage (account_id, product_code, on_date, milestone, active_seats) VALUES (:account, 'phones', :day, \
     'first-call', 3)",
    "INSERT INTO consents (account_id, contact_id, purpose, granted, at, entry_id) VALUES (:account, :contact, 'tracking', \
     true, :now, :contact)",
    "INSERT INTO items (name, title, document, content_hash, version, updated_at) VALUES ('fix-it', 'Fix it', \
     '{\"kind\": \"support\", \"format\": \"fix\"}', :bytes, 1, :now)",
    "INSERT INTO choices (id, account_id, contact_id, at, slot, position, item, channel, message_id, explanation) VALUES \
     (:contact, :account, :contact, :now, 'letter', 0, 'fix-it', 'email', :letter, '{}')",
    "INSERT INTO events (id, account_id, contact_id, kind, at, message_id, recorded_at) VALUES (:letter, :account, :contact, \
     'sent', :now, :letter, :now)",
    "INSERT INTO events (id, account_id, contact_id, kind, at, message_id, item, verdict, recorded_at) VALUES (:licence, \
     :account, :contact, 'clicked', :now, :letter, 'fix-it', 'human', :now)",
];

#[tokio::test]
async fn a_loaded_profile_holds_what_the_rows_say() {
    for place in testing::databases().await {
        let db = Db::open(&place.url).await.unwrap();
        let contact = write(&db).await;
        let stranger = Uuid::from_u128(99);
        let profiles = audience::load_profiles(db.read(), &[stranger, contact], now()).await.unwrap();
        let [ann] = profiles.as_slice() else { panic!("one of the two is there: {profiles:?}") };

        assert_eq!((ann.email.as_str(), ann.first_name.as_deref()), ("Ann@Roof.example", Some("Ann")));
        assert_eq!((ann.user_type, ann.level), (Some(UserType::Learner), None));
        assert_eq!(ann.account.partner.as_deref(), Some("P7"));
        assert_eq!((ann.account.employees, ann.account.founded_on), (Some(12), Some(shifted(-3))));
        assert_eq!(ann.account.licences.len(), 1);
        assert!(ann.account.licences[0].lapsed, "its renewal was reported as lapsed");
        assert_eq!(ann.account.seats[0].active, 3);
        assert_eq!(ann.account.milestones[0].name, "first-call");
        assert!(ann.consents_to(Purpose::Tracking, now()));
        let click = ann.events.iter().find(|event| event.kind == EventKind::Clicked).unwrap();
        assert_eq!(click.verdict, Some(Verdict::Human));
        assert_eq!(click.item_words, [ItemWord::Support, ItemWord::Fix]);
        let sent = ann.events.iter().find(|event| event.kind == EventKind::Sent).unwrap();
        assert_eq!((sent.item.as_deref(), sent.carried[0].item.as_str()), (None, "fix-it"));
    }
}

#[tokio::test]
async fn a_saved_segment_is_asked_by_its_name() {
    for place in testing::databases().await {
        let db = Db::open(&place.url).await.unwrap();
        write(&db).await;
        save(&db, "roofers", json!("industry under \"23816\"")).await;
        save(&db, "keen-roofers", json!({"all": [{"in-segment": "roofers"}, "clicked any fix"]})).await;
        let count = async |text: &str| {
            let question = Predicate::parse(text).unwrap();
            let question = audience::resolve(db.read(), &question).await?;
            Ok::<u64, anyhow::Error>(audience::count(db.read(), &question, now()).await?)
        };
        assert_eq!(count("in segment \"keen-roofers\"").await.unwrap(), 1);
        assert_eq!(count("not in segment \"keen-roofers\"").await.unwrap(), 0);
        let refusal = count("in segment \"keen-roofer\"").await.unwrap_err().to_string();
        assert_eq!(refusal, "there is no segment called \"keen-roofer\"; did you mean \"keen-roofers\"?");

        let unready = Predicate::parse("in segment \"roofers\"").unwrap();
        assert!(audience::count(db.read(), &unready, now()).await.is_err(), "a name is looked up first");
    }
}

#[tokio::test]
async fn pages_hold_everyone_once() {
    for (place, app) in testing::houses().await {
        let mut everyone = super::people::settle(&app).await;
        let db = &app.db;
        everyone.sort();
        let (mut listed, mut after) = (Vec::new(), None);
        loop {
            let page = audience::list(db.read(), &Predicate::everyone(), now(), after, 50).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(*last);
            listed.extend(page);
        }
        assert_eq!(listed, everyone, "on {}", place.name);
    }
}

async fn save(db: &Db, name: &str, question: serde_json::Value) {
    let row = segment::Model {
        name: name.to_owned(),
        title: name.to_owned(),
        document: json!({"name": name, "question": question}),
        content_hash: Vec::new(),
        version: 1,
        updated_at: now(),
    };
    let txn = db.begin().await.unwrap();
    segment::Entity::insert(row.into_active_model()).exec_without_returning(&txn).await.unwrap();
    txn.commit().await.unwrap();
}

/// Writes the rows by hand, in the words of the database at hand, and hands back the person's id.
async fn write(db: &Db) -> Uuid {
    let sqlite = db.backend() == sea_orm::DatabaseBackend::Sqlite;
    let ids = ["partner", "account", "contact", "licence", "letter"];
    let txn = db.begin().await.unwrap();
    for row in ROWS {
        let mut row = (*row).to_owned();
        for (number, name) in ids.iter().enumerate() {
            let id = Uuid::from_u128(number as u128 + 1);
            let written = if sqlite { format!("x'{}'", id.simple()) } else { format!("'{id}'") };
            row = row.replace(&format!(":{name}"), &written);
        }
        let bytes = if sqlite { "x''" } else { "''" };
        let row = row.replace(":bytes", bytes).replace(":day", &format!("'{}'", shifted(-3)));
        let row = row.replace(":now", &format!("'{}'", now().to_rfc3339()));
        txn.execute_unprepared(&row).await.unwrap();
    }
    txn.commit().await.unwrap();
    Uuid::from_u128(3)
}
