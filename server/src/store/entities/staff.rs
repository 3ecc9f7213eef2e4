//! Somebody who works here.

use sea_orm::entity::prelude::*;

/// Somebody who works here.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "staff")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Address.
    #[sea_orm(column_type = "Text")]
    pub email: String,
    /// Normalised address.
    #[sea_orm(column_type = "Text")]
    pub email_key: String,
    /// admin, marketer, moderator, expert, `program_lead`, operator or partner.
    #[sea_orm(column_type = "Text")]
    pub role: String,
    /// When.
    pub created_at: DateTimeUtc,
    /// When their access ended.
    pub disabled_at: Option<DateTimeUtc>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
