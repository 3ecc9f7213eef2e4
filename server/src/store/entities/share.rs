//! One link by which anybody reads an item or a shelf.

use sea_orm::entity::prelude::*;

/// One link by which anybody reads an item or a shelf.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shares")]
pub struct Model {
    /// Home account of who shares.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Who shares.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Hash of the token in the link.
    pub token_hash: Vec<u8>,
    /// The item, where it is one.
    #[sea_orm(column_type = "Text", nullable)]
    pub item: Option<String>,
    /// The shelf, where it is one.
    pub shelf_id: Option<Uuid>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// It opens until then.
    pub expires_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
