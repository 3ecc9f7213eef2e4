//! Set-based merges: rows go into a temporary table, and from there, in one statement, where they belong.
//!
//! A row that is there already and differs in nothing is not touched, so that the same file twice changes nothing.

use std::collections::{BTreeMap, HashSet};

use sea_orm::sea_query::Value;
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, Statement};
use uuid::Uuid;

/// Values bound to one statement at most. SQLite takes 32,766, but every length is a statement of its own, which the
/// connection keeps: at that many values three and a half megabytes each.
const AT_ONCE: usize = 3_000;

/// A table that rows are merged into.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target {
    /// Its name.
    pub name: &'static str,
    /// The columns that a merge writes, in the order of the staged values.
    pub columns: &'static [Column],
}

/// A column of a merge.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    name: &'static str,
    kind: Kind,
    part: Part,
}

impl Column {
    /// Its name.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Uuid,
    Text,
    Integer,
    BigInteger,
    Date,
    Time,
    Boolean,
}

/// What a column does in a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Says which row it is.
    Key,
    /// Is compared, and written where it differs.
    Value,
    /// Is written when another differs.
    Stamp,
    /// Is written when the row is new.
    Once,
}

/// The columns of one row that stay as they are stored, because its file says nothing about them that can be taken.
pub(crate) type Spared = Vec<&'static str>;

/// Says which row it is.
pub(crate) const fn key(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, part: Part::Key }
}

/// Is compared, and written where it differs.
pub(crate) const fn value(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, part: Part::Value }
}

/// Is written when another column differs.
pub(crate) const fn stamp(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, part: Part::Stamp }
}

/// Is written when the row is new, and left alone afterwards.
pub(crate) const fn once(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, part: Part::Once }
}

/// What a merge did, in rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Merged {
    /// New.
    pub added: u64,
    /// There, and different.
    pub changed: u64,
    /// There, and the same.
    pub same: u64,
}

/// Which rows a merge met, by their first key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    /// There before.
    pub there: HashSet<Uuid>,
    /// New, or different and changed.
    pub written: HashSet<Uuid>,
}

impl Target {
    /// Fills the temporary table `staged_NAME` with these rows, in place of what it held.
    pub async fn stage(&self, txn: &DatabaseTransaction, rows: Vec<Vec<Value>>) -> Result<(), DbErr> {
        stage(txn, self.name, self.columns, rows).await
    }

