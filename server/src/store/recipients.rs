//! Whether people may be written to now: asked of many at once when a campaign is planned.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter,
    QuerySelect,
};
use uuid::Uuid;

use super::billing::billed_by_others;
use super::entities::{account, consent, contact, enrolment, message, suppression};
use super::pace;
use crate::ids::Ids;
use crate::keys::Keys;

/// Where one person stands towards one step of one journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The person.
    pub contact_id: Uuid,
    /// Their home account.
    pub account_id: Uuid,
    /// The reason to leave them out, if there is one.
    pub left_out: Option<&'static str>,
}

/// What the letter is, as far as it matters who may get it.
#[derive(Debug, Clone, Copy)]
pub struct Letter<'a> {
    /// The journey.
    pub journey: Uuid,
    /// The step.
    pub step: &'a str,
    /// The consent it needs.
    pub purpose: &'a str,
    /// True for offers and product news, which the vendor does not send to customers of a partner.
    pub sells: bool,
}

#[derive(FromQueryResult)]
#[expect(clippy::struct_excessive_bools, reason = "each is one answer of the query")]
struct Row {
    id: Uuid,
    account_id: Uuid,
    email_key: String,
    paused_until: Option<DateTime<Utc>>,
    wants_none: bool,
    too_soon: bool,
    held: bool,
    side: Option<String>,
    billed_by_others: bool,
    consented: bool,
    entered: bool,
}

/// Where each of these people stands. At most a thousand at once.
pub async fn standing(
    db: &impl ConnectionTrait,
    keys: &Keys,
    letter: Letter<'_>,
    contacts: &[Uuid],
    now: DateTime<Utc>,
) -> Result<Vec<Standing>, DbErr> {
    let me = (contact::Entity, contact::Column::Id);
    let consented = Query::select()
        .expr(Expr::val(1))
        .from(consent::Entity)
        .and_where(Expr::col((consent::Entity, consent::Column::ContactId)).equals(me))
        .and_where(consent::Column::Purpose.eq(letter.purpose))
        .and_where(consent::Column::Granted.eq(true))
        .to_owned();
    // Whatever its steps are called now: who was in the journey does not enter again.
    let entered = Query::select()
        .expr(Expr::val(1))
        .from(enrolment::Entity)
        .and_where(Expr::col((enrolment::Entity, enrolment::Column::ContactId)).equals(me))
        .and_where(enrolment::Column::JourneyId.eq(letter.journey))
        .to_owned();
    let select = Query::select()
        .columns([
            (contact::Entity, contact::Column::Id),
            (contact::Entity, contact::Column::AccountId),
            (contact::Entity, contact::Column::EmailKey),
            (contact::Entity, contact::Column::PausedUntil),
        ])
        .columns([account::Column::Held, account::Column::Side].map(|column| (account::Entity, column)))
        .expr_as(pace::wants_none(), "wants_none")
        .expr_as(pace::too_soon(pace::CAME, now).or(pace::too_soon(pace::UNDER_WAY, now)), "too_soon")
        .expr_as(Expr::exists(consented), "consented")
        .expr_as(Expr::exists(entered), "entered")
        .expr_as(
            Expr::exists(billed_by_others(Expr::col((account::Entity, account::Column::Id)))),
            "billed_by_others",
        )
        .from(contact::Entity)
        .inner_join(
            account::Entity,
            Expr::col((account::Entity, account::Column::Id))
                .equals((contact::Entity, contact::Column::AccountId)),
        )
        .and_where(Expr::col((contact::Entity, contact::Column::Id)).is_in(contacts.iter().copied()))
        .order_by((contact::Entity, contact::Column::Id), sea_orm::Order::Asc)
        .to_owned();
    let rows = Row::find_by_statement(db.get_database_backend().build(&select)).all(db).await?;
    let hashes: Vec<Vec<u8>> = rows.iter().map(|row| keys.address_hash(&row.email_key)).collect();
    let suppressed: HashSet<Vec<u8>> = suppression::Entity::find()
        .select_only()
        .column(suppression::Column::AddressHash)
        .filter(suppression::Column::AddressHash.is_in(hashes.iter().cloned()))
        .filter(suppression::Column::Scope.is_in(["all", letter.purpose]))
        .into_tuple()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let stand = |(row, hash): (Row, Vec<u8>)| {
        let left_out = if row.entered {
            Some("already-in")
        } else if row.held {
            Some("comparison")
        } else if row.side.is_none() {
            Some("on-no-side")
        } else if suppressed.contains(&hash) {
            Some("suppressed")
        } else if !row.consented {
            Some("no-consent")
        } else if row.paused_until.is_some_and(|until| until > now) {
            Some("paused")
        } else if row.wants_none {
            Some("wants-none")
        } else if row.too_soon {
            Some("too-soon")
        } else if letter.sells && row.billed_by_others {
            Some("billed-by-a-partner")
        } else {
            None
        };
        Standing { contact_id: row.id, account_id: row.account_id, left_out }
    };
    Ok(rows.into_iter().zip(hashes).map(stand).collect())
}

