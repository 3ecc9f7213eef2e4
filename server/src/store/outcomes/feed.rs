//! How far the renewals feed reaches: what lies behind it is not known yet, and does not count as "not renewed".

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::store::entities::{import, renewal};

/// How far the renewals feed reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feed {
    /// The day up to which it was handed over: the last file of which a row was kept, or the last day it speaks of.
    pub reaches: NaiveDate,
    /// The last day on which a term was decided, until the day of asking.
    pub last_decided: Option<NaiveDate>,
}

/// How far the renewals feed reaches on this day; nothing when no renewal was ever reported.
pub async fn feed(db: &impl ConnectionTrait, as_of: NaiveDate) -> Result<Option<Feed>, DbErr> {
    let files: Vec<(DateTime<Utc>, serde_json::Value)> = import::Entity::find()
        .select_only()
        .columns([import::Column::FinishedAt, import::Column::Counts])
        .filter(import::Column::Kind.eq("renewals"))
        .filter(import::Column::FinishedAt.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    // A file that held nothing, or nothing that could be kept, says nothing about how far renewals are known.
    let kept = |counts: &serde_json::Value| {
        ["added", "changed", "same"]
            .into_iter()
            .any(|name| counts[name].as_u64().is_some_and(|rows| rows > 0))
    };
    let taken_in = files.iter().filter(|(_, counts)| kept(counts)).map(|(at, _)| at.date_naive()).max();
    let last_decided: Option<Option<NaiveDate>> = renewal::Entity::find()
        .select_only()
        .column_as(renewal::Column::DecidedOn.max(), "decided")
        .filter(renewal::Column::DecidedOn.lte(as_of))
        .into_tuple()
        .one(db)
        .await?;
    let last_decided = last_decided.flatten();
    let reaches = taken_in.into_iter().chain(last_decided).max();
    Ok(reaches.map(|day| Feed { reaches: day.min(as_of), last_decided }))
}
