//! What the answers add up to: by page, by step, and how clear a step was in a stretch of time.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};

use crate::store::enough::enough;

/// Days that a trend compares with as many before them.
const DAYS: i64 = 30;

/// The answers about one page, of the last 30 days and of the 30 before.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct OfPage {
    /// What was asked about.
    pub about: String,
    /// The page's address, or the letter's name.
    pub page: String,
    /// Answers of the last 30 days.
    pub answers: i64,
    /// Those of them that say yes.
    pub yes: i64,
    /// Answers of the 30 days before.
    pub answers_before: i64,
    /// Those of them that say yes.
    pub yes_before: i64,
}

/// The answers by page, the most answered first. Steps and wishes for lessons are counted elsewhere.
pub async fn pages(db: &impl ConnectionTrait, now: DateTime<Utc>, limit: u64) -> Result<Vec<OfPage>, DbErr> {
    let since = now - TimeDelta::days(DAYS);
    let sql = "SELECT about, page, \
         SUM(CASE WHEN at > $1 THEN 1 ELSE 0 END) AS answers, \
         SUM(CASE WHEN at > $1 AND answer = 'yes' THEN 1 ELSE 0 END) AS yes, \
         SUM(CASE WHEN at > $1 THEN 0 ELSE 1 END) AS answers_before, \
         SUM(CASE WHEN at > $1 OR answer <> 'yes' THEN 0 ELSE 1 END) AS yes_before \
         FROM feedback WHERE at > $2 AND about NOT IN ('step', 'lesson-wanted') \
         GROUP BY about, page ORDER BY answers DESC, page LIMIT $3";
    let values = [
        since.into(),
        (since - TimeDelta::days(DAYS)).into(),
        i64::try_from(limit).unwrap_or(i64::MAX).into(),
    ];
    OfPage::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values))
        .all(db)
        .await
}

/// The answers about one step.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct OfStep {
    /// The item.
    pub item: String,
    /// The step, by its name.
    pub step: String,
    /// Answers.
    pub answers: i64,
    /// Those who say that it made no sense.
    pub unclear: i64,
    /// Those of them who wait to hear what came of it.
    pub waiting: i64,
}

/// The steps that somebody found unclear since then, the most often unclear first.
pub async fn steps(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<OfStep>, DbErr> {
    let sql = "SELECT item, step, COUNT(*) AS answers, \
         SUM(CASE WHEN answer = 'no' THEN 1 ELSE 0 END) AS unclear, \
         SUM(CASE WHEN answer = 'no' AND note_wanted AND noted_at IS NULL THEN 1 ELSE 0 END) AS waiting \
         FROM feedback WHERE about = 'step' AND at > $1 AND item IS NOT NULL AND step IS NOT NULL \
         GROUP BY item, step HAVING SUM(CASE WHEN answer = 'no' THEN 1 ELSE 0 END) > 0 \
         ORDER BY unclear DESC, answers, item, step LIMIT $2";
    let values = [since.into(), i64::try_from(limit).unwrap_or(i64::MAX).into()];
    OfStep::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values))
        .all(db)
        .await
}

/// How many of 100 found a step unclear, when enough people said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// In how many of a hundred, to the nearest.
    pub of_100: i64,
    /// People who answered, each counted once, with their last answer.
    pub answers: i64,
    /// Businesses they come from.
    pub businesses: i64,
    /// The day of the last answer.
    pub until: NaiveDate,
}

#[derive(FromQueryResult)]
struct Counted {
    answers: i64,
    businesses: i64,
    unclear: Option<i64>,
    until: Option<DateTime<Utc>>,
}

/// How many found this step unclear, of those we know who answered in this stretch of time; nothing when they are fewer
/// than 20 people of 10 businesses.
pub async fn clear(
    db: &impl ConnectionTrait,
    item: &str,
    step: &str,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Share>, DbErr> {
    let sql = "SELECT COUNT(*) AS answers, COUNT(DISTINCT account_id) AS businesses, SUM(unclear) AS unclear, \
         MAX(at) AS until FROM ( \
           SELECT account_id, at, CASE WHEN answer = 'no' THEN 1 ELSE 0 END AS unclear, \
           ROW_NUMBER() OVER (PARTITION BY account_id, contact_id ORDER BY at DESC, id) AS nth \
           FROM feedback WHERE about = 'step' AND item = $1 AND step = $2 AND contact_id IS NOT NULL \
           AND at >= $3 AND at < $4 \
         ) AS last WHERE nth = 1";
    let values = [item.into(), step.into(), from.into(), until.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let row = Counted::find_by_statement(statement).one(db).await?;
    let Some(Counted { answers, businesses, unclear: Some(unclear), until: Some(until) }) = row else {
        return Ok(None);
    };
    let share = Share {
        of_100: (unclear * 200 + answers) / (2 * answers),
        answers,
        businesses,
        until: until.date_naive(),
    };
    Ok(enough(answers, businesses).then_some(share))
}
