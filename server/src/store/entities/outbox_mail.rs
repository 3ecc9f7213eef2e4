//! A mail that the built-in mailbox took in over SMTP.

use sea_orm::entity::prelude::*;

/// A mail that the built-in mailbox took in over SMTP.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox_mails")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// When.
    pub received_at: DateTimeUtc,
    /// Sender of the envelope.
    #[sea_orm(column_type = "Text")]
    pub envelope_from: String,
    /// Recipient of the envelope.
    #[sea_orm(column_type = "Text")]
    pub recipient: String,
    /// Subject, decoded.
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    /// Its Message-ID.
    #[sea_orm(column_type = "Text", nullable)]
    pub message_id: Option<String>,
    /// Bytes as received.
    pub size: i64,
    /// The mail as received, compressed with gzip.
    pub raw: Vec<u8>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
