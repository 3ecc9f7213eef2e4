//! The same seed lives the same year, on either database, whatever the order of sending.

use std::collections::BTreeMap;

use sea_orm::{EntityTrait, FromQueryResult, QuerySelect};

use super::world::{Parameters, World};
use super::{PROGRAM, Stages, live, prepare};
use crate::app::App;
use crate::config::Settings;
use crate::lift::report::Report;
use crate::store::entities::{assignment, event, message, renewal};
use crate::store::{comparison, programs};
use crate::testing;

/// Watches nothing.
struct Unwatched;

impl Stages for Unwatched {
    fn begin(&mut self, _: &str, _: u64) {}
    fn at(&mut self, _: u64) {}
    fn end(&mut self, _: &str) {}
}

#[derive(Debug, FromQueryResult)]
struct Row {
    first: Option<String>,
    second: Option<String>,
}

/// What is in the tables at the end of the year, counted.
async fn counted(app: &App) -> BTreeMap<String, usize> {
    let mut rows = Vec::new();
    let mut take = |table: &str, found: Vec<Row>| {
        rows.extend(found.into_iter().map(|row| {
            format!("{table} {} {}", row.first.unwrap_or_default(), row.second.unwrap_or_default())
        }));
    };
    macro_rules! read {
        ($table:ident, $first:ident, $second:ident) => {
            take(
                stringify!($table),
                $table::Entity::find()
                    .select_only()
                    .column_as($table::Column::$first, "first")
                    .column_as($table::Column::$second, "second")
                    .into_model::<Row>()
                    .all(app.db.read())
                    .await
                    .unwrap(),
            )
        };
    }
    read!(message, State, Reason);
    read!(event, Kind, Verdict);
    read!(assignment, Side, Stratum);
    read!(renewal, Outcome, Currency);
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(row).or_insert(0) += 1;
    }
    counts
}

/// The whole report.
async fn report(app: &App) -> serde_json::Value {
    let program = programs::find(app.db.read(), PROGRAM).await.unwrap().unwrap();
    let report = Report::read(app, &program, app.clock.now().date_naive()).await.unwrap();
    serde_json::to_value(report).unwrap()
}

async fn year(url: &str, connections: usize) -> (BTreeMap<String, usize>, serde_json::Value) {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = Settings { database_url: url.to_owned().into(), ..Settings::default() };
    settings.mail.connections = connections;
    let parameters = Parameters::default_for(7, 120);
    let place = prepare(settings, folder.path(), &parameters).await.unwrap();
    let lived = live(place, &World::build(&parameters), &mut Unwatched).await.unwrap();
    assert!(comparison::verify(lived.app.db.read()).await.unwrap().is_ok(), "the ledger of sides is broken");
    (counted(&lived.app).await, report(&lived.app).await)
}

#[tokio::test]
async fn a_seed_lives_the_same_year_on_either_database_over_one_connection_or_many() {
    let mut years = Vec::new();
    for connections in [1, 8] {
        for place in testing::databases().await {
            years.push((place.name, connections, year(&place.url, connections).await));
        }
    }
    let (_, _, first) = &years[0];
    assert!(first.0.keys().any(|row| row.starts_with("message sent")), "nothing was sent: {:?}", first.0);
    for (name, connections, other) in &years {
        assert_eq!(other, first, "{name} over {connections} connections");
    }
}
