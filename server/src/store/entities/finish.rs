//! One item that one person finished, once, and what they were offered next.

use sea_orm::entity::prelude::*;

/// One item that one person finished, once, and what they were offered next.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "finishes")]
pub struct Model {
    /// Home account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    /// The item.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub item: String,
    /// When.
    pub at: DateTimeUtc,
    /// follow-up or picks, as drawn; nothing where nothing was drawn.
    #[sea_orm(column_type = "Text", nullable)]
    pub arm: Option<String>,
    /// The one item that was offered next.
    #[sea_orm(column_type = "Text", nullable)]
    pub follow_up: Option<String>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
