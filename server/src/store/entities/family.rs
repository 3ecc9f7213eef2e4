//! Accounts that belong together: the unit that is drawn at random.

use sea_orm::entity::prelude::*;

/// Accounts that belong together: the unit that is drawn at random.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "families")]
pub struct Model {
    /// Derived from the smallest external id at its founding; stable afterwards.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// That external id.
    #[sea_orm(column_type = "Text")]
    pub founder: String,
    /// Side of the comparison, once assigned: program or comparison.
    #[sea_orm(column_type = "Text", nullable)]
    pub side: Option<String>,
    /// True while any member was assigned to the comparison side, so that nobody in it is written to.
    pub held: bool,
    /// The family that took this one in, when two turned out to be one.
    pub merged_into: Option<Uuid>,
    /// When that was found.
    pub merged_at: Option<DateTimeUtc>,
    /// When it was founded.
    pub created_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
