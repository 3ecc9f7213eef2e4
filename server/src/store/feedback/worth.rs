//! How many found a lesson worth their time.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};

use super::About;
use crate::store::enough::enough;

/// Answers older than this say nothing about a lesson as it is now.
const DAYS: i64 = 365;

/// How often a lesson was worth the time, when enough people said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worth {
    /// For how many of ten it was, never rounded up.
    pub of_ten: i64,
    /// People who answered, each counted once, with their last answer.
    pub answers: i64,
    /// Businesses they come from.
    pub businesses: i64,
    /// The day of the last answer.
    pub until: NaiveDate,
}

#[derive(FromQueryResult)]
struct Counted {
    item: String,
    answers: i64,
    businesses: i64,
    worth: i64,
    until: DateTime<Utc>,
}

/// How often each of these lessons was worth the time, for those of which enough people said so, in one query.
///
/// Answers of visitors are kept and not counted: we do not know whether twenty of them are twenty people.
pub async fn worth_of_each(
    db: &impl ConnectionTrait,
    items: &[&str],
    now: DateTime<Utc>,
) -> Result<BTreeMap<String, Worth>, DbErr> {
    if items.is_empty() {
        return Ok(BTreeMap::new());
    }
    let places: Vec<String> = (3..items.len() + 3).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT item, COUNT(*) AS answers, COUNT(DISTINCT account_id) AS businesses, SUM(worth) AS worth, \
         MAX(at) AS until FROM ( \
           SELECT item, account_id, at, CASE WHEN answer = 'yes' THEN 1 ELSE 0 END AS worth, \
           ROW_NUMBER() OVER (PARTITION BY item, account_id, contact_id ORDER BY at DESC, id) AS nth \
           FROM feedback WHERE about = $1 AND at > $2 AND contact_id IS NOT NULL AND item IN ({}) \
         ) AS last WHERE nth = 1 GROUP BY item",
        places.join(", ")
    );
    let since = now - TimeDelta::days(DAYS);
    let values = [About::Lesson.word().into(), since.into()];
    let values = values.into_iter().chain(items.iter().map(|item| (*item).into()));
    let rows = Counted::find_by_statement(Statement::from_sql_and_values(
        db.get_database_backend(),
        sql,
        values.collect::<Vec<sea_orm::Value>>(),
    ))
    .all(db)
    .await?;
    let shown = rows.into_iter().filter(|row| enough(row.answers, row.businesses));
    Ok(shown
        .map(|row| {
            let Counted { item, answers, businesses, worth, until } = row;
            let until = until.date_naive();
            (item, Worth { of_ten: worth * 10 / answers, answers, businesses, until })
        })
        .collect())
}
