//! The picture of a question, as it is shown.

use sea_orm::entity::prelude::*;

/// The picture of a question, as it is shown.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "question_pictures")]
pub struct Model {
    /// Home account of who asked.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Identifier, which nobody guesses.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The question.
    pub question_id: Uuid,
    /// Who asked.
    pub contact_id: Uuid,
    /// What it shows, in the words of who asked.
    #[sea_orm(column_type = "Text")]
    pub alt: String,
    /// JPEG.
    pub bytes: Vec<u8>,
    /// In pixels.
    pub width: i32,
    /// In pixels.
    pub height: i32,
    /// Of the bytes.
    #[sea_orm(column_type = "Text")]
    pub hash: String,
    /// Why a moderator took it down.
    #[sea_orm(column_type = "Text", nullable)]
    pub hidden_why: Option<String>,
    /// When it was posted.
    pub at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
