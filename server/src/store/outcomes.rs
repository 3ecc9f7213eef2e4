//! What a report counts: who was assigned where, how terms ended, and what letters led to. Rows only; what they mean
//! is decided in `lift::report`.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::comparison;
use super::entities::{account, ask, assignment, contact, deviation, import, licence, renewal, usage};

mod letters;

pub use letters::{Act, Letter, acts, allow_tracking, journeys_of, letters, withdrawn};

/// One family as it was first assigned.
#[derive(Debug, Clone, PartialEq)]
pub struct Assigned {
    /// The family.
    pub family: Uuid,
    /// True for the comparison side.
    pub comparison: bool,
    /// Share kept out at that time.
    pub share: f64,
    /// When.
    pub at: DateTime<Utc>,
    /// When its time on the comparison side was over, and it was drawn again into the program.
    pub let_go: Option<DateTime<Utc>>,
}

/// The first assignment of every family, in the order of the ledger, and the hash of the ledger's last line.
pub async fn assigned(db: &impl ConnectionTrait) -> Result<(Vec<Assigned>, Option<Vec<u8>>), DbErr> {
    let rows = assignment::Entity::find().order_by_asc(assignment::Column::Seq).all(db).await?;
    let head = rows.last().map(|row| row.hash.clone());
    let let_go: HashMap<Uuid, DateTime<Utc>> =
        rows.iter().filter(|row| row.draw > 1).map(|row| (row.family_id, row.assigned_at)).collect();
    let mut seen = HashSet::with_capacity(rows.len());
    let first = rows.into_iter().filter(|row| seen.insert(row.family_id)).map(|row| Assigned {
        let_go: let_go.get(&row.family_id).copied(),
        family: row.family_id,
        comparison: row.side == "comparison",
        share: row.share,
        at: row.assigned_at,
    });
    Ok((first.collect(), head))
}

/// An account, as far as its family's outcome is concerned.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Account {
    /// The account.
    pub id: Uuid,
    /// Its family.
    pub family_id: Uuid,
    /// Head count.
    pub employees: Option<i32>,
    /// NAICS code.
    pub industry: Option<String>,
}

/// Every account.
pub async fn accounts(db: &impl ConnectionTrait) -> Result<Vec<Account>, DbErr> {
    account::Entity::find()
        .select_only()
        .columns([
            account::Column::Id,
            account::Column::FamilyId,
            account::Column::Employees,
            account::Column::Industry,
        ])
        .order_by_asc(account::Column::Id)
        .into_model()
        .all(db)
        .await
}

/// A licence, as far as its term is concerned.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Licence {
    /// The licence.
    pub id: Uuid,
    /// The account.
    pub account_id: Uuid,
    /// Identifier in the vendor's files.
    pub external_id: String,
    /// The product.
    pub product_code: String,
    /// Seats sold.
    pub seats: Option<i32>,
    /// End of the term.
    pub renews_on: NaiveDate,
    /// Price of the term in minor units.
    pub amount: Option<i64>,
    /// Its currency.
    pub currency: Option<String>,
}

/// Every licence.
pub async fn licences(db: &impl ConnectionTrait) -> Result<Vec<Licence>, DbErr> {
    use licence::Column;
    licence::Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::AccountId,
            Column::ExternalId,
            Column::ProductCode,
            Column::Seats,
            Column::RenewsOn,
            Column::Amount,
            Column::Currency,
        ])
        .order_by_asc(Column::ExternalId)
        .into_model()
        .all(db)
        .await
}

/// How one term ended.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Ending {
    /// The licence.
    pub licence_id: Uuid,
    /// When the term ended.
    pub due_on: NaiveDate,
    /// renewed, expanded, contracted, lapsed or recovered.
    pub outcome: String,
    /// When that was known.
    pub decided_on: Option<NaiveDate>,
    /// Booked amount in minor units.
    pub amount: Option<i64>,
    /// Its currency.
    pub currency: Option<String>,
}

impl Ending {
    /// The day it counts for: when it was decided, else when it was due.
    pub fn day(&self) -> NaiveDate {
        self.decided_on.unwrap_or(self.due_on)
    }
}

/// Every ending that was known on this day.
pub async fn endings(db: &impl ConnectionTrait, until: NaiveDate) -> Result<Vec<Ending>, DbErr> {
    use renewal::Column;
    let rows: Vec<Ending> = renewal::Entity::find()
        .select_only()
        .columns([
            Column::LicenceId,
            Column::DueOn,
            Column::Outcome,
            Column::DecidedOn,
            Column::Amount,
            Column::Currency,
        ])
        .order_by_asc(Column::LicenceId)
        .order_by_asc(Column::DueOn)
        .into_model()
        .all(db)
        .await?;
    Ok(rows.into_iter().filter(|row| row.day() <= until).collect())
}

/// Seats in use on a day.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Use {
    /// The account.
    pub account_id: Uuid,
    /// The product.
    pub product_code: String,
    /// The day.
    pub on_date: NaiveDate,
    /// Seats in use.
    pub active_seats: i32,
}

