//! How many messages of a journey stand where. The parts always add up to the whole.

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{Column, Entity};

const NO_REASON: &str = "no reason kept";

/// Counts of one journey's messages. `total` is the sum of all the others.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Status {
    /// planned + claimed + handing over + sent + failed + unknown + skipped.
    pub total: u64,
    /// Waiting.
    pub planned: u64,
    /// In a node's hands, nothing irrevocable said.
    pub claimed: u64,
    /// Between the fence and the outcome.
    pub handing_over: u64,
    /// Taken by the server.
    pub sent: u64,
    /// Refused for good.
    pub failed: u64,
    /// Handed over, no answer.
    pub unknown: u64,
    /// Left out, by reason.
    pub skipped: BTreeMap<String, u64>,
    /// Those of `failed`, by reason.
    pub failed_because: BTreeMap<String, u64>,
}

impl Status {
    /// Counts further people who were left out for `reason`.
    pub fn skip(&mut self, reason: &str, people: u64) {
        if people > 0 {
            *self.skipped.entry(reason.to_owned()).or_default() += people;
            self.total += people;
        }
    }

    /// Not at an end yet.
    pub fn pending(&self) -> u64 {
        self.planned + self.claimed + self.handing_over
    }
}

#[derive(FromQueryResult)]
struct Row {
    state: String,
    reason: Option<String>,
    messages: i64,
}

/// Counts the messages of one journey, without those who were left out when it was launched.
pub async fn status(db: &impl ConnectionTrait, journey: Uuid) -> Result<Status, DbErr> {
    let rows = Entity::find()
        .select_only()
        .column(Column::State)
        .column(Column::Reason)
        .column_as(Column::Id.count(), "messages")
        .filter(Column::JourneyId.eq(journey))
        .group_by(Column::State)
        .group_by(Column::Reason)
        .into_model::<Row>()
        .all(db)
        .await?;
    let mut status = Status::default();
    for row in rows {
        let messages = u64::try_from(row.messages).unwrap_or_default();
        let part = match row.state.as_str() {
            "planned" => &mut status.planned,
            "claimed" => &mut status.claimed,
            "handing_over" => &mut status.handing_over,
            "sent" => &mut status.sent,
            "failed" => {
                let reason = row.reason.as_deref().unwrap_or(NO_REASON).to_owned();
                *status.failed_because.entry(reason).or_default() += messages;
                &mut status.failed
            }
            "unknown" => &mut status.unknown,
            _ => {
                status.skip(row.reason.as_deref().unwrap_or(NO_REASON), messages);
                continue;
            }
        };
        *part += messages;
        status.total += messages;
    }
    Ok(status)
}
