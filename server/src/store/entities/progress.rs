//! How far one person came in one step of a lesson.

use sea_orm::entity::prelude::*;

/// How far one person came in one step of a lesson.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "progress")]
pub struct Model {
    /// Home account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    /// The item.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub item: String,
    /// The step, by its name.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub step: String,
    /// Names of the tasks that are ticked, a list.
    pub ticks: Json,
    /// When it was done first.
    pub done_at: Option<DateTimeUtc>,
    /// Last change.
    pub updated_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
