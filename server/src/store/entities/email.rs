//! A letter that campaigns may send.

use sea_orm::entity::prelude::*;

/// A letter that campaigns may send.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "emails")]
pub struct Model {
    /// Its name in files and addresses.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub name: String,
    /// What people read.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// The file it came from, in the form that export writes.
    pub document: Json,
    /// Hash of that form; an import of the same changes nothing.
    pub content_hash: Vec<u8>,
    /// Counts changes.
    pub version: i32,
    /// Last change.
    pub updated_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
