//! One thing that happened, once.

use sea_orm::entity::prelude::*;

/// One thing that happened, once.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    /// Identifier; the same fact twice has the same one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Home account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The person.
    pub contact_id: Option<Uuid>,
    /// opened, clicked, replied, viewed, completed and so on.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// When it happened. Never changes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub at: DateTimeUtc,
    /// The letter it is about.
    pub message_id: Option<Uuid>,
    /// The item it is about.
    #[sea_orm(column_type = "Text", nullable)]
    pub item: Option<String>,
    /// The product it is about.
    #[sea_orm(column_type = "Text", nullable)]
    pub product: Option<String>,
    /// Number of the link.
    pub link: Option<i32>,
    /// Anything else.
    #[sea_orm(column_type = "Text", nullable)]
    pub value: Option<String>,
    /// human, machine or unclear.
    #[sea_orm(column_type = "Text", nullable)]
    pub verdict: Option<String>,
    /// Version of the rule that said so.
    pub verdict_rule: Option<i32>,
    /// Coarse evidence; never an address or a full agent.
    pub evidence: Option<Json>,
    /// When it was written here.
    pub recorded_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
