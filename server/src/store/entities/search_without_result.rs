//! Words that a search found nothing for, on one day.

use sea_orm::entity::prelude::*;

/// Words that a search found nothing for, on one day.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "searches_without_result")]
pub struct Model {
    /// The day, in UTC.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Date,
    /// The words, in small letters, without addresses and numbers of people.
    #[sea_orm(primary_key, auto_increment = false)]
    pub words: String,
    /// How often they were searched for.
    pub count: i32,
    /// When last.
    pub last_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
