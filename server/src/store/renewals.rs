//! How licence terms ended.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use super::entities::renewal;
use super::staging::{Kind, Merged, Spared, Target, key, stamp, value};

/// How one licence term ended, with sound values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arriving {
    /// The account.
    pub account: Uuid,
    /// The licence.
    pub licence: Uuid,
    /// When the term ended.
    pub due_on: NaiveDate,
    /// How.
    pub outcome: Outcome,
    /// When that was known.
    pub decided_on: Option<NaiveDate>,
    /// Booked amount in minor units; refunds are negative.
    pub amount: Option<i64>,
    /// Its currency.
    pub currency: Option<String>,
}

/// How a licence term ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The same again.
    Renewed,
    /// For more.
    Expanded,
    /// For less.
    Contracted,
    /// Not again.
    Lapsed,
    /// Again, after it had lapsed.
    Recovered,
}

impl Outcome {
    /// Every one.
    pub const ALL: [Self; 5] =
        [Self::Renewed, Self::Expanded, Self::Contracted, Self::Lapsed, Self::Recovered];

    /// The word in files and tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Renewed => "renewed",
            Self::Expanded => "expanded",
            Self::Contracted => "contracted",
            Self::Lapsed => "lapsed",
            Self::Recovered => "recovered",
        }
    }
}

const RENEWALS: Target = Target {
    name: "renewals",
    columns: &[
        key("account_id", Kind::Uuid),
        key("licence_id", Kind::Uuid),
        key("due_on", Kind::Date),
        value("outcome", Kind::Text),
        value("decided_on", Kind::Date),
        value("amount", Kind::BigInteger),
        value("currency", Kind::Text),
        stamp("updated_at", Kind::Time),
    ],
};

/// Merges these; fields in `leave` stay as they are, and in each row what is `spared`.
pub(crate) async fn merge(
    txn: &DatabaseTransaction,
    arriving: &[Arriving],
    leave: &[&str],
    spared: &[Spared],
    now: DateTime<Utc>,
) -> Result<Merged, DbErr> {
    let rows = arriving.iter().map(|one| {
        vec![
            one.account.into(),
            one.licence.into(),
            one.due_on.into(),
            one.outcome.as_str().to_owned().into(),
            one.decided_on.into(),
            one.amount.into(),
            one.currency.clone().into(),
            now.into(),
        ]
    });
    RENEWALS.put_sparing(txn, rows.collect(), leave, spared).await
}

/// The renewals of these licences, which belong to these accounts, by due date.
pub async fn of_licences(
    db: &impl ConnectionTrait,
    accounts: impl IntoIterator<Item = Uuid>,
    licences: &[Uuid],
) -> Result<Vec<Arriving>, DbErr> {
    let accounts: HashSet<_> = accounts.into_iter().collect();
    let theirs =
        renewal::Column::AccountId.is_in(accounts).and(renewal::Column::LicenceId.is_in(licences.to_vec()));
    let rows = renewal::Entity::find().filter(theirs).order_by_asc(renewal::Column::DueOn).all(db).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let outcome = Outcome::ALL.into_iter().find(|outcome| outcome.as_str() == row.outcome)?;
            Some(Arriving {
                account: row.account_id,
                licence: row.licence_id,
                due_on: row.due_on,
                outcome,
                decided_on: row.decided_on,
                amount: row.amount,
                currency: row.currency,
            })
        })
        .collect())
}