    /// Stages rows of which some columns stay as they are stored: `spared` names them, row by row. In a row that is not
    /// there yet they are what was handed in.
    pub async fn stage_sparing(
        &self,
        txn: &DatabaseTransaction,
        rows: Vec<Vec<Value>>,
        spared: &[Spared],
    ) -> Result<(), DbErr> {
        let keys: Vec<Column> = self.columns.iter().copied().filter(|one| one.part == Part::Key).collect();
        let mut by_column: BTreeMap<&str, Vec<Vec<Value>>> = BTreeMap::new();
        for (row, spared) in rows.iter().zip(spared) {
            for column in spared.iter().filter(|name| self.names(Part::Value).any(|value| value == **name)) {
                let key = self.columns.iter().zip(row).filter(|(column, _)| column.part == Part::Key);
                by_column.entry(column).or_default().push(key.map(|(_, value)| value.clone()).collect());
            }
        }
        self.stage(txn, rows).await?;
        for (column, rows) in by_column {
            stage(txn, &format!("{}_spared", self.name), &keys, rows).await?;
            let same = |a: &str, b: &str| {
                let same: Vec<_> =
                    keys.iter().map(|key| format!("{a}.\"{0}\" = {b}.\"{0}\"", key.name)).collect();
                same.join(" AND ")
            };
            let staged = format!("staged_{}", self.name);
            let sql = format!(
                "UPDATE {staged} SET \"{column}\" = t.\"{column}\" FROM \"{}\" t, {staged}_spared s WHERE {} AND {}",
                self.name,
                same("t", "s"),
                same(&staged, "t"),
            );
            txn.execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    /// Merges what was staged; the columns named in `leave` are left alone in rows that are there.
    pub async fn merge(&self, txn: &DatabaseTransaction, leave: &[&str]) -> Result<Merged, DbErr> {
        let staged = count(txn, &format!("SELECT count(*) AS n FROM staged_{}", self.name)).await?;
        let there = count(txn, &self.there("count(*) AS n")).await?;
        let written = txn.execute_unprepared(&self.statement(leave)).await?.rows_affected();
        let added = staged.saturating_sub(there);
        let changed = written.saturating_sub(added);
        Ok(Merged { added, changed, same: there.saturating_sub(changed) })
    }

    /// Merges what was staged, and says which rows (by their first key) were there before and which were written.
    pub async fn merge_by_row(&self, txn: &DatabaseTransaction, leave: &[&str]) -> Result<Rows, DbErr> {
        let first = self.columns[0].name;
        let there = ids(txn, &self.there(&format!("t.\"{first}\" AS id"))).await?;
        let written = ids(txn, &format!("{} RETURNING \"{first}\" AS id", self.statement(leave))).await?;
        Ok(Rows { there, written })
    }

    /// Stages and merges.
    pub async fn put(
        &self,
        txn: &DatabaseTransaction,
        rows: Vec<Vec<Value>>,
        leave: &[&str],
    ) -> Result<Merged, DbErr> {
        self.put_sparing(txn, rows, leave, &[]).await
    }

    /// Stages and merges; some columns of some rows stay as they are stored.
    pub async fn put_sparing(
        &self,
        txn: &DatabaseTransaction,
        rows: Vec<Vec<Value>>,
        leave: &[&str],
        spared: &[Spared],
    ) -> Result<Merged, DbErr> {
        if rows.is_empty() {
            return Ok(Merged::default());
        }
        self.stage_sparing(txn, rows, spared).await?;
        self.merge(txn, leave).await
    }

    fn names(&self, part: Part) -> impl Iterator<Item = &'static str> {
        self.columns.iter().filter(move |column| column.part == part).map(|column| column.name)
    }

    fn there(&self, what: &str) -> String {
        let same: Vec<_> = self.names(Part::Key).map(|key| format!("t.\"{key}\" = s.\"{key}\"")).collect();
        let same = same.join(" AND ");
        format!("SELECT {what} FROM staged_{0} s JOIN \"{0}\" t ON {same}", self.name)
    }

    fn statement(&self, leave: &[&str]) -> String {
        let table = self.name;
        let columns: Vec<_> = self.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        let columns = columns.join(", ");
        let keys: Vec<_> = self.names(Part::Key).map(|key| format!("\"{key}\"")).collect();
        let values: Vec<_> = self.names(Part::Value).filter(|name| !leave.contains(name)).collect();
        let set: Vec<_> = values
            .iter()
            .copied()
            .chain(self.names(Part::Stamp))
            .map(|name| format!("\"{name}\" = excluded.\"{name}\""))
            .collect();
        let differs: Vec<_> = values
            .iter()
            .map(|name| format!("\"{table}\".\"{name}\" IS DISTINCT FROM excluded.\"{name}\""))
            .collect();
        let update = if values.is_empty() {
            "DO NOTHING".to_owned()
        } else {
            format!("DO UPDATE SET {} WHERE {}", set.join(", "), differs.join(" OR "))
        };
        format!(
            "INSERT INTO \"{table}\" ({columns}) SELECT {columns} FROM staged_{table} WHERE true \
             ON CONFLICT ({}) {update}",
            keys.join(", ")
        )
    }
}

/// Fills the temporary table `staged_NAME` with these rows, in place of what it held.
pub(crate) async fn stage(
    txn: &DatabaseTransaction,
    name: &str,
    columns: &[Column],
    rows: Vec<Vec<Value>>,
) -> Result<(), DbErr> {
    let backend = txn.get_database_backend();
    let described: Vec<_> =
        columns.iter().map(|column| format!("\"{}\" {}", column.name, column.kind.sql(backend))).collect();
    let described = described.join(", ");
    txn.execute_unprepared(&format!("CREATE TEMPORARY TABLE IF NOT EXISTS staged_{name} ({described})"))
        .await?;
    txn.execute_unprepared(&format!("DELETE FROM staged_{name}")).await?;
    let at_once = AT_ONCE / columns.len();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<Vec<Value>> = rows.by_ref().take(at_once).collect();
        let places = places(chunk.len(), columns.len());
        let sql = format!("INSERT INTO staged_{name} VALUES {places}");
        let values: Vec<Value> = chunk.into_iter().flatten().collect();
        txn.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    if backend == DatabaseBackend::Postgres {
        // Nobody else does this for temporary tables, and without it joins are planned for the wrong size.
        txn.execute_unprepared(&format!("ANALYZE staged_{name}")).await?;
    }
    Ok(())
}

/// `($1, $2), ($3, $4)`: both databases read it.
fn places(rows: usize, width: usize) -> String {
    use std::fmt::Write;
    let mut places = String::with_capacity(rows * width * 7);
    for row in 0..rows {
        places.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=width {
            let comma = if column == 1 { "" } else { ", " };
            write!(places, "{comma}${}", row * width + column).expect("a string takes all that is written");
        }
        places.push(')');
    }
    places
}

/// The number that a query calls `n`.
pub(crate) async fn count(db: &impl ConnectionTrait, sql: &str) -> Result<u64, DbErr> {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let n: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
    Ok(u64::try_from(n).unwrap_or(0))
}

/// The identifiers that a query calls `id`.
pub(crate) async fn ids(db: &impl ConnectionTrait, sql: &str) -> Result<HashSet<Uuid>, DbErr> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    rows.iter().map(|row| row.try_get("", "id")).collect()
}

impl Kind {
    fn sql(self, backend: DatabaseBackend) -> &'static str {
        match (self, backend) {
            (Self::Uuid, DatabaseBackend::Postgres) => "uuid",
            (Self::Uuid, _) => "blob",
            (Self::Date, DatabaseBackend::Postgres) => "date",
            (Self::Time, DatabaseBackend::Postgres) => "timestamptz",
            (Self::Text | Self::Date | Self::Time, _) => "text",
            (Self::Integer, _) => "integer",
            (Self::BigInteger, _) => "bigint",
            (Self::Boolean, _) => "boolean",
        }
    }
}

/// What may have only one writer at a time, beyond single rows.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lock {
    /// Merging imported rows, and finding families among them.
    Imports,
    /// The end of the consent ledger.
    ConsentLedger,
}

/// Takes a lock until the transaction ends. On SQLite a writing transaction is alone anyway.
pub(crate) async fn lock(txn: &DatabaseTransaction, what: Lock) -> Result<(), DbErr> {
    let number: i64 = match what {
        Lock::Imports => 0x7261_7070_6f72_7402,
        Lock::ConsentLedger => 0x7261_7070_6f72_7403,
    };
    if txn.get_database_backend() == DatabaseBackend::Postgres {
        txn.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({number})")).await?;
    }
    Ok(())
}
