//! Programs: who they are for, what they should change, and the decision that was written first.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use segments::Predicate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::entities::program::{ActiveModel, Column, Entity, Model};
use crate::ids;

/// A program file, `rapport.program/1`. All of it is fixed when the program starts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// Form of the file; always `rapport.program/1`.
    pub schema: Schema,
    /// Its name in files and addresses.
    pub name: String,
    /// What people read.
    pub title: String,
    /// Question that says who it is for.
    pub audience: Predicate,
    /// What it should change.
    pub outcome: Outcome,
    /// The smallest gain that is worth it, per 100 for rates.
    pub worthwhile_gain: f64,
    /// Days before the due date from which a decision counts.
    #[serde(default = "ninety")]
    pub early_days: u16,
    /// Days after the due date until which a decision counts.
    #[serde(default = "sixty")]
    pub grace_days: u16,
    /// What it costs, in minor units, when that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<i64>,
    /// Currency of amounts.
    #[serde(default = "dollars")]
    pub currency: String,
    /// What was said would be done, before anybody could know.
    pub decision: Decision,
    /// When and how it is read.
    pub reading: Reading,
}

/// The form of a program file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Schema {
    /// The only form so far.
    #[serde(rename = "rapport.program/1")]
    One,
}

/// What a program should change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Share of families that renew.
    Renewal,
}

/// The decision written first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Extend when the gain is at least this, per 100.
    pub extend_if_at_least: f64,
    /// Stop when the gain is surely less than this, per 100.
    pub stop_if_under: f64,
    /// What happens otherwise, in a sentence.
    pub otherwise: String,
}

/// When and how a program is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// How ranges are made.
    pub mode: Mode,
    /// The date of the reading.
    pub on: NaiveDate,
}

/// The three reading modes of MEASUREMENT section 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Once, on the date.
    Planned,
    /// Any number of looks within the year.
    YearBand,
    /// Any number of looks, for as long as one likes.
    OpenEnded,
}

fn ninety() -> u16 {
    90
}

fn sixty() -> u16 {
    60
}

fn dollars() -> String {
    "USD".to_owned()
}

impl Program {
    /// Reads a program file. The error names the place and what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        let program: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        program.check()?;
        Ok(program)
    }

    /// Writes the file back, in the form that [`Program::parse`] reads.
    pub fn write(&self) -> String {
        toml::to_string_pretty(self).expect("a program holds nothing that TOML cannot")
    }

    fn check(&self) -> Result<(), String> {
        super::journeys::check_name(&self.name)?;
        if self.name == "funnel" {
            return Err(
                "name should be another than funnel: that is the report at /reports/funnel".to_owned()
            );
        }
        if !(self.worthwhile_gain > 0.0 && self.worthwhile_gain <= 100.0) {
            return Err("worthwhile_gain should be above 0 and at most 100 (per 100 customers)".to_owned());
        }
        if self.decision.extend_if_at_least < self.decision.stop_if_under {
            return Err("decision.extend_if_at_least should not be under decision.stop_if_under".to_owned());
        }
        if self.early_days > 366 || self.grace_days > 366 {
            return Err("early_days and grace_days should be at most 366".to_owned());
        }
        Ok(())
    }
}

/// A program as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Identifier.
    pub id: Uuid,
    /// The file.
    pub program: Program,
    /// When it started, if it has.
    pub started_at: Option<DateTime<Utc>>,
}

/// What saving a document did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It was not there before.
    Added,
    /// It was there and is another now.
    Changed,
    /// It was there, the same.
    Same,
    /// It may not change any more.
    Fixed,
}

/// Keeps a program. One that has started is never changed.
pub async fn save(
    db: &impl ConnectionTrait,
    namespace: Uuid,
    program: &Program,
    now: DateTime<Utc>,
) -> Result<Saved, DbErr> {
    let document = serde_json::to_value(program).map_err(|error| DbErr::Custom(error.to_string()))?;
    let before = Entity::find().filter(Column::Name.eq(&program.name)).one(db).await?;
    let saved = match &before {
        Some(row) if row.document == document => return Ok(Saved::Same),
        Some(row) if row.started_at.is_some() => return Ok(Saved::Fixed),
        Some(_) => Saved::Changed,
        None => Saved::Added,
    };
    let row = ActiveModel {
        id: Set(ids::named(namespace, "program", &program.name)),
        name: Set(program.name.clone()),
        title: Set(program.title.clone()),
        document: Set(document),
        started_at: Set(None),
        looked_at: Set(None),
        updated_at: Set(now),
    };
    let change = OnConflict::column(Column::Name)
        .update_columns([Column::Title, Column::Document, Column::UpdatedAt])
        .action_and_where(Expr::col((Entity, Column::StartedAt)).is_null())
        .to_owned();
    // It may have started since we looked.
    let written = Entity::insert(row).on_conflict(change).exec_without_returning(db).await?;
    Ok(if written == 1 { saved } else { Saved::Fixed })
}

/// The program with this name.
pub async fn find(db: &impl ConnectionTrait, name: &str) -> Result<Option<Kept>, DbErr> {
    Entity::find().filter(Column::Name.eq(name)).one(db).await?.map(kept).transpose()
}

/// Every program, by name.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Kept>, DbErr> {
    Entity::find().order_by_asc(Column::Name).all(db).await?.into_iter().map(kept).collect()
}

/// Starts a program, once: from now on its document is fixed.
pub async fn start(db: &impl ConnectionTrait, id: Uuid, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let started = Entity::update_many()
        .col_expr(Column::StartedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::StartedAt.is_null())
        .exec(db)
        .await?;
    Ok(started.rows_affected == 1)
}

fn kept(row: Model) -> Result<Kept, DbErr> {
    let program = serde_json::from_value(row.document)
        .map_err(|error| DbErr::Custom(format!("the program {} as it is kept: {error}", row.name)))?;
    Ok(Kept { id: row.id, program, started_at: row.started_at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{self, noon};

    const FILE: &str = r#"
schema = "rapport.program/1"
name = "renewal"
title = "Renewal"
audience = "class is small"
outcome = "renewal"
worthwhile_gain = 2.0

[decision]
extend_if_at_least = 2.0
stop_if_under = 0.0
otherwise = "ask again"

[reading]
mode = "planned"
on = "2027-01-01"
"#;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_program_that_starts_while_it_is_saved_stays_as_it_was_at_its_start() {
        for (place, app) in testing::houses().await {
            let first = Program::parse(FILE).unwrap();
            let other = Program { title: "Another".to_owned(), ..first.clone() };
            let txn = app.db.begin().await.unwrap();
            assert_eq!(save(&txn, app.namespace, &first, noon()).await.unwrap(), Saved::Added);
            txn.commit().await.unwrap();

            let starting = app.db.begin().await.unwrap();
            let id = find(&starting, "renewal").await.unwrap().unwrap().id;
            assert!(start(&starting, id, noon()).await.unwrap());
            let late = tokio::spawn({
                let app = app.clone();
                async move {
                    let txn = app.db.begin().await.unwrap();
                    let saved = save(&txn, app.namespace, &other, noon()).await.unwrap();
                    txn.commit().await.unwrap();
                    saved
                }
            });
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            starting.commit().await.unwrap();
            assert_eq!(late.await.unwrap(), Saved::Fixed, "on {}", place.name);
            let kept = find(app.db.read(), "renewal").await.unwrap().unwrap();
            assert_eq!(kept.program, first, "on {}", place.name);
        }
    }
}
