//! Whether one step of a fix helped somebody, once a person, step and day.

use sea_orm::entity::prelude::*;

/// Whether one step of a fix helped somebody, once a person, step and day.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "fix_answers")]
pub struct Model {
    /// Home account; nil when we do not know whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who, when they were signed in.
    pub contact_id: Option<Uuid>,
    /// The fix.
    #[sea_orm(column_type = "Text")]
    pub item: String,
    /// The step, by its name.
    #[sea_orm(column_type = "Text")]
    pub step: String,
    /// Whether it fixed the problem.
    pub fixed: bool,
    /// The day.
    pub day: Date,
    /// When, to the moment.
    pub at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
