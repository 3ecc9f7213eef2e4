//! What people gave to colleagues of the same account, and whether the giver may see that it is done.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::entities::gift::{ActiveModel, Column, Entity, Model};
use super::entities::{account, contact};
use super::progress::Learner;
use super::shelves::Thing;

/// Something given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gift {
    /// Identifier.
    pub id: Uuid,
    /// The account of both.
    pub account: Uuid,
    /// Who gave it.
    pub giver: Uuid,
    /// Who got it.
    pub receiver: Uuid,
    /// What.
    pub thing: Thing,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the giver may see that it is done.
    pub agreed: bool,
}

fn of(row: Model) -> Result<Gift, DbErr> {
    Ok(Gift {
        id: row.id,
        account: row.account_id,
        giver: row.giver_id,
        receiver: row.contact_id,
        thing: Thing::of(row.item, row.shelf_id)?,
        at: row.at,
        agreed: row.agreed_at.is_some(),
    })
}

/// A colleague who may be given something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// The person.
    pub id: Uuid,
    /// Their name.
    pub name: String,
}

/// The colleagues of this person who have joined and whose name we know, by name.
pub async fn colleagues(db: &impl ConnectionTrait, who: Learner) -> Result<Vec<Colleague>, DbErr> {
    let rows = contact::Entity::find()
        .filter(contact::Column::AccountId.eq(who.account))
        .filter(contact::Column::Id.ne(who.contact))
        .filter(contact::Column::OptedInAt.is_not_null())
        .filter(contact::Column::FirstName.is_not_null())
        .order_by_asc(contact::Column::FirstName)
        .order_by_asc(contact::Column::LastName)
        .order_by_asc(contact::Column::Id)
        .all(db)
        .await?;
    let name = |row: contact::Model| {
        let parts = [row.first_name, row.last_name].into_iter().flatten();
        Colleague { id: row.id, name: parts.collect::<Vec<_>>().join(" ") }
    };
    Ok(rows.into_iter().map(name).collect())
}

/// The domain of the company's addresses.
pub async fn domain(db: &impl ConnectionTrait, account: Uuid) -> Result<Option<String>, DbErr> {
    Ok(account::Entity::find_by_id(account).one(db).await?.and_then(|row| row.domain))
}

/// Keeps that something was given. The same again changes nothing.
pub async fn give(db: &impl ConnectionTrait, gift: &Gift) -> Result<bool, DbErr> {
    let (item, shelf_id) = gift.thing.clone().into_columns();
    let row = ActiveModel {
        account_id: Set(gift.account),
        contact_id: Set(gift.receiver),
        id: Set(gift.id),
        giver_id: Set(gift.giver),
        item: Set(item),
        shelf_id: Set(shelf_id),
        at: Set(gift.at),
        agreed_at: Set(None),
    };
    let once =
        OnConflict::columns([Column::AccountId, Column::ContactId, Column::Id]).do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(once).exec_without_returning(db).await? == 1)
}

/// What this person was given, the newest first.
pub async fn received(db: &impl ConnectionTrait, who: Learner) -> Result<Vec<Gift>, DbErr> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(who.account))
        .filter(Column::ContactId.eq(who.contact))
        .order_by_desc(Column::At)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(of).collect()
}

/// What this person gave, the newest first.
pub async fn given(db: &impl ConnectionTrait, who: Learner) -> Result<Vec<Gift>, DbErr> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(who.account))
        .filter(Column::GiverId.eq(who.contact))
        .order_by_desc(Column::At)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(of).collect()
}

/// Lets the giver see when it is done, or no longer; whether this person was given it.
pub async fn agree(
    db: &impl ConnectionTrait,
    who: Learner,
    id: Uuid,
    since: Option<DateTime<Utc>>,
) -> Result<bool, DbErr> {
    let changed = Entity::update_many()
        .col_expr(Column::AgreedAt, Expr::value(since))
        .filter(Column::AccountId.eq(who.account))
        .filter(Column::ContactId.eq(who.contact))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Takes back what this person gave; whether they had given it.
pub async fn take_back(db: &impl ConnectionTrait, who: Learner, id: Uuid) -> Result<bool, DbErr> {
    let gone = Entity::delete_many()
        .filter(Column::AccountId.eq(who.account))
        .filter(Column::GiverId.eq(who.contact))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(gone.rows_affected == 1)
}
