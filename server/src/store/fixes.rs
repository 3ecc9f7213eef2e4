//! Whether the steps of fixes helped, once a person, step and day; and how often that makes a fix work.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, FromQueryResult, Statement};
use uuid::Uuid;

use super::enough::enough;
use super::entities::fix_answer::{ActiveModel, Column, Entity};

/// Answers older than this say nothing about a fix as it is now.
const DAYS: u64 = 365;

/// What somebody says about one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Identifier: what one person says about one step on one day has one.
    pub id: Uuid,
    /// Home account; nil when we do not know whose.
    pub account: Uuid,
    /// Who, when they were signed in.
    pub contact: Option<Uuid>,
    /// The fix.
    pub item: String,
    /// The step, by its name.
    pub step: String,
    /// Whether it fixed the problem.
    pub fixed: bool,
    /// When.
    pub at: DateTime<Utc>,
}

/// Keeps what somebody says about a step. What they say last on a day holds.
pub async fn keep(db: &impl ConnectionTrait, tried: &Tried) -> Result<(), DbErr> {
    let row = ActiveModel {
        account_id: Set(tried.account),
        id: Set(tried.id),
        contact_id: Set(tried.contact),
        item: Set(tried.item.clone()),
        step: Set(tried.step.clone()),
        fixed: Set(tried.fixed),
        day: Set(tried.at.date_naive()),
        at: Set(tried.at),
    };
    let again = OnConflict::columns([Column::AccountId, Column::Id])
        .update_columns([Column::Fixed, Column::At])
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
    Ok(())
}

/// How often a fix worked, when enough people said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkedFor {
    /// In how many of ten it did, never rounded up.
    pub of_ten: i64,
    /// People who answered, each counted once, on the last day they did.
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
    fixed: i64,
    until: NaiveDate,
}

/// How often this fix worked; nothing when fewer than 20 people of 10 businesses said so.
pub async fn worked_for(
    db: &impl ConnectionTrait,
    item: &str,
    now: DateTime<Utc>,
) -> Result<Option<WorkedFor>, DbErr> {
    Ok(worked_for_each(db, &[item], now).await?.remove(item))
}

