//! Addresses that must not be written to, known by keyed hash only, so that the list outlives the people on it.
//!
//! There is no way here to lift one: that is a decision of a person, with its own door.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use segments::Purpose;

use super::entities::suppression::{ActiveModel, Column, Entity};
use crate::keys::{KEY_ID, Keys};

/// What is suppressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Every letter.
    All,
    /// Letters for one purpose.
    Purpose(Purpose),
}

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The person pressed stop.
    Stop,
    /// The person complained to their provider.
    Complaint,
    /// The address does not exist.
    HardBounce,
    /// The person asked to be erased.
    Erased,
    /// Staff entered it.
    Staff,
}

/// One address that must not be written to.
#[derive(Debug, Clone)]
pub struct Suppression<'a> {
    /// Normalised address.
    pub email_key: &'a str,
    /// What for.
    pub scope: Scope,
    /// Why.
    pub reason: Reason,
    /// Where it came from.
    pub source: &'a str,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// Suppresses an address. Doing it twice keeps the first.
pub async fn add(db: &impl ConnectionTrait, keys: &Keys, one: &Suppression<'_>) -> Result<(), DbErr> {
    let row = ActiveModel {
        address_hash: Set(keys.address_hash(one.email_key)),
        key_id: Set(KEY_ID.into()),
        scope: Set(one.scope.as_str().to_owned()),
        reason: Set(one.reason.as_str().to_owned()),
        source: Set(one.source.to_owned()),
        at: Set(one.at),
    };
    Entity::insert(row)
        .on_conflict(OnConflict::columns([Column::AddressHash, Column::Scope]).do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Whether this address must not be written to for this purpose.
pub async fn is_suppressed(
    db: &impl ConnectionTrait,
    keys: &Keys,
    email_key: &str,
    purpose: Purpose,
) -> Result<bool, DbErr> {
    let found = of_many(db, keys, std::iter::once(email_key)).await?;
    Ok(found.blocks(keys, email_key, purpose))
}

/// The suppressions of many addresses.
#[derive(Debug, Default)]
pub struct Found {
    scopes: HashMap<Vec<u8>, HashSet<String>>,
}

impl Found {
    /// Whether this address must not be written to for this purpose.
    pub fn blocks(&self, keys: &Keys, email_key: &str, purpose: Purpose) -> bool {
        !self.scopes.is_empty()
            && self
                .scopes
                .get(&keys.address_hash(email_key))
                .is_some_and(|scopes| scopes.contains("all") || scopes.contains(purpose.as_str()))
    }
}

/// Looks up many addresses at once.
pub async fn of_many<'a>(
    db: &impl ConnectionTrait,
    keys: &Keys,
    email_keys: impl Iterator<Item = &'a str>,
) -> Result<Found, DbErr> {
    let hashes: Vec<_> = email_keys.map(|key| keys.address_hash(key)).collect();
    let mut found = Found::default();
    for some in hashes.chunks(1_000) {
        for row in Entity::find().filter(Column::AddressHash.is_in(some.to_vec())).all(db).await? {
            found.scopes.entry(row.address_hash).or_default().insert(row.scope);
        }
    }
    Ok(found)
}

impl Scope {
    fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Purpose(purpose) => purpose.as_str(),
        }
    }
}

impl Reason {
    /// The word in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Complaint => "complaint",
            Self::HardBounce => "hard-bounce",
            Self::Erased => "erased",
            Self::Staff => "staff",
        }
    }
}
