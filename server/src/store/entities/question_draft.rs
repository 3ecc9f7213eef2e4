//! Words of a question, or of another form, that wait for their author to sign in, known by their browser.

use sea_orm::entity::prelude::*;

/// Words of a question, or of another form, that wait for their author to sign in, known by their browser.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "question_drafts")]
pub struct Model {
    /// Hash of the secret in the browser.
    #[sea_orm(primary_key, auto_increment = false)]
    pub browser_hash: Vec<u8>,
    /// What was typed, by the name of the field.
    pub words: Json,
    /// When.
    pub updated_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
