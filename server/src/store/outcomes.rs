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

use super::comparison;
use super::entities::{account, ask, assignment, contact, deviation, licence, renewal, usage};

mod feed;
mod letters;

pub use feed::{Feed, feed};
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
    /// When its time on the comparison side was over, and it was drawn again into the program.
    pub let_go: Option<DateTime<Utc>>,
}

/// The first assignment of every family, in the order of the ledger, and the hash of the ledger's last line.
pub async fn assigned(db: &impl RowByRow) -> Result<(Vec<Assigned>, Option<Vec<u8>>), DbErr> {
    let mut lines = assignment::Entity::find().order_by_asc(assignment::Column::Seq).stream(db).await?;
    let (mut first, mut head) = (Vec::new(), None);
    let (mut seen, mut let_go) = (HashSet::new(), HashMap::new());
    while let Some(line) = lines.try_next().await? {
        if line.draw > 1 {
            let_go.insert(line.family_id, line.assigned_at);
        }
        if seen.insert(line.family_id) {
            first.push(Assigned {
                let_go: None,
                family: line.family_id,
                comparison: line.side == "comparison",
                share: line.share,
                at: line.assigned_at,
            });
        }
        head = Some(line.hash);
    }
    for one in &mut first {
        one.let_go = let_go.get(&one.family).copied();
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
    /// When they came into the records.
    pub created_at: DateTime<Utc>,
}

/// Everyone.
pub async fn people(db: &impl RowByRow) -> Result<Vec<Person>, DbErr> {
    contact::Entity::find()
        .select_only()
        .columns([
            contact::Column::Id,
            contact::Column::AccountId,
            contact::Column::OptedInAt,
            contact::Column::CreatedAt,
        ])
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

/// The families of these people, as far as the people were there when their family was put on its side.
pub async fn families_of(
    db: &impl RowByRow,
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
