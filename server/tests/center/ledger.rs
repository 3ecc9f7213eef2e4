//! Everything that a house holds, row by row, to see what a look at its pages changes.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};
use server::app::App;

/// Every table with its rows, each row in one line.
#[derive(Debug)]
pub struct Ledger(BTreeMap<String, Vec<String>>);

/// What happened to a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Change {
    /// Rows that were not there.
    pub added: Vec<String>,
    /// Rows that are there no more as they were.
    pub gone: Vec<String>,
}

impl Ledger {
    /// Reads all of it.
    pub async fn read(app: &App) -> Result<Self> {
        let postgres = app.db.backend() == DatabaseBackend::Postgres;
        let tables = if postgres {
            "SELECT table_name AS line FROM information_schema.tables \
             WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        } else {
            "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        };
        let mut all = BTreeMap::new();
        for table in lines(app, tables).await? {
            let row = if postgres { "to_json(t)::text".to_owned() } else { quoted(app, &table).await? };
            let rows = lines(app, &format!("SELECT {row} AS line FROM \"{table}\" t ORDER BY 1")).await?;
            all.insert(table, rows);
        }
        Ok(Self(all))
    }

    /// What is different in the later one, by table.
    pub fn changes(&self, later: &Self) -> BTreeMap<String, Change> {
        let tables: BTreeSet<_> = self.0.keys().chain(later.0.keys()).collect();
        let rows = |ledger: &Self, table: &str| ledger.0.get(table).cloned().unwrap_or_default();
        let mut changes = BTreeMap::new();
        for table in tables {
            let (before, after) = (rows(self, table), rows(later, table));
            if before != after {
                let without = |all: &[String], other: &[String]| {
                    all.iter().filter(|row| !other.contains(row)).cloned().collect()
                };
                let change = Change { added: without(&after, &before), gone: without(&before, &after) };
                changes.insert(table.clone(), change);
            }
        }
        changes
    }

    /// How many tables have rows.
    pub fn filled(&self) -> usize {
        self.0.values().filter(|rows| !rows.is_empty()).count()
    }
}

/// The columns of a table in one line, every byte of them.
async fn quoted(app: &App, table: &str) -> Result<String> {
    let columns = lines(app, &format!("SELECT name AS line FROM pragma_table_info('{table}')")).await?;
    let quoted: Vec<_> = columns.iter().map(|column| format!("'{column}=' || quote(\"{column}\")")).collect();
    Ok(quoted.join(" || ' ' || "))
}

async fn lines(app: &App, sql: &str) -> Result<Vec<String>> {
    let rows = app.db.read().query_all_raw(Statement::from_string(app.db.backend(), sql)).await?;
    Ok(rows.iter().map(|row| row.try_get("", "line")).collect::<Result<_, _>>()?)
}
