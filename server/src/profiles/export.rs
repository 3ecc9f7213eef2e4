//! Gives everything back, in the forms that imports read, and as JSON lines for audits.
//!
//! Rows are read by pages and written as they come, in one order, so that the same data gives the same bytes and an
//! import of an export changes nothing.

mod ledgers;
mod rows;

use std::collections::HashSet;
use std::io::{self, Write};

use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::cells;
use super::import::RowKind;

/// What can be given back, beside the file kinds of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportKind {
    /// Rows of a kind that imports read.
    Rows(RowKind),
    /// Every letter with its state and reason.
    Messages,
    /// The ledger of the comparison.
    Assignments,
    /// The ledger of consents.
    Consents,
    /// Every choice with its reasons.
    Choices,
}

impl ExportKind {
    /// The kind with this name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "messages" => Some(Self::Messages),
            "assignments" => Some(Self::Assignments),
            "consents" => Some(Self::Consents),
            "choices" => Some(Self::Choices),
            rows => rows.parse().ok().map(Self::Rows),
        }
    }

    /// Every name.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let rows = RowKind::ALL.into_iter().map(RowKind::as_str);
        rows.chain(["messages", "assignments", "consents", "choices"])
    }
}

/// Only these people and their accounts.
#[derive(Debug, Clone, Default)]
pub struct Only {
    /// The people.
    pub contacts: HashSet<Uuid>,
    /// Their home accounts.
    pub accounts: HashSet<Uuid>,
}

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database could not be read.
    #[error("the rows could not be read: {0}")]
    Store(#[from] DbErr),
    /// The file could not be written.
    #[error("the file could not be written: {0}")]
    Write(#[from] io::Error),
    /// A row could not be written.
    #[error("a row could not be written: {0}")]
    Csv(#[from] csv::Error),
}

/// Where an export comes from.
#[derive(Debug)]
pub struct From<'a, C> {
    /// The database.
    pub db: &'a C,
    /// Only these people, or everyone.
    pub only: Option<&'a Only>,
    /// What stands behind the @ of Message-IDs.
    pub mail_domain: &'a str,
}

/// Writes everything of a kind, and says how many rows that were.
pub async fn export<C: ConnectionTrait, W: Write + Send>(
    from: From<'_, C>,
    kind: ExportKind,
    out: W,
) -> Result<u64, ExportError> {
    match kind {
        ExportKind::Rows(RowKind::Events) => ledgers::events(from, out).await,
        ExportKind::Rows(kind) => rows::export(from, kind, out).await,
        ExportKind::Messages => ledgers::messages(from, out).await,
        ExportKind::Assignments => ledgers::assignments(from, out).await,
        ExportKind::Consents => ledgers::consents(from, out).await,
        ExportKind::Choices => ledgers::choices(from, out).await,
    }
}

impl<C> Clone for From<'_, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for From<'_, C> {}

impl<C> From<'_, C> {
    fn has_account(&self, id: Uuid) -> bool {
        self.only.is_none_or(|only| only.accounts.contains(&id))
    }

    fn has_contact(&self, id: Uuid) -> bool {
        self.only.is_none_or(|only| only.contacts.contains(&id))
    }
}

/// Writes rows of cells, each harmless for a spreadsheet.
struct Table<W: Write> {
    writer: csv::Writer<W>,
    rows: u64,
}

impl<W: Write> Table<W> {
    fn new(out: W, header: impl Iterator<Item = String>) -> Result<Self, ExportError> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(header.map(|name| cells::write(&name).into_owned()))?;
        Ok(Self { writer, rows: 0 })
    }

    fn row(&mut self, row: &[String]) -> Result<(), ExportError> {
        self.writer.write_record(row.iter().map(|cell| cells::write(cell).into_owned()))?;
        self.rows += 1;
        Ok(())
    }

    fn end(mut self) -> Result<u64, ExportError> {
        self.writer.flush()?;
        Ok(self.rows)
    }
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// A cell of something that may not be there.
fn cell(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Minor units as people write them.
fn money(amount: Option<i64>, currency: Option<&str>) -> String {
    let Some(amount) = amount else { return String::new() };
    let digits = segments::money::minor_digits(currency.unwrap_or("USD"));
    let unit = 10_u64.pow(digits);
    let (sign, amount) = (if amount < 0 { "-" } else { "" }, amount.unsigned_abs());
    if digits == 0 {
        format!("{sign}{amount}")
    } else {
        format!("{sign}{}.{:0width$}", amount / unit, amount % unit, width = digits as usize)
    }
}

#[cfg(test)]
mod tests;
