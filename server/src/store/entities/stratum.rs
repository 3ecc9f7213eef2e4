//! One block of the draw: its method is fixed when the draw begins.

use sea_orm::entity::prelude::*;

/// One block of the draw: its method is fixed when the draw begins.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "strata")]
pub struct Model {
    /// Size band and renewal quarter.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub name: String,
    /// hash or blocks.
    #[sea_orm(column_type = "Text")]
    pub method: String,
    /// Share kept out.
    pub share: f64,
    /// Families a block; 0 for hash.
    pub block_size: i32,
    /// Families placed so far.
    pub next_position: i64,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
