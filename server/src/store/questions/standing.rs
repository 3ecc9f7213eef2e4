//! How a question comes to stand otherwise: answered, solved, hidden, shown, joined to another, erased.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, UpdateMany};
use uuid::Uuid;

use super::{Question, State};
use crate::store::entities::question::{Column, Entity};
use crate::store::entities::reply;

/// Counts its shown replies anew: an open question is answered by the first, and open again without any.
pub async fn count_replies(
    db: &impl ConnectionTrait,
    one: &Question,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let shown = reply::Entity::find()
        .select_only()
        .column_as(reply::Column::Id.count(), "replies")
        .column_as(reply::Column::At.min(), "first")
        .filter(reply::Column::AccountId.eq(one.account))
        .filter(reply::Column::QuestionId.eq(one.id))
        .filter(reply::Column::Held.is_null())
        .filter(reply::Column::HiddenWhy.is_null())
        .into_tuple::<(i64, Option<DateTime<Utc>>)>()
        .one(db)
        .await?;
    let (replies, first) = shown.unwrap_or_default();
    let replies = i32::try_from(replies).unwrap_or(i32::MAX);
    this(one, now)
        .col_expr(Column::ReplyCount, Expr::value(replies))
        .col_expr(Column::FirstReplyAt, Expr::value(first))
        .exec(db)
        .await?;
    let (from, to) =
        if replies > 0 { (State::Open, State::Answered) } else { (State::Answered, State::Open) };
    turn(one, &[from], to, now).exec(db).await?;
    Ok(())
}

/// Keeps that this reply solved it, when it is the one who asked that says so; whether it was.
pub async fn accept(
    db: &impl ConnectionTrait,
    one: &Question,
    contact: Uuid,
    reply: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let to = if reply.is_some() { State::Solved } else { State::Answered };
    let changed = turn(one, &[State::Open, State::Answered, State::Solved], to, now)
        .col_expr(Column::AcceptedReply, Expr::value(reply))
        .filter(Column::ContactId.eq(contact))
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Takes a question off the pages; false when it is not on them.
pub async fn hide(
    db: &impl ConnectionTrait,
    one: &Question,
    why: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let hidden = turn(one, &[State::Open, State::Answered, State::Solved], State::Hidden, now)
        .col_expr(Column::HiddenWhy, Expr::value(why))
        .exec(db)
        .await?;
    Ok(hidden.rows_affected == 1)
}

/// Puts a hidden question back where it was; false when it was not hidden.
pub async fn show(db: &impl ConnectionTrait, one: &Question, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let to = match (one.accepted, one.replies) {
        (Some(_), _) => State::Solved,
        (None, 0) => State::Open,
        (None, _) => State::Answered,
    };
    let shown = turn(one, &[State::Hidden], to, now)
        .col_expr(Column::HiddenWhy, Expr::value(None::<String>))
        .exec(db)
        .await?;
    Ok(shown.rows_affected == 1)
}

/// Shows a question that a person has looked at; false when it was not waiting for that.
pub async fn publish(db: &impl ConnectionTrait, one: &Question, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let published = this(one, now)
        .col_expr(Column::Held, Expr::value(None::<String>))
        .filter(Column::Held.is_not_null())
        .exec(db)
        .await?;
    Ok(published.rows_affected == 1)
}

/// Joins a question to another, which is shown in its place.
pub async fn merge(
    db: &impl ConnectionTrait,
    one: &Question,
    into: &Question,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let merged = turn(one, &[State::Open, State::Answered, State::Solved], State::Merged, now)
        .col_expr(Column::MergedInto, Expr::value(&into.slug))
        .exec(db)
        .await?;
    Ok(merged.rows_affected == 1)
}

/// A question from one of these states into another.
fn turn(one: &Question, from: &[State], to: State, now: DateTime<Utc>) -> UpdateMany<Entity> {
    this(one, now)
        .col_expr(Column::State, Expr::value(to.word()))
        .filter(Column::State.is_in(from.iter().map(|state| state.word())))
}

fn this(one: &Question, now: DateTime<Utc>) -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::AccountId.eq(one.account))
        .filter(Column::Id.eq(one.id))
}
