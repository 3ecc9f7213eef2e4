//! What happened: written once, never changed.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use segments::{AccountId, ContactId, EventKind, Verdict};
use uuid::Uuid;

use super::entities::event::{ActiveModel, Column, Entity};

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    /// Identifier; the same fact twice has the same one.
    pub id: Uuid,
    /// Home account.
    pub account: AccountId,
    /// The person.
    pub contact: Option<ContactId>,
    /// What happened.
    pub kind: EventKind,
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
    /// Who we think did it, and the version of the rule that said so.
    pub verdict: Option<(Verdict, i32)>,
    /// Coarse evidence; never an address or a full agent.
    pub evidence: Option<serde_json::Value>,
    /// When it is written here.
    pub recorded_at: DateTime<Utc>,
}

impl NewEvent {
    /// An event of which only this is known.
    pub fn of(id: Uuid, account: AccountId, kind: EventKind, at: DateTime<Utc>) -> Self {
        Self {
            id,
            account,
            contact: None,
            kind,
            at,
            message: None,
            item: None,
            product: None,
            link: None,
            value: None,
            verdict: None,
            evidence: None,
            recorded_at: at,
        }
    }
}

/// When those of these events (account and id) happened that are there.
pub async fn when(
    db: &impl ConnectionTrait,
    events: impl Iterator<Item = (AccountId, Uuid)>,
) -> Result<HashMap<Uuid, DateTime<Utc>>, DbErr> {
    let events: Vec<_> = events.collect();
    let mut found = HashMap::with_capacity(events.len());
    for some in events.chunks(1_000) {
        // The account is asked for too: it comes first in the key.
        let accounts: HashSet<_> = some.iter().map(|(account, _)| account.uuid()).collect();
        let rows: Vec<(Uuid, DateTime<Utc>)> = Entity::find()
            .select_only()
            .columns([Column::Id, Column::At])
            .filter(Column::AccountId.is_in(accounts))
            .filter(Column::Id.is_in(some.iter().map(|(_, id)| *id)))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Writes these events, and says how many were new. One that is there already is left as it is.
pub async fn record(db: &impl ConnectionTrait, events: &[NewEvent]) -> Result<u64, DbErr> {
    let mut new = 0;
    for some in events.chunks(1_000) {
        let rows = some.iter().map(|one| ActiveModel {
            id: Set(one.id),
            account_id: Set(one.account.uuid()),
            contact_id: Set(one.contact.map(ContactId::uuid)),
            kind: Set(one.kind.as_str().to_owned()),
            at: Set(one.at),
            message_id: Set(one.message),
            item: Set(one.item.clone()),
            product: Set(one.product.clone()),
            link: Set(one.link),
            value: Set(one.value.clone()),
            verdict: Set(one.verdict.map(|(verdict, _)| verdict.as_str().to_owned())),
            verdict_rule: Set(one.verdict.map(|(_, rule)| rule)),
            evidence: Set(one.evidence.clone()),
            recorded_at: Set(one.recorded_at),
        });
        let same = [Column::AccountId, Column::At, Column::Id];
        new += Entity::insert_many(rows)
            .on_conflict(OnConflict::columns(same).do_nothing().to_owned())
            .exec_without_returning(db)
            .await?;
    }
    Ok(new)
}
