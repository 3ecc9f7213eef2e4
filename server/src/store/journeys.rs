//! Journeys and their launched versions. A campaign is a journey whose only step is a send.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, DeriveActiveEnum, EntityTrait, EnumIter, QueryFilter, QueryOrder,
};
use segments::Predicate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::entities::{enrolment, journey, journey_version, message};
use super::programs::Saved;
use crate::ids;

/// A journey file, `rapport.journey/1`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journey {
    /// Form of the file; always `rapport.journey/1`.
    pub schema: Schema,
    /// Its name in files and addresses.
    pub name: String,
    /// What people read.
    pub title: String,
    /// The program it belongs to.
    pub program: String,
    /// Who enters.
    pub entry: Entry,
    /// What happens to them.
    pub steps: Vec<Step>,
}

/// The form of a journey file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Schema {
    /// The only form so far.
    #[serde(rename = "rapport.journey/1")]
    One,
}

/// Who enters, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "snake_case", deny_unknown_fields)]
pub enum Entry {
    /// Everybody in the program's audience of whom this holds, once, at launch.
    Launch {
        /// The question.
        segment: Predicate,
    },
}

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// Send a letter.
    Email {
        /// Name of the step within the journey.
        id: String,
        /// What marketers read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// The letter.
        email: String,
    },
}

/// Where a journey stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Never launched.
    Draft,
    /// Its letters go out.
    Running,
    /// Its letters wait.
    Paused,
    /// Its letters will never go out.
    Stopped,
    /// Every letter has reached an end.
    Done,
}

impl Journey {
    /// Reads a journey file. The error names the place and what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        let journey: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        check_name(&journey.name)?;
        if journey.steps.len() != 1 {
            return Err(format!(
                "steps should hold one step of type email: this version runs campaigns only, and found {} steps",
                journey.steps.len()
            ));
        }
        Ok(journey)
    }

    /// Writes the file back, in the form that [`Journey::parse`] reads.
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(self).expect("a journey holds nothing that JSON cannot")
    }

    /// The letter of a campaign, and the step that sends it.
    pub fn letter(&self) -> (&str, &str) {
        let Step::Email { id, email, .. } = &self.steps[0];
        (id, email)
    }
}

/// Names stand in addresses and files: lower case, digits and hyphens, at most 80.
pub fn check_name(name: &str) -> Result<(), String> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.len() > 80 || !name.chars().all(fits) {
        return Err(format!(
            "name should be 1 to 80 small letters, digits or hyphens, as in renewal-2026; it is {name:?}"
        ));
    }
    Ok(())
}

/// A journey as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Identifier.
    pub id: Uuid,
    /// The file as it would be launched next.
    pub draft: Journey,
    /// Where it stands.
    pub state: State,
    /// The version that runs, once launched.
    pub live_version: Option<i32>,
    /// Why it was paused, when nobody did it by hand.
    pub paused_because: Option<String>,
}

impl Kept {
    /// Why it is paused, when nobody paused it by hand.
    pub fn pauses_because(&self) -> Option<&str> {
        self.paused_because.as_deref().filter(|_| self.state == State::Paused)
    }
}

/// A launched version.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// The journey.
    pub journey_id: Uuid,
    /// Counts from 1.
    pub version: i32,
    /// The file as launched.
    pub journey: Journey,
    /// How many entered.
    pub people: i64,
    /// How many did not, by reason.
    pub skipped: BTreeMap<String, u64>,
    /// When.
    pub launched_at: DateTime<Utc>,
    /// The letter as it was at the launch; none when it was launched before letters were kept.
    pub letter: Option<serde_json::Value>,
}

