//! What a page of one's own facts asks for beside the profile: since when, and who else is here.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::entities::{account, contact};

/// When the records about a person and their company were last brought up to date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The person.
    pub person: DateTime<Utc>,
    /// Their company.
    pub company: DateTime<Utc>,
    /// Whether the person came by the form to join, and by no file.
    pub joined_here: bool,
}

/// When the records about this person and this company were last brought up to date.
pub async fn as_of(db: &impl ConnectionTrait, account: Uuid, contact: Uuid) -> Result<Option<AsOf>, DbErr> {
    let person = contact::Entity::find_by_id(contact).one(db).await?;
    let company = account::Entity::find_by_id(account).one(db).await?;
    Ok(person.zip(company).map(|(person, company)| AsOf {
        person: person.updated_at,
        company: company.updated_at,
        joined_here: person.external_id.starts_with("joined-"),
    }))
}

/// How many others of this company have joined.
pub async fn colleagues(db: &impl ConnectionTrait, account: Uuid, contact: Uuid) -> Result<u64, DbErr> {
    contact::Entity::find()
        .filter(contact::Column::AccountId.eq(account))
        .filter(contact::Column::Id.ne(contact))
        .filter(contact::Column::OptedInAt.is_not_null())
        .count(db)
        .await
}
