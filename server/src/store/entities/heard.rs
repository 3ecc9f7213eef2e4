//! What customers said, what was done, and what comes next, as the page says it.

use sea_orm::entity::prelude::*;

/// What customers said, what was done, and what comes next, as the page says it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "heard")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What was heard, in a sentence.
    #[sea_orm(column_type = "Text")]
    pub words: String,
    /// One customer's words.
    #[sea_orm(column_type = "Text", nullable)]
    pub quote: Option<String>,
    /// What was done.
    #[sea_orm(column_type = "Text")]
    pub did: String,
    /// The item that was changed.
    #[sea_orm(column_type = "Text", nullable)]
    pub item: Option<String>,
    /// The step whose answers are compared, by its name.
    #[sea_orm(column_type = "Text", nullable)]
    pub step: Option<String>,
    /// The day it was done.
    pub did_on: Date,
    /// What comes next.
    #[sea_orm(column_type = "Text", nullable)]
    pub next: Option<String>,
    /// Who wrote it.
    #[sea_orm(column_type = "Text")]
    pub written_by: String,
    /// Since when it is on the page.
    pub published_at: DateTimeUtc,
    /// When it was taken down again.
    pub taken_down_at: Option<DateTimeUtc>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
