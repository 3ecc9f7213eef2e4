//! Searches that found nothing: the words and how often, never who.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};

use super::entities::search_without_result::{ActiveModel, Column, Entity};

/// Words that found nothing, with every day since some day put together.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Unanswered {
    /// The words.
    pub words: String,
    /// How often they were searched for.
    pub count: i64,
    /// When last.
    pub last_at: DateTime<Utc>,
}

/// Counts one more search for these words.
pub async fn count(db: &impl ConnectionTrait, words: &str, now: DateTime<Utc>) -> Result<(), DbErr> {
    let once_more = OnConflict::columns([Column::Day, Column::Words])
        .value(Column::Count, Expr::col((Entity, Column::Count)).add(1))
        .update_column(Column::LastAt)
        .to_owned();
    let first = ActiveModel {
        day: Set(now.date_naive()),
        words: Set(words.to_owned()),
        count: Set(1),
        last_at: Set(now),
    };
    Entity::insert(first).on_conflict(once_more).exec_without_returning(db).await?;
    Ok(())
}

/// What was searched for since this day and not found, the most wanted first.
pub async fn since(db: &impl ConnectionTrait, day: NaiveDate, limit: u64) -> Result<Vec<Unanswered>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Words)
        .column_as(Column::Count.sum(), "count")
        .column_as(Column::LastAt.max(), "last_at")
        .filter(Column::Day.gte(day))
        .group_by(Column::Words)
        .order_by_desc(Column::Count.sum())
        .order_by_asc(Column::Words)
        .limit(limit)
        .into_model()
        .all(db)
        .await
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::testing::{self, noon};

    #[tokio::test]
    async fn the_same_words_are_counted_by_day_and_the_most_wanted_come_first() {
        for (place, app) in testing::houses().await {
            let txn = app.db.begin().await.unwrap();
            let (today, tomorrow) = (noon(), noon() + TimeDelta::days(1));
            for (words, at) in [("fax", today), ("fax", today), ("fax", tomorrow), ("trombone", tomorrow)] {
                count(&txn, words, at).await.unwrap();
            }
            txn.commit().await.unwrap();
            let all = since(app.db.read(), today.date_naive(), 10).await.unwrap();
            let fax = Unanswered { words: "fax".to_owned(), count: 3, last_at: tomorrow };
            let trombone = Unanswered { words: "trombone".to_owned(), count: 1, last_at: tomorrow };
            assert_eq!(all, [fax, trombone], "on {}", place.name);
            let later = since(app.db.read(), tomorrow.date_naive(), 1).await.unwrap();
            assert_eq!((later.len(), later[0].count), (1, 1), "on {}", place.name);
        }
    }
}
