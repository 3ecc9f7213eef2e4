//! Who was asked to join, how, and when. The comparison side is never asked; where it was, that is kept and told.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use segments::AskChannel;
use uuid::Uuid;

use super::comparison::{self, Design};
use super::entities::{account, ask, assignment, contact, family};
use super::staging::{Kind, Merged, Target, key, once, value};
use crate::ids;

/// One ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The account.
    pub account: Uuid,
    /// The person, when one was asked by name.
    pub contact: Option<Uuid>,
    /// On which way.
    pub channel: AskChannel,
    /// The words.
    pub wording: Option<String>,
    /// When.
    pub asked_at: DateTime<Utc>,
}

impl Ask {
    /// Derived from whom, how and when, so that the same ask twice is one.
    pub fn id(&self) -> Uuid {
        let person = self.contact.unwrap_or_default();
        let name = format!("{}|{}|{person}", self.channel, self.asked_at.timestamp_micros());
        ids::named(self.account, "ask", &name)
    }
}

/// What became of asks.
#[derive(Debug, Default)]
pub struct Recorded {
    /// Counts of what was kept.
    pub merged: Merged,
    /// Places of those that went to the comparison side while it was kept out: before anybody of the family had joined,
    /// and before its time was over.
    pub wrongly: Vec<usize>,
}

const ASKS: Target = Target {
    name: "asks",
    columns: &[
        key("account_id", Kind::Uuid),
        key("id", Kind::Uuid),
        once("contact_id", Kind::Uuid),
        once("family_id", Kind::Uuid),
        once("channel", Kind::Text),
        once("asked_at", Kind::Time),
        value("wording", Kind::Text),
    ],
};

/// Merges these asks, each of them once and of known accounts; fields in `leave` stay as they are.
pub(crate) async fn merge(
    txn: &DatabaseTransaction,
    asks: &[Ask],
    leave: &[&str],
) -> Result<Recorded, DbErr> {
    let accounts = accounts(txn, asks).await?;
    let rows = asks.iter().filter_map(|one| {
        let account = accounts.get(&one.account)?;
        Some(vec![
            one.account.into(),
            one.id().into(),
            one.contact.into(),
            account.family_id.into(),
            one.channel.as_str().into(),
            one.asked_at.into(),
            one.wording.clone().into(),
        ])
    });
    let merged = ASKS.put(txn, rows.collect(), leave).await?;
    Ok(Recorded { merged, wrongly: wrongly(txn, asks, &accounts).await? })
}

