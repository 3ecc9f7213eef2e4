//! Erasing on real databases: whatever knew somebody knows nobody afterwards, and every count is what it was.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use segments::{AskChannel, EventKind};
use serde_json::json;

use super::*;
use crate::profiles::import::{Options, RowKind, Unwatched, import_csv};
use crate::store::entities::{
    ask, choice, community_ban, contact, contact_account, enrolment, erasure, event, finish, gift, joining,
    message, outbox_mail, progress, question, question_follow, question_report, reply, share, shelf,
    shelf_item, useful_mark,
};
use crate::store::events::{self, NewEvent};
use crate::store::notices::{self, Kind, Notice, Person};
use crate::store::outbox::{self, Arrival};
use crate::store::told::{self, Fact, Said};
use crate::testing::{self, Place, everything, noon};

const ACCOUNTS: &str = "external_id,name,domain\nA1,Bell Dental,bell.example\n";
const CONTACTS: &str = "external_id,account,email,first_name,last_name,role,needs,pet,consent,consent_at,consent_source,consent_wording\n\
     zzmaria,A1,Zzmaria.Qalvarez@bell.example,Zzmaria,Qalvarez,front desk,get paid faster,zzmaria's cat,training;support,2026-02-01,form,Yes to letters\n\
     C2,A1,lee@bell.example,Lee,Kim,owner,steady internet,,training,2026-02-01,form,Yes to letters\n";
/// What must not be found any more.
const TRACES_OF_HER: [&str; 2] = ["zzmaria", "qalvarez"];

async fn take_in(app: &App, kind: RowKind, rows: &str) {
    let file = Cursor::new(rows.as_bytes().to_vec());
    import_csv(app, kind, file, &Options::default(), &mut Unwatched).await.unwrap();
}

async fn her(app: &App) -> contact::Model {
    let found = contact::Entity::find().filter(contact::Column::ExternalId.eq("zzmaria"));
    found.one(app.db.read()).await.unwrap().unwrap()
}

/// Somebody with a row in every table that may hold one.
async fn lived_in(app: &App) -> contact::Model {
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
    community_ban::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(txn)
        .await
        .unwrap();
}

/// Tables in which words, or bytes of this identifier, are found.
async fn found(app: &App, words: &[&str], id: Uuid) -> Vec<String> {
    let spelt = [id.hyphenated().to_string(), id.simple().to_string()];
    let rows = everything(&app.db).await.into_iter();
    let with = rows.filter(|(_, row)| {
        words.iter().any(|word| row.contains(word)) || spelt.iter().any(|id| row.contains(id))
    });
    let mut tables: Vec<_> = with.map(|(table, _)| table).collect();
    tables.dedup();
    tables
}

/// The wire falls silent, and more than a minute passes.
async fn later(app: &App) -> u64 {
    let txn = app.db.begin().await.unwrap();
    message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value("unknown"))
        .filter(message::Column::State.eq("handing_over"))
        .exec(&txn)
        .await
        .unwrap();
    erasure::Entity::update_many()
        .col_expr(erasure::Column::AskedAt, Expr::value(Clock::Real.now() - TimeDelta::minutes(2)))
        .exec(&txn)
        .await
        .unwrap();
    txn.commit().await.unwrap();
    tick(app).await.unwrap()
}

async fn counts(app: &App) -> [u64; 6] {
    let db = app.db.read();
    [
        event::Entity::find().count(db).await.unwrap(),
        message::Entity::find().count(db).await.unwrap(),
        enrolment::Entity::find().count(db).await.unwrap(),
        finish::Entity::find().count(db).await.unwrap(),
        ask::Entity::find().count(db).await.unwrap(),
        joining::Entity::find().count(db).await.unwrap(),
    ]
}

#[tokio::test]
async fn no_column_of_any_table_knows_who_was_erased_and_every_count_is_what_it_was() {
    for (place, app) in testing::houses().await {
        let her = lived_in(&app).await;
        let before = found(&app, &TRACES_OF_HER, her.id).await;
        for trace in traces::TRACES {
            // A mail is packed, and still found by its recipient.
            assert!(before.iter().any(|table| table == trace.table), "{} on {}", trace.table, place.name);
        }
        let counted = counts(&app).await;

        assert!(erase(&app, her.id, "Erase me").await.unwrap(), "on {}", place.name);
        let on_the_way = found(&app, &TRACES_OF_HER, her.id).await;
        assert_eq!(on_the_way, ["consent_ledger", "erasures", "messages"], "on {}", place.name);
        assert_eq!(tick(&app).await.unwrap(), 0, "a letter is on the wire, on {}", place.name);
        assert_eq!(later(&app).await, 1, "on {}", place.name);

        let left = found(&app, &TRACES_OF_HER, her.id).await;
        assert_eq!(left, ["consent_ledger"], "there by its number alone, on {}", place.name);
        assert!(found(&app, &TRACES_OF_HER, Uuid::max()).await.is_empty(), "on {}", place.name);
        assert_eq!(counts(&app).await, counted, "on {}", place.name);
        assert_eq!(outbox_mail::Entity::find().count(app.db.read()).await.unwrap(), 0);
        assert_eq!(contact::Entity::find().count(app.db.read()).await.unwrap(), 1, "Lee stays");
        same_stranger_everywhere(&app, &place).await;
    }
}

