//! How one licence term ended.

use sea_orm::entity::prelude::*;

/// How one licence term ended.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "renewals")]
pub struct Model {
    /// The account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The licence.
    #[sea_orm(primary_key, auto_increment = false)]
    pub licence_id: Uuid,
    /// When the term ended.
    #[sea_orm(primary_key, auto_increment = false)]
    pub due_on: Date,
    /// renewed, expanded, contracted, lapsed or recovered.
    #[sea_orm(column_type = "Text")]
    pub outcome: String,
    /// When that was known.
    pub decided_on: Option<Date>,
    /// Booked amount in minor units; refunds are negative.
    pub amount: Option<i64>,
    /// ISO 4217 code.
    #[sea_orm(column_type = "Text", nullable)]
    pub currency: Option<String>,
    /// Last change.
    pub updated_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
