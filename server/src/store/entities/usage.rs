//! Seats in use on a day, or a milestone reached.

use sea_orm::entity::prelude::*;

/// Seats in use on a day, or a milestone reached.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "usage")]
pub struct Model {
    /// The account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The product.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub product_code: String,
    /// The day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub on_date: Date,
    /// Milestone reached on that day, or empty.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub milestone: String,
    /// Seats in use.
    pub active_seats: Option<i32>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
