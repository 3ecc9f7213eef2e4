//! Something that did not go as assigned; counted beside the lift.

use sea_orm::entity::prelude::*;

/// Something that did not go as assigned; counted beside the lift.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "deviations")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The family.
    pub family_id: Uuid,
    /// joined-unasked, joined-asked, written-to, never-written-to or merged.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// When.
    pub at: DateTimeUtc,
    /// What happened.
    #[sea_orm(column_type = "Text")]
    pub detail: String,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
