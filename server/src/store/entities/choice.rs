//! What a rule run picked for one person in one slot.

use sea_orm::entity::prelude::*;

/// What a rule run picked for one person in one slot.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "choices")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Home account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The person.
    pub contact_id: Uuid,
    /// When. Never changes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub at: DateTimeUtc,
    /// The place on the page or in the letter.
    #[sea_orm(column_type = "Text")]
    pub slot: String,
    /// Place in the slot.
    pub position: i32,
    /// The item.
    #[sea_orm(column_type = "Text")]
    pub item: String,
    /// center or letter.
    #[sea_orm(column_type = "Text")]
    pub channel: String,
    /// The letter, when it was one.
    pub message_id: Option<Uuid>,
    /// Every reason, the facts used, and what would have changed it.
    pub explanation: Json,
    /// When the person said "not now".
    pub put_off_at: Option<DateTimeUtc>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
