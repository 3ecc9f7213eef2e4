//! An address that must not be written to. Imports can never lift it.

use sea_orm::entity::prelude::*;

/// An address that must not be written to. Imports can never lift it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "suppressions")]
pub struct Model {
    /// Keyed hash of the normalised address.
    #[sea_orm(primary_key, auto_increment = false)]
    pub address_hash: Vec<u8>,
    /// Which key made the hash; keys are never retired.
    pub key_id: i32,
    /// all, or one purpose.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub scope: String,
    /// stop, complaint, hard-bounce, erased or staff.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// Where it came from.
    #[sea_orm(column_type = "Text")]
    pub source: String,
    /// Since when.
    pub at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
