//! Opens and clicks as they rest: one row a hit, with its verdict and its evidence.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::entities::{consent, event, message};

/// What a hit needs to know about the letter it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// Identifier.
    pub id: Uuid,
    /// Home account of the person.
    pub account_id: Uuid,
    /// The person.
    pub contact_id: Uuid,
    /// When the mail server had it, or when it was about to.
    pub handed_over_at: Option<DateTime<Utc>>,
    /// Where its numbered links lead.
    pub links: Vec<Link>,
}

/// Where one link leads.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Link {
    /// Its number in the letter.
    pub number: u16,
    /// The address.
    pub url: String,
    /// The item it opens.
    #[serde(default)]
    pub item: Option<String>,
    /// The choice that put it there.
    #[serde(default)]
    pub choice: Option<Uuid>,
}

/// The letter with this identifier.
pub async fn letter(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Letter>, DbErr> {
    let Some(row) = message::Entity::find().filter(message::Column::Id.eq(id)).one(db).await? else {
        return Ok(None);
    };
    let links = row.links.map(serde_json::from_value).transpose();
    let links = links.map_err(|error| DbErr::Type(format!("the links of the message {id}: {error}")))?;
    Ok(Some(Letter {
        id,
        account_id: row.account_id,
        contact_id: row.contact_id,
        handed_over_at: row.settled_at.or(row.handing_over_at),
        links: links.unwrap_or_default(),
    }))
}

/// Whether this person allows us to see what they open.
pub async fn allows_tracking(db: &impl ConnectionTrait, letter: &Letter) -> Result<bool, DbErr> {
    let key = (letter.account_id, letter.contact_id, "tracking".to_owned());
    Ok(consent::Entity::find_by_id(key).one(db).await?.is_some_and(|row| row.granted))
}

/// One click as it was judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Identifier.
    pub id: Uuid,
    /// Its second, part of the key.
    pub at: DateTime<Utc>,
    /// The moment itself.
    pub recorded_at: DateTime<Utc>,
    /// The link's number.
    pub link: i32,
    /// Who it was.
    pub verdict: String,
    /// Why.
    pub evidence: Value,
}

/// The clicks on one letter since `since`, in order of time.
pub async fn clicks(
    db: &impl ConnectionTrait,
    letter: Uuid,
    since: DateTime<Utc>,
) -> Result<Vec<Judged>, DbErr> {
    let rows = event::Entity::find()
        .filter(event::Column::MessageId.eq(letter))
        .filter(event::Column::Kind.eq("clicked"))
        .filter(event::Column::RecordedAt.gte(since))
        .order_by_asc(event::Column::RecordedAt)
        .order_by_asc(event::Column::Id)
        .all(db)
        .await?;
    let judged = |row: event::Model| {
        Some(Judged {
            id: row.id,
            at: row.at,
            recorded_at: row.recorded_at,
            link: row.link?,
            verdict: row.verdict?,
            evidence: row.evidence?,
        })
    };
    Ok(rows.into_iter().filter_map(judged).collect())
}

/// Judges one click anew. What happened stays as it was; only the verdict and its reasons change.
pub async fn rejudge(
    db: &impl ConnectionTrait,
    letter: &Letter,
    click: &Judged,
    rules: i32,
) -> Result<(), DbErr> {
    event::Entity::update_many()
        .col_expr(event::Column::Verdict, Expr::value(click.verdict.clone()))
        .col_expr(event::Column::VerdictRule, Expr::value(rules))
        .col_expr(event::Column::Evidence, Expr::value(click.evidence.clone()))
        .filter(event::Column::AccountId.eq(letter.account_id))
        .filter(event::Column::At.eq(click.at))
        .filter(event::Column::Id.eq(click.id))
        .exec(db)
        .await?;
    Ok(())
}

/// Whether this person ever finished this item.
pub async fn completed(
    db: &impl ConnectionTrait,
    account: Uuid,
    contact: Uuid,
    item: &str,
) -> Result<bool, DbErr> {
    let done = event::Entity::find()
        .filter(event::Column::AccountId.eq(account))
        .filter(event::Column::ContactId.eq(contact))
        .filter(event::Column::Kind.eq("completed"))
        .filter(event::Column::Item.eq(item))
        .one(db)
        .await?;
    Ok(done.is_some())
}
