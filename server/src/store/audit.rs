//! Rows as audits read them: events, letters, choices and ledgers, page by page.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};
use uuid::Uuid;

use super::consent::hex;
use super::entities::{assignment, choice, consent_entry, contact, event, family, journey, message};

/// Lines of a ledger read at once.
const PAGE: u64 = 1_000;

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Happened {
    /// Identifier.
    pub id: Uuid,
    /// Home account.
    pub account: Uuid,
    /// The person.
    pub contact: Option<Uuid>,
    /// What happened.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The letter it is about.
    pub message: Option<Uuid>,
    /// The item it is about.
    pub item: Option<String>,
    /// The product it is about.
    pub product: Option<String>,
    /// Number of the link.
    pub link: Option<i32>,
    /// Anything else.
    pub value: Option<String>,
    /// Who we think did it.
    pub verdict: Option<String>,
}

/// What happened at these accounts, by time.
pub async fn events(db: &impl ConnectionTrait, accounts: &[Uuid]) -> Result<Vec<Happened>, DbErr> {
    let rows = event::Entity::find()
        .filter(event::Column::AccountId.is_in(accounts.to_vec()))
        .order_by_asc(event::Column::At)
        .order_by_asc(event::Column::Id)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Happened {
            id: row.id,
            account: row.account_id,
            contact: row.contact_id,
            kind: row.kind,
            at: row.at,
            message: row.message_id,
            item: row.item,
            product: row.product,
            link: row.link,
            value: row.value,
            verdict: row.verdict,
        })
        .collect())
}

/// One letter with its state and reason.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Identifier.
    pub id: Uuid,
    /// Home account.
    pub account: Uuid,
    /// The person.
    pub contact: Uuid,
    /// Their external id.
    pub contact_name: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// The journey.
    pub journey: Uuid,
    /// Its version.
    pub version: i32,
    /// The step.
    pub step: String,
    /// Counts entries of the same person.
    pub occurrence: i32,
    /// Where it stands.
    pub state: String,
    /// Why it was skipped or failed.
    pub reason: Option<String>,
    /// Tries so far.
    pub attempts: i32,
    /// When it was planned.
    pub planned_at: DateTime<Utc>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
}

/// The letters of these accounts, by the time they were planned.
pub async fn messages(db: &impl ConnectionTrait, accounts: &[Uuid]) -> Result<Vec<Letter>, DbErr> {
    let rows = message::Entity::find()
        .filter(message::Column::AccountId.is_in(accounts.to_vec()))
        .order_by_asc(message::Column::PlannedAt)
        .order_by_asc(message::Column::Id)
        .all(db)
        .await?;
    let mut people: Vec<_> = rows.iter().map(|row| row.contact_id).collect();
    people.sort_unstable();
    people.dedup();
    let mut known = HashMap::new();
    for some in people.chunks(1_000) {
        let rows: Vec<(Uuid, String, String)> = contact::Entity::find()
            .select_only()
            .columns([contact::Column::Id, contact::Column::ExternalId, contact::Column::Email])
            .filter(contact::Column::Id.is_in(some.to_vec()))
            .into_tuple()
            .all(db)
            .await?;
        known.extend(rows.into_iter().map(|(id, name, email)| (id, (name, email))));
    }
    Ok(rows
        .into_iter()
        .map(|row| {
            let (contact_name, email) = known.get(&row.contact_id).cloned().unzip();
            Letter {
                id: row.id,
                account: row.account_id,
                contact: row.contact_id,
                contact_name,
                email,
                journey: row.journey_id,
                version: row.version,
                step: row.step,
                occurrence: row.occurrence,
                sent_at: row.settled_at.filter(|_| row.state == "sent"),
                state: row.state,
                reason: row.reason,
                attempts: row.attempts,
                planned_at: row.planned_at,
            }
        })
        .collect())
}

