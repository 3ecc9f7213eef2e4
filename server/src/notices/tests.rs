//! Notices on real databases, handed to a real SMTP server of ours.

use chrono::TimeDelta;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use templates::Templates;
use uuid::Uuid;

use super::*;
use crate::config::{Settings, Vendor};
use crate::mail::mailbox::Mailbox;
use crate::store::entities::{notice, outbox_mail};
use crate::store::notices::{Notice, Person, queue};
use crate::store::suppression::{self, Reason, Scope, Suppression};
use crate::testing;

async fn post(app: &App) -> (Mailbox, Relay) {
    let mailbox = Mailbox::open(app).await.unwrap();
    let relay = Relay::parse(&mailbox.url(), None).unwrap();
    (mailbox, relay)
}

fn reminder(app: &App, id: u128) -> Notice {
    Notice {
        id: Uuid::from_u128(id),
        person: None,
        kind: Kind::Reminder,
        address: "maria@dental.example".to_owned(),
        data: json!({
            "language": "en", "first_name": "Maria", "title": "Greet callers after hours",
            "words": "You stopped at step 2.", "path": "/learn/greet-callers-after-hours",
        }),
        due_at: app.clock.now() + TimeDelta::days(1),
    }
}

async fn ask_for(app: &App, notice: &Notice) {
    let txn = app.db.begin().await.unwrap();
    queue(&txn, notice, app.clock.now()).await.unwrap();
    txn.commit().await.unwrap();
}

async fn states(app: &App) -> Vec<String> {
    notice::Entity::find().all(app.db.read()).await.unwrap().into_iter().map(|row| row.state).collect()
}

async fn mails(app: &App) -> Vec<outbox_mail::Model> {
    outbox_mail::Entity::find().all(app.db.read()).await.unwrap()
}

#[tokio::test]
async fn a_notice_waits_for_its_day_and_comes_once_though_it_was_asked_for_twice() {
    for (place, app) in testing::houses().await {
        let (_mailbox, relay) = post(&app).await;
        ask_for(&app, &reminder(&app, 1)).await;
        ask_for(&app, &reminder(&app, 1)).await;
        assert_eq!(tick(&app, &relay).await.unwrap(), 0, "on {}", place.name);
        app.clock.advance(TimeDelta::days(1));
        assert_eq!(tick(&app, &relay).await.unwrap(), 1, "on {}", place.name);
        assert_eq!(tick(&app, &relay).await.unwrap(), 0, "on {}", place.name);
        let mails = mails(&app).await;
        assert_eq!(mails.len(), 1, "on {}", place.name);
        assert!(mails[0].subject.contains("Greet callers after hours"), "{}", mails[0].subject);
        assert!(mails[0].message_id.as_deref().unwrap().starts_with(&Uuid::from_u128(1).to_string()));
    }
}

#[tokio::test]
async fn two_nodes_at_work_at_once_send_each_notice_once() {
    for (place, app) in testing::houses().await {
        let (_mailbox, relay) = post(&app).await;
        for id in 1..=20 {
            ask_for(&app, &Notice { due_at: app.clock.now(), ..reminder(&app, id) }).await;
        }
        let other = App { node: "other".into(), ..app.clone() };
        let (one, two) = tokio::join!(tick(&app, &relay), tick(&other, &relay));
        assert_eq!(one.unwrap() + two.unwrap(), 20, "on {}", place.name);
        assert_eq!(mails(&app).await.len(), 20, "on {}", place.name);
    }
}

#[tokio::test]
async fn a_notice_whose_node_died_goes_out_with_the_same_message_id() {
    for (place, app) in testing::houses().await {
        let (_mailbox, relay) = post(&app).await;
        ask_for(&app, &Notice { due_at: app.clock.now(), ..reminder(&app, 7) }).await;
        let txn = app.db.begin().await.unwrap();
        notices::claim(&txn, "a node that died", 10, 60, app.clock.now()).await.unwrap();
        txn.commit().await.unwrap();
        assert_eq!(tick(&app, &relay).await.unwrap(), 0, "held on {}", place.name);
        let txn = app.db.begin().await.unwrap();
        notice::Entity::update_many()
            .col_expr(notice::Column::LeaseUntil, Expr::value(0))
            .filter(notice::Column::Id.eq(Uuid::from_u128(7)))
            .exec(&txn)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        assert_eq!(tick(&app, &relay).await.unwrap(), 1, "on {}", place.name);
        let sent = mails(&app).await;
        assert!(sent[0].message_id.as_deref().unwrap().starts_with(&Uuid::from_u128(7).to_string()));
    }
}

#[tokio::test]
async fn what_cannot_be_handed_over_is_tried_again_and_given_up_after_a_day() {
    for (place, app) in testing::houses().await {
        let nowhere = Relay::parse("smtp://127.0.0.1:1", None).unwrap();
        ask_for(&app, &Notice { due_at: app.clock.now(), ..reminder(&app, 1) }).await;
        let mut tries = 0;
        while states(&app).await == ["queued"] {
            assert_eq!(tick(&app, &nowhere).await.unwrap(), 0, "on {}", place.name);
            app.clock.advance(TimeDelta::hours(1));
            tries += 1;
            assert!(tries < 40, "it is never given up on {}", place.name);
        }
        assert_eq!(states(&app).await, ["failed"], "on {}", place.name);
        assert!((20..30).contains(&tries), "{tries} tries on {}", place.name);
    }
}

