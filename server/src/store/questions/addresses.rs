//! The address of a question is made of its words: where else it stands, and taking it from there when they go.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::State;
use crate::store::entities::question::{Column, Entity};
use crate::store::entities::{feedback, notice};

/// What stands in place of such an address.
const ERASED: &str = "/ask/erased";

/// Takes the addresses of everything that this person asked out of every row of others, and answers how many rows that
/// were. A question that was joined to one of theirs stands for itself again.
pub async fn forget_addresses(
    db: &impl ConnectionTrait,
    account: Uuid,
    contact: Uuid,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let slugs: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Slug)
        .filter(Column::AccountId.eq(account))
        .filter(Column::ContactId.eq(contact))
        .into_tuple()
        .all(db)
        .await?;
    let mut rows = 0;
    for slug in slugs {
        rows += part(db, &slug, now).await?;
        rows += unsay(db, &format!("/ask/{slug}")).await?;
    }
    Ok(rows)
}

/// Questions that were joined to the one of this name are what they were before.
async fn part(db: &impl ConnectionTrait, slug: &str, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let before = Expr::case(Column::AcceptedReply.is_not_null(), State::Solved.word())
        .case(Column::ReplyCount.gt(0), State::Answered.word())
        .finally(State::Open.word());
    let standing =
        Expr::case(Column::State.eq(State::Merged.word()), before).finally(Expr::col(Column::State));
    let parted = Entity::update_many()
        .col_expr(Column::State, standing.into())
        .col_expr(Column::MergedInto, Expr::value(None::<String>))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::MergedInto.eq(slug))
        .exec(db)
        .await?;
    Ok(parted.rows_affected)
}

/// What others said of the page stays, without its address; letters that lead to it go.
async fn unsay(db: &impl ConnectionTrait, path: &str) -> Result<u64, DbErr> {
    let said = feedback::Entity::update_many()
        .col_expr(feedback::Column::Page, Expr::value(ERASED))
        .filter(feedback::Column::Page.starts_with(path))
        .exec(db)
        .await?;
    let told = Expr::col(notice::Column::Data).cast_as("text").like(format!("%\"{path}\"%"));
    let letters = notice::Entity::delete_many().filter(told).exec(db).await?;
    Ok(said.rows_affected + letters.rows_affected)
}
