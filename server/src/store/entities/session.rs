//! Somebody signed in, kept as a hash.

use sea_orm::entity::prelude::*;

/// Somebody signed in, kept as a hash.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// Hash of the cookie.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    /// staff or customer.
    #[sea_orm(column_type = "Text")]
    pub audience: String,
    /// Who.
    pub subject_id: Uuid,
    /// When they signed in.
    pub created_at: DateTimeUtc,
    /// Last use.
    pub last_seen_at: DateTimeUtc,
    /// Ends at the latest then.
    pub expires_at: DateTimeUtc,
    /// Browser and system, in coarse words.
    #[sea_orm(column_type = "Text", nullable)]
    pub agent: Option<String>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
