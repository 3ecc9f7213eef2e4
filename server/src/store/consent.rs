//! Consent: an append-only ledger of receipts chained by hash, and the state that follows from it.
//!
//! The ledger names people by identifiers and addresses by keyed hash, so that erasing a person leaves every line
//! as it is. Receipt and state are written in one transaction; nothing else writes the state.

use std::collections::HashMap;

use chrono::{DateTime, SecondsFormat, Utc};
use futures_util::TryStreamExt;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, StreamTrait,
};
use segments::{AccountId, ContactId, Purpose};
use uuid::{Builder, Uuid};

use super::entities::{consent, consent_entry, contact};
use super::staging::{Kind, Lock, Target, key, lock, value};
use crate::keys::Keys;

/// Something a person gave or took back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenOrTaken {
    /// Home account.
    pub account: AccountId,
    /// The person.
    pub contact: ContactId,
    /// Their normalised address.
    pub email_key: String,
    /// What for.
    pub purpose: Purpose,
    /// Given, or taken back.
    pub granted: bool,
    /// When the person said so.
    pub at: DateTime<Utc>,
    /// Where: a page, a file, a call.
    pub source: String,
    /// The words that were shown.
    pub wording: Option<String>,
    /// When it is written here.
    pub recorded_at: DateTime<Utc>,
}

/// What became of each receipt, in the order given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is in the ledger and in force.
    Written,
    /// It was known.
    Known,
    /// The person has said something else later, which stands.
    Outdated,
}

/// The consents in force, as merges write them.
const STATE: Target = Target {
    name: "consents",
    columns: &[
        key("account_id", Kind::Uuid),
        key("contact_id", Kind::Uuid),
        key("purpose", Kind::Text),
        value("granted", Kind::Boolean),
        value("at", Kind::Time),
        value("entry_id", Kind::Uuid),
    ],
};

/// Writes receipts, unless the person has said something later. Of two things said at once, taking back stands.
pub async fn record(
    txn: &DatabaseTransaction,
    keys: &Keys,
    said: &[GivenOrTaken],
) -> Result<Vec<Outcome>, DbErr> {
    if said.is_empty() {
        return Ok(Vec::new());
    }
    lock(txn, Lock::ConsentLedger).await?;
    let mut state = state(txn, said).await?;
    let mut end = end(txn).await?;
    let (mut outcomes, mut lines) = (Vec::with_capacity(said.len()), Vec::new());
    for one in said {
        let place = (one.contact.uuid(), one.purpose);
        let outcome = judge(one, state.get(&place));
        if outcome == Outcome::Written {
            let line = end.follow(keys, one);
            state
                .insert(place, Now { granted: one.granted, at: one.at, entry: Some((one.account, line.id)) });
            lines.push(line);
        }
        outcomes.push(outcome);
    }
    for some in lines.chunks(1_000) {
        let rows = some.iter().cloned().map(all_set);
        consent_entry::Entity::insert_many(rows).exec_without_returning(txn).await?;
    }
    let rows = state.iter().filter_map(|((contact, purpose), now)| {
        let (account, entry) = now.entry?;
        let purpose = purpose.as_str().to_owned();
        Some(vec![
            account.uuid().into(),
            (*contact).into(),
            purpose.into(),
            now.granted.into(),
            now.at.into(),
            entry.into(),
        ])
    });
    STATE.put(txn, rows.collect(), &[]).await?;
    joined(txn, &state).await?;
    Ok(outcomes)
}

/// The first broken line of the ledger, or how many lines are whole.
pub async fn verify<C: ConnectionTrait + StreamTrait>(
    db: &C,
    keys: &Keys,
) -> Result<Result<u64, Broken>, DbErr> {
    let mut lines = consent_entry::Entity::find().order_by_asc(consent_entry::Column::Seq).stream(db).await?;
    let (mut previous, mut whole) = (GENESIS.to_vec(), 0_i64);
    while let Some(line) = lines.try_next().await? {
        let hash = hash(keys, &previous, &line);
        if line.seq != whole + 1 || line.previous_hash != previous || line.hash != hash {
            return Ok(Err(Broken { seq: line.seq }));
        }
        previous = hash;
        whole += 1;
    }
    Ok(Ok(whole.unsigned_abs()))
}

