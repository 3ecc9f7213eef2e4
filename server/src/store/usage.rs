//! Seats in use, and milestones reached.

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use super::entities::usage;
use super::staging::{Kind, Merged, Spared, Target, key, value};

/// Seats in use on a day, or a milestone reached, with sound values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arriving {
    /// The account.
    pub account: Uuid,
    /// Code of the product.
    pub product: String,
    /// The day.
    pub on: NaiveDate,
    /// Seats in use.
    pub active_seats: Option<i32>,
    /// Milestone reached on that day.
    pub milestone: Option<String>,
}

const USAGE: Target = Target {
    name: "usage",
    columns: &[
        key("account_id", Kind::Uuid),
        key("product_code", Kind::Text),
        key("on_date", Kind::Date),
        key("milestone", Kind::Text),
        value("active_seats", Kind::Integer),
    ],
};

/// Merges these; fields in `leave` stay as they are, and in each row what is `spared`.
pub(crate) async fn merge(
    txn: &DatabaseTransaction,
    arriving: &[Arriving],
    leave: &[&str],
    spared: &[Spared],
) -> Result<Merged, DbErr> {
    let rows = arriving.iter().map(|one| {
        vec![
            one.account.into(),
            one.product.clone().into(),
            one.on.into(),
            one.milestone.clone().unwrap_or_default().into(),
            one.active_seats.into(),
        ]
    });
    USAGE.put_sparing(txn, rows.collect(), leave, spared).await
}

/// Usage of these accounts, by product, day and milestone.
pub async fn of_accounts(db: &impl ConnectionTrait, accounts: &[Uuid]) -> Result<Vec<Arriving>, DbErr> {
    let rows = usage::Entity::find()
        .filter(usage::Column::AccountId.is_in(accounts.to_vec()))
        .order_by_asc(usage::Column::ProductCode)
        .order_by_asc(usage::Column::OnDate)
        .order_by_asc(usage::Column::Milestone)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Arriving {
            account: row.account_id,
            product: row.product_code,
            on: row.on_date,
            active_seats: row.active_seats,
            milestone: Some(row.milestone).filter(|milestone| !milestone.is_empty()),
        })
        .collect())
}
