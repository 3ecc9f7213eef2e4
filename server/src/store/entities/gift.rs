//! An item or a shelf that somebody gave to a colleague.

use sea_orm::entity::prelude::*;

/// An item or a shelf that somebody gave to a colleague.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "gifts")]
pub struct Model {
    /// The account of both.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Who got it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who gave it.
    pub giver_id: Uuid,
    /// The item, where it is one.
    #[sea_orm(column_type = "Text", nullable)]
    pub item: Option<String>,
    /// The giver's shelf, where it is one.
    pub shelf_id: Option<Uuid>,
    /// When.
    pub at: DateTimeUtc,
    /// Since when the giver may see whether it is done.
    pub agreed_at: Option<DateTimeUtc>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
