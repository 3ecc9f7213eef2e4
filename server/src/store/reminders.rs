//! Reminders among the notices: which of them wait, and asking again for one that was taken back.

use std::collections::BTreeSet;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::entities::notice::{Column, Entity};

/// Which of these notices have not gone out and were not taken back.
pub async fn waiting(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<BTreeSet<Uuid>, DbErr> {
    let waiting: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::State.is_in(["queued", "claimed"]))
        .into_tuple()
        .all(db)
        .await?;
    Ok(waiting.into_iter().collect())
}

/// Lets a notice wait again that its reader took back and asked for once more.
pub async fn again(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value("queued"))
        .col_expr(Column::SettledAt, Expr::value(None::<chrono::DateTime<chrono::Utc>>))
        .col_expr(Column::Why, Expr::value(None::<String>))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq("gone"))
        .exec(db)
        .await?;
    Ok(())
}
