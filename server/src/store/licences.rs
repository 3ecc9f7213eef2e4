//! What accounts hold, and how each term ended.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use segments::Billing;
use uuid::Uuid;

use super::entities::licence;
use super::staging::{Kind, Merged, Spared, Target, key, once, stamp, value};
use crate::ids::named;

/// A licence with sound values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arriving {
    /// Identifier in the files of the vendor.
    pub external_id: String,
    /// The account.
    pub account: Uuid,
    /// Code of the product.
    pub product: String,
    /// Seats sold.
    pub seats: Option<i32>,
    /// Start of the term.
    pub starts_on: Option<NaiveDate>,
    /// End of the term, when renewal is due.
    pub renews_on: NaiveDate,
    /// Price of the term in minor units.
    pub amount: Option<i64>,
    /// Its currency.
    pub currency: Option<String>,
    /// Who bills it; the vendor when nobody said.
    pub billed_by: Option<Billing>,
}

/// A licence as others refer to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Identifier.
    pub id: Uuid,
    /// The account.
    pub account: Uuid,
    /// Its currency.
    pub currency: Option<String>,
}

const LICENCES: Target = Target {
    name: "licences",
    columns: &[
        key("account_id", Kind::Uuid),
        key("id", Kind::Uuid),
        once("external_id", Kind::Text),
        value("product_code", Kind::Text),
        value("seats", Kind::Integer),
        value("starts_on", Kind::Date),
        value("renews_on", Kind::Date),
        value("amount", Kind::BigInteger),
        value("currency", Kind::Text),
        value("billed_by", Kind::Text),
        stamp("updated_at", Kind::Time),
    ],
};

/// The identifier of the licence with this external id.
pub fn id(namespace: Uuid, external_id: &str) -> Uuid {
    named(namespace, "licence", external_id)
}

/// Codes of the products that this account holds or held.
pub async fn products_of(db: &impl ConnectionTrait, account: Uuid) -> Result<Vec<String>, DbErr> {
    licence::Entity::find()
        .select_only()
        .column(licence::Column::ProductCode)
        .distinct()
        .filter(licence::Column::AccountId.eq(account))
        .order_by_asc(licence::Column::ProductCode)
        .into_tuple()
        .all(db)
        .await
}

/// The licences with these external ids.
pub async fn known(
    db: &impl ConnectionTrait,
    external_ids: &[String],
) -> Result<HashMap<String, Known>, DbErr> {
    let mut found = HashMap::with_capacity(external_ids.len());
    for some in external_ids.chunks(1_000) {
        let rows = licence::Entity::find().filter(licence::Column::ExternalId.is_in(some.to_vec()));
        found.extend(rows.all(db).await?.into_iter().map(|row| {
            (row.external_id, Known { id: row.id, account: row.account_id, currency: row.currency })
        }));
    }
    Ok(found)
}

/// Merges these licences; fields in `leave` stay as they are, and in each row what is `spared`.
pub(crate) async fn merge(
    txn: &DatabaseTransaction,
    namespace: Uuid,
    arriving: &[Arriving],
    leave: &[&str],
    spared: &[Spared],
    now: DateTime<Utc>,
) -> Result<Merged, DbErr> {
    let rows = arriving.iter().map(|one| {
        vec![
            one.account.into(),
            id(namespace, &one.external_id).into(),
            one.external_id.clone().into(),
            one.product.clone().into(),
            one.seats.into(),
            one.starts_on.into(),
            one.renews_on.into(),
            one.amount.into(),
            one.currency.clone().into(),
            one.billed_by.unwrap_or(Billing::Vendor).as_str().to_owned().into(),
            now.into(),
        ]
    });
    LICENCES.put_sparing(txn, rows.collect(), leave, spared).await
}

/// The next licences after this external id, at most `limit`, each with its identifier.
pub async fn page(
    db: &impl ConnectionTrait,
    after: &str,
    limit: u64,
) -> Result<Vec<(Uuid, Arriving)>, DbErr> {
    let rows = licence::Entity::find()
        .filter(licence::Column::ExternalId.gt(after))
        .order_by_asc(licence::Column::ExternalId)
        .limit(limit)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let licence = Arriving {
                external_id: row.external_id,
                account: row.account_id,
                product: row.product_code,
                seats: row.seats,
                starts_on: row.starts_on,
                renews_on: row.renews_on,
                amount: row.amount,
                currency: row.currency,
                billed_by: row.billed_by.parse().ok(),
            };
            (row.id, licence)
        })
        .collect())
}
