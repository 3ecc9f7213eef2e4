//! Sessions of those who came in, each kept as the hash of its cookie.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::Audience;
use crate::store::entities::session;

/// A session about to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Hash of the cookie.
    pub token_hash: Vec<u8>,
    /// Who.
    pub subject: Uuid,
    /// Ends at the latest then.
    pub expires_at: DateTime<Utc>,
    /// Browser and system, in coarse words.
    pub agent: Option<String>,
}

/// Opens a session.
pub async fn open_session(
    db: &impl ConnectionTrait,
    audience: Audience,
    opening: Opening,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = session::ActiveModel {
        token_hash: Set(opening.token_hash),
        audience: Set(audience.word().to_owned()),
        subject_id: Set(opening.subject),
        created_at: Set(now),
        last_seen_at: Set(now),
        expires_at: Set(opening.expires_at),
        agent: Set(opening.agent),
    };
    session::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Whose session this is and when it was last used, as long as it lasts.
pub async fn session(
    db: &impl ConnectionTrait,
    audience: Audience,
    token_hash: &[u8],
    now: DateTime<Utc>,
    idle_since: DateTime<Utc>,
) -> Result<Option<(Uuid, DateTime<Utc>)>, DbErr> {
    let row = session::Entity::find()
        .filter(session::Column::TokenHash.eq(token_hash))
        .filter(session::Column::Audience.eq(audience.word()))
        .filter(session::Column::ExpiresAt.gt(now))
        .filter(session::Column::LastSeenAt.gt(idle_since))
        .one(db)
        .await?;
    Ok(row.map(|row| (row.subject_id, row.last_seen_at)))
}

/// A session that lasts, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Hash of the cookie, by which it is ended.
    pub token_hash: Vec<u8>,
    /// Browser and system, in coarse words.
    pub agent: Option<String>,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Last use.
    pub last_seen_at: DateTime<Utc>,
}

/// Where one person is signed in, the latest use first.
pub async fn sessions_of(
    db: &impl ConnectionTrait,
    audience: Audience,
    subject: Uuid,
    now: DateTime<Utc>,
    idle_since: DateTime<Utc>,
) -> Result<Vec<Open>, DbErr> {
    let rows = session::Entity::find()
        .filter(session::Column::Audience.eq(audience.word()))
        .filter(session::Column::SubjectId.eq(subject))
        .filter(session::Column::ExpiresAt.gt(now))
        .filter(session::Column::LastSeenAt.gt(idle_since))
        .order_by_desc(session::Column::LastSeenAt)
        .all(db)
        .await?;
    let open = |row: session::Model| Open {
        token_hash: row.token_hash,
        agent: row.agent,
        created_at: row.created_at,
        last_seen_at: row.last_seen_at,
    };
    Ok(rows.into_iter().map(open).collect())
}

/// Ends one session of one person; somebody else's stays.
pub async fn close_session_of(
    db: &impl ConnectionTrait,
    audience: Audience,
    subject: Uuid,
    token_hash: &[u8],
) -> Result<(), DbErr> {
    session::Entity::delete_many()
        .filter(session::Column::Audience.eq(audience.word()))
        .filter(session::Column::SubjectId.eq(subject))
        .filter(session::Column::TokenHash.eq(token_hash))
        .exec(db)
        .await?;
    Ok(())
}

/// Notes that a session was used now.
pub async fn touch_session(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    session::Entity::update_many()
        .col_expr(session::Column::LastSeenAt, Expr::value(now))
        .filter(session::Column::TokenHash.eq(token_hash))
        .exec(db)
        .await?;
    Ok(())
}

/// Ends a session.
pub async fn close_session(db: &impl ConnectionTrait, token_hash: &[u8]) -> Result<(), DbErr> {
    session::Entity::delete_many().filter(session::Column::TokenHash.eq(token_hash)).exec(db).await?;
    Ok(())
}

/// Ends every session of one person, as a change of role must.
pub async fn close_sessions_of(
    db: &impl ConnectionTrait,
    audience: Audience,
    subject: Uuid,
) -> Result<(), DbErr> {
    session::Entity::delete_many()
        .filter(session::Column::Audience.eq(audience.word()))
        .filter(session::Column::SubjectId.eq(subject))
        .exec(db)
        .await?;
    Ok(())
}