/// Seats in use until this day, in order of time.
pub async fn uses(db: &impl ConnectionTrait, until: NaiveDate) -> Result<Vec<Use>, DbErr> {
    use usage::Column;
    usage::Entity::find()
        .select_only()
        .columns([Column::AccountId, Column::ProductCode, Column::OnDate, Column::ActiveSeats])
        .filter(Column::ActiveSeats.is_not_null())
        .filter(Column::OnDate.lte(until))
        .order_by_asc(Column::OnDate)
        .into_model()
        .all(db)
        .await
}

/// A person, as far as joining is concerned.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Person {
    /// The person.
    pub id: Uuid,
    /// Their home account.
    pub account_id: Uuid,
    /// When they joined.
    pub opted_in_at: Option<DateTime<Utc>>,
    /// When they came into the records.
    pub created_at: DateTime<Utc>,
}

/// Everyone.
pub async fn people(db: &impl ConnectionTrait) -> Result<Vec<Person>, DbErr> {
    contact::Entity::find()
        .select_only()
        .columns([
            contact::Column::Id,
            contact::Column::AccountId,
            contact::Column::OptedInAt,
            contact::Column::CreatedAt,
        ])
        .order_by_asc(contact::Column::Id)
        .into_model()
        .all(db)
        .await
}

/// When each family that was asked to join was first asked.
pub async fn asked(
    db: &impl ConnectionTrait,
    until: DateTime<Utc>,
) -> Result<HashMap<Uuid, DateTime<Utc>>, DbErr> {
    let rows: Vec<(Uuid, DateTime<Utc>)> = ask::Entity::find()
        .select_only()
        .column(ask::Column::FamilyId)
        .column_as(ask::Column::AskedAt.min(), "first")
        .filter(ask::Column::AskedAt.lte(until))
        .group_by(ask::Column::FamilyId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Comparison families that were found to have joined until then, asked or not, and when that was found.
pub async fn crossed(
    db: &impl ConnectionTrait,
    until: DateTime<Utc>,
) -> Result<HashMap<Uuid, DateTime<Utc>>, DbErr> {
    let rows: Vec<(Uuid, DateTime<Utc>)> = deviation::Entity::find()
        .select_only()
        .columns([deviation::Column::FamilyId, deviation::Column::At])
        .filter(deviation::Column::Kind.is_in(comparison::CROSSED))
        .filter(deviation::Column::At.lte(until))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// How far the renewals feed reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feed {
    /// The day up to which it was handed over: the last file of which a row was kept, or the last day it speaks of.
    pub reaches: NaiveDate,
    /// The last day on which a term was decided, until the day of asking.
    pub last_decided: Option<NaiveDate>,
}

/// How far the renewals feed reaches on this day; nothing when no renewal was ever reported.
pub async fn feed(db: &impl ConnectionTrait, as_of: NaiveDate) -> Result<Option<Feed>, DbErr> {
    let files: Vec<(DateTime<Utc>, serde_json::Value)> = import::Entity::find()
        .select_only()
        .columns([import::Column::FinishedAt, import::Column::Counts])
        .filter(import::Column::Kind.eq("renewals"))
        .filter(import::Column::FinishedAt.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    // A file that held nothing, or nothing that could be kept, says nothing about how far renewals are known.
    let kept = |counts: &serde_json::Value| {
        ["added", "changed", "same"]
            .into_iter()
            .any(|name| counts[name].as_u64().is_some_and(|rows| rows > 0))
    };
    let taken_in = files.iter().filter(|(_, counts)| kept(counts)).map(|(at, _)| at.date_naive()).max();
    let last_decided: Option<Option<NaiveDate>> = renewal::Entity::find()
        .select_only()
        .column_as(renewal::Column::DecidedOn.max(), "decided")
        .filter(renewal::Column::DecidedOn.lte(as_of))
        .into_tuple()
        .one(db)
        .await?;
    let last_decided = last_decided.flatten();
    let reaches = taken_in.into_iter().chain(last_decided).max();
    Ok(reaches.map(|day| Feed { reaches: day.min(as_of), last_decided }))
}

/// The families of these people, as far as the people were there when their family was put on its side.
pub async fn families_of(
    db: &impl ConnectionTrait,
    people: &[Uuid],
    assigned: &[Assigned],
) -> Result<HashSet<Uuid>, DbErr> {
    let assigned: HashMap<_, _> = assigned.iter().map(|one| (one.family, one.at)).collect();
    let people: HashSet<_> = people.iter().collect();
    let of_account: HashMap<_, _> =
        accounts(db).await?.into_iter().map(|account| (account.id, account.family_id)).collect();
    let members = self::people(db).await?.into_iter().filter(|person| people.contains(&person.id));
    let there = members.filter_map(|person| {
        let family = of_account.get(&person.account_id)?;
        assigned.get(family).filter(|at| person.created_at <= **at).map(|_| *family)
    });
    Ok(there.collect())
}
