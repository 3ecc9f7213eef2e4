//! Something a person said they want.

use sea_orm::entity::prelude::*;

/// Something a person said they want.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "contact_needs")]
pub struct Model {
    /// Home account of the person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    /// In their words.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub need: String,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