/// A line of the ledger that does not follow from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {seq} of the consent ledger does not follow from the line before it")]
pub struct Broken {
    /// Its place.
    pub seq: i64,
}

/// What stands before the first line.
const GENESIS: [u8; 32] = [0; 32];

#[derive(Debug, Clone, Copy)]
struct Now {
    granted: bool,
    at: DateTime<Utc>,
    /// Account and receipt, when it was written just now.
    entry: Option<(AccountId, Uuid)>,
}

fn judge(one: &GivenOrTaken, now: Option<&Now>) -> Outcome {
    match now {
        Some(now) if now.granted == one.granted && now.at >= one.at => Outcome::Known,
        Some(now) if now.at > one.at || (now.at == one.at && !now.granted) => Outcome::Outdated,
        _ => Outcome::Written,
    }
}

async fn state(
    txn: &DatabaseTransaction,
    said: &[GivenOrTaken],
) -> Result<HashMap<(Uuid, Purpose), Now>, DbErr> {
    let mut people: Vec<_> = said.iter().map(|one| one.contact.uuid()).collect();
    people.sort_unstable();
    people.dedup();
    let mut state = HashMap::new();
    for some in people.chunks(1_000) {
        let rows = consent::Entity::find().filter(consent::Column::ContactId.is_in(some.to_vec()));
        for row in rows.all(txn).await? {
            let Ok(purpose) = row.purpose.parse() else { continue };
            state.insert((row.contact_id, purpose), Now { granted: row.granted, at: row.at, entry: None });
        }
    }
    Ok(state)
}

/// People who gave their first consent have joined, on the day they said so. Tracking alone is no joining.
async fn joined(txn: &DatabaseTransaction, state: &HashMap<(Uuid, Purpose), Now>) -> Result<(), DbErr> {
    let mut people: Vec<_> = state
        .iter()
        .filter(|((_, purpose), now)| now.entry.is_some() && now.granted && *purpose != Purpose::Tracking)
        .map(|((contact, _), _)| *contact)
        .collect();
    people.sort_unstable();
    people.dedup();
    let first = "(SELECT min(c.at) FROM consents c WHERE c.contact_id = contacts.id AND c.granted \
                 AND c.purpose <> 'tracking')";
    for some in people.chunks(1_000) {
        contact::Entity::update_many()
            .col_expr(contact::Column::OptedInAt, Expr::cust(first))
            .filter(contact::Column::Id.is_in(some.to_vec()).and(contact::Column::OptedInAt.is_null()))
            .exec(txn)
            .await?;
    }
    Ok(())
}

struct End {
    seq: i64,
    hash: Vec<u8>,
}

async fn end(txn: &DatabaseTransaction) -> Result<End, DbErr> {
    let last = consent_entry::Entity::find().order_by_desc(consent_entry::Column::Seq).one(txn).await?;
    Ok(last.map_or(End { seq: 0, hash: GENESIS.to_vec() }, |line| End { seq: line.seq, hash: line.hash }))
}

impl End {
    fn follow(&mut self, keys: &Keys, one: &GivenOrTaken) -> consent_entry::Model {
        let mut line = consent_entry::Model {
            seq: self.seq + 1,
            id: Uuid::nil(),
            account_id: one.account.uuid(),
            contact_id: one.contact.uuid(),
            address_hash: keys.address_hash(&one.email_key),
            purpose: one.purpose.as_str().to_owned(),
            granted: one.granted,
            at: one.at,
            source: one.source.clone(),
            wording: one.wording.clone(),
            recorded_at: one.recorded_at,
            previous_hash: self.hash.clone(),
            hash: Vec::new(),
        };
        line.hash = hash(keys, &self.hash, &line);
        let start: [u8; 16] = line.hash[..16].try_into().expect("an HMAC has 32 bytes");
        line.id = Builder::from_custom_bytes(start).into_uuid();
        *self = Self { seq: line.seq, hash: line.hash.clone() };
        line
    }
}

