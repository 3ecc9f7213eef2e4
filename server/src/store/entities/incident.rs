//! Something that is out of order for many.

use sea_orm::entity::prelude::*;

/// Something that is out of order for many.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "incidents")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Code of the product; empty when it is about none of them alone.
    #[sea_orm(column_type = "Text")]
    pub product: String,
    /// Where accounts are that notice it; nothing when it is everywhere.
    pub places: Option<Json>,
    /// The place in words, when it is not everywhere.
    #[sea_orm(column_type = "Text", nullable)]
    pub place: Option<String>,
    /// What customers notice.
    #[sea_orm(column_type = "Text")]
    pub words: String,
    /// Since when.
    pub since: DateTimeUtc,
    /// By when it should be over.
    pub fix_by: Option<DateTimeUtc>,
    /// When it was over.
    pub ended_at: Option<DateTimeUtc>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
