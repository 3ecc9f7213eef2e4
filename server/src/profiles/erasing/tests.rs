//! Erasing on real databases: whatever knew somebody knows nobody afterwards, and every count is what it was.

use std::io::Cursor;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use segments::EventKind;

use super::*;
use crate::profiles::import::{Options, RowKind, Unwatched, import_csv};
use crate::store::entities::{
    ask, contact, enrolment, erasure, event, finish, joining, message, outbox_mail,
};
use crate::store::events::{self, NewEvent};
use crate::testing::{self, Place, everything, noon};

mod joined;
mod life;

use life::lived_in;

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
        assert!(
            traces::step(&txn, &order, app.clock.now()).await.unwrap(),
            "one part is done, on {}",
            place.name
        );
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
