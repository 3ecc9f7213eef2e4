//! An audience with an outcome and a decision, fixed at its start.

use sea_orm::entity::prelude::*;

/// An audience with an outcome and a decision, fixed at its start.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "programs")]
pub struct Model {
    /// Derived from the name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its name in files and addresses.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// What people read.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// The file it came from, in the form that export writes.
    pub document: Json,
    /// When it started: the document never changes after.
    pub started_at: Option<DateTimeUtc>,
    /// When its report was last read to see whether its letters must pause.
    pub looked_at: Option<DateTimeUtc>,
    /// Last change.
    pub updated_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
