//! How often something was done lately, by the hash of who did what.

use sea_orm::entity::prelude::*;

/// How often something was done lately, by the hash of who did what.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "limits")]
pub struct Model {
    /// Hash of who and what.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_hash: Vec<u8>,
    /// When the counting began.
    pub began_at: DateTimeUtc,
    /// How often since.
    pub count: i32,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
