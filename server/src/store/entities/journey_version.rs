//! A launched version; it never changes.

use sea_orm::entity::prelude::*;

/// A launched version; it never changes.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "journey_versions")]
pub struct Model {
    /// The journey.
    #[sea_orm(primary_key, auto_increment = false)]
    pub journey_id: Uuid,
    /// Counts from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// The steps.
    pub document: Json,
    /// How many were named and told back at launch.
    pub people: i64,
    /// Those left out at launch, counted by reason.
    pub skipped: Json,
    /// When.
    pub launched_at: DateTimeUtc,
    /// By whom.
    #[sea_orm(column_type = "Text")]
    pub launched_by: String,
    /// The letter as it was at the launch; none for versions from before letters were kept.
    pub letter: Option<Json>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
