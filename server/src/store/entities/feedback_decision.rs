//! What was decided about something that people said, step by step; the latest holds.

use sea_orm::entity::prelude::*;

/// What was decided about something that people said, step by step; the latest holds.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "feedback_decisions")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// comment, step or search.
    #[sea_orm(column_type = "Text")]
    pub about: String,
    /// The comment's identifier, `item/step`, or the words that were searched for.
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    /// map, write or ignore.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Our words for theirs.
    #[sea_orm(column_type = "Text", nullable)]
    pub target: Option<String>,
    /// Why, or what is to be written.
    #[sea_orm(column_type = "Text")]
    pub because: String,
    /// Who.
    #[sea_orm(column_type = "Text")]
    pub decided_by: String,
    /// When.
    pub at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