/// Names of every journey.
pub async fn journey_names(db: &impl ConnectionTrait) -> Result<HashMap<Uuid, String>, DbErr> {
    let names = journey::Entity::find().select_only().columns([journey::Column::Id, journey::Column::Name]);
    Ok(names.into_tuple::<(Uuid, String)>().all(db).await?.into_iter().collect())
}

/// What a rule run picked for one person.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// Identifier.
    pub id: Uuid,
    /// Home account.
    pub account: Uuid,
    /// The person.
    pub contact: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// The place on the page or in the letter.
    pub slot: String,
    /// Place in the slot.
    pub position: i32,
    /// The item.
    pub item: String,
    /// center or letter.
    pub channel: String,
    /// The letter, when it was one.
    pub message: Option<Uuid>,
    /// Every reason.
    pub explanation: Value,
}

/// The choices of these accounts, by time.
pub async fn choices(db: &impl ConnectionTrait, accounts: &[Uuid]) -> Result<Vec<Chosen>, DbErr> {
    let rows = choice::Entity::find()
        .filter(choice::Column::AccountId.is_in(accounts.to_vec()))
        .order_by_asc(choice::Column::At)
        .order_by_asc(choice::Column::Id)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Chosen {
            id: row.id,
            account: row.account_id,
            contact: row.contact_id,
            at: row.at,
            slot: row.slot,
            position: row.position,
            item: row.item,
            channel: row.channel,
            message: row.message_id,
            explanation: row.explanation,
        })
        .collect())
}

/// The next lines of the ledger of the comparison, each with its place.
pub async fn assignments(db: &impl ConnectionTrait, after: i64) -> Result<Vec<(i64, Value)>, DbErr> {
    let rows = assignment::Entity::find()
        .filter(assignment::Column::Seq.gt(after))
        .order_by_asc(assignment::Column::Seq)
        .limit(PAGE)
        .all(db)
        .await?;
    let families = rows.iter().map(|row| row.family_id);
    let families = family::Entity::find().filter(family::Column::Id.is_in(families)).all(db).await?;
    let founders: HashMap<_, _> = families.into_iter().map(|row| (row.id, row.founder)).collect();
    Ok(rows
        .into_iter()
        .map(|row| {
            let line = json!({
                "seq": row.seq, "family": row.family_id, "founder": founders.get(&row.family_id),
                "draw": row.draw, "side": row.side, "share": row.share, "stratum": row.stratum,
                "salt_id": row.salt_id, "method": row.method, "block": row.block, "position": row.position,
                "assigned_at": row.assigned_at, "hash": hex(&row.hash),
            });
            (row.seq, line)
        })
        .collect())
}

/// One line of the ledger of consents.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// Its place.
    pub seq: i64,
    /// Identifier.
    pub id: Uuid,
    /// Home account.
    pub account: Uuid,
    /// The person.
    pub contact: Uuid,
    /// What for.
    pub purpose: String,
    /// Given, or taken back.
    pub granted: bool,
    /// When the person said so.
    pub at: DateTime<Utc>,
    /// Where.
    pub source: String,
    /// The words that were shown.
    pub wording: Option<String>,
    /// When it was written here.
    pub recorded_at: DateTime<Utc>,
    /// Keyed hash of the address.
    pub address_hash: String,
    /// Hash of the line.
    pub hash: String,
}

/// The next lines of the ledger of consents.
pub async fn consents(db: &impl ConnectionTrait, after: i64) -> Result<Vec<Receipt>, DbErr> {
    let rows = consent_entry::Entity::find()
        .filter(consent_entry::Column::Seq.gt(after))
        .order_by_asc(consent_entry::Column::Seq)
        .limit(PAGE)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Receipt {
            seq: row.seq,
            id: row.id,
            account: row.account_id,
            contact: row.contact_id,
            purpose: row.purpose,
            granted: row.granted,
            at: row.at,
            source: row.source,
            wording: row.wording,
            recorded_at: row.recorded_at,
            address_hash: hex(&row.address_hash),
            hash: hex(&row.hash),
        })
        .collect())
}
