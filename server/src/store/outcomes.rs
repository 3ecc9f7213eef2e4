//! What a report counts: who was assigned where, how terms ended, and what letters led to. Rows only; what they mean
//! is decided in `lift::report`.
//!
//! Whole tables are read here, so each is read row by row. Asked for all at once, every row would first lie in memory
//! in the driver's form, which is many times larger than ours, and every connection's thread keeps what it once took.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::{TryStreamExt, future};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    StreamTrait,
};
use uuid::Uuid;

use super::entities::{account, ask, assignment, contact, deviation, import, licence, renewal, usage};

mod letters;

pub use letters::{Act, Letter, acts, allow_tracking, journeys_of, letters, withdrawn};

/// What can be read row by row.
pub trait RowByRow: ConnectionTrait + StreamTrait + Send {}

impl<C: ConnectionTrait + StreamTrait + Send> RowByRow for C {}

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
}

/// The first assignment of every family, in the order of the ledger, and the hash of the ledger's last line.
pub async fn assigned(db: &impl RowByRow) -> Result<(Vec<Assigned>, Option<Vec<u8>>), DbErr> {
    let mut lines = assignment::Entity::find().order_by_asc(assignment::Column::Seq).stream(db).await?;
    let (mut seen, mut first, mut head) = (HashSet::new(), Vec::new(), None);
    while let Some(line) = lines.try_next().await? {
        if seen.insert(line.family_id) {
            first.push(Assigned {
                family: line.family_id,
                comparison: line.side == "comparison",
                share: line.share,
                at: line.assigned_at,
            });
        }
        head = Some(line.hash);
    }
    Ok((first, head))
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
pub async fn accounts(db: &impl RowByRow) -> Result<Vec<Account>, DbErr> {
    account::Entity::find()
        .select_only()
        .columns([
            account::Column::Id,
            account::Column::FamilyId,
            account::Column::Employees,
            account::Column::Industry,
        ])
        .order_by_asc(account::Column::Id)
        .into_model::<Account>()
        .stream(db)
        .await?
        .try_collect()
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
pub async fn licences(db: &impl RowByRow) -> Result<Vec<Licence>, DbErr> {
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
        .into_model::<Licence>()
        .stream(db)
        .await?
        .try_collect()
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
pub async fn endings(db: &impl RowByRow, until: NaiveDate) -> Result<Vec<Ending>, DbErr> {
    use renewal::Column;
    renewal::Entity::find()
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
        .into_model::<Ending>()
        .stream(db)
        .await?
        .try_filter(|row| future::ready(row.day() <= until))
        .try_collect()
        .await
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
pub async fn uses(db: &impl RowByRow, until: NaiveDate) -> Result<Vec<Use>, DbErr> {
    use usage::Column;
    usage::Entity::find()
        .select_only()
        .columns([Column::AccountId, Column::ProductCode, Column::OnDate, Column::ActiveSeats])
        .filter(Column::ActiveSeats.is_not_null())
        .filter(Column::OnDate.lte(until))
        .order_by_asc(Column::OnDate)
        .into_model::<Use>()
        .stream(db)
        .await?
        .try_collect()
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
}

/// Everyone.
pub async fn people(db: &impl RowByRow) -> Result<Vec<Person>, DbErr> {
    contact::Entity::find()
        .select_only()
        .columns([contact::Column::Id, contact::Column::AccountId, contact::Column::OptedInAt])
        .order_by_asc(contact::Column::Id)
        .into_model::<Person>()
        .stream(db)
        .await?
        .try_collect()
        .await
}

/// When each family that was asked to join was first asked.
pub async fn asked(db: &impl RowByRow, until: DateTime<Utc>) -> Result<HashMap<Uuid, DateTime<Utc>>, DbErr> {
    ask::Entity::find()
        .select_only()
        .column(ask::Column::FamilyId)
        .column_as(ask::Column::AskedAt.min(), "first")
        .filter(ask::Column::AskedAt.lte(until))
        .group_by(ask::Column::FamilyId)
        .into_tuple::<(Uuid, DateTime<Utc>)>()
        .stream(db)
        .await?
        .try_collect()
        .await
}

/// Families with a deviation of this kind.
pub async fn deviated(db: &impl ConnectionTrait, kind: &str) -> Result<HashSet<Uuid>, DbErr> {
    let rows: Vec<Uuid> = deviation::Entity::find()
        .select_only()
        .column(deviation::Column::FamilyId)
        .filter(deviation::Column::Kind.eq(kind))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// How far the renewals feed reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feed {
    /// The day up to which it was handed over: the last file taken in, or the last day it speaks of.
    pub reaches: NaiveDate,
    /// The last day on which a term was decided.
    pub last_decided: Option<NaiveDate>,
}

/// How far the renewals feed reaches on this day; nothing when no renewal was ever reported.
pub async fn feed(db: &impl ConnectionTrait, as_of: NaiveDate) -> Result<Option<Feed>, DbErr> {
    let taken_in: Option<Option<DateTime<Utc>>> = import::Entity::find()
        .select_only()
        .column_as(import::Column::FinishedAt.max(), "last")
        .filter(import::Column::Kind.eq("renewals"))
        .into_tuple()
        .one(db)
        .await?;
    let rows: Option<(Option<DateTime<Utc>>, Option<NaiveDate>)> = renewal::Entity::find()
        .select_only()
        .column_as(renewal::Column::UpdatedAt.max(), "written")
        .column_as(renewal::Column::DecidedOn.max(), "decided")
        .into_tuple()
        .one(db)
        .await?;
    let (written, last_decided) = rows.unwrap_or_default();
    let days =
        [taken_in.flatten().map(|at| at.date_naive()), written.map(|at| at.date_naive()), last_decided];
    let last_decided = last_decided.map(|day| day.min(as_of));
    Ok(days.into_iter().flatten().max().map(|day| Feed { reaches: day.min(as_of), last_decided }))
}

/// The families of these people.
pub async fn families_of(db: &impl RowByRow, people: &[Uuid]) -> Result<HashSet<Uuid>, DbErr> {
    let people: HashSet<_> = people.iter().collect();
    let of_account: HashMap<_, _> =
        accounts(db).await?.into_iter().map(|account| (account.id, account.family_id)).collect();
    let members = self::people(db).await?.into_iter().filter(|person| people.contains(&person.id));
    Ok(members.filter_map(|person| of_account.get(&person.account_id).copied()).collect())
}
