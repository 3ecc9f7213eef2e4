//! What the built-in mailbox took in.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::entities::outbox_mail::{ActiveModel, Column, Entity};

/// A mail as it arrived, packed with gzip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Identifier.
    pub id: Uuid,
    /// When.
    pub received_at: DateTime<Utc>,
    /// Sender of the envelope.
    pub envelope_from: String,
    /// Recipient of the envelope.
    pub recipient: String,
    /// Subject, decoded.
    pub subject: String,
    /// Its Message-ID.
    pub message_id: Option<String>,
    /// Bytes as received.
    pub size: i64,
    /// The mail, packed with gzip.
    pub raw: Vec<u8>,
}

/// A mail in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Identifier.
    pub id: Uuid,
    /// When.
    pub received_at: DateTime<Utc>,
    /// Recipient of the envelope.
    pub recipient: String,
    /// Subject.
    pub subject: String,
    /// Bytes as received.
    pub size: i64,
}

/// Keeps a mail.
pub async fn keep(db: &impl ConnectionTrait, mail: &Arrival) -> Result<(), DbErr> {
    Entity::insert(ActiveModel {
        id: Set(mail.id),
        received_at: Set(mail.received_at),
        envelope_from: Set(mail.envelope_from.clone()),
        recipient: Set(mail.recipient.clone()),
        subject: Set(mail.subject.clone()),
        message_id: Set(mail.message_id.clone()),
        size: Set(mail.size),
        raw: Set(mail.raw.clone()),
    })
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// A page of mails, newest first, whose recipient or subject holds `search`; and how many there are in all.
pub async fn list(
    db: &impl ConnectionTrait,
    search: &str,
    page: u64,
    size: u64,
) -> Result<(Vec<Line>, u64), DbErr> {
    let mut query = Entity::find();
    if !search.is_empty() {
        query = query.filter(Column::Recipient.contains(search).or(Column::Subject.contains(search)));
    }
    let total = query.clone().count(db).await?;
    let rows: Vec<(Uuid, DateTime<Utc>, String, String, i64)> = query
        .select_only()
        .columns([Column::Id, Column::ReceivedAt, Column::Recipient, Column::Subject, Column::Size])
        .order_by_desc(Column::ReceivedAt)
        .order_by_desc(Column::Id)
        .offset(page * size)
        .limit(size)
        .into_tuple()
        .all(db)
        .await?;
    let lines = rows
        .into_iter()
        .map(|(id, received_at, recipient, subject, size)| Line { id, received_at, recipient, subject, size })
        .collect();
    Ok((lines, total))
}

/// One mail.
pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Arrival>, DbErr> {
    let row = Entity::find_by_id(id).one(db).await?;
    Ok(row.map(|row| Arrival {
        id: row.id,
        received_at: row.received_at,
        envelope_from: row.envelope_from,
        recipient: row.recipient,
        subject: row.subject,
        message_id: row.message_id,
        size: row.size,
        raw: row.raw,
    }))
}
