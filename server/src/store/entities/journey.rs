//! A tree of steps. A campaign is a journey with one send.

use sea_orm::entity::prelude::*;

/// A tree of steps. A campaign is a journey with one send.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "journeys")]
pub struct Model {
    /// Derived from the name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its name in files and addresses.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// What people read.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// The program it belongs to.
    pub program_id: Uuid,
    /// draft, running, paused, stopped or done.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// The file it came from.
    pub draft: Json,
    /// Version people enter now.
    pub live_version: Option<i32>,
    /// Last change.
    pub updated_at: DateTimeUtc,
    /// Why it was paused, when nobody did it by hand.
    #[sea_orm(column_type = "Text", nullable)]
    pub paused_because: Option<String>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