/// Keeps a draft. Saving never sends; a launched version stays as it is, and so does the program of a journey that was
/// launched: its letters count there.
pub async fn save(
    db: &impl ConnectionTrait,
    namespace: Uuid,
    journey: &Journey,
    now: DateTime<Utc>,
) -> Result<Saved, DbErr> {
    use journey::{ActiveModel, Column, Entity};
    let document = serde_json::to_value(journey).map_err(|error| DbErr::Custom(error.to_string()))?;
    let before = Entity::find().filter(Column::Name.eq(&journey.name)).one(db).await?;
    let program = ids::named(namespace, "program", &journey.program);
    let saved = match &before {
        Some(row) if row.draft == document => return Ok(Saved::Same),
        Some(row) if row.live_version.is_some() && row.program_id != program => return Ok(Saved::Fixed),
        Some(_) => Saved::Changed,
        None => Saved::Added,
    };
    let row = ActiveModel {
        id: Set(ids::named(namespace, "journey", &journey.name)),
        name: Set(journey.name.clone()),
        title: Set(journey.title.clone()),
        program_id: Set(program),
        state: Set(word(State::Draft)),
        draft: Set(document),
        live_version: Set(None),
        updated_at: Set(now),
        paused_because: Set(None),
    };
    let change = OnConflict::column(Column::Name)
        .update_columns([Column::Title, Column::ProgramId, Column::Draft, Column::UpdatedAt])
        .action_and_where(
            Expr::col((Entity, Column::LiveVersion))
                .is_null()
                .or(Expr::col((Entity, Column::ProgramId)).eq(program)),
        )
        .to_owned();
    // It may have been launched since we looked.
    let written = Entity::insert(row).on_conflict(change).exec_without_returning(db).await?;
    Ok(if written == 1 { saved } else { Saved::Fixed })
}

/// The journey with this name.
pub async fn find(db: &impl ConnectionTrait, name: &str) -> Result<Option<Kept>, DbErr> {
    journey::Entity::find().filter(journey::Column::Name.eq(name)).one(db).await?.map(kept).transpose()
}

/// Every journey, by name.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Kept>, DbErr> {
    journey::Entity::find().order_by_asc(journey::Column::Name).all(db).await?.into_iter().map(kept).collect()
}

/// Moves a journey from one of `from` to `to`; false when it stood elsewhere.
pub async fn turn(db: &impl ConnectionTrait, id: Uuid, from: &[State], to: State) -> Result<bool, DbErr> {
    let turned = journey::Entity::update_many()
        .col_expr(journey::Column::State, Expr::value(word(to)))
        .col_expr(journey::Column::PausedBecause, Expr::value(Option::<String>::None))
        .filter(journey::Column::Id.eq(id))
        .filter(journey::Column::State.is_in(from.iter().map(|state| word(*state))))
        .exec(db)
        .await?;
    Ok(turned.rows_affected == 1)
}

/// Stops every journey of a program that runs or is paused, for good. Answers how many.
pub async fn stop_all(db: &impl ConnectionTrait, program: Uuid) -> Result<u64, DbErr> {
    let stopped = journey::Entity::update_many()
        .col_expr(journey::Column::State, Expr::value(word(State::Stopped)))
        .filter(journey::Column::ProgramId.eq(program))
        .filter(journey::Column::State.is_in([word(State::Running), word(State::Paused)]))
        .exec(db)
        .await?;
    Ok(stopped.rows_affected)
}

/// Pauses a running journey for a reason that a person reads; false when it does not run.
pub async fn pause_because(db: &impl ConnectionTrait, id: Uuid, why: &str) -> Result<bool, DbErr> {
    let paused = journey::Entity::update_many()
        .col_expr(journey::Column::State, Expr::value(word(State::Paused)))
        .col_expr(journey::Column::PausedBecause, Expr::value(why))
        .filter(journey::Column::Id.eq(id))
        .filter(journey::Column::State.eq(word(State::Running)))
        .exec(db)
        .await?;
    Ok(paused.rows_affected == 1)
}

