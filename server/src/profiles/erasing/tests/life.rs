//! Somebody with a row in every table that may hold one.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use segments::{AskChannel, EventKind};
use serde_json::json;
use uuid::Uuid;

use super::{ACCOUNTS, CONTACTS, her, take_in};
use crate::app::App;
use crate::profiles::import::RowKind;
use crate::store::doors::Audience;
use crate::store::entities::{
    ask, choice, community_ban, contact, contact_account, enrolment, feedback, finish, fix_answer, gift,
    joining, message, picture_draft, progress, question, question_follow, question_picture, question_report,
    reply, share, shelf, shelf_item, useful_mark,
};
use crate::store::events::{self, NewEvent};
use crate::store::notices::{self, Kind, Notice, Person};
use crate::store::outbox::{self, Arrival};
use crate::store::told::{self, Fact, Said};
use crate::testing::noon;

/// Somebody with a row in every table that may hold one.
pub(super) async fn lived_in(app: &App) -> contact::Model {
    take_in(app, RowKind::Accounts, ACCOUNTS).await;
    take_in(app, RowKind::Contacts, CONTACTS).await;
    let her = her(app).await;
    let link = doors_open(app, her.id).await;
    assert!(link, "a sign-in and a link that waits");
    let txn = app.db.begin().await.unwrap();
    let said =
        Said { id: app.ids.next(), account: her.account_id, contact: her.id, at: noon(), source: "me" };
    told::say(&txn, said, &Fact::Products("Zzmaria says: no phones".to_owned())).await.unwrap();
    let values = [
        (
            EventKind::Form,
            Some(json!({ "about": "page", "useful": "no", "words": "Zzmaria Qalvarez" }).to_string()),
        ),
        (EventKind::Form, Some("choices".to_owned())),
        (EventKind::Replied, Some("Regards, Zzmaria".to_owned())),
        (EventKind::Viewed, None),
        (EventKind::Sent, Some("training".to_owned())),
    ];
    let happened = values.map(|(kind, value)| NewEvent {
        contact: Some(her.id.into()),
        value,
        ..NewEvent::of(app.ids.next(), her.account_id.into(), kind, noon())
    });
    events::record(&txn, &happened).await.unwrap();
    let notice = Notice {
        id: app.ids.next(),
        person: Some(Person { account: her.account_id, contact: her.id }),
        kind: Kind::Reminder,
        address: her.email_key.clone(),
        data: json!({ "language": "en", "first_name": "Zzmaria" }),
        due_at: noon(),
    };
    notices::queue(&txn, &notice, noon()).await.unwrap();
    for (state, number) in [("planned", 1_u128), ("sent", 2), ("handing_over", 3)] {
        message::Entity::insert(letter(&her, state, number)).exec_without_returning(&txn).await.unwrap();
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(b"To: zzmaria.qalvarez@bell.example\r\n\r\nDear Zzmaria").unwrap();
    let mail = Arrival {
        id: app.ids.next(),
        received_at: noon(),
        envelope_from: "us@lakeshore.example".to_owned(),
        recipient: "Zzmaria.Qalvarez@bell.example".to_owned(),
        subject: "Zzmaria, one thing".to_owned(),
        message_id: None,
        size: 1,
        raw: packed.finish().unwrap(),
    };
    outbox::keep(&txn, &mail).await.unwrap();
    insert_rest(&txn, &her).await;
    txn.commit().await.unwrap();
    her
}

async fn doors_open(app: &App, contact: Uuid) -> bool {
    let link = crate::doors::customer_link(app, contact).await.unwrap();
    let secret = crate::doors::Secret::received(link.url.rsplit('/').next().unwrap());
    crate::doors::customer_link(app, contact).await.unwrap();
    crate::doors::enter(app, Audience::Customer, &secret).await.unwrap().is_some()
}

fn letter(her: &contact::Model, state: &str, number: u128) -> message::ActiveModel {
    let row = message::Model {
        id: Uuid::from_u128(number),
        account_id: her.account_id,
        contact_id: her.id,
        journey_id: Uuid::from_u128(2),
        version: 1,
        step: "letter".to_owned(),
        occurrence: i32::try_from(number).unwrap(),
        purpose: "training".to_owned(),
        state: state.to_owned(),
        reason: None,
        attempts: 1,
        planned_at: noon(),
        due_at: noon(),
        owner: None,
        lease_until: None,
        handing_over_at: Some(noon()),
        settled_at: None,
        reply: Some("250 taken for zzmaria.qalvarez@bell.example".to_owned()),
        links: Some(json!([])),
    };
    row.into_active_model().reset_all()
}

async fn insert_rest(txn: &sea_orm::DatabaseTransaction, her: &contact::Model) {
    let row = choice::Model {
        id: Uuid::from_u128(5),
        account_id: her.account_id,
        contact_id: her.id,
        at: noon(),
        slot: "next-win".to_owned(),
        position: 0,
        item: "voicemail".to_owned(),
        channel: "center".to_owned(),
        message_id: None,
        explanation: json!({ "because": "Zzmaria said so" }),
        put_off_at: Some(noon()),
    };
    choice::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(txn).await.unwrap();
    let row = progress::Model {
        account_id: her.account_id,
        contact_id: her.id,
        item: "voicemail".to_owned(),
        step: "one".to_owned(),
        ticks: json!(["a"]),
        done_at: None,
        updated_at: noon(),
    };
    progress::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(txn).await.unwrap();
    let row = finish::Model {
        account_id: her.account_id,
        contact_id: her.id,
        item: "voicemail".to_owned(),
        at: noon(),
        arm: None,
        follow_up: None,
    };
    finish::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(txn).await.unwrap();
    let row = enrolment::Model {
        id: Uuid::from_u128(6),
        account_id: her.account_id,
        contact_id: her.id,
        journey_id: Uuid::from_u128(2),
        version: 1,
        occurrence: 1,
        state: "running".to_owned(),
        step: "letter".to_owned(),
        entered_at: noon(),
        due_at: None,
    };
    enrolment::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(txn).await.unwrap();
    let row = contact_account::ActiveModel {
        account_id: Set(Uuid::from_u128(10)),
        contact_id: Set(her.id),
        created_at: Set(noon()),
    };
    contact_account::Entity::insert(row).exec_without_returning(txn).await.unwrap();
    shelved(txn, her).await;
    asked(txn, her).await;
    let row = ask::ActiveModel {
        id: Set(Uuid::from_u128(7)),
        account_id: Set(her.account_id),
        contact_id: Set(Some(her.id)),
        family_id: Set(Uuid::from_u128(8)),
        channel: Set(AskChannel::ALL[0].as_str().to_owned()),
        wording: Set(None),
        asked_at: Set(noon()),
    };
    ask::Entity::insert(row).exec_without_returning(txn).await.unwrap();
    let row = joining::ActiveModel {
        id: Set(Uuid::from_u128(9)),
        token_hash: Set(vec![9]),
        account_id: Set(her.account_id),
        contact_id: Set(None),
        email: Set("Zzmaria.Qalvarez@bell.example".to_owned()),
        email_key: Set(her.email_key.clone()),
        first_name: Set("Zzmaria".to_owned()),
        language: Set("en".to_owned()),
        wording: Set("Yes".to_owned()),
        tracking: Set(false),
        tracking_wording: Set("See".to_owned()),
        channel: Set(None),
        source: Set(None),
        side: Set(None),
        created_at: Set(noon()),
        expires_at: Set(noon()),
        confirmed_at: Set(None),
    };
    joining::Entity::insert(row).exec_without_returning(txn).await.unwrap();
}

/// A shelf with a piece on it, shared by link, given to Lee; and something that Lee gave.
async fn shelved(txn: &sea_orm::DatabaseTransaction, her: &contact::Model) {
    let shelf_id = Uuid::from_u128(11);
    let row = shelf::ActiveModel {
        account_id: Set(her.account_id),
        contact_id: Set(her.id),
        id: Set(shelf_id),
        title: Set("Zzmaria's things".to_owned()),
        title_before: Set(None),
        position: Set(1),
        shared: Set(true),
        created_at: Set(noon()),
        updated_at: Set(noon()),
        archived_at: Set(None),
    };
    shelf::Entity::insert(row).exec_without_returning(txn).await.unwrap();
    let row = shelf_item::ActiveModel {
        account_id: Set(her.account_id),
        contact_id: Set(her.id),
        shelf_id: Set(shelf_id),
        item: Set("voicemail".to_owned()),
        position: Set(1),
        version: Set("1".to_owned()),
        added_at: Set(noon()),
        removed_at: Set(None),
    };
    shelf_item::Entity::insert(row).exec_without_returning(txn).await.unwrap();
    let row = share::ActiveModel {
        account_id: Set(her.account_id),
        contact_id: Set(her.id),
        id: Set(Uuid::from_u128(12)),
        token_hash: Set(vec![12]),
        item: Set(None),
        shelf_id: Set(Some(shelf_id)),
        created_at: Set(noon()),
        expires_at: Set(noon()),
    };
    share::Entity::insert(row).exec_without_returning(txn).await.unwrap();
    let lee = Uuid::from_u128(13);
    for (number, to, from) in [(14, lee, her.id), (15, her.id, lee)] {
        let row = gift::ActiveModel {
            account_id: Set(her.account_id),
            contact_id: Set(to),
            id: Set(Uuid::from_u128(number)),
            giver_id: Set(from),
            item: Set(Some("voicemail".to_owned())),
            shelf_id: Set(None),
            at: Set(noon()),
            agreed_at: Set(None),
        };
        gift::Entity::insert(row).exec_without_returning(txn).await.unwrap();
    }
}

/// A question and an answer in her words, what she marked, follows and reported, and why a person looks first.
async fn asked(txn: &sea_orm::DatabaseTransaction, her: &contact::Model) {
    let (account_id, contact_id, question_id) = (her.account_id, her.id, Uuid::from_u128(16));
    let row = question::Model {
        account_id,
        id: question_id,
        contact_id,
        slug: "zzmaria-asks".to_owned(),
        title: "Zzmaria asks".to_owned(),
        details: "Call Qalvarez".to_owned(),
        product: None,
        trade: None,
        size: None,
        country: None,
        region: None,
        problem: None,
        level: None,
        language: "en".to_owned(),
        asked_of: "both".to_owned(),
        state: "answered".to_owned(),
        held: None,
        hidden_why: None,
        accepted_reply: None,
        merged_into: None,
        first_post: true,
        reply_count: 1,
        first_reply_at: Some(noon()),
        created_at: noon(),
        updated_at: noon(),
    };
    question::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(txn).await.unwrap();
    let row = reply::Model {
        account_id,
        question_id,
        id: Uuid::from_u128(17),
        author: "customer".to_owned(),
        author_account_id: Some(account_id),
        author_id: contact_id,
        author_name: Some("Zzmaria".to_owned()),
        badge: None,
        trade: None,
        size: None,
        body: "Yours, Zzmaria".to_owned(),
        held: None,
        hidden_why: None,
        first_post: true,
        at: noon(),
    };
    reply::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(txn).await.unwrap();
    pictured(txn, her, question_id).await;
    let reply_id = Uuid::from_u128(18);
    let row = useful_mark::Model { account_id, question_id, reply_id, contact_id, at: noon() };
    useful_mark::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(txn)
        .await
        .unwrap();
    let row = question_follow::Model { account_id, question_id, contact_id, at: noon() };
    question_follow::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(txn)
        .await
        .unwrap();
    let row = question_report::Model {
        account_id,
        id: Uuid::from_u128(19),
        question_id,
        reply_id: None,
        contact_id: Some(contact_id),
        why: "They wrote about Zzmaria".to_owned(),
        at: noon(),
        settled_at: None,
    };
    question_report::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(txn)
        .await
        .unwrap();
    let row = community_ban::Model { account_id, contact_id, since: noon(), lifted_at: None };
    said(txn, her).await;
    community_ban::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(txn)
        .await
        .unwrap();
}

/// What she said about a page, and that a fix did not help.
async fn said(txn: &sea_orm::DatabaseTransaction, her: &contact::Model) {
    let row = feedback::Model {
        account_id: her.account_id,
        id: Uuid::from_u128(20),
        contact_id: Some(her.id),
        about: "page".to_owned(),
        page: "/".to_owned(),
        item: None,
        step: None,
        answer: "no".to_owned(),
        words: "Call me, Zzmaria".to_owned(),
        at: noon(),
        note_wanted: true,
        noted_at: None,
    };
    feedback::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(txn).await.unwrap();
    let row = fix_answer::Model {
        account_id: her.account_id,
        id: Uuid::from_u128(21),
        contact_id: Some(her.id),
        item: "voicemail".to_owned(),
        step: "one".to_owned(),
        fixed: false,
        day: noon().date_naive(),
        at: noon(),
    };
    fix_answer::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(txn)
        .await
        .unwrap();
}

/// A picture in her question, and one that waits for another.
async fn pictured(txn: &sea_orm::DatabaseTransaction, her: &contact::Model, question_id: Uuid) {
    let row = question_picture::Model {
        account_id: her.account_id,
        id: Uuid::from_u128(20),
        question_id,
        contact_id: her.id,
        alt: "Zzmaria at her desk".to_owned(),
        bytes: b"Zzmaria".to_vec(),
        width: 1,
        height: 1,
        hash: "20".to_owned(),
        hidden_why: None,
        at: noon(),
    };
    question_picture::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(txn)
        .await
        .unwrap();
    let row = picture_draft::Model {
        id: Uuid::from_u128(21),
        contact_id: Some(her.id),
        browser_hash: None,
        bytes: b"Zzmaria".to_vec(),
        width: 1,
        height: 1,
        hash: "21".to_owned(),
        at: noon(),
    };
    picture_draft::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(txn)
        .await
        .unwrap();
}
