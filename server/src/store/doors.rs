//! Who may come in: staff, links that work once, sessions. Secrets rest here as hashes only.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::entities::{contact, session, sign_in_link, staff};

mod links;
mod sessions;

pub use links::{Binding, Link, binding, count_try, end_link, keep_link, look_at_link, use_link};
pub use sessions::{
    Open, Opening, close_session, close_session_of, close_sessions_of, open_session, session, sessions_of,
    touch_session,
};

/// What a member of staff may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Looks after the installation.
    Admin,
    /// Writes letters and lays journeys.
    Marketer,
    /// Looks after the community.
    Moderator,
    /// Answers questions.
    Expert,
    /// Reads the reports and decides.
    ProgramLead,
    /// Keeps the machine running.
    Operator,
    /// Works for a partner.
    Partner,
}

impl Role {
    /// Every role there is.
    pub const ALL: [Self; 7] = [
        Self::Admin,
        Self::Marketer,
        Self::Moderator,
        Self::Expert,
        Self::ProgramLead,
        Self::Operator,
        Self::Partner,
    ];

    /// Its word in the store and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Marketer => "marketer",
            Self::Moderator => "moderator",
            Self::Expert => "expert",
            Self::ProgramLead => "program_lead",
            Self::Operator => "operator",
            Self::Partner => "partner",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|role| role.word() == word).ok_or_else(|| {
            let words: Vec<_> = Self::ALL.iter().map(|role| role.word()).collect();
            format!("`{word}` is no role; there are {}", words.join(", "))
        })
    }
}

/// Staff and customers come in through different doors, with different keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Whoever works here.
    Staff,
    /// Whoever the programs are for.
    Customer,
}

impl Audience {
    /// Its word in the store.
    pub fn word(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Customer => "customer",
        }
    }
}

/// One member of staff whose access has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: Uuid,
    /// Address.
    pub email: String,
    /// What they may do.
    pub role: Role,
}

/// One customer, as far as a page needs to know who is reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The contact.
    pub id: Uuid,
    /// Home account.
    pub account: Uuid,
    /// First name, where we have one.
    pub first_name: Option<String>,
    /// Address.
    pub email: String,
    /// The language they read, where we know it.
    pub language: Option<String>,
    /// Their time zone, where we know it: `America/New_York`.
    pub timezone: Option<String>,
}

/// Adds a member of staff, or gives the one with this address another role; says who it is now.
pub async fn keep_member(
    db: &impl ConnectionTrait,
    id: Uuid,
    email: &str,
    email_key: &str,
    role: Role,
    now: DateTime<Utc>,
) -> Result<Uuid, DbErr> {
    let row = staff::ActiveModel {
        id: Set(id),
        email: Set(email.to_owned()),
        email_key: Set(email_key.to_owned()),
        role: Set(role.word().to_owned()),
        created_at: Set(now),
        disabled_at: Set(None),
    };
    let same = OnConflict::column(staff::Column::EmailKey)
        .update_columns([staff::Column::Email, staff::Column::Role, staff::Column::DisabledAt])
        .to_owned();
    staff::Entity::insert(row).on_conflict(same).exec_without_returning(db).await?;
    let kept = staff::Entity::find().filter(staff::Column::EmailKey.eq(email_key)).one(db).await?;
    Ok(kept.expect("it was inserted above, or was there before").id)
}

/// One member of staff, unless their access has ended.
pub async fn member(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Member>, DbErr> {
    let row = staff::Entity::find_by_id(id).one(db).await?;
    Ok(row
        .filter(|row| row.disabled_at.is_none())
        .and_then(|row| Some(Member { id: row.id, email: row.email, role: row.role.parse().ok()? })))
}

/// The member of staff with this address, unless their access has ended.
pub async fn member_called(db: &impl ConnectionTrait, email_key: &str) -> Result<Option<Member>, DbErr> {
    let row = staff::Entity::find().filter(staff::Column::EmailKey.eq(email_key)).one(db).await?;
    match row {
        Some(row) => member(db, row.id).await,
        None => Ok(None),
    }
}

/// One customer.
pub async fn customer(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Customer>, DbErr> {
    let row = contact::Entity::find_by_id(id).one(db).await?;
    Ok(row.map(|row| Customer {
        id: row.id,
        account: row.account_id,
        first_name: row.first_name,
        email: row.email,
        language: row.language,
        timezone: row.timezone,
    }))
}

/// Sweeps out links and sessions that ended before `before`; says how many.
pub async fn sweep(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    let links = sign_in_link::Entity::delete_many()
        .filter(sign_in_link::Column::ExpiresAt.lt(before))
        .exec(db)
        .await?;
    let sessions =
        session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(before)).exec(db).await?;
    Ok(links.rows_affected + sessions.rows_affected)
}
