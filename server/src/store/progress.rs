//! How far people came in lessons. What was done once stays done, whatever becomes of the lesson.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::entities::progress::{ActiveModel, Column, Entity, Model};

/// Whose progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Learner {
    /// Home account.
    pub account: Uuid,
    /// The person.
    pub contact: Uuid,
}

/// How far somebody came in one step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepKept {
    /// Names of the tasks that are ticked, also of those that the step no longer has.
    pub ticks: BTreeSet<String>,
    /// Whether it was done.
    pub done: bool,
}

/// How far somebody came in an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Way {
    /// Its steps, by name.
    pub steps: BTreeMap<String, StepKept>,
    /// When they were last at it.
    pub last: Option<DateTime<Utc>>,
}

impl Way {
    /// Names of the steps that are done.
    pub fn done(&self) -> BTreeSet<&str> {
        self.steps.iter().filter(|(_, kept)| kept.done).map(|(name, _)| name.as_str()).collect()
    }
}

/// What the reader said about one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The item.
    pub item: String,
    /// The step, by its name.
    pub step: String,
    /// The tasks they were shown.
    pub shown: BTreeSet<String>,
    /// Those of them that are ticked.
    pub ticked: BTreeSet<String>,
    /// Whether they are done with it.
    pub done: bool,
}

/// How far this person came in this item.
pub async fn of_item(db: &impl ConnectionTrait, who: Learner, item: &str) -> Result<Way, DbErr> {
    let rows = theirs(who).filter(Column::Item.eq(item)).all(db).await?;
    let mut ways = gathered(rows)?;
    Ok(ways.remove(item).unwrap_or_default())
}

/// How far this person came in every item they began.
pub async fn of_person(db: &impl ConnectionTrait, who: Learner) -> Result<BTreeMap<String, Way>, DbErr> {
    gathered(theirs(who).all(db).await?)
}

fn theirs(who: Learner) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::AccountId.eq(who.account)).filter(Column::ContactId.eq(who.contact))
}

fn gathered(rows: Vec<Model>) -> Result<BTreeMap<String, Way>, DbErr> {
    let mut ways: BTreeMap<String, Way> = BTreeMap::new();
    for row in rows {
        let way = ways.entry(row.item.clone()).or_default();
        way.last = way.last.max(Some(row.updated_at));
        let kept = StepKept { ticks: ticks(&row)?, done: row.done_at.is_some() };
        way.steps.insert(row.step, kept);
    }
    Ok(ways)
}

fn ticks(row: &Model) -> Result<BTreeSet<String>, DbErr> {
    serde_json::from_value(row.ticks.clone())
        .map_err(|error| DbErr::Type(format!("the ticks of the step {}: {error}", row.step)))
}

/// Keeps what the reader said about a step, and says whether the step is newly done.
///
/// Ticks of tasks that they were not shown stay; a step that was done stays done.
pub async fn keep(
    db: &impl ConnectionTrait,
    who: Learner,
    said: &Said,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let key = (who.account, who.contact, said.item.clone(), said.step.clone());
    let before = Entity::find_by_id(key).one(db).await?;
    let mut kept = before.as_ref().map(ticks).transpose()?.unwrap_or_default();
    kept.retain(|name| !said.shown.contains(name));
    kept.extend(said.ticked.iter().filter(|name| said.shown.contains(*name)).cloned());
    let row = ActiveModel {
        account_id: Set(who.account),
        contact_id: Set(who.contact),
        item: Set(said.item.clone()),
        step: Set(said.step.clone()),
        ticks: Set(kept.into_iter().collect::<Vec<_>>().into()),
        done_at: Set(said.done.then_some(now)),
        updated_at: Set(now),
    };
    // Of two that press at once, none takes back that it is done.
    let again = OnConflict::columns([Column::AccountId, Column::ContactId, Column::Item, Column::Step])
        .update_columns([Column::Ticks, Column::UpdatedAt])
        .value(Column::DoneAt, Expr::cust("COALESCE(progress.done_at, excluded.done_at)"))
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
    Ok(said.done && before.is_none_or(|before| before.done_at.is_none()))
}

#[cfg(test)]
mod tests;
