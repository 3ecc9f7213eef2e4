//! Whose posts a person looks at first.

use sea_orm::entity::prelude::*;

/// Whose posts a person looks at first.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "community_bans")]
pub struct Model {
    /// Home account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    /// Since when.
    pub since: DateTimeUtc,
    /// Until when, once it was lifted.
    pub lifted_at: Option<DateTimeUtc>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
