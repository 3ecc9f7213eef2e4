//! One reply to a question.

use sea_orm::entity::prelude::*;

/// One reply to a question.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "replies")]
pub struct Model {
    /// Home account of who asked the question.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The question.
    #[sea_orm(primary_key, auto_increment = false)]
    pub question_id: Uuid,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// customer or staff.
    #[sea_orm(column_type = "Text")]
    pub author: String,
    /// Home account of a customer who wrote it.
    pub author_account_id: Option<Uuid>,
    /// The contact, or the member of staff.
    pub author_id: Uuid,
    /// What a member of staff is called on the page.
    #[sea_orm(column_type = "Text", nullable)]
    pub author_name: Option<String>,
    /// expert, moderator or team, for staff.
    #[sea_orm(column_type = "Text", nullable)]
    pub badge: Option<String>,
    /// Trade of the author's company, when it was written.
    #[sea_orm(column_type = "Text", nullable)]
    pub trade: Option<String>,
    /// Size band of the author's company, when it was written.
    #[sea_orm(column_type = "Text", nullable)]
    pub size: Option<String>,
    /// The reply, as Markdown.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// Why a person looks at it before it is shown: many or banned; empty when it is shown.
    #[sea_orm(column_type = "Text", nullable)]
    pub held: Option<String>,
    /// Why it was hidden.
    #[sea_orm(column_type = "Text", nullable)]
    pub hidden_why: Option<String>,
    /// Whether its author had posted nothing before.
    pub first_post: bool,
    /// When.
    pub at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
