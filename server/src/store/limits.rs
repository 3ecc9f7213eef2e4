//! How often something may be done, counted in the database, so that more nodes do not mean more tries.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};

use super::entities::limit::{ActiveModel, Column, Entity};

/// Counts one more try of `key`, unless it was allowed `most` times in this `window` already; whether it is allowed.
///
/// A window begins with its first try. What is refused is not counted, so nobody is kept out for longer by trying.
pub async fn allow(
    db: &impl ConnectionTrait,
    key: &[u8],
    most: i32,
    window: TimeDelta,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    if most < 1 {
        return Ok(false);
    }
    let (began, count) = (Expr::col((Entity, Column::BeganAt)), Expr::col((Entity, Column::Count)));
    let over = began.clone().lte(now - window);
    let once_more = CaseStatement::new().case(over.clone(), 1).finally(count.clone().add(1));
    let since = CaseStatement::new().case(over.clone(), Expr::value(now)).finally(began);
    let known = OnConflict::column(Column::KeyHash)
        .value(Column::Count, once_more)
        .value(Column::BeganAt, since)
        .action_and_where(over.or(count.lt(most)))
        .to_owned();
    let first =
        ActiveModel { key_hash: Set(Sha256::digest(key).to_vec()), began_at: Set(now), count: Set(1) };
    let counted = Entity::insert(first).on_conflict(known).exec_without_returning(db).await?;
    Ok(counted == 1)
}

/// Forgets what began before `before`; says how many.
pub async fn sweep(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    let old = Entity::delete_many().filter(Column::BeganAt.lt(before)).exec(db).await?;
    Ok(old.rows_affected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{self, noon};

    #[tokio::test]
    async fn so_many_are_allowed_in_a_window_and_then_none_until_the_next() {
        let hour = TimeDelta::hours(1);
        for (place, app) in testing::houses().await {
            let allowed = async |key: &[u8], minutes| {
                let txn = app.db.begin().await.unwrap();
                let allowed = allow(&txn, key, 2, hour, noon() + TimeDelta::minutes(minutes)).await.unwrap();
                txn.commit().await.unwrap();
                allowed
            };
            let mut tries = Vec::new();
            for minutes in [0, 10, 20, 59, 60, 61, 62] {
                tries.push(allowed(b"one", minutes).await);
            }
            assert_eq!(tries, [true, true, false, false, true, true, false], "on {}", place.name);
            assert!(allowed(b"another", 20).await, "each is counted alone, on {}", place.name);
            assert!(!allow(app.db.read(), b"nobody", 0, hour, noon()).await.unwrap());
        }
    }

    #[tokio::test]
    async fn of_many_who_try_at_once_no_more_than_the_limit_come_through() {
        for (place, app) in testing::houses().await {
            let tries = (0..20).map(|_| {
                let app = app.clone();
                tokio::spawn(async move {
                    let txn = app.db.begin().await.unwrap();
                    let allowed = allow(&txn, b"one", 5, TimeDelta::hours(1), noon()).await.unwrap();
                    txn.commit().await.unwrap();
                    usize::from(allowed)
                })
            });
            let mut allowed = 0;
            for one in tries {
                allowed += one.await.unwrap();
            }
            assert_eq!(allowed, 5, "on {}", place.name);
        }
    }

    #[tokio::test]
    async fn what_is_long_over_is_forgotten() {
        for (place, app) in testing::houses().await {
            let txn = app.db.begin().await.unwrap();
            allow(&txn, b"one", 1, TimeDelta::hours(1), noon()).await.unwrap();
            assert_eq!(sweep(&txn, noon()).await.unwrap(), 0, "on {}", place.name);
            assert_eq!(sweep(&txn, noon() + TimeDelta::days(1)).await.unwrap(), 1, "on {}", place.name);
            txn.commit().await.unwrap();
        }
    }
}
