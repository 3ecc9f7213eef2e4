//! A product that accounts may hold a licence for.

use sea_orm::entity::prelude::*;

/// A product that accounts may hold a licence for.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "products")]
pub struct Model {
    /// Short code used in files and questions.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub code: String,
    /// Name as customers know it.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Group of products it belongs to.
    #[sea_orm(column_type = "Text", nullable)]
    pub family: Option<String>,
    /// Days without use after which a seat counts as idle.
    pub active_window_days: Option<i32>,
    /// Last change.
    pub updated_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
