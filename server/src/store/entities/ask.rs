//! How a customer was asked to join without a program letter.

use sea_orm::entity::prelude::*;

/// How a customer was asked to join without a program letter.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "asks")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The person, when one was asked by name.
    pub contact_id: Option<Uuid>,
    /// The family.
    pub family_id: Uuid,
    /// activation, service-mail, call, event, partner or paper.
    #[sea_orm(column_type = "Text")]
    pub channel: String,
    /// The words.
    #[sea_orm(column_type = "Text", nullable)]
    pub wording: Option<String>,
    /// When.
    pub asked_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