#[tokio::test]
async fn who_stopped_every_letter_gets_no_reminder_and_still_gets_in() {
    for (place, app) in testing::houses().await {
        let (_mailbox, relay) = post(&app).await;
        let txn = app.db.begin().await.unwrap();
        let stop = |email_key, reason| Suppression {
            email_key,
            scope: Scope::All,
            reason,
            source: "test",
            at: app.clock.now(),
        };
        let (stopped, bounced) = ("maria@dental.example", "gone@dental.example");
        suppression::add(&txn, &app.keys, &stop(stopped, Reason::Stop)).await.unwrap();
        suppression::add(&txn, &app.keys, &stop(bounced, Reason::HardBounce)).await.unwrap();
        txn.commit().await.unwrap();
        let now = app.clock.now();
        for (id, kind, address) in
            [(1, Kind::Reminder, stopped), (2, Kind::SignIn, stopped), (3, Kind::SignIn, bounced)]
        {
            let address = address.to_owned();
            ask_for(&app, &Notice { kind, address, due_at: now, ..reminder(&app, id) }).await;
        }
        assert_eq!(tick(&app, &relay).await.unwrap(), 1, "on {}", place.name);
        let mails = mails(&app).await;
        assert_eq!((mails.len(), mails[0].recipient.as_str()), (1, stopped), "on {}", place.name);
    }
}

#[tokio::test]
async fn a_notice_that_was_taken_back_does_not_come() {
    for (place, app) in testing::houses().await {
        let (_mailbox, relay) = post(&app).await;
        ask_for(&app, &reminder(&app, 1)).await;
        let txn = app.db.begin().await.unwrap();
        let id = Uuid::from_u128(1);
        assert!(notices::cancel(&txn, id, "finished", app.clock.now()).await.unwrap(), "on {}", place.name);
        assert!(!notices::cancel(&txn, id, "finished", app.clock.now()).await.unwrap(), "on {}", place.name);
        txn.commit().await.unwrap();
        app.clock.advance(TimeDelta::days(1));
        assert_eq!(tick(&app, &relay).await.unwrap(), 0, "on {}", place.name);
        assert_eq!(states(&app).await, ["gone"], "on {}", place.name);
    }
}

#[tokio::test]
async fn what_a_notice_says_comes_from_the_files_of_words() {
    let (_place, mut app) = testing::houses().await.remove(0);
    app.templates = Templates::disguised().unwrap().into();
    let strange = json!({ "first_name": "Ý", "title": "Ý", "words": "Ý", "path": "/learn" });
    let person = Some(Person { account: Uuid::from_u128(1), contact: Uuid::from_u128(2) });
    for (id, kind) in (1..).zip(Kind::ALL) {
        let (data, due_at) = (strange.clone(), app.clock.now());
        ask_for(&app, &Notice { person, kind, data, due_at, ..reminder(&app, id) }).await;
    }
    let txn = app.db.begin().await.unwrap();
    let held = notices::claim(&txn, "here", 10, 60, app.clock.now()).await.unwrap();
    txn.commit().await.unwrap();
    assert_eq!(held.len(), Kind::ALL.len());
    let vendor = &app.settings.vendor;
    for notice in held {
        let bytes = compose::compose(&app, &notice, app.clock.now()).unwrap().bytes;
        let mail = mail_parser::MessageParser::new().parse(&bytes).unwrap();
        let (text, html) = (mail.body_text(0).unwrap(), mail.body_html(0).unwrap());
        let said = format!("{} {text}", mail.subject().unwrap());
        let said = said.replace(&vendor.postal_address, "").replace(&vendor.name, "");
        let own = |word: &&str| {
            word.is_ascii() && word.chars().any(|c| c.is_ascii_alphabetic()) && !word.contains("://")
        };
        let written: Vec<_> = said.split_whitespace().filter(own).collect();
        assert!(written.is_empty(), "{:?} says {written:?} itself", notice.kind);
        assert!(html.contains("lang=\"en-XA\"") && !html.contains("lang=\"en\""), "{:?}", notice.kind);
    }
}

#[tokio::test]
async fn a_notice_comes_from_the_person_who_signs_the_letters_of_the_house() {
    for (place, mut app) in testing::houses().await {
        let vendor = Vendor { from_name: "Dana Okafor".to_owned(), ..app.settings.vendor.clone() };
        app.settings = Settings { vendor, ..app.settings.as_ref().clone() }.into();
        ask_for(&app, &Notice { due_at: app.clock.now(), ..reminder(&app, 1) }).await;
        let txn = app.db.begin().await.unwrap();
        let held = notices::claim(&txn, "here", 10, 60, app.clock.now()).await.unwrap();
        txn.commit().await.unwrap();
        let bytes = compose::compose(&app, &held[0], app.clock.now()).unwrap().bytes;
        let mail = mail_parser::MessageParser::new().parse(&bytes).unwrap();
        let from = mail.from().unwrap().first().unwrap().name().unwrap();
        assert_eq!(from, "Dana Okafor", "on {}", place.name);
        assert!(mail.body_text(0).unwrap().contains("Dana Okafor"), "on {}", place.name);
    }
}
