//! An account a person also belongs to. It joins the two families.

use sea_orm::entity::prelude::*;

/// An account a person also belongs to. It joins the two families.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "contact_accounts")]
pub struct Model {
    /// The further account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    /// When the link was first seen.
    pub created_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
