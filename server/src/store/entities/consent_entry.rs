//! One line of the append-only consent ledger, chained by hash.

use sea_orm::entity::prelude::*;

/// One line of the append-only consent ledger, chained by hash.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "consent_ledger")]
pub struct Model {
    /// Place in the ledger.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// Identifier of the receipt.
    pub id: Uuid,
    /// Home account.
    pub account_id: Uuid,
    /// The person.
    pub contact_id: Uuid,
    /// Keyed hash of the address it was given for.
    pub address_hash: Vec<u8>,
    /// What for.
    #[sea_orm(column_type = "Text")]
    pub purpose: String,
    /// Given, or taken back.
    pub granted: bool,
    /// When the person said so.
    pub at: DateTimeUtc,
    /// Where: a page, a file, a call.
    #[sea_orm(column_type = "Text")]
    pub source: String,
    /// The words that were shown.
    #[sea_orm(column_type = "Text", nullable)]
    pub wording: Option<String>,
    /// When it was written here.
    pub recorded_at: DateTimeUtc,
    /// Hash of the line before.
    pub previous_hash: Vec<u8>,
    /// Hash of this line.
    pub hash: Vec<u8>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
