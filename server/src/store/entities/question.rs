//! One question of a customer.

use sea_orm::entity::prelude::*;

/// One question of a customer.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "questions")]
pub struct Model {
    /// Home account of who asked.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who asked.
    pub contact_id: Uuid,
    /// Last part of its address.
    #[sea_orm(column_type = "Text")]
    pub slug: String,
    /// The question.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// What else there is to say, as Markdown.
    #[sea_orm(column_type = "Text")]
    pub details: String,
    /// Code of the product it is about.
    #[sea_orm(column_type = "Text", nullable)]
    pub product: Option<String>,
    /// Trade of the company, when it was asked.
    #[sea_orm(column_type = "Text", nullable)]
    pub trade: Option<String>,
    /// Size band of the company, when it was asked.
    #[sea_orm(column_type = "Text", nullable)]
    pub size: Option<String>,
    /// Country of the company, when it was asked.
    #[sea_orm(column_type = "Text", nullable)]
    pub country: Option<String>,
    /// Region of the company, when it was asked.
    #[sea_orm(column_type = "Text", nullable)]
    pub region: Option<String>,
    /// Slug of the fix whose problem it is about.
    #[sea_orm(column_type = "Text", nullable)]
    pub problem: Option<String>,
    /// starter, getting-by or confident.
    #[sea_orm(column_type = "Text", nullable)]
    pub level: Option<String>,
    /// The language of the page it was asked on.
    #[sea_orm(column_type = "Text")]
    pub language: String,
    /// peers, expert or both.
    #[sea_orm(column_type = "Text")]
    pub asked_of: String,
    /// open, answered, solved, hidden or merged.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Why a person looks at it before it is shown: many or banned; empty when it is shown.
    #[sea_orm(column_type = "Text", nullable)]
    pub held: Option<String>,
    /// Why it was hidden, for who asked.
    #[sea_orm(column_type = "Text", nullable)]
    pub hidden_why: Option<String>,
    /// The reply that solved it.
    pub accepted_reply: Option<Uuid>,
    /// Slug of the question that it was joined to.
    #[sea_orm(column_type = "Text", nullable)]
    pub merged_into: Option<String>,
    /// Whether its author had posted nothing before.
    pub first_post: bool,
    /// Replies that are shown.
    pub reply_count: i32,
    /// When the first of them came.
    pub first_reply_at: Option<DateTimeUtc>,
    /// When it was asked.
    pub created_at: DateTimeUtc,
    /// Last change.
    pub updated_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
