//! Who a question means: counted, listed and loaded.
//!
//! A question that names saved segments is resolved first; what is asked here holds no name any more.

mod load;
mod rows;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use segments::{Predicate, Profile, Saved, SavedError};
use uuid::Uuid;

use super::entities::{contact, segment};

/// The questions that ship with the house.
static STARTERS: LazyLock<Saved> = LazyLock::new(|| {
    let starters = content::Library::embedded().segments;
    starters.into_iter().map(|one| (one.slug.to_string(), one.question)).collect()
});

/// People loaded by one round of queries.
const BATCH: usize = 500;

/// Why a question could not be made ready.
#[derive(Debug, thiserror::Error)]
pub enum ResolveError {
    /// The database failed.
    #[error("we could not read the saved segments")]
    Store(#[from] DbErr),
    /// What was saved is no question.
    #[error("the saved segment \"{name}\" cannot be read: {message}")]
    Unreadable {
        /// The segment.
        name: String,
        /// What is wrong with it.
        message: String,
    },
    /// A segment is missing, or they go in a circle.
    #[error(transparent)]
    Saved(#[from] SavedError),
}

/// How many people the question means now.
pub async fn count(
    db: &impl ConnectionTrait,
    question: &Predicate,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let mut people = people(question, now)?;
    people.expr(Func::count(Expr::col(("contacts", "id"))));
    let row = db.query_one(&people).await?;
    let counted = row.map_or(Ok(0), |row| row.try_get_by_index::<i64>(0))?;
    Ok(u64::try_from(counted).unwrap_or_default())
}

/// One page of the people the question means now, in the order of their ids: those after this one.
pub async fn list(
    db: &impl ConnectionTrait,
    question: &Predicate,
    now: DateTime<Utc>,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Uuid>, DbErr> {
    let id = Expr::col(("contacts", "id"));
    let mut people = people(question, now)?;
    people.expr(id.clone()).order_by(("contacts", "id"), Order::Asc).limit(limit);
    people.and_where_option(after.map(|after| id.gt(after)));
    db.query_all(&people).await?.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// Profiles of these people, in this order; those who are not there are left out.
pub async fn load_profiles(
    db: &impl ConnectionTrait,
    contacts: &[Uuid],
    now: DateTime<Utc>,
) -> Result<Vec<Profile>, DbErr> {
    let mut profiles = Vec::with_capacity(contacts.len());
    for batch in contacts.chunks(BATCH) {
        profiles.extend(load::batch(db, batch, now).await?);
    }
    Ok(profiles)
}

/// Home accounts of these people.
pub async fn homes(db: &impl ConnectionTrait, contacts: &[Uuid]) -> Result<Vec<Uuid>, DbErr> {
    contact::Entity::find()
        .select_only()
        .column(contact::Column::AccountId)
        .distinct()
        .filter(contact::Column::Id.is_in(contacts.to_vec()))
        .into_tuple()
        .all(db)
        .await
}

/// The question with every segment that it names looked up.
pub async fn resolve(db: &impl ConnectionTrait, question: &Predicate) -> Result<Predicate, ResolveError> {
    if question.unresolved().is_empty() {
        return Ok(question.clone());
    }
    Ok(question.resolve(&saved(db).await?)?)
}

/// Every saved question: the starters that ship with the house, and what was imported, which wins by name.
pub async fn saved(db: &impl ConnectionTrait) -> Result<Saved, ResolveError> {
    let rows: Vec<(String, sea_orm::JsonValue)> = segment::Entity::find()
        .select_only()
        .columns([segment::Column::Name, segment::Column::Document])
        .into_tuple()
        .all(db)
        .await?;
    let starters = STARTERS.iter().map(|(name, question)| Ok((name.clone(), question.clone())));
    let own = rows.into_iter().map(|(name, document)| {
        let question = document.get("question").cloned().unwrap_or_default();
        match serde_json::from_value(question) {
            Ok(question) => Ok((name, question)),
            Err(error) => Err(ResolveError::Unreadable { name, message: error.to_string() }),
        }
    });
    starters.chain(own).collect()
}

fn people(question: &Predicate, now: DateTime<Utc>) -> Result<SelectStatement, DbErr> {
    if let Some(name) = question.unresolved().first() {
        return Err(DbErr::Custom(format!(
            "the segment \"{name}\" was not looked up before it was asked for"
        )));
    }
    let home = Expr::col(("accounts", "id")).equals(("contacts", "account_id"));
    Ok(Query::select()
        .from("contacts")
        .inner_join("accounts", home)
        .cond_where(question.to_condition(now))
        .take())
}
