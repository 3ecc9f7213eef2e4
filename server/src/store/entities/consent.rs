//! The consent in force for one person and purpose.

use sea_orm::entity::prelude::*;

/// The consent in force for one person and purpose.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "consents")]
pub struct Model {
    /// Home account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    /// What for.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub purpose: String,
    /// Given, or taken back.
    pub granted: bool,
    /// Since when.
    pub at: DateTimeUtc,
    /// The receipt in the ledger.
    pub entry_id: Uuid,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
