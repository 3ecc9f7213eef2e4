//! What stands on shelves, in its order, and in which version its owner knows it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use serde_json::Value;
use uuid::Uuid;

use super::entities::event;
use super::entities::shelf_item::{ActiveModel, Column, Entity, Model};
use super::progress::Learner;
use super::shelves::Way;

/// An item on a shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The item, by its name.
    pub item: String,
    /// Which version of it was saved.
    pub version: String,
    /// When.
    pub added_at: DateTime<Utc>,
}

/// An item on its way to a shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPiece {
    /// The item, by its name.
    pub item: String,
    /// Which version of it its reader sees.
    pub version: String,
}

fn on(who: Learner) -> Select<Entity> {
    Entity::find()
        .filter(Column::AccountId.eq(who.account))
        .filter(Column::ContactId.eq(who.contact))
        .filter(Column::RemovedAt.is_null())
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Item)
}

fn of(row: Model) -> Piece {
    Piece { item: row.item, version: row.version, added_at: row.added_at }
}

/// What stands on one shelf of this person, in its order.
pub async fn on_shelf(db: &impl ConnectionTrait, who: Learner, shelf: Uuid) -> Result<Vec<Piece>, DbErr> {
    let rows = on(who).filter(Column::ShelfId.eq(shelf)).all(db).await?;
    Ok(rows.into_iter().map(of).collect())
}

/// What stands on each shelf of this person, in its order.
pub async fn of_person(db: &impl ConnectionTrait, who: Learner) -> Result<BTreeMap<Uuid, Vec<Piece>>, DbErr> {
    let mut shelves: BTreeMap<Uuid, Vec<Piece>> = BTreeMap::new();
    for row in on(who).all(db).await? {
        shelves.entry(row.shelf_id).or_default().push(of(row));
    }
    Ok(shelves)
}

/// Puts an item behind what stands on a shelf. One that is there stays where it is; one that was taken off comes back.
pub async fn put(
    db: &impl ConnectionTrait,
    who: Learner,
    shelf: Uuid,
    piece: &NewPiece,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let last: Option<i32> = Entity::find()
        .select_only()
        .column(Column::Position)
        .filter(Column::AccountId.eq(who.account))
        .filter(Column::ContactId.eq(who.contact))
        .filter(Column::ShelfId.eq(shelf))
        .order_by_desc(Column::Position)
        .into_tuple()
        .one(db)
        .await?;
    let row = ActiveModel {
        account_id: Set(who.account),
        contact_id: Set(who.contact),
        shelf_id: Set(shelf),
        item: Set(piece.item.clone()),
        position: Set(last.map_or(0, |last| last + 1)),
        version: Set(piece.version.clone()),
        added_at: Set(now),
        removed_at: Set(None),
    };
    let there = OnConflict::columns([Column::AccountId, Column::ContactId, Column::ShelfId, Column::Item])
        .update_columns([Column::RemovedAt, Column::Version])
        .to_owned();
    Entity::insert(row).on_conflict(there).exec_without_returning(db).await?;
    Ok(())
}

/// Takes an item off a shelf for now, or puts it back where it stood; whether there is such an item.
pub async fn set_removed(
    db: &impl ConnectionTrait,
    who: Learner,
    shelf: Uuid,
    item: &str,
    removed_at: Option<DateTime<Utc>>,
) -> Result<bool, DbErr> {
    let changed = Entity::update_many()
        .col_expr(Column::RemovedAt, Expr::value(removed_at))
        .filter(Column::AccountId.eq(who.account))
        .filter(Column::ContactId.eq(who.contact))
        .filter(Column::ShelfId.eq(shelf))
        .filter(Column::Item.eq(item))
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Moves an item one place on its shelf; whether there is such an item.
pub async fn step(
    db: &impl ConnectionTrait,
    who: Learner,
    shelf: Uuid,
    item: &str,
    way: Way,
) -> Result<bool, DbErr> {
    let mut order: Vec<String> =
        on_shelf(db, who, shelf).await?.into_iter().map(|piece| piece.item).collect();
    let Some(at) = order.iter().position(|piece| piece == item) else { return Ok(false) };
    if way.apply(&mut order, at) {
        for (place, item) in (0..).zip(order) {
            Entity::update_many()
                .col_expr(Column::Position, Expr::value(place))
                .filter(Column::AccountId.eq(who.account))
                .filter(Column::ContactId.eq(who.contact))
                .filter(Column::ShelfId.eq(shelf))
                .filter(Column::Item.eq(item))
                .exec(db)
                .await?;
        }
    }
    Ok(true)
}

/// Each version of these items that this person has looked at.
pub async fn looked_at(
    db: &impl ConnectionTrait,
    who: Learner,
    items: &[&str],
) -> Result<BTreeSet<(String, String)>, DbErr> {
    if items.is_empty() {
        return Ok(BTreeSet::new());
    }
    let seen: Vec<(Option<String>, Option<String>)> = event::Entity::find()
        .select_only()
        .columns([event::Column::Item, event::Column::Value])
        .distinct()
        .filter(event::Column::AccountId.eq(who.account))
        .filter(event::Column::ContactId.eq(who.contact))
        .filter(event::Column::Kind.eq("viewed"))
        .filter(event::Column::Item.is_in(items.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let version =
        |value: String| serde_json::from_str::<Value>(&value).ok()?["version"].as_str().map(str::to_owned);
    Ok(seen.into_iter().filter_map(|(item, value)| Some((item?, version(value?)?))).collect())
}
