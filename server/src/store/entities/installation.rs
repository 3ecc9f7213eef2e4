//! One row: what makes this installation itself, made on first start.

use sea_orm::entity::prelude::*;

/// One row: what makes this installation itself, made on first start.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "installation")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Root of the identifiers that are derived from names.
    pub namespace: Uuid,
    /// When this installation began.
    pub created_at: DateTimeUtc,
    /// A fingerprint of the root key; none until a program that keeps one was started.
    pub key_check: Option<Vec<u8>>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
