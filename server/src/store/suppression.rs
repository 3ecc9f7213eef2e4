//! Addresses that must not be written to, known by keyed hash only, so that the list outlives the people on it.
//!
//! There is no way here to lift one: that is a decision of a person, with its own door.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter};
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

/// Why, from the weakest to the strongest: a stop its person may take back, an erasure nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The person pressed stop.
    Stop,
    /// Staff entered it.
    Staff,
    /// The address does not exist.
    HardBounce,
    /// The person complained to their provider.
    Complaint,
    /// The person asked to be erased.
    Erased,
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

/// Suppresses an address. Of one that is suppressed for that scope already, the stronger reason stays, with where it
/// came from; since when stays as it is, and of equal reasons the first.
pub async fn add(db: &impl ConnectionTrait, keys: &Keys, one: &Suppression<'_>) -> Result<(), DbErr> {
    let row = ActiveModel {
        address_hash: Set(keys.address_hash(one.email_key)),
        key_id: Set(KEY_ID.into()),
        scope: Set(one.scope.as_str().to_owned()),
        reason: Set(one.reason.as_str().to_owned()),
        source: Set(one.source.to_owned()),
        at: Set(one.at),
    };
    let mut known = OnConflict::columns([Column::AddressHash, Column::Scope]);
    let weaker = one.reason.weaker();
    if weaker.is_empty() {
        known.do_nothing();
    } else {
        known
            .update_columns([Column::Reason, Column::Source])
            .action_and_where(Expr::col((Entity, Column::Reason)).is_in(weaker));
    }
    Entity::insert(row).on_conflict(known).exec_without_returning(db).await?;
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

/// Why nothing may be sent to this address, when nothing may.
pub async fn of_everything(db: &impl ConnectionTrait, address_hash: &[u8]) -> Result<Option<Reason>, DbErr> {
    let everything = Column::AddressHash.eq(address_hash).and(Column::Scope.eq(Scope::All.as_str()));
    let row = Entity::find().filter(everything).one(db).await?;
    Ok(row.map(|row| {
        // A reason that is not known here weighs as the heaviest.
        Reason::ALL.into_iter().find(|reason| reason.as_str() == row.reason).unwrap_or(Reason::Erased)
    }))
}

/// Whether no letter at all may go to this address, not even one that its owner asked for just now: it bounced, its owner
/// complained, staff closed it, or it was erased. A stop of one's own is none of these.
pub async fn is_barred(db: &impl ConnectionTrait, address_hash: &[u8]) -> Result<bool, DbErr> {
    Ok(of_everything(db, address_hash).await?.is_some_and(|reason| reason != Reason::Stop))
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

/// Those of these addresses whose owners asked to be erased.
pub async fn erased<'a>(
    db: &impl ConnectionTrait,
    keys: &Keys,
    email_keys: impl Iterator<Item = &'a str>,
) -> Result<HashSet<&'a str>, DbErr> {
    let by_hash: HashMap<_, _> = email_keys.map(|key| (keys.address_hash(key), key)).collect();
    let hashes: Vec<_> = by_hash.keys().cloned().collect();
    let mut found = HashSet::new();
    for some in hashes.chunks(1_000) {
        let erased = Column::AddressHash.is_in(some.to_vec()).and(Column::Reason.eq(Reason::Erased.as_str()));
        let rows = Entity::find().filter(erased).all(db).await?;
        found.extend(rows.iter().filter_map(|row| by_hash.get(&row.address_hash).copied()));
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
    /// Every one, the weakest first.
    pub const ALL: [Self; 5] = [Self::Stop, Self::Staff, Self::HardBounce, Self::Complaint, Self::Erased];

    /// The words of the reasons that this one wins over.
    fn weaker(self) -> Vec<&'static str> {
        Self::ALL.into_iter().filter(|other| *other < self).map(Self::as_str).collect()
    }

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

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::testing::{self, noon};

    #[tokio::test]
    async fn the_stronger_reason_wins_whichever_comes_first_and_since_when_stays() {
        for (place, app) in testing::houses().await {
            for first in Reason::ALL {
                for second in Reason::ALL {
                    let email_key = format!("{}-{}@bell.example", first.as_str(), second.as_str());
                    let named = |scope, reason: Reason, days| Suppression {
                        email_key: &email_key,
                        scope,
                        reason,
                        source: reason.as_str(),
                        at: noon() + TimeDelta::days(days),
                    };
                    let txn = app.db.begin().await.unwrap();
                    let other = Scope::Purpose(Purpose::Training);
                    add(&txn, &app.keys, &named(other, first, 0)).await.unwrap();
                    add(&txn, &app.keys, &named(Scope::All, first, 0)).await.unwrap();
                    add(&txn, &app.keys, &named(Scope::All, second, 1)).await.unwrap();
                    txn.commit().await.unwrap();

                    let own = Column::AddressHash.eq(app.keys.address_hash(&email_key));
                    let rows = Entity::find().filter(own).all(app.db.read()).await.unwrap();
                    let of = |scope| rows.iter().find(|row| row.scope == scope).unwrap();
                    let stronger = first.max(second).as_str();
                    let message = format!("{} then {} on {}", first.as_str(), second.as_str(), place.name);
                    assert_eq!(rows.len(), 2, "{message}");
                    assert_eq!(
                        (of("all").reason.as_str(), of("all").source.as_str()),
                        (stronger, stronger),
                        "{message}"
                    );
                    assert_eq!(of("all").at, noon(), "{message}");
                    assert_eq!(of("training").reason, first.as_str(), "another scope, {message}");
                }
            }
        }
    }
}
