//! A picture that waits for its question to be posted: of a person, or of a browser whose owner is not signed in.

use sea_orm::entity::prelude::*;

/// A picture that waits for its question to be posted: of a person, or of a browser whose owner is not signed in.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "picture_drafts")]
pub struct Model {
    /// Identifier, which nobody guesses. It stays when the question is posted.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose it is, when they were signed in.
    pub contact_id: Option<Uuid>,
    /// Hash of the secret in the browser, when they were not.
    pub browser_hash: Option<Vec<u8>>,
    /// JPEG.
    pub bytes: Vec<u8>,
    /// In pixels.
    pub width: i32,
    /// In pixels.
    pub height: i32,
    /// Of the bytes.
    #[sea_orm(column_type = "Text")]
    pub hash: String,
    /// When it was last looked at.
    pub at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
