//! What people say about pages, steps, letters and calls: the one place that keeps it.
//!
//! One tap is kept at once; the words that somebody adds, and that they want to hear what came of it, join it later.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::entities::contact;
use super::entities::feedback::{ActiveModel, Column, Entity, Model};

mod counted;
mod worth;

pub use counted::{OfPage, OfStep, Share, clear, pages, steps};
pub use worth::{Worth, worth_of_each};

/// What an answer is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// "Was this page useful?"
    Page,
    /// "Did this step make sense?"
    Step,
    /// "Was this lesson worth your time?"
    Lesson,
    /// "Was this worth reading?"
    Article,
    /// "Was this letter useful?"
    Letter,
    /// "Did the call help?"
    Call,
    /// "Did this answer help?"
    Answer,
    /// "Ask for this lesson", where none fits.
    LessonWanted,
}

impl About {
    /// Everything there is to answer about.
    pub const ALL: [Self; 8] = [
        Self::Page,
        Self::Step,
        Self::Lesson,
        Self::Article,
        Self::Letter,
        Self::Call,
        Self::Answer,
        Self::LessonWanted,
    ];

    /// Its word in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Step => "step",
            Self::Lesson => "lesson",
            Self::Article => "article",
            Self::Letter => "letter",
            Self::Call => "call",
            Self::Answer => "answer",
            Self::LessonWanted => "lesson-wanted",
        }
    }
}

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Identifier: what one person says about one thing on one day has one.
    pub id: Uuid,
    /// Home account; nil when we do not know whose.
    pub account: Uuid,
    /// Who, when they were signed in.
    pub contact: Option<Uuid>,
    /// What it is about.
    pub about: About,
    /// The page's address, or the letter's name.
    pub page: String,
    /// The item.
    pub item: Option<String>,
    /// The step, by its name.
    pub step: Option<String>,
    /// Yes or no.
    pub yes: bool,
    /// In their words; may be empty.
    pub words: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What is kept of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What was said.
    pub said: Said,
    /// Whether they asked to hear what came of it.
    pub note_wanted: bool,
    /// When their note was queued.
    pub noted_at: Option<DateTime<Utc>>,
}

/// Keeps what somebody said. Again on the same day the answer changes; words stay until there are others.
pub async fn keep(db: &impl ConnectionTrait, said: &Said) -> Result<(), DbErr> {
    let row = ActiveModel {
        account_id: Set(said.account),
        id: Set(said.id),
        contact_id: Set(said.contact),
        about: Set(said.about.word().to_owned()),
        page: Set(said.page.clone()),
        item: Set(said.item.clone()),
        step: Set(said.step.clone()),
        answer: Set(answer(said.yes).to_owned()),
        words: Set(said.words.clone()),
        at: Set(said.at),
        note_wanted: Set(false),
        noted_at: Set(None),
    };
    let again = OnConflict::columns([Column::AccountId, Column::Id])
        .update_columns([Column::Answer, Column::At])
        .value(
            Column::Words,
            Expr::cust("CASE WHEN excluded.words = '' THEN feedback.words ELSE excluded.words END"),
        )
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
    Ok(())
}

const fn answer(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// Adds words to what was said, and whether they want to hear what came of it. Says whether it was there.
pub async fn add(
    db: &impl ConnectionTrait,
    account: Uuid,
    id: Uuid,
    words: &str,
    note_wanted: bool,
) -> Result<bool, DbErr> {
    let changed = Entity::update_many()
        .col_expr(Column::Words, Expr::value(words))
        .col_expr(Column::NoteWanted, Expr::value(note_wanted))
        .filter(Column::AccountId.eq(account).and(Column::Id.eq(id)))
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// What is kept under this identifier.
pub async fn find(db: &impl ConnectionTrait, account: Uuid, id: Uuid) -> Result<Option<Kept>, DbErr> {
    Entity::find_by_id((account, id)).one(db).await?.map(read).transpose()
}

/// What is kept under this identifier, whoever said it.
pub async fn find_of_anybody(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Kept>, DbErr> {
    Entity::find().filter(Column::Id.eq(id)).one(db).await?.map(read).transpose()
}

fn read(row: Model) -> Result<Kept, DbErr> {
    let about = About::ALL.into_iter().find(|about| about.word() == row.about);
    let about = about.ok_or_else(|| DbErr::Type(format!("nobody is ever asked about `{}`", row.about)))?;
    Ok(Kept {
        said: Said {
            id: row.id,
            account: row.account_id,
            contact: row.contact_id,
            about,
            page: row.page,
            item: row.item,
            step: row.step,
            yes: row.answer == answer(true),
            words: row.words,
            at: row.at,
        },
        note_wanted: row.note_wanted,
        noted_at: row.noted_at,
    })
}

/// What people said in their own words, the newest first.
pub async fn comments(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Kept>, DbErr> {
    let rows = Entity::find()
        .filter(Column::Words.ne(""))
        .order_by_desc(Column::At)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// Somebody who waits to hear what came of what they said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// What they said.
    pub said: Said,
    /// The person.
    pub contact: Uuid,
    /// Their address, as [`segments::Email::key`] has it.
    pub address: String,
    /// First name.
    pub first_name: Option<String>,
    /// The language they read.
    pub language: Option<String>,
}

/// Who waits to hear about one comment.
pub async fn waiting_for(db: &impl ConnectionTrait, id: Uuid) -> Result<Vec<Waiting>, DbErr> {
    waiting(db, Entity::find().filter(Column::Id.eq(id))).await
}

/// Who waits to hear about a step that they found unclear.
pub async fn waiting_for_step(
    db: &impl ConnectionTrait,
    item: &str,
    step: &str,
) -> Result<Vec<Waiting>, DbErr> {
    let said = Entity::find()
        .filter(Column::Item.eq(item).and(Column::Step.eq(step)))
        .filter(Column::About.eq(About::Step.word()).and(Column::Answer.eq(answer(false))));
    waiting(db, said).await
}

async fn waiting(db: &impl ConnectionTrait, said: sea_orm::Select<Entity>) -> Result<Vec<Waiting>, DbErr> {
    let rows = said
        .filter(Column::NoteWanted.eq(true).and(Column::NotedAt.is_null()))
        .filter(Column::ContactId.is_not_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    let people: Vec<Uuid> = rows.iter().filter_map(|row| row.contact_id).collect();
    let contacts = contact::Entity::find().filter(contact::Column::Id.is_in(people)).all(db).await?;
    let mut waiting: Vec<Waiting> = Vec::new();
    for row in rows {
        let Some(person) = contacts.iter().find(|contact| Some(contact.id) == row.contact_id) else {
            continue;
        };
        waiting.push(Waiting {
            said: read(row)?.said,
            contact: person.id,
            address: person.email_key.clone(),
            first_name: person.first_name.clone(),
            language: person.language.clone(),
        });
    }
    Ok(waiting)
}

/// Keeps that somebody's note was queued. Says whether it had not been before.
pub async fn noted(
    db: &impl ConnectionTrait,
    account: Uuid,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let changed = Entity::update_many()
        .col_expr(Column::NotedAt, Expr::value(now))
        .filter(Column::AccountId.eq(account).and(Column::Id.eq(id)))
        .filter(Column::NotedAt.is_null())
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

#[cfg(test)]
mod tests;
