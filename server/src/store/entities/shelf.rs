//! One shelf of one person.

use sea_orm::entity::prelude::*;

/// One shelf of one person.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shelves")]
pub struct Model {
    /// Home account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What its owner calls it, in their own words.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// What they called it before, so that renaming can be undone.
    #[sea_orm(column_type = "Text", nullable)]
    pub title_before: Option<String>,
    /// Its place among their shelves.
    pub position: i32,
    /// Whether colleagues of the account see it.
    pub shared: bool,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// Last change.
    pub updated_at: DateTimeUtc,
    /// When it was deleted; it can be brought back for a while.
    pub archived_at: Option<DateTimeUtc>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
