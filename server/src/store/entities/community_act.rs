//! What a member of staff did to a question, and why.

use sea_orm::entity::prelude::*;

/// What a member of staff did to a question, and why.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "community_acts")]
pub struct Model {
    /// Home account of who asked the question.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The question.
    pub question_id: Uuid,
    /// The reply, when it is about one.
    pub reply_id: Option<Uuid>,
    /// Who did it.
    pub staff_id: Uuid,
    /// answer, merge, hide, show, publish, fix, ban, unban or settle.
    #[sea_orm(column_type = "Text")]
    pub act: String,
    /// Why, in their words.
    #[sea_orm(column_type = "Text")]
    pub why: String,
    /// When.
    pub at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
