//! What we hold about how somebody learns without their having said so, and taking it back.

use chrono::{DateTime, Utc};
use content::Guess;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::entities::contact::{Column, Entity};
use super::progress::Learner;

/// Forgets a guess about this person. A user type that they said themselves stays: it is no guess.
pub async fn take_back(
    db: &impl ConnectionTrait,
    who: Learner,
    guess: Guess,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let nothing = || Expr::value(None::<String>);
    let theirs = Entity::update_many()
        .filter(Column::AccountId.eq(who.account))
        .filter(Column::Id.eq(who.contact))
        .col_expr(Column::UpdatedAt, Expr::value(now));
    let change = match guess {
        Guess::UserType => theirs
            .col_expr(Column::UserType, nothing())
            .col_expr(Column::UserTypeSource, nothing())
            .filter(Column::UserTypeSource.eq("inferred")),
        Guess::Level => theirs.col_expr(Column::Level, nothing()),
    };
    change.exec(db).await?;
    Ok(())
}