/// Owes each of these people the letter: one enrolment and one planned message, whose keys make two planners harmless.
pub async fn owe(
    db: &impl ConnectionTrait,
    ids: &Ids,
    letter: Letter<'_>,
    version: i32,
    people: &[Standing],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for part in people.chunks(500) {
        let enrolments = part.iter().map(|person| enrolment::ActiveModel {
            id: Set(ids.next()),
            account_id: Set(person.account_id),
            contact_id: Set(person.contact_id),
            journey_id: Set(letter.journey),
            version: Set(version),
            occurrence: Set(1),
            state: Set("active".to_owned()),
            step: Set(letter.step.to_owned()),
            entered_at: Set(now),
            due_at: Set(None),
        });
        enrolment::Entity::insert_many(enrolments).exec_without_returning(db).await?;
        let messages = part.iter().map(|person| message::ActiveModel {
            id: Set(ids.next()),
            account_id: Set(person.account_id),
            contact_id: Set(person.contact_id),
            journey_id: Set(letter.journey),
            version: Set(version),
            step: Set(letter.step.to_owned()),
            occurrence: Set(1),
            purpose: Set(letter.purpose.to_owned()),
            state: Set("planned".to_owned()),
            reason: Set(None),
            attempts: Set(0),
            planned_at: Set(now),
            due_at: Set(now),
            owner: Set(None),
            lease_until: Set(None),
            handing_over_at: Set(None),
            settled_at: Set(None),
            reply: Set(None),
            links: Set(None),
        });
        message::Entity::insert_many(messages).exec_without_returning(db).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::app::App;
    use crate::profiles::import::{Options, RowKind, Unwatched, import_csv};
    use crate::testing;

    async fn take_in(app: &App, kind: RowKind, rows: &str) {
        let file = Cursor::new(rows.as_bytes().to_vec());
        let summary = import_csv(app, kind, file, &Options::default(), &mut Unwatched).await.unwrap();
        assert_eq!((summary.counts.refused, summary.counts.warnings), (0, 0), "{rows}");
    }

    async fn everybody(app: &App) -> Vec<Uuid> {
        let people = contact::Entity::find().select_only().column(contact::Column::Id).into_tuple();
        people.all(app.db.read()).await.unwrap()
    }

    async fn put_into_the_program(app: &App) {
        let txn = app.db.begin().await.unwrap();
        let program = account::Entity::update_many().col_expr(account::Column::Side, Expr::value("program"));
        program.exec(&txn).await.unwrap();
        txn.commit().await.unwrap();
    }

    #[tokio::test]
    async fn nobody_enters_before_their_family_is_on_a_side() {
        for (place, app) in testing::houses().await {
            take_in(&app, RowKind::Accounts, "external_id,name\nA,A\n").await;
            let rows = "external_id,account,email,consent,consent_at,consent_source,consent_wording\n\
                        A1,A,jo@a.example,training,2025-01-01,form,Yes\n";
            take_in(&app, RowKind::Contacts, rows).await;
            let people = everybody(&app).await;
            let letter = Letter { journey: Uuid::nil(), step: "s1", purpose: "training", sells: false };
            for left_out in [Some("on-no-side"), None] {
                let found =
                    standing(app.db.read(), &app.keys, letter, &people, app.clock.now()).await.unwrap();
                assert_eq!(found[0].left_out, left_out, "on {}", place.name);
                put_into_the_program(&app).await;
            }
        }
    }

    #[tokio::test]
    async fn a_licence_that_a_partner_bills_is_enough_until_it_lapses() {
        for (place, app) in testing::houses().await {
            take_in(&app, RowKind::Products, "code,name\nphones,Phones\n").await;
            take_in(&app, RowKind::Accounts, "external_id,name,billing\nA,A,vendor\n").await;
            let rows = "external_id,account,email,consent,consent_at,consent_source,consent_wording\n\
                        A1,A,jo@a.example,training;offers,2025-01-01,form,Yes\n";
            take_in(&app, RowKind::Contacts, rows).await;
            let licences = "external_id,account,product,renews_on,billed_by\n\
                            L1,A,phones,2026-09-01,vendor\nL2,A,phones,2026-10-01,distributor\n";
            take_in(&app, RowKind::Licences, licences).await;
            let people: Vec<Uuid> = contact::Entity::find()
                .select_only()
                .column(contact::Column::Id)
                .into_tuple()
                .all(app.db.read())
                .await
                .unwrap();
            let txn = app.db.begin().await.unwrap();
            let program =
                account::Entity::update_many().col_expr(account::Column::Side, Expr::value("program"));
            program.exec(&txn).await.unwrap();
            txn.commit().await.unwrap();
            let left_out = async |purpose, sells| {
                let letter = Letter { journey: Uuid::nil(), step: "s1", purpose, sells };
                let found = standing(app.db.read(), &app.keys, letter, &people, app.clock.now()).await;
                found.unwrap()[0].left_out
            };
            assert_eq!(left_out("training", false).await, None, "on {}", place.name);
            assert_eq!(left_out("offers", true).await, Some("billed-by-a-partner"), "on {}", place.name);
            take_in(&app, RowKind::Renewals, "licence,due_on,outcome\nL2,2026-10-01,lapsed\n").await;
            assert_eq!(left_out("offers", true).await, None, "on {}", place.name);
        }
    }

    #[tokio::test]
    async fn a_customer_whom_a_partner_bills_gets_help_and_no_selling_letter() {
        for (place, app) in testing::houses().await {
            let rows = "external_id,name,billing\nA,A,vendor\nB,B,partner\nC,C,distributor\n";
            take_in(&app, RowKind::Accounts, rows).await;
            let rows = "external_id,account,email,consent,consent_at,consent_source,consent_wording\n\
                        A1,A,jo@a.example,training;offers,2025-01-01,form,Yes\n\
                        B1,B,jo@b.example,training;offers,2025-01-01,form,Yes\n\
                        C1,C,jo@c.example,training;offers,2025-01-01,form,Yes\n";
            take_in(&app, RowKind::Contacts, rows).await;
            put_into_the_program(&app).await;
            let people = everybody(&app).await;
            let mut left_out = Vec::new();
            for (purpose, sells) in [("training", false), ("offers", true)] {
                let letter = Letter { journey: Uuid::nil(), step: "s1", purpose, sells };
                let found =
                    standing(app.db.read(), &app.keys, letter, &people, app.clock.now()).await.unwrap();
                left_out.push(found.iter().filter_map(|one| one.left_out).collect::<Vec<_>>());
            }
            assert_eq!(
                left_out,
                [vec![], vec!["billed-by-a-partner", "billed-by-a-partner"]],
                "on {}",
                place.name
            );
        }
    }
}
