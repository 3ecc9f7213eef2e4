//! What somebody said about a page, a step, a letter or a call.

use sea_orm::entity::prelude::*;

/// What somebody said about a page, a step, a letter or a call.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "feedback")]
pub struct Model {
    /// Home account; nil when we do not know whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Identifier; what one person says about one thing on one day has one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who, when they were signed in.
    pub contact_id: Option<Uuid>,
    /// page, step, lesson, article, letter, call, answer or lesson-wanted.
    #[sea_orm(column_type = "Text")]
    pub about: String,
    /// The page's address, or the letter's name.
    #[sea_orm(column_type = "Text")]
    pub page: String,
    /// The item.
    #[sea_orm(column_type = "Text", nullable)]
    pub item: Option<String>,
    /// The step, by its name.
    #[sea_orm(column_type = "Text", nullable)]
    pub step: Option<String>,
    /// yes or no.
    #[sea_orm(column_type = "Text")]
    pub answer: String,
    /// What would be better, or what helped, in their words.
    #[sea_orm(column_type = "Text")]
    pub words: String,
    /// When.
    pub at: DateTimeUtc,
    /// Whether they asked to hear what came of it.
    pub note_wanted: bool,
    /// When their note was queued.
    pub noted_at: Option<DateTimeUtc>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
