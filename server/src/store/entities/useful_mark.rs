//! One person found one question or reply useful.

use sea_orm::entity::prelude::*;

/// One person found one question or reply useful.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "useful_marks")]
pub struct Model {
    /// Home account of who asked the question.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The question.
    #[sea_orm(primary_key, auto_increment = false)]
    pub question_id: Uuid,
    /// The reply; nil for the question itself.
    #[sea_orm(primary_key, auto_increment = false)]
    pub reply_id: Uuid,
    /// Who found it useful.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    /// When.
    pub at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
