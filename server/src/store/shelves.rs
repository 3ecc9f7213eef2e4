//! Shelves on which people keep what they want to find again. A deleted one can be brought back for a while.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, UpdateMany,
};
use uuid::Uuid;

use super::entities::shelf::{ActiveModel, Column, Entity, Model};
use super::entities::{contact, gift, share, shelf_item};
use super::progress::Learner;

/// Shelves that are swept out at once at most.
const AT_ONCE: u64 = 500;

/// A shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// Identifier.
    pub id: Uuid,
    /// Whose it is.
    pub owner: Learner,
    /// What its owner calls it.
    pub title: String,
    /// What they called it before.
    pub title_before: Option<String>,
    /// Whether colleagues of the account see it.
    pub shared: bool,
    /// When it was deleted.
    pub archived_at: Option<DateTime<Utc>>,
}

/// An item or a shelf, where somebody shares or gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thing {
    /// An item, by its name.
    Item(String),
    /// One of their shelves.
    Shelf(Uuid),
}

impl Thing {
    pub(super) fn of(item: Option<String>, shelf: Option<Uuid>) -> Result<Self, DbErr> {
        let thing = item.map(Self::Item).or(shelf.map(Self::Shelf));
        thing.ok_or_else(|| DbErr::Type("neither an item nor a shelf".to_owned()))
    }

    pub(super) fn into_columns(self) -> (Option<String>, Option<Uuid>) {
        match self {
            Self::Item(item) => (Some(item), None),
            Self::Shelf(shelf) => (None, Some(shelf)),
        }
    }
}

/// Which way something moves among its like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Towards the first.
    Up,
    /// Towards the last.
    Down,
}

impl Way {
    /// Moves what stands at `at` one place on; whether there was a place to go to.
    pub(super) fn apply<T>(self, order: &mut [T], at: usize) -> bool {
        let to = match self {
            Self::Up => at.checked_sub(1),
            Self::Down => Some(at + 1).filter(|to| *to < order.len()),
        };
        if let Some(to) = to {
            order.swap(at, to);
        }
        to.is_some()
    }
}

fn of(row: Model) -> Shelf {
    Shelf {
        id: row.id,
        owner: Learner { account: row.account_id, contact: row.contact_id },
        title: row.title,
        title_before: row.title_before,
        shared: row.shared,
        archived_at: row.archived_at,
    }
}

fn theirs(who: Learner) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::AccountId.eq(who.account)).filter(Column::ContactId.eq(who.contact))
}

/// The shelves of this person, in their order.
pub async fn of_person(db: &impl ConnectionTrait, who: Learner) -> Result<Vec<Shelf>, DbErr> {
    let rows = theirs(who).filter(Column::ArchivedAt.is_null());
    let rows = rows.order_by_asc(Column::Position).order_by_asc(Column::Id).all(db).await?;
    Ok(rows.into_iter().map(of).collect())
}

/// The shelves that this person deleted and can bring back, the last one first.
pub async fn deleted(db: &impl ConnectionTrait, who: Learner) -> Result<Vec<Shelf>, DbErr> {
    let rows = theirs(who).filter(Column::ArchivedAt.is_not_null());
    let rows = rows.order_by_desc(Column::ArchivedAt).order_by_asc(Column::Id).all(db).await?;
    Ok(rows.into_iter().map(of).collect())
}

/// The shelves that colleagues of this person show to their company, each with its owner's first name.
pub async fn of_colleagues(
    db: &impl ConnectionTrait,
    who: Learner,
) -> Result<Vec<(Shelf, Option<String>)>, DbErr> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(who.account))
        .filter(Column::ContactId.ne(who.contact))
        .filter(Column::Shared.eq(true))
        .filter(Column::ArchivedAt.is_null())
        .order_by_asc(Column::Title)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    let mut shelves = Vec::with_capacity(rows.len());
    for row in rows {
        let name = first_name(db, row.contact_id).await?;
        shelves.push((of(row), name));
    }
    Ok(shelves)
}

/// The first name of a person.
pub async fn first_name(db: &impl ConnectionTrait, contact: Uuid) -> Result<Option<String>, DbErr> {
    let row = contact::Entity::find_by_id(contact).one(db).await?;
    Ok(row.and_then(|row| row.first_name))
}

/// A shelf of this person, as long as it is not deleted.
pub async fn own(db: &impl ConnectionTrait, who: Learner, id: Uuid) -> Result<Option<Shelf>, DbErr> {
    let row = Entity::find_by_id((who.account, who.contact, id)).one(db).await?;
    Ok(row.map(of).filter(|shelf| shelf.archived_at.is_none()))
}