async fn accounts(db: &impl ConnectionTrait, asks: &[Ask]) -> Result<HashMap<Uuid, account::Model>, DbErr> {
    let mut found = HashMap::new();
    for some in asks.chunks(1_000) {
        let theirs = account::Column::Id.is_in(some.iter().map(|one| one.account));
        let rows = account::Entity::find().filter(theirs).all(db).await?;
        found.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    Ok(found)
}

/// In the members design everybody may be asked: families are drawn only after joining.
async fn wrongly(
    db: &impl ConnectionTrait,
    asks: &[Ask],
    accounts: &HashMap<Uuid, account::Model>,
) -> Result<Vec<usize>, DbErr> {
    if comparison::draw(db).await?.is_none_or(|draw| draw.design == Design::Members) {
        return Ok(Vec::new());
    }
    let side = comparison::side(true);
    let kept_out = |account: &&account::Model| account.held || account.side.as_deref() == Some(side);
    let families: Vec<_> = accounts.values().filter(kept_out).map(|account| account.family_id).collect();
    let (joined, graduated) = (first_joined(db, &families).await?, graduated(db, &families).await?);
    let is_wrong = |one: &Ask| {
        let later = |at: Option<&DateTime<Utc>>| at.is_none_or(|at| *at > one.asked_at);
        accounts.get(&one.account).filter(kept_out).is_some_and(|account| {
            let family = &account.family_id;
            later(joined.get(family)) && (account.held || later(graduated.get(family)))
        })
    };
    Ok(asks.iter().enumerate().filter(|(_, one)| is_wrong(one)).map(|(place, _)| place).collect())
}

/// Those of these families that were asked before anybody of them joined.
pub(super) async fn asked_first(
    db: &impl ConnectionTrait,
    families: &[Uuid],
) -> Result<HashSet<Uuid>, DbErr> {
    let joined = first_joined(db, families).await?;
    let mut asked = HashSet::new();
    for some in families.chunks(1_000) {
        let rows: Vec<(Uuid, DateTime<Utc>)> = ask::Entity::find()
            .select_only()
            .column(ask::Column::FamilyId)
            .column_as(ask::Column::AskedAt.min(), "first")
            .filter(ask::Column::FamilyId.is_in(some.to_vec()))
            .group_by(ask::Column::FamilyId)
            .into_tuple()
            .all(db)
            .await?;
        let before =
            rows.into_iter().filter(|(family, at)| joined.get(family).is_none_or(|joined| at < joined));
        asked.extend(before.map(|(family, _)| family));
    }
    Ok(asked)
}

/// When the first person of each of these families joined, where somebody has.
async fn first_joined(
    db: &impl ConnectionTrait,
    families: &[Uuid],
) -> Result<HashMap<Uuid, DateTime<Utc>>, DbErr> {
    let mut first: HashMap<Uuid, DateTime<Utc>> = HashMap::new();
    for some in families.chunks(1_000) {
        let of_family: Vec<(Uuid, Uuid)> = account::Entity::find()
            .select_only()
            .columns([account::Column::Id, account::Column::FamilyId])
            .filter(account::Column::FamilyId.is_in(some.to_vec()))
            .into_tuple()
            .all(db)
            .await?;
        let of_family: HashMap<_, _> = of_family.into_iter().collect();
        let joined: Vec<(Uuid, DateTime<Utc>)> = contact::Entity::find()
            .select_only()
            .columns([contact::Column::AccountId, contact::Column::OptedInAt])
            .filter(contact::Column::AccountId.is_in(of_family.keys().copied()))
            .filter(contact::Column::OptedInAt.is_not_null())
            .into_tuple()
            .all(db)
            .await?;
        for (account, at) in joined {
            let first = first.entry(of_family[&account]).or_insert(at);
            *first = at.min(*first);
        }
    }
    Ok(first)
}

/// When the last of each of these families, and of those merged into it, was drawn again into the program.
async fn graduated(
    db: &impl ConnectionTrait,
    families: &[Uuid],
) -> Result<HashMap<Uuid, DateTime<Utc>>, DbErr> {
    let mut last: HashMap<Uuid, DateTime<Utc>> = HashMap::new();
    for some in families.chunks(1_000) {
        let merged: Vec<(Uuid, Option<Uuid>)> = family::Entity::find()
            .select_only()
            .columns([family::Column::Id, family::Column::MergedInto])
            .filter(family::Column::MergedInto.is_in(some.to_vec()))
            .into_tuple()
            .all(db)
            .await?;
        let mut whole: HashMap<Uuid, Uuid> = some.iter().map(|family| (*family, *family)).collect();
        whole.extend(merged.into_iter().filter_map(|(family, into)| Some((family, into?))));
        let again: Vec<(Uuid, DateTime<Utc>)> = assignment::Entity::find()
            .select_only()
            .columns([assignment::Column::FamilyId, assignment::Column::AssignedAt])
            .filter(assignment::Column::FamilyId.is_in(whole.keys().copied()))
            .filter(assignment::Column::Draw.gt(1))
            .filter(assignment::Column::Side.eq(comparison::side(false)))
            .into_tuple()
            .all(db)
            .await?;
        for (family, at) in again {
            let last = last.entry(whole[&family]).or_insert(at);
            *last = at.max(*last);
        }
    }
    Ok(last)
}

/// Asks of these accounts, in order of time.
pub async fn of_accounts(db: &impl ConnectionTrait, accounts: &[Uuid]) -> Result<Vec<Ask>, DbErr> {
    let rows = ask::Entity::find()
        .filter(ask::Column::AccountId.is_in(accounts.to_vec()))
        .order_by_asc(ask::Column::AskedAt)
        .order_by_asc(ask::Column::Channel)
        .all(db)
        .await?;
    let asks = rows.into_iter().map(|row| {
        Ok(Ask {
            account: row.account_id,
            contact: row.contact_id,
            channel: row.channel.parse().map_err(|error| DbErr::Custom(format!("asks: {error}")))?,
            wording: row.wording,
            asked_at: row.asked_at,
        })
    });
    asks.collect()
}
