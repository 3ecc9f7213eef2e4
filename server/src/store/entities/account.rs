//! A customer company.

use sea_orm::entity::prelude::*;

/// A customer company.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub struct Model {
    /// Derived from the external id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Identifier in the files of the vendor.
    #[sea_orm(column_type = "Text")]
    pub external_id: String,
    /// Company name.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Company domain, lower case.
    #[sea_orm(column_type = "Text", nullable)]
    pub domain: Option<String>,
    /// Head count.
    pub employees: Option<i32>,
    /// When it was founded.
    pub founded_on: Option<Date>,
    /// starting-up, established, growing or handing-on, when somebody said so.
    #[sea_orm(column_type = "Text", nullable)]
    pub stage: Option<String>,
    /// NAICS 2022 code.
    #[sea_orm(column_type = "Text", nullable)]
    pub industry: Option<String>,
    /// ISO 3166 code.
    #[sea_orm(column_type = "Text", nullable)]
    pub country: Option<String>,
    /// State or region code.
    #[sea_orm(column_type = "Text", nullable)]
    pub region: Option<String>,
    /// City.
    #[sea_orm(column_type = "Text", nullable)]
    pub city: Option<String>,
    /// Postal code.
    #[sea_orm(column_type = "Text", nullable)]
    pub postal_code: Option<String>,
    /// External id of its parent company.
    #[sea_orm(column_type = "Text", nullable)]
    pub parent: Option<String>,
    /// Who pays the bill, as the billing system knows it.
    #[sea_orm(column_type = "Text", nullable)]
    pub billing_id: Option<String>,
    /// Partner that serves it.
    pub partner_id: Option<Uuid>,
    /// vendor, partner or distributor: who bills it.
    #[sea_orm(column_type = "Text")]
    pub billing: String,
    /// small, midmarket or not-smb: what sales planned with.
    #[sea_orm(column_type = "Text", nullable)]
    pub targeted_class: Option<String>,
    /// Size band that sales planned with.
    #[sea_orm(column_type = "Text", nullable)]
    pub targeted_band: Option<String>,
    /// Its family.
    pub family_id: Uuid,
    /// Side of its family, kept here so that no query needs a second account's rows.
    #[sea_orm(column_type = "Text", nullable)]
    pub side: Option<String>,
    /// True while its family is kept out of every send.
    pub held: bool,
    /// When it came.
    pub created_at: DateTimeUtc,
    /// Last change by a file; what people say of their business leaves it.
    pub updated_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
