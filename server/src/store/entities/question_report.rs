//! Somebody said that a question or a reply should not stand there.

use sea_orm::entity::prelude::*;

/// Somebody said that a question or a reply should not stand there.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "question_reports")]
pub struct Model {
    /// Home account of who asked the question.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The question.
    pub question_id: Uuid,
    /// The reply; none for the question itself.
    pub reply_id: Option<Uuid>,
    /// Who said so, when they were signed in.
    pub contact_id: Option<Uuid>,
    /// What is wrong, in their words.
    #[sea_orm(column_type = "Text")]
    pub why: String,
    /// When.
    pub at: DateTimeUtc,
    /// When a member of staff settled it.
    pub settled_at: Option<DateTimeUtc>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
