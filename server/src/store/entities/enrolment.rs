//! One person's way through one version.

use sea_orm::entity::prelude::*;

/// One person's way through one version.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolments")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Home account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The person.
    pub contact_id: Uuid,
    /// The journey.
    pub journey_id: Uuid,
    /// The version.
    pub version: i32,
    /// Counts entries of the same person.
    pub occurrence: i32,
    /// active, done or left.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// The step they are at.
    #[sea_orm(column_type = "Text")]
    pub step: String,
    /// When they entered.
    pub entered_at: DateTimeUtc,
    /// When the next move is due.
    pub due_at: Option<DateTimeUtc>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
