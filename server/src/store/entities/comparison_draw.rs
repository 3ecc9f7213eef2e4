//! The installation's one draw: its design and its salt.

use sea_orm::entity::prelude::*;

/// The installation's one draw: its design and its salt.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "comparison_draws")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Salt of the draw.
    pub salt: Vec<u8>,
    /// Name of the salt in ledgers, which never show it.
    pub salt_id: Uuid,
    /// invited or members.
    #[sea_orm(column_type = "Text")]
    pub design: String,
    /// Share kept out.
    pub share: f64,
    /// Longest time a family is kept out.
    pub limit_days: i32,
    /// When the draw began.
    pub drawn_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
