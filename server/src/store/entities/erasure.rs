//! One erasure under way.

use sea_orm::entity::prelude::*;

/// One erasure under way. The row goes with the last trace.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "erasures")]
pub struct Model {
    /// Who asked for it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    /// Their home account.
    pub account_id: Uuid,
    /// The number that stands in rows which stay, in place of theirs. It names nobody.
    pub stranger_id: Uuid,
    /// Normalised address.
    #[sea_orm(column_type = "Text")]
    pub email_key: String,
    /// When they asked, in real time.
    pub asked_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
