//! What one business pays for: its licences with their seats, the days on which seats were counted, and who bills.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder};
use segments::Billing;
use uuid::Uuid;

use super::entities::{account, licence, partner, renewal, usage};
use super::products;

/// A business, as far as it pays for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Business {
    /// Its name.
    pub name: String,
    /// Its partner.
    pub partner: Option<String>,
    /// Everything it holds that has not lapsed, the next renewal first.
    pub licences: Vec<Held>,
}

/// One licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Identifier.
    pub id: Uuid,
    /// Code of the product.
    pub product: String,
    /// Its name.
    pub name: String,
    /// Seats sold.
    pub seats: Option<i32>,
    /// End of the term.
    pub renews_on: NaiveDate,
    /// Price of the term in minor units, with its currency.
    pub price: Option<(i64, String)>,
    /// Who bills it.
    pub billed_by: Billing,
    /// Seats in use, by day.
    pub counts: Vec<(NaiveDate, i32)>,
    /// Days without use after which a seat counts as idle.
    pub window_days: Option<i32>,
}

/// What this business pays for.
pub async fn of_account(
    db: &impl ConnectionTrait,
    account: Uuid,
    today: NaiveDate,
) -> Result<Option<Business>, DbErr> {
    let Some(company) = account::Entity::find_by_id(account).one(db).await? else { return Ok(None) };
    let partner = match company.partner_id {
        Some(id) => partner::Entity::find_by_id(id).one(db).await?.map(|partner| partner.name),
        None => None,
    };
    let lapsed: BTreeSet<_> = renewal::Entity::find()
        .filter(renewal::Column::AccountId.eq(account).and(renewal::Column::Outcome.eq("lapsed")))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.licence_id, row.due_on))
        .collect();
    let mut counts = counts(db, account, today).await?;
    let known: HashMap<_, _> =
        products::all(db).await?.into_iter().map(|product| (product.code.clone(), product)).collect();
    let rows = licence::Entity::find()
        .filter(licence::Column::AccountId.eq(account))
        .order_by_asc(licence::Column::RenewsOn)
        .order_by_asc(licence::Column::ExternalId)
        .all(db)
        .await?;
    let mut licences = Vec::with_capacity(rows.len());
    for row in rows.into_iter().filter(|row| !lapsed.contains(&(row.id, row.renews_on))) {
        let product = known.get(&row.product_code);
        licences.push(Held {
            id: row.id,
            name: product.map_or_else(|| row.product_code.clone(), |product| product.name.clone()),
            seats: row.seats,
            renews_on: row.renews_on,
            price: row.amount.zip(row.currency),
            billed_by: row.billed_by.parse().map_err(|error| DbErr::Type(format!("{error}")))?,
            // Seats are counted by product: of two licences for one, the first to renew shows them.
            counts: counts.remove(&row.product_code).unwrap_or_default(),
            window_days: product.and_then(|product| product.active_window_days),
            product: row.product_code,
        });
    }
    Ok(Some(Business { name: company.name, partner, licences }))
}

/// Seats in use until today, by product and day.
async fn counts(
    db: &impl ConnectionTrait,
    account: Uuid,
    today: NaiveDate,
) -> Result<HashMap<String, Vec<(NaiveDate, i32)>>, DbErr> {
    let rows = usage::Entity::find()
        .filter(usage::Column::AccountId.eq(account).and(usage::Column::OnDate.lte(today)))
        .order_by_asc(usage::Column::OnDate)
        .all(db)
        .await?;
    let mut counts: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        if let Some(active) = row.active_seats {
            counts.entry(row.product_code).or_default().push((row.on_date, active));
        }
    }
    Ok(counts)
}
