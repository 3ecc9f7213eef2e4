//! One file taken in under one mapping.

use sea_orm::entity::prelude::*;

/// One file taken in under one mapping.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "imports")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it holds.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Hash of the file.
    pub file_hash: Vec<u8>,
    /// Hash of the mapping.
    pub mapping_hash: Vec<u8>,
    /// When.
    pub started_at: DateTimeUtc,
    /// When it was done.
    pub finished_at: Option<DateTimeUtc>,
    /// Line of the file up to which all is kept.
    pub checkpoint: i64,
    /// Added, changed, same, refused, warnings.
    pub counts: Json,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
