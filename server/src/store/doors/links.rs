//! Links that let somebody in once, each kept as the hash of its secret.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use super::Audience;
use crate::store::entities::sign_in_link;

/// A link that still works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Who it is for.
    pub subject: Uuid,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

/// What a link wants besides being known: the browser that asked for it, or the code that came with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Binding {
    /// Hash of the secret in that browser; one made by staff is bound to none.
    pub browser_hash: Option<Vec<u8>>,
    /// Keyed hash of the code that opens it in any other browser.
    pub code_hash: Option<Vec<u8>>,
}

/// Keeps the hash of a link.
pub async fn keep_link(
    db: &impl ConnectionTrait,
    audience: Audience,
    token_hash: Vec<u8>,
    link: Link,
    binding: Binding,
) -> Result<(), DbErr> {
    let row = sign_in_link::ActiveModel {
        token_hash: Set(token_hash),
        audience: Set(audience.word().to_owned()),
        subject_id: Set(link.subject),
        expires_at: Set(link.expires_at),
        used_at: Set(None),
        browser_hash: Set(binding.browser_hash),
        code_hash: Set(binding.code_hash),
        tries: Set(0),
    };
    sign_in_link::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The link with this hash, as long as it works. Looking uses nothing up.
pub async fn look_at_link(
    db: &impl ConnectionTrait,
    audience: Audience,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<Link>, DbErr> {
    let row = working(audience, token_hash, now).one(db).await?;
    Ok(row.map(|row| Link { subject: row.subject_id, expires_at: row.expires_at }))
}

/// What the link with this hash wants, as long as it works.
pub async fn binding(
    db: &impl ConnectionTrait,
    audience: Audience,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<Binding>, DbErr> {
    let row = working(audience, token_hash, now).one(db).await?;
    Ok(row.map(|row| Binding { browser_hash: row.browser_hash, code_hash: row.code_hash }))
}

/// The link with this hash, of this audience, unused and in time.
fn working(audience: Audience, token_hash: &[u8], now: DateTime<Utc>) -> Select<sign_in_link::Entity> {
    sign_in_link::Entity::find()
        .filter(sign_in_link::Column::TokenHash.eq(token_hash))
        .filter(sign_in_link::Column::Audience.eq(audience.word()))
        .filter(sign_in_link::Column::UsedAt.is_null())
        .filter(sign_in_link::Column::ExpiresAt.gt(now))
}

/// Counts one more try of the code of a link, and says how many there were; nothing when `most` are used up.
pub async fn count_try(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    most: i32,
) -> Result<Option<i32>, DbErr> {
    let counted = sign_in_link::Entity::update_many()
        .col_expr(sign_in_link::Column::Tries, Expr::col(sign_in_link::Column::Tries).add(1))
        .filter(sign_in_link::Column::TokenHash.eq(token_hash))
        .filter(sign_in_link::Column::Tries.lt(most))
        .exec_with_returning(db)
        .await?;
    Ok(counted.first().map(|row| row.tries))
}

/// Ends a link before its time.
pub async fn end_link(db: &impl ConnectionTrait, token_hash: &[u8], now: DateTime<Utc>) -> Result<(), DbErr> {
    sign_in_link::Entity::update_many()
        .col_expr(sign_in_link::Column::ExpiresAt, Expr::value(now))
        .filter(sign_in_link::Column::TokenHash.eq(token_hash))
        .exec(db)
        .await?;
    Ok(())
}

/// Uses the link up. Of two who try at once, one gets `Some`.
pub async fn use_link(
    db: &impl ConnectionTrait,
    audience: Audience,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, DbErr> {
    let used = sign_in_link::Entity::update_many()
        .col_expr(sign_in_link::Column::UsedAt, Expr::value(now))
        .filter(sign_in_link::Column::TokenHash.eq(token_hash))
        .filter(sign_in_link::Column::Audience.eq(audience.word()))
        .filter(sign_in_link::Column::UsedAt.is_null())
        .filter(sign_in_link::Column::ExpiresAt.gt(now))
        .exec_with_returning(db)
        .await?;
    Ok(used.first().map(|row| row.subject_id))
}
