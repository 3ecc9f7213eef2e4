//! The same seed lives the same year, on either database, whatever the order of sending.

use std::collections::{BTreeMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::world::{Parameters, Side, World};
use super::{PROGRAM, Stages, live, prepare};
use crate::app::App;
use crate::config::Settings;
use crate::ids;
use crate::lift::report::{Report, funnel};
use crate::shelf::Shelf;
use crate::store;
use crate::store::entities::{assignment, event, family, message, renewal};
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

/// The report counts, family by family, what the world says each of them does on the side it was put on.
async fn hold_against_the_world(app: &App, world: &World, report: &serde_json::Value) {
    let on_comparison: HashSet<Uuid> = family::Entity::find()
        .select_only()
        .column(family::Column::Id)
        .filter(family::Column::Side.eq("comparison"))
        .into_tuple()
        .all(app.db.read())
        .await
        .unwrap()
        .into_iter()
        .collect();
    let lived = world.sample(|number| {
        let id = ids::named(app.namespace, "family", &world.families[number].key);
        if on_comparison.contains(&id) { Side::Comparison } else { Side::Program }
    });
    let (renewed, revenue) = (&report["numbers"]["measures"][0], &report["numbers"]["measures"][2]);
    for (side, outcomes) in [("program", &lived.program), ("comparison", &lived.comparison)] {
        let families = outcomes.len() as u64;
        let kept = outcomes.iter().filter(|outcome| outcome.renewed).count() as f64;
        let booked = outcomes.iter().map(|outcome| outcome.revenue).sum::<i64>() as f64;
        assert_eq!(renewed[side]["families"].as_u64(), Some(families), "families of the {side} side");
        assert_eq!(renewed[side]["total"].as_f64(), Some(kept), "renewals of the {side} side");
        let seen = &report["numbers"]["measures"][1];
        assert_eq!(seen["name"], "In active use");
        assert_eq!(seen[side]["families"].as_u64(), Some(families), "seats counted on the {side} side");
        assert_eq!(revenue[side]["total"].as_f64(), Some(booked), "revenue of the {side} side");
    }
}

/// What the report says of the way from the ask to the habit is what the page about it says of the program side.
async fn hold_against_the_funnel(app: &App, report: &serde_json::Value) {
    let now = app.clock.now();
    let shelf = Shelf::load(app).await.unwrap();
    let facts = store::funnel::facts(app.db.read(), now).await.unwrap();
    let reading = funnel::Reading::of(&facts, &shelf.catalogue, now);
    let row = reading.program_side().expect("somebody of the program side was asked");
    let steps = report["funnel"]["steps"].as_array().unwrap();
    let last = steps.last().unwrap();
    assert_eq!(steps[0]["customers"]["count"], row.asked);
    assert_eq!(last["label"], "Came back within 30 days");
    assert_eq!(last["customers"], serde_json::to_value(row.came_back).unwrap());
    assert!(row.came_back.count > 0, "nobody comes back in this world");
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
    let world = World::build(&parameters);
    let lived = live(place, &world, &mut Unwatched).await.unwrap();
    assert!(
        comparison::verify(lived.app.db.read(), &lived.app.keys).await.unwrap().is_ok(),
        "the ledger of sides is broken"
    );
    let mut report = report(&lived.app).await;
    // Every house has a key of its own, and so the ledger of the same draw ends on another hash.
    assert!(report["ledger_head"].take().is_string(), "the report names the end of the ledger");
    hold_against_the_world(&lived.app, &world, &report).await;
    hold_against_the_funnel(&lived.app, &report).await;
    (counted(&lived.app).await, report)
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
