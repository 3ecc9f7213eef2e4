//! A one-time link, kept as a hash.

use sea_orm::entity::prelude::*;

/// A one-time link, kept as a hash.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_links")]
pub struct Model {
    /// Hash of the token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    /// staff or customer.
    #[sea_orm(column_type = "Text")]
    pub audience: String,
    /// Who it is for.
    pub subject_id: Uuid,
    /// Until when.
    pub expires_at: DateTimeUtc,
    /// When it was used.
    pub used_at: Option<DateTimeUtc>,
    /// Hash of the secret in the browser that asked for it; one made by staff is bound to none.
    pub browser_hash: Option<Vec<u8>>,
    /// Keyed hash of the code that opens it in any other browser.
    pub code_hash: Option<Vec<u8>>,
    /// Codes tried so far.
    pub tries: i32,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
