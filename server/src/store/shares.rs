//! Links by which anybody reads what a customer shares, each until its day. The token rests here as a hash only.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Condition, Expr};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::entities::share::{ActiveModel, Column, Entity, Model};
use super::entities::{account, contact, event};
use super::progress::Learner;
use super::shelves::Thing;

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Identifier.
    pub id: Uuid,
    /// Who shares.
    pub owner: Learner,
    /// What.
    pub thing: Thing,
    /// It opens until then.
    pub expires_at: DateTime<Utc>,
}

fn of(row: Model) -> Result<Share, DbErr> {
    Ok(Share {
        id: row.id,
        owner: Learner { account: row.account_id, contact: row.contact_id },
        thing: Thing::of(row.item, row.shelf_id)?,
        expires_at: row.expires_at,
    })
}

/// Keeps a new link.
pub async fn create(
    db: &impl ConnectionTrait,
    share: &Share,
    token_hash: Vec<u8>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let (item, shelf_id) = share.thing.clone().into_columns();
    let row = ActiveModel {
        account_id: Set(share.owner.account),
        contact_id: Set(share.owner.contact),
        id: Set(share.id),
        token_hash: Set(token_hash),
        item: Set(item),
        shelf_id: Set(shelf_id),
        created_at: Set(now),
        expires_at: Set(share.expires_at),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The links of this person that open now, the newest first.
pub async fn of_person(
    db: &impl ConnectionTrait,
    who: Learner,
    now: DateTime<Utc>,
) -> Result<Vec<Share>, DbErr> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(who.account))
        .filter(Column::ContactId.eq(who.contact))
        .filter(Column::ExpiresAt.gt(now))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(of).collect()
}

/// The link with this hash, as long as it opens.
pub async fn behind(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<Share>, DbErr> {
    let row = Entity::find().filter(Column::TokenHash.eq(token_hash)).filter(Column::ExpiresAt.gt(now));
    row.one(db).await?.map(of).transpose()
}

/// Ends a link of this person; whether it opened until now.
pub async fn end(
    db: &impl ConnectionTrait,
    who: Learner,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let ended = Entity::update_many()
        .col_expr(Column::ExpiresAt, Expr::value(now))
        .filter(Column::AccountId.eq(who.account))
        .filter(Column::ContactId.eq(who.contact))
        .filter(Column::Id.eq(id))
        .filter(Column::ExpiresAt.gt(now))
        .exec(db)
        .await?;
    Ok(ended.rows_affected == 1)
}

/// The link of this person, open or ended.
pub async fn own(db: &impl ConnectionTrait, who: Learner, id: Uuid) -> Result<Option<Share>, DbErr> {
    let row = Entity::find()
        .filter(Column::AccountId.eq(who.account))
        .filter(Column::ContactId.eq(who.contact))
        .filter(Column::Id.eq(id));
    row.one(db).await?.map(of).transpose()
}

/// Opens a link of this person that had ended, until this moment; whether there was one.
pub async fn reopen(
    db: &impl ConnectionTrait,
    who: Learner,
    id: Uuid,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let open = Entity::update_many()
        .col_expr(Column::ExpiresAt, Expr::value(until))
        .filter(Column::AccountId.eq(who.account))
        .filter(Column::ContactId.eq(who.contact))
        .filter(Column::Id.eq(id))
        .filter(Column::ExpiresAt.lte(now))
        .exec(db)
        .await?;
    Ok(open.rows_affected == 1)
}

/// Forgets the links that ended before `before`; says how many.
pub async fn sweep(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    Ok(Entity::delete_many().filter(Column::ExpiresAt.lt(before)).exec(db).await?.rows_affected)
}

/// When this person shared something by a link or gave something to a colleague, as the events say.
pub async fn when_shared(db: &impl ConnectionTrait, who: Learner) -> Result<Vec<DateTime<Utc>>, DbErr> {
    let about = |word: &str| event::Column::Value.starts_with(format!("{{\"about\":\"{word}\""));
    event::Entity::find()
        .select_only()
        .column(event::Column::At)
        .filter(event::Column::AccountId.eq(who.account))
        .filter(event::Column::ContactId.eq(who.contact))
        .filter(event::Column::Kind.eq("form"))
        .filter(Condition::any().add(about("shared")).add(about("gave")))
        .order_by_asc(event::Column::At)
        .into_tuple()
        .all(db)
        .await
}

/// First name and company of who shares.
pub async fn sharer(
    db: &impl ConnectionTrait,
    who: Learner,
) -> Result<Option<(Option<String>, String)>, DbErr> {
    let Some(person) = contact::Entity::find_by_id(who.contact).one(db).await? else { return Ok(None) };
    let company = account::Entity::find_by_id(who.account).one(db).await?;
    Ok(company.map(|company| (person.first_name, company.name)))
}