async fn same_stranger_everywhere(app: &App, place: &Place) {
    let db = app.db.read();
    let events = event::Entity::find().all(db).await.unwrap();
    let strangers: Vec<_> = events.iter().filter_map(|row| row.contact_id).collect();
    let letters = message::Entity::find().all(db).await.unwrap();
    let finished = finish::Entity::find().one(db).await.unwrap().unwrap();
    let all = strangers.iter().chain(letters.iter().map(|row| &row.contact_id));
    for one in all {
        assert_eq!(*one, finished.contact_id, "on {}", place.name);
    }
    let mut kept: Vec<_> = events.iter().filter_map(|row| row.value.as_deref()).collect();
    kept.sort_unstable();
    assert_eq!(kept, ["choices", "training"], "words are gone, signs stay, on {}", place.name);
    let states: Vec<_> = letters.iter().map(|row| (row.state.as_str(), row.reason.as_deref())).collect();
    assert!(states.contains(&("skipped", Some("suppressed"))), "{states:?} on {}", place.name);
}

#[tokio::test]
async fn ledgers_stay_whole_and_no_file_and_no_form_brings_back_who_was_erased() {
    for (place, app) in testing::houses().await {
        let her = lived_in(&app).await;
        erase(&app, her.id, "Erase me").await.unwrap();
        later(&app).await;
        let lines = consent::verify(app.db.read(), &app.keys).await.unwrap();
        assert_eq!(lines, Ok(5), "three given, two taken back, on {}", place.name);
        let last = consent::receipts(app.db.read(), her.id).await.unwrap().pop().unwrap();
        assert_eq!(
            (last.granted, last.source.as_str(), last.wording.as_deref()),
            (false, SOURCE, Some("Erase me"))
        );
        let hash = app.keys.address_hash(&her.email_key);
        let why = suppression::of_everything(app.db.read(), &hash).await.unwrap();
        assert_eq!(why, Some(Reason::Erased), "on {}", place.name);

        take_in(&app, RowKind::Contacts, &CONTACTS.replace("zzmaria,A1", "zz-again,A1")).await;
        let people = contact::Entity::find().all(app.db.read()).await.unwrap();
        assert_eq!(people.len(), 1, "only Lee, on {}", place.name);
        assert!(found(&app, &TRACES_OF_HER, Uuid::max()).await.is_empty(), "on {}", place.name);
        assert!(!erase(&app, her.id, "Erase me").await.unwrap(), "twice is once, on {}", place.name);
    }
}

#[tokio::test]
async fn an_erasure_that_was_cut_off_after_it_was_asked_is_carried_out_by_the_next_node() {
    for (place, app) in testing::houses().await {
        let her = lived_in(&app).await;
        let order = ask(&app, her.id, "Erase me").await.unwrap().unwrap();
        let txn = app.db.begin().await.unwrap();
        assert!(traces::step(&txn, &order).await.unwrap(), "one part is done, on {}", place.name);
        txn.commit().await.unwrap();
        assert!(found(&app, &TRACES_OF_HER, her.id).await.len() > 5, "on {}", place.name);

        let other = testing::another(&place).await;
        assert_eq!(later(&other).await, 1, "on {}", place.name);
        assert_eq!(found(&app, &TRACES_OF_HER, her.id).await, ["consent_ledger"], "on {}", place.name);
        assert_eq!(later(&other).await, 0, "it is over, on {}", place.name);
    }
}

#[tokio::test]
async fn many_rows_go_in_parts() {
    for (place, app) in testing::houses().await {
        let her = lived_in(&app).await;
        let txn = app.db.begin().await.unwrap();
        let many: Vec<_> = (0..1_200)
            .map(|second| NewEvent {
                contact: Some(her.id.into()),
                ..NewEvent::of(
                    app.ids.next(),
                    her.account_id.into(),
                    EventKind::Viewed,
                    noon() + TimeDelta::seconds(second),
                )
            })
            .collect();
        events::record(&txn, &many).await.unwrap();
        txn.commit().await.unwrap();
        erase(&app, her.id, "Erase me").await.unwrap();
        let hers = event::Entity::find().filter(event::Column::ContactId.eq(her.id));
        assert_eq!(hers.count(app.db.read()).await.unwrap(), 0, "on {}", place.name);
        assert!(event::Entity::find().count(app.db.read()).await.unwrap() > 1_200, "on {}", place.name);
    }
}
