//! Somebody who filled in the form to join, and whether they confirmed it.

use sea_orm::entity::prelude::*;

/// Somebody who filled in the form to join, and whether they confirmed it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "joinings")]
pub struct Model {
    /// Identifier; the letter that asks for the confirmation has the same.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Hash of the token in that letter.
    pub token_hash: Vec<u8>,
    /// Their company, by the domain of the address or the customer number.
    pub account_id: Uuid,
    /// The person, once confirmed.
    pub contact_id: Option<Uuid>,
    /// Address as it was typed.
    #[sea_orm(column_type = "Text")]
    pub email: String,
    /// Normalised address.
    #[sea_orm(column_type = "Text")]
    pub email_key: String,
    /// First name.
    #[sea_orm(column_type = "Text")]
    pub first_name: String,
    /// The language of the page.
    #[sea_orm(column_type = "Text")]
    pub language: String,
    /// The words beside the box that was ticked.
    #[sea_orm(column_type = "Text")]
    pub wording: String,
    /// Whether the box for tracking was ticked too.
    pub tracking: bool,
    /// The words beside that box.
    #[sea_orm(column_type = "Text")]
    pub tracking_wording: String,
    /// Way on which they were asked to join, when the address said so.
    #[sea_orm(column_type = "Text", nullable)]
    pub channel: Option<String>,
    /// Where the address said they came from.
    #[sea_orm(column_type = "Text", nullable)]
    pub source: Option<String>,
    /// Side of the family at that moment.
    #[sea_orm(column_type = "Text", nullable)]
    pub side: Option<String>,
    /// When the form was sent.
    pub created_at: DateTimeUtc,
    /// Can be confirmed until then.
    pub expires_at: DateTimeUtc,
    /// When it was confirmed.
    pub confirmed_at: Option<DateTimeUtc>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
