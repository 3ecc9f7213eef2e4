//! What people finished, each once, what they were offered next, and who came back.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::entities::event;
use super::entities::finish::{ActiveModel, Column, Entity, Model};
use super::progress::Learner;

/// Within so many days somebody comes back, or does not.
pub const RETURN_DAYS: i64 = 14;
/// What happens within so many hours of finishing is the same visit.
const SAME_VISIT_HOURS: i64 = 6;

/// What somebody who finished is offered: drawn by lot, so that the one can be compared with the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arm {
    /// The one item that follows.
    FollowUp,
    /// What they would be offered on any other day.
    Picks,
}

impl Arm {
    /// Both.
    pub const ALL: [Self; 2] = [Self::FollowUp, Self::Picks];

    /// Its word in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FollowUp => "follow-up",
            Self::Picks => "picks",
        }
    }
}

/// An item that somebody finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finish {
    /// The item.
    pub item: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What they are offered, where that was drawn.
    pub arm: Option<Arm>,
    /// The one item that follows.
    pub follow_up: Option<String>,
}

/// Keeps that somebody finished an item, and says whether they had not before.
pub async fn finish(db: &impl ConnectionTrait, who: Learner, done: &Finish) -> Result<bool, DbErr> {
    let row = ActiveModel {
        account_id: Set(who.account),
        contact_id: Set(who.contact),
        item: Set(done.item.clone()),
        at: Set(done.at),
        arm: Set(done.arm.map(|arm| arm.word().to_owned())),
        follow_up: Set(done.follow_up.clone()),
    };
    let once =
        OnConflict::columns([Column::AccountId, Column::ContactId, Column::Item]).do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(once).exec_without_returning(db).await? == 1)
}

/// How this person finished this item, when they did so here.
pub async fn finished(db: &impl ConnectionTrait, who: Learner, item: &str) -> Result<Option<Finish>, DbErr> {
    let key = (who.account, who.contact, item.to_owned());
    Entity::find_by_id(key).one(db).await?.map(read).transpose()
}

fn read(row: Model) -> Result<Finish, DbErr> {
    let arm = match row.arm {
        Some(word) => Some(
            Arm::ALL
                .into_iter()
                .find(|arm| arm.word() == word)
                .ok_or_else(|| DbErr::Type(format!("nobody is ever offered `{word}` after finishing")))?,
        ),
        None => None,
    };
    Ok(Finish { item: row.item, at: row.at, arm, follow_up: row.follow_up })
}

/// Every item this person ever finished, here or as a file told us.
pub async fn completed(db: &impl ConnectionTrait, who: Learner) -> Result<BTreeSet<String>, DbErr> {
    let items: Vec<Option<String>> = event::Entity::find()
        .select_only()
        .column(event::Column::Item)
        .filter(event::Column::AccountId.eq(who.account))
        .filter(event::Column::ContactId.eq(who.contact))
        .filter(event::Column::Kind.eq("completed"))
        .into_tuple()
        .all(db)
        .await?;
    Ok(items.into_iter().flatten().collect())
}

/// How many people were offered one thing, and how many of them came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Returned {
    /// People who finished something for the first time, at least 14 days ago.
    pub people: u64,
    /// Those of them who came back within 14 days, on another visit.
    pub came_back: u64,
}

/// Who came back after finishing: of those who were offered the follow-up, and of those who saw picks instead.
///
/// Each person counts once, with the first finish for which an offer was drawn, so that people are independent.
pub async fn returns(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<[Returned; 2], DbErr> {
    let due = now - TimeDelta::days(RETURN_DAYS);
    let rows = Entity::find()
        .filter(Column::Arm.is_not_null())
        .filter(Column::At.lte(due))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Item)
        .all(db)
        .await?;
    let mut first: BTreeMap<(Uuid, Uuid), Finish> = BTreeMap::new();
    for row in rows {
        let who = (row.account_id, row.contact_id);
        if let std::collections::btree_map::Entry::Vacant(place) = first.entry(who) {
            place.insert(read(row)?);
        }
    }
    let back = came_back(db, &first).await?;
    let count = |arm: Arm| {
        let of_it = || first.iter().filter(move |(_, finish)| finish.arm == Some(arm));
        Returned {
            people: of_it().count() as u64,
            came_back: of_it().filter(|((_, contact), _)| back.contains(contact)).count() as u64,
        }
    };
    Ok(Arm::ALL.map(count))
}

/// Which of these people did something in the center on another visit within the days that count.
async fn came_back(
    db: &impl ConnectionTrait,
    first: &BTreeMap<(Uuid, Uuid), Finish>,
) -> Result<BTreeSet<Uuid>, DbErr> {
    let acts = ["viewed", "completed", "asked", "answered", "signed-in", "form"];
    let mut back = BTreeSet::new();
    let people: Vec<_> = first.keys().copied().collect();
    for some in people.chunks(500) {
        let done: Vec<(Uuid, Uuid, DateTime<Utc>)> = event::Entity::find()
            .select_only()
            .columns([event::Column::AccountId, event::Column::ContactId, event::Column::At])
            .filter(event::Column::AccountId.is_in(some.iter().map(|(account, _)| *account)))
            .filter(event::Column::ContactId.is_in(some.iter().map(|(_, contact)| *contact)))
            .filter(event::Column::Kind.is_in(acts))
            .into_tuple()
            .all(db)
            .await?;
        for (account, contact, at) in done {
            let Some(finish) = first.get(&(account, contact)) else { continue };
            let after = at - finish.at;
            if after > TimeDelta::hours(SAME_VISIT_HOURS) && after <= TimeDelta::days(RETURN_DAYS) {
                back.insert(contact);
            }
        }
    }
    Ok(back)
}

#[cfg(test)]
mod tests;
