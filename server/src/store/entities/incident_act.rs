//! What staff did to an incident, and what it said from then on.

use sea_orm::entity::prelude::*;

/// What staff did to an incident, and what it said from then on.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "incident_acts")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The incident.
    pub incident_id: Uuid,
    /// open, change, close or reopen.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// The incident from then on.
    pub now: Json,
    /// The address of who did it, or the command.
    #[sea_orm(column_type = "Text")]
    pub done_by: String,
    /// When.
    pub at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
