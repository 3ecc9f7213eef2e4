//! Holds: the letters of a program pause from the reading that says "stop and look" until a lead decides.
//!
//! A hold is a row; whoever sends asks whether one is in the way. At most one of a program is undecided, and a decision
//! is never changed: one to go on lets the letters out, one to end keeps them in for good.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Condition, Expr, OnConflict, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::entities::hold::{ActiveModel, Column, Entity, Model};
use super::entities::{import, program};

/// What a lead can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// The letters go out again.
    GoOn,
    /// The letters never go out.
    End,
}

impl Decision {
    /// Its word in the store and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::GoOn => "go-on",
            Self::End => "end",
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What was decided, by whom, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// What.
    pub decision: Decision,
    /// The lead's address.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, in the lead's words.
    pub because: String,
}

/// One pause of a program's letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hold {
    /// Identifier.
    pub id: Uuid,
    /// The program.
    pub program: Uuid,
    /// Since when the letters pause.
    pub since: DateTime<Utc>,
    /// What the reading said, in words.
    pub finding: String,
    /// The decision, once there is one.
    pub decided: Option<Decided>,
}

impl Hold {
    /// Whether letters are in its way: nobody has decided, or the decision was to end them.
    pub fn blocks(&self) -> bool {
        self.decided.as_ref().is_none_or(|decided| decided.decision == Decision::End)
    }
}

/// Opens a hold; false when one of the program is undecided already.
pub async fn open(
    db: &impl ConnectionTrait,
    id: Uuid,
    program: Uuid,
    since: DateTime<Utc>,
    finding: &str,
) -> Result<bool, DbErr> {
    let row = ActiveModel {
        id: Set(id),
        program_id: Set(program),
        since: Set(since),
        finding: Set(finding.to_owned()),
        decided_at: Set(None),
        decided_by: Set(None),
        decision: Set(None),
        because: Set(None),
    };
    let another = OnConflict::new().do_nothing().to_owned();
    Entity::insert(row).on_conflict(another).exec_without_returning(db).await?;
    Ok(Entity::find_by_id(id).one(db).await?.is_some())
}

/// Every hold of a program, newest first.
pub async fn of(db: &impl ConnectionTrait, program: Uuid) -> Result<Vec<Hold>, DbErr> {
    let rows = Entity::find().filter(Column::ProgramId.eq(program)).order_by_desc(Column::Since).all(db);
    rows.await?.into_iter().map(hold).collect()
}

/// The hold that is in the way of a program's letters, if one is.
pub async fn in_the_way(db: &impl ConnectionTrait, program: Uuid) -> Result<Option<Hold>, DbErr> {
    let row = Entity::find().filter(Column::ProgramId.eq(program)).filter(blocking()).one(db).await?;
    row.map(hold).transpose()
}

/// Keeps a decision; false when somebody decided before.
pub async fn decide(db: &impl ConnectionTrait, id: Uuid, decided: &Decided) -> Result<bool, DbErr> {
    let kept = Entity::update_many()
        .col_expr(Column::DecidedAt, Expr::value(decided.at))
        .col_expr(Column::DecidedBy, Expr::value(&decided.by))
        .col_expr(Column::Decision, Expr::value(decided.decision.word()))
        .col_expr(Column::Because, Expr::value(&decided.because))
        .filter(Column::Id.eq(id))
        .filter(Column::DecidedAt.is_null())
        .exec(db)
        .await?;
    Ok(kept.rows_affected == 1)
}

/// The programs whose letters a hold is in the way of, for a query of letters.
pub(super) fn held_programs() -> SelectStatement {
    Query::select().column(Column::ProgramId).from(Entity).cond_where(blocking()).to_owned()
}

fn blocking() -> Condition {
    Condition::any().add(Column::DecidedAt.is_null()).add(Column::Decision.eq(Decision::End.word()))
}

/// When a program's report was last read for this.
pub async fn looked_at(db: &impl ConnectionTrait, program: Uuid) -> Result<Option<DateTime<Utc>>, DbErr> {
    Ok(program::Entity::find_by_id(program).one(db).await?.and_then(|row| row.looked_at))
}

/// Notes a look. False when another node looked since `before`: of several, one wins.
pub async fn look(
    db: &impl ConnectionTrait,
    program: Uuid,
    before: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let seen = program::Column::LookedAt;
    let looked = program::Entity::update_many()
        .col_expr(seen, Expr::value(now))
        .filter(program::Column::Id.eq(program))
        .filter(before.map_or_else(|| seen.is_null(), |before| seen.eq(before)))
        .exec(db)
        .await?;
    Ok(looked.rows_affected == 1)
}

/// Whether a file of renewals was taken in since then.
pub async fn renewals_since(db: &impl ConnectionTrait, then: DateTime<Utc>) -> Result<bool, DbErr> {
    let since = import::Entity::find()
        .filter(import::Column::Kind.eq("renewals"))
        .filter(import::Column::FinishedAt.gte(then));
    Ok(since.one(db).await?.is_some())
}

fn hold(row: Model) -> Result<Hold, DbErr> {
    let decided = match (row.decided_at, row.decision.as_deref()) {
        (None, _) => None,
        (Some(at), Some(word)) => Some(Decided {
            decision: [Decision::GoOn, Decision::End].into_iter().find(|one| one.word() == word).ok_or_else(
                || DbErr::Custom(format!("the decision {word} of the hold {} is none", row.id)),
            )?,
            by: row.decided_by.unwrap_or_default(),
            at,
            because: row.because.unwrap_or_default(),
        }),
        (Some(_), None) => {
            return Err(DbErr::Custom(format!("the hold {} was decided without a word", row.id)));
        }
    };
    Ok(Hold { id: row.id, program: row.program_id, since: row.since, finding: row.finding, decided })
}