/// How often each of these fixes worked, for those of which enough people said so.
///
/// Answers of visitors are kept and not counted: we do not know whether twenty of them are twenty people.
pub async fn worked_for_each(
    db: &impl ConnectionTrait,
    items: &[&str],
    now: DateTime<Utc>,
) -> Result<BTreeMap<String, WorkedFor>, DbErr> {
    if items.is_empty() {
        return Ok(BTreeMap::new());
    }
    let places: Vec<String> = (2..items.len() + 2).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT item, COUNT(*) AS answers, COUNT(DISTINCT account_id) AS businesses, \
         SUM(worked) AS fixed, MAX(day) AS until FROM ( \
           SELECT item, account_id, day, MAX(CASE WHEN fixed THEN 1 ELSE 0 END) AS worked, \
           ROW_NUMBER() OVER (PARTITION BY item, account_id, contact_id ORDER BY day DESC) AS nth \
           FROM fix_answers WHERE contact_id IS NOT NULL AND day > $1 AND item IN ({}) \
           GROUP BY item, account_id, contact_id, day \
         ) AS days WHERE nth = 1 GROUP BY item",
        places.join(", ")
    );
    let since = now.date_naive().checked_sub_days(Days::new(DAYS)).unwrap_or(NaiveDate::MIN);
    let values = std::iter::once(since.into()).chain(items.iter().map(|item| (*item).into()));
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
            let Counted { item, answers, businesses, fixed, until } = row;
            (item, WorkedFor { of_ten: fixed * 10 / answers, answers, businesses, until })
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::App;
    use crate::testing::{self, noon};

    fn tried(person: u128, business: u128, day: i64, fixed: bool) -> Tried {
        let at = noon() + chrono::TimeDelta::days(day);
        Tried {
            id: Uuid::from_u128(person * 1_000 + u128::try_from(day).unwrap()),
            account: Uuid::from_u128(business),
            contact: Some(Uuid::from_u128(10_000 + person)),
            item: "wifi".to_owned(),
            step: "step-1".to_owned(),
            fixed,
            at,
        }
    }

    async fn say(app: &App, all: impl IntoIterator<Item = Tried>) {
        let txn = app.db.begin().await.unwrap();
        for one in all {
            keep(&txn, &one).await.unwrap();
        }
        txn.commit().await.unwrap();
    }

    async fn shown(app: &App) -> Option<WorkedFor> {
        worked_for(app.db.read(), "wifi", noon()).await.unwrap()
    }

    #[tokio::test]
    async fn nineteen_answers_or_nine_businesses_make_no_number_and_twenty_of_ten_make_one() {
        for (answers, businesses, made) in [(19, 10, false), (20, 9, false), (20, 10, true)] {
            for (place, app) in testing::houses().await {
                say(&app, (0..answers).map(|one| tried(one, one % businesses, 0, one > 1))).await;
                let number = shown(&app).await;
                assert_eq!(number.is_some(), made, "{answers} of {businesses} on {}", place.name);
                if let Some(number) = number {
                    let day = noon().date_naive();
                    let right = WorkedFor { of_ten: 9, answers: 20, businesses: 10, until: day };
                    assert_eq!(number, right, "on {}", place.name);
                }
            }
        }
    }

    #[tokio::test]
    async fn each_person_counts_once_with_their_last_day_and_visitors_do_not_count() {
        for (place, app) in testing::houses().await {
            let first = (0..20).map(|one| tried(one, one % 10, 0, true));
            say(&app, first).await;
            let visitors = (100..400).map(|one| Tried {
                account: Uuid::nil(),
                contact: None,
                ..tried(one, 0, 0, false)
            });
            say(&app, visitors).await;
            assert_eq!(shown(&app).await.unwrap().of_ten, 10, "on {}", place.name);
            // Four came back another day, and nothing helped them then.
            let failed = (0..4).flat_map(|one| {
                let again = tried(one, one % 10, 3, false);
                [
                    again.clone(),
                    Tried { id: Uuid::from_u128(90_000 + one), step: "step-2".to_owned(), ..again },
                ]
            });
            say(&app, failed).await;
            let number = shown(&app).await.unwrap();
            assert_eq!((number.of_ten, number.answers), (8, 20), "on {}", place.name);
            assert_eq!(number.until, (noon() + chrono::TimeDelta::days(3)).date_naive());
        }
    }

    #[tokio::test]
    async fn a_step_that_failed_before_one_that_worked_is_no_failure_and_the_last_word_of_a_day_holds() {
        for (place, app) in testing::houses().await {
            let all = (0..20).flat_map(|one| {
                let failed = tried(one, one % 10, 0, false);
                let worked = Tried {
                    id: Uuid::from_u128(50_000 + one),
                    step: "step-2".to_owned(),
                    fixed: true,
                    ..failed.clone()
                };
                [failed, worked]
            });
            say(&app, all).await;
            assert_eq!(shown(&app).await.unwrap().of_ten, 10, "on {}", place.name);
            let taken_back = Tried { id: Uuid::from_u128(50_000), fixed: false, ..tried(0, 0, 0, false) };
            say(&app, [Tried { step: "step-2".to_owned(), ..taken_back }]).await;
            assert_eq!(shown(&app).await.unwrap().of_ten, 9, "19 of 20 are not 10 in 10, on {}", place.name);
        }
    }

    #[tokio::test]
    async fn answers_of_last_year_are_gone() {
        for (place, app) in testing::houses().await {
            say(&app, (0..20).map(|one| tried(one, one % 10, 0, true))).await;
            let later = noon() + chrono::TimeDelta::days(366);
            assert_eq!(worked_for(app.db.read(), "wifi", later).await.unwrap(), None, "on {}", place.name);
        }
    }
}
