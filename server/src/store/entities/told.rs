//! One answer that somebody gave about themselves or their company.

use sea_orm::entity::prelude::*;

/// One answer that somebody gave about themselves or their company.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "told")]
pub struct Model {
    /// Home account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who said it.
    pub contact_id: Uuid,
    /// stage, industry, employees, level, user-type or products.
    #[sea_orm(column_type = "Text")]
    pub fact: String,
    /// The answer.
    #[sea_orm(column_type = "Text")]
    pub value: String,
    /// When.
    pub at: DateTimeUtc,
    /// On which page.
    #[sea_orm(column_type = "Text")]
    pub source: String,
    /// Of an answer about the business that was written where questions read it: what stood there before, or nothing.
    #[sea_orm(column_type = "Text", nullable)]
    pub stood: Option<String>,
    /// When it was taken back.
    pub undone_at: Option<DateTimeUtc>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
