//! What every kind of file has: its fields, how a row is admitted, and how rows are kept.

use std::collections::HashSet;
use std::future::Future;

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

use super::columns::Field;
use super::reading::{Complaint, Reading, Refusals};
use crate::keys::Keys;
use crate::store::products::Product;
use crate::store::staging::{Merged, Rows, Spared};

/// What admitting and keeping rows may ask for.
#[derive(Debug, Clone)]
pub(super) struct Context {
    /// Root of the identifiers that are derived from names.
    pub namespace: Uuid,
    /// Keys for hashes of addresses.
    pub keys: Keys,
    /// The time of the import.
    pub now: DateTime<Utc>,
    /// Products that were known when the import began.
    pub products: Vec<Product>,
    /// External ids of the partners that were known when the import began.
    pub partners: HashSet<String>,
}

/// A row that was admitted.
#[derive(Debug, Clone)]
pub(super) struct Admitted<R> {
    /// Its line.
    pub number: u64,
    /// The row.
    pub row: R,
    /// Its cells as they were written, in case it is turned away after all.
    pub original: Vec<String>,
    /// What is wrong with it.
    pub warnings: Vec<Complaint>,
    /// Fields that its file says nothing about that can be taken: what is stored stays.
    pub unread: Spared,
}

impl<R> Admitted<R> {
    /// Why this row is turned away when it is new: something it should say cannot be read.
    pub fn unreadable(&self, field: &'static str) -> Option<Refusals> {
        let complaint =
            self.warnings.iter().find(|one| one.field == field && self.unread.contains(&field))?;
        Some(Refusals::of(field, complaint.fault()))
    }
}

/// What became of a batch of rows.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// Counts of what was kept.
    pub merged: Merged,
    /// Rows that were turned away after all, by their place in the batch.
    pub refused: Vec<(usize, Refusals)>,
    /// What is wrong with rows that were kept, by line.
    pub warnings: Vec<(u64, Complaint)>,
}

/// A kind of file.
pub(super) trait Kind: Send + Sync + 'static {
    /// A sound row.
    type Row: Send + Sync + 'static;
    /// Its fields.
    const FIELDS: &'static [Field];
    /// Whether extra columns become traits.
    const KEEPS_TRAITS: bool = false;
    /// Whether its files may be JSON lines.
    const MAY_BE_JSON: bool = false;

    /// Makes a row sound, or says why it cannot be.
    fn admit(read: &mut Reading<'_>, context: &Context) -> Result<Self::Row, Refusals>;

    /// What may stand in one file only once.
    fn key(row: &Self::Row) -> String;

    /// Keeps rows; fields in `leave` are not in the file and stay as they are.
    fn keep(
        txn: &DatabaseTransaction,
        context: &Context,
        leave: &[&str],
        rows: &[Admitted<Self::Row>],
    ) -> impl Future<Output = Result<Kept, DbErr>> + Send;
}

/// Counts a merge by row.
pub(super) fn counted(rows: &Rows, ids: impl Iterator<Item = Uuid>) -> Merged {
    let mut merged = Merged::default();
    for id in ids {
        if !rows.there.contains(&id) {
            merged.added += 1;
        } else if rows.written.contains(&id) {
            merged.changed += 1;
        } else {
            merged.same += 1;
        }
    }
    merged
}