/// Calls a running journey done, and everybody's way through it, when none of its messages is pending any more. False
/// when it stands elsewhere, or something is pending.
pub async fn finish(db: &impl ConnectionTrait, id: Uuid) -> Result<bool, DbErr> {
    let pending = Query::select()
        .expr(Expr::val(1))
        .from(message::Entity)
        .and_where(message::Column::JourneyId.eq(id))
        .and_where(message::Column::State.is_in(["planned", "claimed", "handing_over"]))
        .to_owned();
    let done = journey::Entity::update_many()
        .col_expr(journey::Column::State, Expr::value(word(State::Done)))
        .filter(journey::Column::Id.eq(id))
        .filter(journey::Column::State.eq(word(State::Running)))
        .filter(Expr::exists(pending).not())
        .exec(db)
        .await?;
    if done.rows_affected == 0 {
        return Ok(false);
    }
    enrolment::Entity::update_many()
        .col_expr(enrolment::Column::State, Expr::value("done"))
        .filter(enrolment::Column::JourneyId.eq(id))
        .filter(enrolment::Column::State.eq("active"))
        .exec(db)
        .await?;
    Ok(true)
}

/// Keeps a launched version and makes it the one that runs.
pub async fn launch(db: &impl ConnectionTrait, version: &Version, by: &str) -> Result<(), DbErr> {
    let to_json = |error: serde_json::Error| DbErr::Custom(error.to_string());
    journey_version::Entity::insert(journey_version::ActiveModel {
        journey_id: Set(version.journey_id),
        version: Set(version.version),
        document: Set(serde_json::to_value(&version.journey).map_err(to_json)?),
        people: Set(version.people),
        skipped: Set(serde_json::to_value(&version.skipped).map_err(to_json)?),
        launched_at: Set(version.launched_at),
        launched_by: Set(by.to_owned()),
        letter: Set(version.letter.clone()),
    })
    .exec_without_returning(db)
    .await?;
    journey::Entity::update_many()
        .col_expr(journey::Column::State, Expr::value(word(State::Running)))
        .col_expr(journey::Column::LiveVersion, Expr::value(version.version))
        .filter(journey::Column::Id.eq(version.journey_id))
        .exec(db)
        .await?;
    Ok(())
}

/// The launched versions of a journey, oldest first.
pub async fn versions(db: &impl ConnectionTrait, journey: Uuid) -> Result<Vec<Version>, DbErr> {
    let rows = journey_version::Entity::find()
        .filter(journey_version::Column::JourneyId.eq(journey))
        .order_by_asc(journey_version::Column::Version)
        .all(db)
        .await?;
    rows.into_iter().map(read_version).collect()
}

fn read_version(row: journey_version::Model) -> Result<Version, DbErr> {
    let wrong =
        |error: serde_json::Error| DbErr::Custom(format!("a launched journey as it is kept: {error}"));
    Ok(Version {
        journey_id: row.journey_id,
        version: row.version,
        journey: serde_json::from_value(row.document).map_err(wrong)?,
        people: row.people,
        skipped: serde_json::from_value(row.skipped).map_err(wrong)?,
        launched_at: row.launched_at,
        letter: row.letter,
    })
}

fn kept(row: journey::Model) -> Result<Kept, DbErr> {
    let name = row.name;
    let wrong = |error: String| DbErr::Custom(format!("the journey {name} as it is kept: {error}"));
    Ok(Kept {
        id: row.id,
        draft: serde_json::from_value(row.draft).map_err(|error| wrong(error.to_string()))?,
        state: state(&row.state).ok_or_else(|| wrong(format!("unknown state {}", row.state)))?,
        live_version: row.live_version,
        paused_because: row.paused_because,
    })
}

/// The word a state is kept as.
pub fn word(state: State) -> String {
    sea_orm::ActiveEnum::to_value(&state)
}

fn state(word: &str) -> Option<State> {
    sea_orm::ActiveEnum::try_from_value(&word.to_owned()).ok()
}
