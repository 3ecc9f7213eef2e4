//! Who filled in the form to join, and whether they confirmed it: one row a form, so that asks and joins can be counted.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use segments::AskChannel;
use uuid::Uuid;

use super::entities::{account, joining};

/// Somebody about to join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joining {
    /// Identifier; the letter that asks for the confirmation has the same.
    pub id: Uuid,
    /// Hash of the token in that letter.
    pub token_hash: Vec<u8>,
    /// Their company.
    pub account: Uuid,
    /// Address as it was typed.
    pub email: String,
    /// Normalised address.
    pub email_key: String,
    /// First name.
    pub first_name: String,
    /// The language of the page.
    pub language: String,
    /// The words beside the box that was ticked.
    pub wording: String,
    /// Whether the box for tracking was ticked too.
    pub tracking: bool,
    /// The words beside that box.
    pub tracking_wording: String,
    /// Where they came from.
    pub from: CameFrom,
    /// Side of the family at that moment.
    pub side: Option<String>,
    /// When the form was sent.
    pub created_at: DateTime<Utc>,
    /// Can be confirmed until then.
    pub expires_at: DateTime<Utc>,
    /// When it was confirmed.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// Where somebody came from, as far as the address of the form said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CameFrom {
    /// Way on which they were asked.
    pub channel: Option<AskChannel>,
    /// A word of the vendor's own: a campaign, a poster, a page.
    pub source: Option<String>,
}

/// A company that somebody may join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// Identifier.
    pub id: Uuid,
    /// Its family.
    pub family: Uuid,
    /// Side of its family.
    pub side: Option<String>,
}

/// The company whose addresses have this domain. Of several, the one that comes first by its name in the vendor's files.
pub async fn company_at(db: &impl ConnectionTrait, domain: &str) -> Result<Option<Company>, DbErr> {
    let found = account::Entity::find().filter(account::Column::Domain.eq(domain));
    Ok(found.order_by_asc(account::Column::ExternalId).one(db).await?.as_ref().map(of))
}

/// The company with this customer number.
pub async fn company_called(db: &impl ConnectionTrait, number: &str) -> Result<Option<Company>, DbErr> {
    let found = account::Entity::find().filter(account::Column::ExternalId.eq(number));
    Ok(found.one(db).await?.as_ref().map(of))
}

/// The company with this identifier.
pub async fn company(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Company>, DbErr> {
    Ok(account::Entity::find_by_id(id).one(db).await?.as_ref().map(of))
}

/// Keeps that somebody wants to join.
pub async fn keep(db: &impl ConnectionTrait, one: &Joining) -> Result<(), DbErr> {
    let row = joining::ActiveModel {
        id: Set(one.id),
        token_hash: Set(one.token_hash.clone()),
        account_id: Set(one.account),
        contact_id: Set(None),
        email: Set(one.email.clone()),
        email_key: Set(one.email_key.clone()),
        first_name: Set(one.first_name.clone()),
        language: Set(one.language.clone()),
        wording: Set(one.wording.clone()),
        tracking: Set(one.tracking),
        tracking_wording: Set(one.tracking_wording.clone()),
        channel: Set(one.from.channel.map(|channel| channel.as_str().to_owned())),
        source: Set(one.from.source.clone()),
        side: Set(one.side.clone()),
        created_at: Set(one.created_at),
        expires_at: Set(one.expires_at),
        confirmed_at: Set(one.confirmed_at),
    };
    joining::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The joining whose letter holds this token. Looking changes nothing.
pub async fn look(db: &impl ConnectionTrait, token_hash: &[u8]) -> Result<Option<Joining>, DbErr> {
    let row = joining::Entity::find().filter(joining::Column::TokenHash.eq(token_hash)).one(db).await?;
    Ok(row.map(|row| Joining {
        id: row.id,
        token_hash: row.token_hash,
        account: row.account_id,
        email: row.email,
        email_key: row.email_key,
        first_name: row.first_name,
        language: row.language,
        wording: row.wording,
        tracking: row.tracking,
        tracking_wording: row.tracking_wording,
        from: CameFrom { channel: row.channel.and_then(|word| word.parse().ok()), source: row.source },
        side: row.side,
        created_at: row.created_at,
        expires_at: row.expires_at,
        confirmed_at: row.confirmed_at,
    }))
}

/// Confirms a joining. Of two who try at once, one gets true; nobody does when its time is over.
pub async fn confirm(db: &impl ConnectionTrait, id: Uuid, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let confirmed = joining::Entity::update_many()
        .col_expr(joining::Column::ConfirmedAt, Expr::value(now))
        .filter(joining::Column::Id.eq(id))
        .filter(joining::Column::ConfirmedAt.is_null())
        .filter(joining::Column::ExpiresAt.gt(now))
        .exec(db)
        .await?;
    Ok(confirmed.rows_affected == 1)
}

/// Keeps who it was that joined.
pub async fn belongs_to(db: &impl ConnectionTrait, id: Uuid, contact: Uuid) -> Result<(), DbErr> {
    joining::Entity::update_many()
        .col_expr(joining::Column::ContactId, Expr::value(contact))
        .filter(joining::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets the address and the name in forms whose time was over before `before`: what is left is counted.
pub async fn sweep(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    use joining::Column;
    let over = Column::ExpiresAt.lt(before).and(Column::Email.ne(""));
    let blank = blanked().filter(over).exec(db).await?;
    Ok(blank.rows_affected)
}

/// Forgets the address and the name in every form with this address, as an erasure must.
pub async fn forget(db: &impl ConnectionTrait, email_key: &str) -> Result<(), DbErr> {
    blanked().filter(joining::Column::EmailKey.eq(email_key)).exec(db).await?;
    Ok(())
}

fn blanked() -> sea_orm::UpdateMany<joining::Entity> {
    use joining::Column;
    let none = || Expr::value("");
    joining::Entity::update_many()
        .col_expr(Column::Email, none())
        .col_expr(Column::EmailKey, none())
        .col_expr(Column::FirstName, none())
}

fn of(row: &account::Model) -> Company {
    Company { id: row.id, family: row.family_id, side: row.side.clone() }
}
