//! Reading the list: everything kept about one person, table by table, as JSON.

use sea_orm::sea_query::{Alias, Expr, Query, SimpleExpr};
use sea_orm::{ConnectionTrait, DatabaseBackend, DbErr, Statement};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{TRACES, Trace, Whose};

/// Columns that say nothing about a person: keys to doors, leases of machines, chains of hashes, packed mail, and the
/// side that the family of their company was put on; and pictures, which have addresses of their own.
const OURS: &[&str] = &[
    "token_hash",
    "browser_hash",
    "code_hash",
    "tries",
    "owner",
    "lease_until",
    "address_hash",
    "previous_hash",
    "hash",
    "raw",
    "bytes",
    "side",
    "email_key",
];

/// One row, by the names of its columns.
pub type Row = Map<String, Value>;

/// Every row about this person, by table, each table in order of time.
pub async fn of_person(
    db: &impl ConnectionTrait,
    whose: Whose<'_>,
) -> Result<Vec<(&'static str, Vec<Row>)>, DbErr> {
    let mut all: Vec<(&'static str, Vec<Row>)> = Vec::with_capacity(TRACES.len());
    for trace in TRACES {
        let rows = trace.rows(db, whose).await?;
        // A table may name the person in two columns.
        match all.last_mut() {
            Some((table, before)) if *table == trace.table => before.extend(rows),
            _ => all.push((trace.table, rows)),
        }
    }
    for (_, rows) in &mut all {
        rows.sort_by_key(when);
    }
    Ok(all)
}

/// The time that a row is sorted by.
fn when(row: &Row) -> String {
    let columns = ["at", "created_at", "planned_at", "asked_at", "received_at", "added_at", "updated_at"];
    let at = columns.into_iter().find_map(|name| row.get(name)?.as_str());
    at.unwrap_or_default().to_owned()
}

impl Trace {
    async fn rows(&self, db: &impl ConnectionTrait, whose: Whose<'_>) -> Result<Vec<Row>, DbErr> {
        let whole = match db.get_database_backend() {
            DatabaseBackend::Postgres => Expr::cust(format!("CAST(to_jsonb(\"{}\") AS text)", self.table)),
            _ => object(&columns(db, self.table).await?),
        };
        let select = Query::select()
            .expr(whole)
            .from(Alias::new(self.table))
            .cond_where(self.theirs(whose))
            .to_owned();
        let mut rows = Vec::new();
        for found in db.query_all(&select).await? {
            let text: String = found.try_get_by_index(0)?;
            let row: Row = serde_json::from_str(&text).map_err(|error| DbErr::Json(error.to_string()))?;
            rows.push(
                row.into_iter().filter(|(name, _)| !OURS.contains(&name.as_str())).map(plain).collect(),
            );
        }
        Ok(rows)
    }
}

/// An identifier that SQLite gave as bare digits is written as everywhere else.
fn plain((name, value): (String, Value)) -> (String, Value) {
    let id = value.as_str().filter(|text| text.len() == 32 && (name == "id" || name.ends_with("_id")));
    let spelt = id.and_then(|text| Uuid::try_parse(text).ok()).map(|id| Value::from(id.to_string()));
    (name, spelt.unwrap_or(value))
}

/// Names and declared types of the columns of a table of SQLite.
async fn columns(db: &impl ConnectionTrait, table: &str) -> Result<Vec<(String, String)>, DbErr> {
    let sql = format!("SELECT name, lower(type) FROM pragma_table_info('{table}')");
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// One row of SQLite as one JSON object.
fn object(columns: &[(String, String)]) -> SimpleExpr {
    let kept = columns.iter().filter(|(name, _)| !OURS.contains(&name.as_str()));
    let pairs = kept.map(|(name, declared)| {
        let value = if declared.contains("json") {
            format!("json(\"{name}\")")
        } else if declared.contains("bool") {
            format!("json(CASE \"{name}\" WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END)")
        } else if declared.contains("uuid") || declared.contains("blob") {
            format!("CASE typeof(\"{name}\") WHEN 'blob' THEN lower(hex(\"{name}\")) ELSE \"{name}\" END")
        } else {
            format!("\"{name}\"")
        };
        format!("'{name}', {value}")
    });
    Expr::cust(format!("json_object({})", pairs.collect::<Vec<_>>().join(", ")))
}