/// A shelf that this person may look at: their own, a colleague's that is shown to the company, or one they were given.
pub async fn open_to(db: &impl ConnectionTrait, who: Learner, id: Uuid) -> Result<Option<Shelf>, DbErr> {
    let row = Entity::find()
        .filter(Column::AccountId.eq(who.account))
        .filter(Column::Id.eq(id))
        .filter(Column::ArchivedAt.is_null())
        .one(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let open = row.contact_id == who.contact || row.shared || was_given(db, who, id).await?;
    Ok(open.then(|| of(row)))
}

async fn was_given(db: &impl ConnectionTrait, who: Learner, shelf: Uuid) -> Result<bool, DbErr> {
    let given = gift::Entity::find()
        .filter(gift::Column::AccountId.eq(who.account))
        .filter(gift::Column::ContactId.eq(who.contact))
        .filter(gift::Column::ShelfId.eq(shelf));
    Ok(given.one(db).await?.is_some())
}

/// Makes a shelf, behind the others. One of this identifier that is there already comes back as it was.
pub async fn create(
    db: &impl ConnectionTrait,
    who: Learner,
    id: Uuid,
    title: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let last: Option<i32> = theirs(who)
        .select_only()
        .column(Column::Position)
        .order_by_desc(Column::Position)
        .into_tuple()
        .one(db)
        .await?;
    let row = ActiveModel {
        account_id: Set(who.account),
        contact_id: Set(who.contact),
        id: Set(id),
        title: Set(title.to_owned()),
        title_before: Set(None),
        position: Set(last.map_or(0, |last| last + 1)),
        shared: Set(false),
        created_at: Set(now),
        updated_at: Set(now),
        archived_at: Set(None),
    };
    let there = OnConflict::columns([Column::AccountId, Column::ContactId, Column::Id])
        .update_columns([Column::ArchivedAt, Column::UpdatedAt])
        .to_owned();
    Entity::insert(row).on_conflict(there).exec_without_returning(db).await?;
    Ok(())
}

fn one(who: Learner, id: Uuid, now: DateTime<Utc>) -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::AccountId.eq(who.account))
        .filter(Column::ContactId.eq(who.contact))
        .filter(Column::Id.eq(id))
}

/// Gives a shelf another name and remembers the one it had; whether there is such a shelf.
pub async fn rename(
    db: &impl ConnectionTrait,
    who: Learner,
    id: Uuid,
    title: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let changed = one(who, id, now)
        .col_expr(Column::TitleBefore, Expr::col(Column::Title))
        .col_expr(Column::Title, Expr::value(title))
        .filter(Column::ArchivedAt.is_null())
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Gives a shelf back the name it had before; whether it had one.
pub async fn unname(
    db: &impl ConnectionTrait,
    who: Learner,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let changed = one(who, id, now)
        .col_expr(Column::Title, Expr::col(Column::TitleBefore))
        .col_expr(Column::TitleBefore, Expr::col(Column::Title))
        .filter(Column::TitleBefore.is_not_null())
        .filter(Column::ArchivedAt.is_null())
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Shows a shelf to the colleagues of its owner, or to nobody; whether there is such a shelf.
pub async fn show_to_company(
    db: &impl ConnectionTrait,
    who: Learner,
    id: Uuid,
    shared: bool,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let changed = one(who, id, now)
        .col_expr(Column::Shared, Expr::value(shared))
        .filter(Column::ArchivedAt.is_null())
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Deletes a shelf for now; whether there was one.
pub async fn archive(
    db: &impl ConnectionTrait,
    who: Learner,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let changed = one(who, id, now)
        .col_expr(Column::ArchivedAt, Expr::value(now))
        .filter(Column::ArchivedAt.is_null())
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Brings a deleted shelf back; whether there is such a shelf.
pub async fn restore(
    db: &impl ConnectionTrait,
    who: Learner,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let back = one(who, id, now).col_expr(Column::ArchivedAt, Expr::value(None::<DateTime<Utc>>));
    Ok(back.exec(db).await?.rows_affected == 1)
}

/// Moves a shelf one place among the shelves of its owner; whether there is such a shelf.
pub async fn step(
    db: &impl ConnectionTrait,
    who: Learner,
    id: Uuid,
    way: Way,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let mut order: Vec<Uuid> = of_person(db, who).await?.into_iter().map(|shelf| shelf.id).collect();
    let Some(at) = order.iter().position(|shelf| *shelf == id) else { return Ok(false) };
    if way.apply(&mut order, at) {
        for (place, shelf) in (0..).zip(order) {
            one(who, shelf, now).col_expr(Column::Position, Expr::value(place)).exec(db).await?;
        }
    }
    Ok(true)
}

/// Forgets the shelves that were deleted before `before`, with all that hangs on them; says how many.
pub async fn sweep(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    let old = Entity::find().filter(Column::ArchivedAt.lt(before)).limit(AT_ONCE).all(db).await?;
    for row in &old {
        let (account, id) = (row.account_id, row.id);
        shelf_item::Entity::delete_many()
            .filter(shelf_item::Column::AccountId.eq(account))
            .filter(shelf_item::Column::ContactId.eq(row.contact_id))
            .filter(shelf_item::Column::ShelfId.eq(id))
            .exec(db)
            .await?;
        share::Entity::delete_many()
            .filter(share::Column::AccountId.eq(account))
            .filter(share::Column::ContactId.eq(row.contact_id))
            .filter(share::Column::ShelfId.eq(id))
            .exec(db)
            .await?;
        gift::Entity::delete_many()
            .filter(gift::Column::AccountId.eq(account))
            .filter(gift::Column::ShelfId.eq(id))
            .exec(db)
            .await?;
        Entity::delete_by_id((account, row.contact_id, id)).exec(db).await?;
    }
    Ok(old.len() as u64)
}

#[cfg(test)]
mod tests;
