//! One person hears of replies to one question by mail.

use sea_orm::entity::prelude::*;

/// One person hears of replies to one question by mail.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "question_follows")]
pub struct Model {
    /// Home account of who asked the question.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The question.
    #[sea_orm(primary_key, auto_increment = false)]
    pub question_id: Uuid,
    /// Who follows it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    /// Since when.
    pub at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
