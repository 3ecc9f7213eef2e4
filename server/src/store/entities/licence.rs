//! A product that an account holds for a term.

use sea_orm::entity::prelude::*;

/// A product that an account holds for a term.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "licences")]
pub struct Model {
    /// Derived from the external id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Identifier in the files of the vendor.
    #[sea_orm(column_type = "Text")]
    pub external_id: String,
    /// The product.
    #[sea_orm(column_type = "Text")]
    pub product_code: String,
    /// Seats sold.
    pub seats: Option<i32>,
    /// Start of the term.
    pub starts_on: Option<Date>,
    /// End of the term: when renewal is due.
    pub renews_on: Date,
    /// Price of the term in minor units.
    pub amount: Option<i64>,
    /// ISO 4217 code.
    #[sea_orm(column_type = "Text", nullable)]
    pub currency: Option<String>,
    /// vendor, partner or distributor.
    #[sea_orm(column_type = "Text")]
    pub billed_by: String,
    /// Last change.
    pub updated_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
