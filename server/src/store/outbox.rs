//! What the built-in mailbox took in.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr, SimpleExpr};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
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
        let found = |column: Column| holds(column, search);
        query = query.filter(found(Column::Recipient).or(found(Column::Subject)));
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

/// Whether a column holds these words, in small letters or as they are written. Signs of patterns are only signs.
///
/// Written as they are, words are found in both databases; of letters beyond English, SQLite knows no small ones.
fn holds(column: Column, search: &str) -> SimpleExpr {
    let escaped: String = search
        .chars()
        .flat_map(|c| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c]))
        .collect();
    let like = |words: &str| LikeExpr::new(format!("%{words}%")).escape('\\');
    let small = Expr::expr(Func::lower(Expr::col((Entity, column)))).like(like(&escaped.to_lowercase()));
    small.or(Expr::col((Entity, column)).like(like(&escaped)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{self, noon};

    #[tokio::test]
    async fn a_search_finds_words_in_any_case_and_takes_signs_as_they_are() {
        for (place, app) in testing::houses().await {
            let txn = app.db.begin().await.unwrap();
            for subject in ["Your 50% lesson", "Fünf Minuten", "snake_case", "snake case", "back\\slash"] {
                let mail = Arrival {
                    id: app.ids.next(),
                    received_at: noon(),
                    envelope_from: String::new(),
                    recipient: "Jo@Bell.example".to_owned(),
                    subject: subject.to_owned(),
                    message_id: None,
                    size: 1,
                    raw: Vec::new(),
                };
                keep(&txn, &mail).await.unwrap();
            }
            txn.commit().await.unwrap();
            for (search, found) in [
                ("jo@bell", 5),
                ("YOUR 50% L", 1),
                ("0% l", 1),
                ("%", 1),
                ("snake_case", 1),
                ("Fünf", 1),
                ("k\\s", 1),
                ("nobody", 0),
            ] {
                let (_, total) = list(app.db.read(), search, 0, 10).await.unwrap();
                assert_eq!(total, found, "{search} on {}", place.name);
            }
        }
    }
}
