//! One item on one shelf.

use sea_orm::entity::prelude::*;

/// One item on one shelf.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shelf_items")]
pub struct Model {
    /// Home account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Whose shelf it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    /// The shelf.
    #[sea_orm(primary_key, auto_increment = false)]
    pub shelf_id: Uuid,
    /// The item.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub item: String,
    /// Its place on the shelf.
    pub position: i32,
    /// Which version of the item it was when it was saved.
    #[sea_orm(column_type = "Text")]
    pub version: String,
    /// When it was saved.
    pub added_at: DateTimeUtc,
    /// When it was taken off; it can be put back.
    pub removed_at: Option<DateTimeUtc>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
