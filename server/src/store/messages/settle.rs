//! How a message leaves a node's hands.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Column, Entity, Message, clock_ms};
use crate::ids;
use crate::store::entities::{event, journey};

/// What became of one try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server took it.
    Sent {
        /// What it said.
        reply: String,
    },
    /// It will never go out.
    Failed {
        /// Why, in a word.
        reason: String,
        /// What the server said, if it was the server.
        reply: Option<String>,
    },
    /// It goes back to wait.
    Retry {
        /// Not before this time.
        due_at: DateTime<Utc>,
        /// What the server said, if it said something.
        reply: Option<String>,
    },
    /// It was handed over, and no answer came. Final for automation.
    Unknown,
    /// It must not go out.
    Skipped {
        /// Why, in a word.
        reason: String,
    },
}

/// Writes the outcome, while owner and try are still ours; false when they are not.
///
/// An outcome that comes late, after others had to call the message unknown, still counts: it is what happened.
pub async fn settle(
    db: &impl ConnectionTrait,
    message: &Message,
    outcome: &Outcome,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let (state, from): (&str, &[&str]) = match outcome {
        Outcome::Sent { .. } => ("sent", &["handing_over", "unknown"]),
        Outcome::Failed { .. } => ("failed", &["claimed", "handing_over", "unknown"]),
        Outcome::Retry { .. } => ("planned", &["claimed", "handing_over", "unknown"]),
        Outcome::Unknown => ("unknown", &["handing_over"]),
        Outcome::Skipped { .. } => ("skipped", &["claimed"]),
    };
    let mut update = Entity::update_many().col_expr(Column::State, Expr::value(state));
    match outcome {
        Outcome::Retry { due_at, .. } => {
            update = update
                .col_expr(Column::DueAt, Expr::value(*due_at))
                .col_expr(Column::LeaseUntil, Expr::value(Option::<i64>::None));
        }
        _ => update = update.col_expr(Column::SettledAt, Expr::value(now)),
    }
    match outcome {
        Outcome::Failed { reason, .. } | Outcome::Skipped { reason } => {
            update = update.col_expr(Column::Reason, Expr::value(reason));
        }
        _ => {}
    }
    if let Outcome::Sent { reply }
    | Outcome::Failed { reply: Some(reply), .. }
    | Outcome::Retry { reply: Some(reply), .. } = outcome
    {
        update = update.col_expr(Column::Reply, Expr::value(short(reply)));
    }
    let settled = update
        .filter(Column::AccountId.eq(message.account_id))
        .filter(Column::Id.eq(message.id))
        .filter(Column::State.is_in(from.iter().copied()))
        .filter(Column::Owner.eq(&message.owner))
        .filter(Column::Attempts.eq(message.attempts))
        .exec(db)
        .await?;
    let ours = settled.rows_affected == 1;
    if ours && matches!(outcome, Outcome::Sent { .. }) {
        event::Entity::insert(sent_event(message, now)).exec_without_returning(db).await?;
    }
    Ok(ours)
}

fn sent_event(message: &Message, now: DateTime<Utc>) -> event::ActiveModel {
    event::ActiveModel {
        id: Set(ids::named(Uuid::nil(), "sent", &message.id.to_string())),
        account_id: Set(message.account_id),
        contact_id: Set(Some(message.contact_id)),
        kind: Set("sent".to_owned()),
        at: Set(now),
        message_id: Set(Some(message.id)),
        item: Set(None),
        product: Set(None),
        link: Set(None),
        value: Set(Some(message.purpose.clone())),
        verdict: Set(None),
        verdict_rule: Set(None),
        evidence: Set(None),
        recorded_at: Set(now),
    }
}

fn short(reply: &str) -> String {
    reply.chars().take(500).collect()
}

/// Gives claimed messages back at once, at a graceful stop or when their journey was paused. The try does not count.
pub async fn release(db: &impl ConnectionTrait, messages: &[Message]) -> Result<(), DbErr> {
    give_back(db, messages, None).await
}

/// Gives claimed messages back until `due_at`, when something else than them is not as it should be. The try does not
/// count.
pub async fn put_off(
    db: &impl ConnectionTrait,
    messages: &[Message],
    due_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    give_back(db, messages, Some(due_at)).await
}

async fn give_back(
    db: &impl ConnectionTrait,
    messages: &[Message],
    due_at: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    for message in messages {
        let mut back = Entity::update_many()
            .col_expr(Column::State, Expr::value("planned"))
            .col_expr(Column::LeaseUntil, Expr::value(Option::<i64>::None))
            .col_expr(Column::Attempts, Expr::value(message.attempts - 1));
        if let Some(due_at) = due_at {
            back = back.col_expr(Column::DueAt, Expr::value(due_at));
        }
        back.filter(super::ours(message, "claimed")).exec(db).await?;
    }
    Ok(())
}

/// Calls unknown what was being handed over by a node whose lease is over. Answers how many.
pub async fn sweep(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let over = Condition::all()
        .add(Column::State.eq("handing_over"))
        .add(Expr::col(Column::LeaseUntil).lt(clock_ms(db.get_database_backend(), 0)));
    let swept = Entity::update_many()
        .col_expr(Column::State, Expr::value("unknown"))
        .col_expr(Column::SettledAt, Expr::value(now))
        .filter(over)
        .exec(db)
        .await?;
    Ok(swept.rows_affected)
}

/// Skips what waits in journeys that were stopped: it will never go out. Answers how many.
pub async fn skip_stopped(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let skipped = Entity::update_many()
        .col_expr(Column::State, Expr::value("skipped"))
        .col_expr(Column::Reason, Expr::value("ended"))
        .col_expr(Column::SettledAt, Expr::value(now))
        .filter(waiting_in_stopped(db))
        .exec(db)
        .await?;
    Ok(skipped.rows_affected)
}

/// Whether anything waits in journeys that were stopped.
pub async fn waits_in_stopped(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(Entity::find().filter(waiting_in_stopped(db)).one(db).await?.is_some())
}

/// Planned, or in the hands of a node whose lease is over.
fn waiting_in_stopped(db: &impl ConnectionTrait) -> Condition {
    let stopped = Query::select()
        .column(journey::Column::Id)
        .from(journey::Entity)
        .and_where(journey::Column::State.eq("stopped"))
        .to_owned();
    let lease_over = Expr::col(Column::LeaseUntil).lt(clock_ms(db.get_database_backend(), 0));
    Condition::all().add(Column::JourneyId.in_subquery(stopped)).add(
        Condition::any().add(Column::State.eq("planned")).add(Column::State.eq("claimed").and(lease_over)),
    )
}
