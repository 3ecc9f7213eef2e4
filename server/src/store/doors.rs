//! Who may come in: staff, links that work once, sessions. Secrets rest here as hashes only.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::entities::{contact, session, sign_in_link, staff};

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
}

/// A link that still works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Who it is for.
    pub subject: Uuid,
    /// Until when.
    pub expires_at: DateTime<Utc>,
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
    }))
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
