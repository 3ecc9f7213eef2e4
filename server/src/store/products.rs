//! What is sold.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryOrder};

use super::entities::product;
use super::staging::{Kind, Merged, Spared, Target, key, stamp, value};

/// A product with sound values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Short code used in files and questions.
    pub code: String,
    /// Name as customers know it.
    pub name: String,
    /// Group of products it belongs to.
    pub family: Option<String>,
    /// Days without use after which a seat counts as idle.
    pub active_window_days: Option<i32>,
}

const PRODUCTS: Target = Target {
    name: "products",
    columns: &[
        key("code", Kind::Text),
        value("name", Kind::Text),
        value("family", Kind::Text),
        value("active_window_days", Kind::Integer),
        stamp("updated_at", Kind::Time),
    ],
};

/// Every product, by code.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Product>, DbErr> {
    let rows = product::Entity::find().order_by_asc(product::Column::Code).all(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Product {
            code: row.code,
            name: row.name,
            family: row.family,
            active_window_days: row.active_window_days,
        })
        .collect())
}

/// Merges these products; fields in `leave` stay as they are, and in each row what is `spared`.
pub(crate) async fn merge(
    txn: &DatabaseTransaction,
    arriving: &[Product],
    leave: &[&str],
    spared: &[Spared],
    now: DateTime<Utc>,
) -> Result<Merged, DbErr> {
    let rows = arriving.iter().map(|one| {
        vec![
            one.code.clone().into(),
            one.name.clone().into(),
            one.family.clone().into(),
            one.active_window_days.into(),
            now.into(),
        ]
    });
    PRODUCTS.put_sparing(txn, rows.collect(), leave, spared).await
}
