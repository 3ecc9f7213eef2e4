//! Who hears of replies by mail, and words that wait for their author to sign in.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use serde_json::Value;
use uuid::Uuid;

use super::entities::question_draft;
use super::entities::question_follow::{ActiveModel, Column, Entity};
use super::questions::Question;

/// Lets somebody hear of replies, once.
pub async fn follow(
    db: &impl ConnectionTrait,
    one: &Question,
    contact: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        account_id: Set(one.account),
        question_id: Set(one.id),
        contact_id: Set(contact),
        at: Set(now),
    };
    let once = OnConflict::columns([Column::AccountId, Column::QuestionId, Column::ContactId])
        .do_nothing()
        .to_owned();
    Entity::insert(row).on_conflict(once).exec_without_returning(db).await?;
    Ok(())
}

/// Somebody hears no more of it.
pub async fn leave(db: &impl ConnectionTrait, one: &Question, contact: Uuid) -> Result<(), DbErr> {
    leave_named(db, (one.account, one.id), contact).await
}

/// Somebody hears no more of the question with this home account and identifier, whether there still is one or not.
pub async fn leave_named(
    db: &impl ConnectionTrait,
    (account, question): (Uuid, Uuid),
    contact: Uuid,
) -> Result<(), DbErr> {
    Entity::delete_by_id((account, question, contact)).exec(db).await?;
    Ok(())
}

/// Whether somebody follows a question.
pub async fn is_followed(db: &impl ConnectionTrait, one: &Question, contact: Uuid) -> Result<bool, DbErr> {
    hears(db, (one.account, one.id), contact).await
}

/// Whether somebody hears of the question with this home account and identifier.
pub async fn hears(
    db: &impl ConnectionTrait,
    (account, question): (Uuid, Uuid),
    contact: Uuid,
) -> Result<bool, DbErr> {
    Ok(Entity::find_by_id((account, question, contact)).count(db).await? == 1)
}

/// Everybody who follows a question.
pub async fn followers(db: &impl ConnectionTrait, one: &Question) -> Result<Vec<Uuid>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::ContactId)
        .filter(Column::AccountId.eq(one.account))
        .filter(Column::QuestionId.eq(one.id))
        .into_tuple()
        .all(db)
        .await
}

/// Keeps the words of this browser, in place of earlier ones.
pub async fn keep_draft(
    db: &impl ConnectionTrait,
    browser_hash: Vec<u8>,
    words: Value,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    use question_draft::Column as Draft;
    let row = question_draft::ActiveModel {
        browser_hash: Set(browser_hash),
        words: Set(words),
        updated_at: Set(now),
    };
    let again =
        OnConflict::column(Draft::BrowserHash).update_columns([Draft::Words, Draft::UpdatedAt]).to_owned();
    question_draft::Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
    Ok(())
}

/// The words of this browser.
pub async fn draft(db: &impl ConnectionTrait, browser_hash: &[u8]) -> Result<Option<Value>, DbErr> {
    let row = question_draft::Entity::find_by_id(browser_hash.to_vec()).one(db).await?;
    Ok(row.map(|row| row.words))
}

/// Forgets the words of this browser.
pub async fn drop_draft(db: &impl ConnectionTrait, browser_hash: &[u8]) -> Result<(), DbErr> {
    question_draft::Entity::delete_by_id(browser_hash.to_vec()).exec(db).await?;
    Ok(())
}

/// Forgets words that waited since before `before`; says how many.
pub async fn sweep_drafts(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    let old = question_draft::Entity::delete_many().filter(question_draft::Column::UpdatedAt.lt(before));
    Ok(old.exec(db).await?.rows_affected)
}
