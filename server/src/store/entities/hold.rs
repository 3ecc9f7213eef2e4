//! A pause of a program's letters, from a reading to a lead's decision.

use sea_orm::entity::prelude::*;

/// A pause of a program's letters, from a reading to a lead's decision.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "holds")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The program. At most one hold of it is undecided.
    pub program_id: Uuid,
    /// When the letters paused.
    pub since: DateTimeUtc,
    /// What the reading said, in words.
    #[sea_orm(column_type = "Text")]
    pub finding: String,
    /// When a lead decided.
    pub decided_at: Option<DateTimeUtc>,
    /// Who.
    #[sea_orm(column_type = "Text", nullable)]
    pub decided_by: Option<String>,
    /// go-on or end.
    #[sea_orm(column_type = "Text", nullable)]
    pub decision: Option<String>,
    /// Why.
    #[sea_orm(column_type = "Text", nullable)]
    pub because: Option<String>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
