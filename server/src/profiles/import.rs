//! Takes in files of companies, people, licences and the rest, and keeps what is sound.
//!
//! A file is read as a stream. Each row is admitted or refused by its kind, without a database; admitted rows go in
//! by batches, each in one short transaction with the place reached, so that an import that was killed goes on
//! where it stopped, and the same file twice changes nothing. Consent is only ever made stricter here, or granted
//! with its proof.

mod columns;
mod kind;
mod kinds;
mod person;
mod reading;
mod rejects;
mod run;
mod sheet;
mod sound;
mod source;
#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeMap;
use std::io::{self, Read, Seek};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use columns::{Field, HeaderError, needed, optional};
pub use reading::{Complaint, Refusals};
pub use rejects::Files;
pub use sheet::OpenError;
pub use values::{Values, ValuesError};

use crate::app::App;
use kinds::{
    accounts::Accounts, asks::Asks, contacts::Contacts, events::Events, leads::Leads, licences::Licences,
    partners::Partners, products::Products, renewals::Renewals, usage::Usage,
};

/// What a file of rows holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// What is sold.
    Products,
    /// Who else sells.
    Partners,
    /// Customer companies.
    Accounts,
    /// People.
    Contacts,
    /// What accounts hold.
    Licences,
    /// How terms ended.
    Renewals,
    /// Seats in use.
    Usage,
    /// Leads as teams report them.
    Leads,
    /// Who was asked to join, and how.
    Asks,
    /// What happened.
    Events,
}

impl RowKind {
    /// Every one, in an order in which a whole set of files may be taken in.
    pub const ALL: [Self; 10] = [
        Self::Products,
        Self::Partners,
        Self::Accounts,
        Self::Contacts,
        Self::Licences,
        Self::Renewals,
        Self::Usage,
        Self::Leads,
        Self::Asks,
        Self::Events,
    ];

    /// Its name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Products => "products",
            Self::Partners => "partners",
            Self::Accounts => "accounts",
            Self::Contacts => "contacts",
            Self::Licences => "licences",
            Self::Renewals => "renewals",
            Self::Usage => "usage",
            Self::Leads => "leads",
            Self::Asks => "asks",
            Self::Events => "events",
        }
    }

    /// Its fields.
    pub const fn fields(self) -> &'static [Field] {
        use kind::Kind;
        match self {
            Self::Products => Products::FIELDS,
            Self::Partners => Partners::FIELDS,
            Self::Accounts => Accounts::FIELDS,
            Self::Contacts => Contacts::FIELDS,
            Self::Licences => Licences::FIELDS,
            Self::Renewals => Renewals::FIELDS,
            Self::Usage => Usage::FIELDS,
            Self::Leads => Leads::FIELDS,
            Self::Asks => Asks::FIELDS,
            Self::Events => Events::FIELDS,
        }
    }
}

impl FromStr for RowKind {
    type Err = ();

    fn from_str(written: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == written).ok_or(())
    }
}

/// How a file is to be read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Column by field.
    pub map: BTreeMap<String, String>,
    /// Meanings of values.
    pub values: Values,
    /// Change nothing.
    pub dry_run: bool,
}

/// What became of the rows of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Rows read.
    pub rows: u64,
    /// New.
    pub added: u64,
    /// Known, and different.
    pub changed: u64,
    /// Known, and the same.
    pub same: u64,
    /// Turned away.
    pub refused: u64,
    /// Fields that were left empty or doubted.
    pub warnings: u64,
}

/// How an import went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// What the file holds.
    pub kind: &'static str,
    /// What became of its rows.
    #[serde(flatten)]
    pub counts: Counts,
    /// The line after which an interrupted import went on.
    pub resumed_after: Option<u64>,
    /// Whether nothing was changed on purpose.
    pub dry_run: bool,
    /// Remarks on its columns.
    pub remarks: Vec<String>,
}

impl Summary {
    /// Whether the file held nothing that was not known.
    pub fn is_nothing_new(&self) -> bool {
        self.counts.added == 0 && self.counts.changed == 0
    }
}

/// Is told what happens while a file is taken in. Every method may be left as it is.
pub trait Witness: Send {
    /// The header was read; rows up to `resumed_after` were kept by an earlier run.
    fn begins(&mut self, header: &[String], resumed_after: u64) -> io::Result<()> {
        let _ = (header, resumed_after);
        Ok(())
    }

    /// A row was turned away. This is told before the place after it is kept.
    fn refused(&mut self, line: u64, cells: &[String], why: &Refusals) -> io::Result<()> {
        let _ = (line, cells, why);
        Ok(())
    }

    /// A row was kept although something is wrong with it.
    fn warned(&mut self, line: u64, what: &Complaint) -> io::Result<()> {
        let _ = (line, what);
        Ok(())
    }

    /// A batch is about to be kept: what was told so far should be on disk.
    fn settles(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// A batch was kept.
    fn progress(&mut self, bytes: u64, of: u64, counts: &Counts) {
        let _ = (bytes, of, counts);
    }
}

/// Watches nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Witness for Unwatched {}

/// Why an import stopped. What was kept before stays kept, and the same command goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file was not opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The file of values is not understood.
    #[error(transparent)]
    Values(#[from] ValuesError),
    /// The file could not be read to its end, or the files beside it not written.
    #[error("{0}")]
    File(#[from] io::Error),
    /// The database did not keep the rows.
    #[error("the rows could not be kept: {0}")]
    Store(#[from] sea_orm::DbErr),
}

/// Takes in one file of rows.
pub async fn import_csv<R: Read + Seek + Send + 'static>(
    app: &App,
    kind: RowKind,
    file: R,
    options: &Options,
    witness: &mut dyn Witness,
) -> Result<Summary, ImportError> {
    match kind {
        RowKind::Products => run::run::<Products, R>(app, kind, file, options, witness).await,
        RowKind::Partners => run::run::<Partners, R>(app, kind, file, options, witness).await,
        RowKind::Accounts => run::run::<Accounts, R>(app, kind, file, options, witness).await,
        RowKind::Contacts => run::run::<Contacts, R>(app, kind, file, options, witness).await,
        RowKind::Licences => run::run::<Licences, R>(app, kind, file, options, witness).await,
        RowKind::Renewals => run::run::<Renewals, R>(app, kind, file, options, witness).await,
        RowKind::Usage => run::run::<Usage, R>(app, kind, file, options, witness).await,
        RowKind::Leads => run::run::<Leads, R>(app, kind, file, options, witness).await,
        RowKind::Asks => run::run::<Asks, R>(app, kind, file, options, witness).await,
        RowKind::Events => run::run::<Events, R>(app, kind, file, options, witness).await,
    }
}