/// HMAC over the hash before and the line as a JSON array, in the order of the table: whoever can write the table, and
/// has not the key, cannot make a line follow.
fn hash(keys: &Keys, previous: &[u8], line: &consent_entry::Model) -> Vec<u8> {
    let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Micros, true);
    let canonical = serde_json::json!([
        line.seq,
        line.account_id,
        line.contact_id,
        hex(&line.address_hash),
        line.purpose,
        line.granted,
        time(line.at),
        line.source,
        line.wording,
        time(line.recorded_at),
    ]);
    keys.mac("ledger of consent", &[previous, canonical.to_string().as_bytes()].concat()).to_vec()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes all that is written");
        text
    })
}

/// Every column is written: a line converted as it is would leave its key to the database.
fn all_set(line: consent_entry::Model) -> consent_entry::ActiveModel {
    line.into_active_model().reset_all()
}

/// What a person allows now.
pub async fn in_force(db: &impl ConnectionTrait, contact: Uuid) -> Result<Vec<Purpose>, DbErr> {
    let theirs = consent::Column::ContactId.eq(contact).and(consent::Column::Granted.eq(true));
    let rows = consent::Entity::find().filter(theirs).all(db).await?;
    Ok(rows.iter().filter_map(|row| row.purpose.parse().ok()).collect())
}

/// What a person allows now, and since when.
pub async fn in_force_since(
    db: &impl ConnectionTrait,
    contact: Uuid,
) -> Result<Vec<(Purpose, DateTime<Utc>)>, DbErr> {
    let theirs = consent::Column::ContactId.eq(contact).and(consent::Column::Granted.eq(true));
    let rows = consent::Entity::find().filter(theirs).order_by_asc(consent::Column::Purpose).all(db).await?;
    Ok(rows.iter().filter_map(|row| Some((row.purpose.parse().ok()?, row.at))).collect())
}

/// What a person has refused or taken back.
pub async fn refused(db: &impl ConnectionTrait, contact: Uuid) -> Result<Vec<Purpose>, DbErr> {
    let theirs = consent::Column::ContactId.eq(contact).and(consent::Column::Granted.eq(false));
    let rows = consent::Entity::find().filter(theirs).all(db).await?;
    Ok(rows.iter().filter_map(|row| row.purpose.parse().ok()).collect())
}

/// One line of the ledger, as the person it is about may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// What for.
    pub purpose: String,
    /// Given, or taken back.
    pub granted: bool,
    /// When they said so.
    pub at: DateTime<Utc>,
    /// Where: a page, a file, a call.
    pub source: String,
    /// The words that were shown.
    pub wording: Option<String>,
}

/// Everything this person has given and taken back, the first on top.
pub async fn receipts(db: &impl ConnectionTrait, contact: Uuid) -> Result<Vec<Receipt>, DbErr> {
    let lines = consent_entry::Entity::find().filter(consent_entry::Column::ContactId.eq(contact));
    let lines = lines.order_by_asc(consent_entry::Column::Seq).all(db).await?;
    let receipt = |line: consent_entry::Model| Receipt {
        purpose: line.purpose,
        granted: line.granted,
        at: line.at,
        source: line.source,
        wording: line.wording,
    };
    Ok(lines.into_iter().map(receipt).collect())
}

/// A consent in force with its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved {
    /// The person.
    pub contact: Uuid,
    /// What for.
    pub purpose: Purpose,
    /// Since when.
    pub at: DateTime<Utc>,
    /// Where: a page, a file, a call.
    pub source: String,
    /// The words that were shown.
    pub wording: String,
}

/// What these people allow now, with the proof; what was given without words shown is left out.
pub async fn proved(db: &impl ConnectionTrait, people: &[Uuid]) -> Result<Vec<Proved>, DbErr> {
    let granted = consent::Column::ContactId.is_in(people.to_vec()).and(consent::Column::Granted.eq(true));
    let state = consent::Entity::find().filter(granted).all(db).await?;
    let mut proved = Vec::with_capacity(state.len());
    for some in state.chunks(1_000) {
        let receipts = some.iter().map(|row| row.entry_id);
        let lines = consent_entry::Entity::find().filter(consent_entry::Column::Id.is_in(receipts));
        proved.extend(lines.all(db).await?.into_iter().filter_map(|line| {
            let (purpose, wording) = (line.purpose.parse().ok()?, line.wording?);
            Some(Proved { contact: line.contact_id, purpose, at: line.at, source: line.source, wording })
        }));
    }
    Ok(proved)
}
