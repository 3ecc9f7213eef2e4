//! Letters that went out, and what their readers did.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::RowByRow;
use crate::store::entities::{consent, consent_entry, event, journey, message};

/// A letter that left, or may have left.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Letter {
    /// Identifier.
    pub id: Uuid,
    /// Home account of the person.
    pub account_id: Uuid,
    /// The person.
    pub contact_id: Uuid,
    /// Its journey.
    pub journey_id: Uuid,
    /// sent, unknown or `handing_over`.
    pub state: String,
    /// When it was handed over.
    pub handing_over_at: DateTime<Utc>,
}

/// The journeys of a program.
pub async fn journeys_of(db: &impl ConnectionTrait, program: Uuid) -> Result<HashSet<Uuid>, DbErr> {
    let rows: Vec<Uuid> = journey::Entity::find()
        .select_only()
        .column(journey::Column::Id)
        .filter(journey::Column::ProgramId.eq(program))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Every letter that left, or may have left, until then; of every journey, in order of time.
pub async fn letters(db: &impl RowByRow, until: DateTime<Utc>) -> Result<Vec<Letter>, DbErr> {
    use message::Column;
    message::Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::AccountId,
            Column::ContactId,
            Column::JourneyId,
            Column::State,
            Column::HandingOverAt,
        ])
        .filter(Column::State.is_in(["sent", "unknown", "handing_over"]))
        .filter(Column::HandingOverAt.lte(until))
        .order_by_asc(Column::HandingOverAt)
        .order_by_asc(Column::Id)
        .into_model::<Letter>()
        .stream(db)
        .await?
        .try_collect()
        .await
}

/// Something a person, or their mail program, did.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Act {
    /// The person.
    pub contact_id: Uuid,
    /// What.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The letter it is about.
    pub message_id: Option<Uuid>,
    /// For opens and clicks: human, machine or unclear.
    pub verdict: Option<String>,
}

/// What people did until then, in order of time. Saying which letters one wants is no answer to any of them.
pub async fn acts(db: &impl RowByRow, until: DateTime<Utc>) -> Result<Vec<Act>, DbErr> {
    use event::Column;
    event::Entity::find()
        .select_only()
        .columns([Column::ContactId, Column::Kind, Column::At, Column::MessageId, Column::Verdict])
        .filter(Column::ContactId.is_not_null())
        .filter(Column::Kind.is_in([
            "opened",
            "clicked",
            "replied",
            "form",
            "signed-in",
            "completed",
            "viewed",
        ]))
        .filter(
            Condition::any()
                .add(Column::Kind.ne("form"))
                .add(Column::Value.is_null())
                .add(Column::Value.is_not_in(["stop", "choices"])),
        )
        .filter(Column::At.lte(until))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .into_model::<Act>()
        .stream(db)
        .await?
        .try_collect()
        .await
}

/// People who allow us to see what they open.
pub async fn allow_tracking(db: &impl RowByRow) -> Result<HashSet<Uuid>, DbErr> {
    consent::Entity::find()
        .select_only()
        .column(consent::Column::ContactId)
        .filter(consent::Column::Purpose.eq("tracking"))
        .filter(consent::Column::Granted.eq(true))
        .into_tuple::<Uuid>()
        .stream(db)
        .await?
        .try_collect()
        .await
}

/// People who once allowed some kind of letter and took that back until then, and when they last did.
pub async fn withdrawn(
    db: &impl RowByRow,
    until: DateTime<Utc>,
) -> Result<HashMap<Uuid, DateTime<Utc>>, DbErr> {
    use consent_entry::Column;
    let granted = Query::select()
        .column(Column::ContactId)
        .from(consent_entry::Entity)
        .and_where(Column::Granted.eq(true))
        .and_where(Column::Purpose.ne("tracking"))
        .to_owned();
    consent_entry::Entity::find()
        .select_only()
        .column(Column::ContactId)
        .column_as(Column::At.max(), "last")
        .group_by(Column::ContactId)
        .filter(Column::Granted.eq(false))
        .filter(Column::Purpose.ne("tracking"))
        .filter(Column::At.lte(until))
        .filter(Column::ContactId.in_subquery(granted))
        .into_tuple::<(Uuid, DateTime<Utc>)>()
        .stream(db)
        .await?
        .try_collect()
        .await
}
