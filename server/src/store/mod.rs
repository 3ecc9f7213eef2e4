//! Where rows rest. A store function takes a connection or a transaction and hands back our types; rows stay here.

pub mod accounts;
pub mod asks;
pub mod audience;
pub mod audit;
pub mod billing;
pub mod choices;
pub mod comparison;
pub mod consent;
pub mod contacts;
pub mod decisions;
pub mod documents;
pub mod doors;
pub mod enough;
pub mod entities;
pub mod events;
pub mod families;
pub mod feedback;
pub mod finishes;
pub mod fixes;
pub mod following;
pub mod funnel;
pub mod gifts;
mod group;
pub mod guesses;
pub mod heard;
pub mod holds;
pub mod imports;
pub mod incidents;
pub mod installation;
pub mod joinings;
pub mod journeys;
pub mod leads;
pub mod licences;
pub mod limits;
pub mod me;
pub mod messages;
pub mod mine;
pub mod moderation;
pub mod notices;
pub mod outbox;
pub mod outcomes;
mod pace;
pub mod partners;
pub mod pictures;
pub mod pieces;
pub mod products;
pub mod programs;
pub mod progress;
pub mod questions;
pub mod recipients;
pub mod reminders;
pub mod renewals;
pub mod replies;
pub mod responses;
mod schema;
pub mod shares;
pub mod shelves;
pub(crate) mod staging;
pub mod starters;
pub mod suppression;
#[cfg(test)]
mod tests;
pub mod told;
pub mod traces;
pub(crate) mod traits;
pub mod unanswered;
pub mod usage;
pub mod wishes;

use std::time::Duration;

use anyhow::Context;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, Database, DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

pub use group::Group;
pub use schema::SchemaError;

/// The database: readers, one writer at a time on SQLite, and a group commit for short writes.
#[derive(Debug, Clone)]
pub struct Db {
    read: DatabaseConnection,
    write: DatabaseConnection,
    group: Group,
}

impl Db {
    /// Connects, takes the schema to the newest step under a lock, and refuses a schema newer than this program.
    pub async fn open(url: &str) -> anyhow::Result<Self> {
        let url = complete(url);
        schema::migrate(&url).await?;
        Self::connect(&url).await
    }

    /// Connects and leaves the schema alone.
    pub async fn connect(url: &str) -> anyhow::Result<Self> {
        let url = complete(url);
        let sqlite = url.starts_with("sqlite:");
        let read = connect(&url, 8).await?;
        let write = if sqlite { connect(&url, 1).await? } else { read.clone() };
        let group = Group::start(write.clone());
        Ok(Self { read, write, group })
    }

    /// For reading.
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// Begins a transaction that will write. On SQLite it takes the write lock at once, so that it never has to
    /// give up half-way; there is one such transaction at a time, so keep it short.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        begin(&self.write).await
    }

    /// Short writes that share one commit with whatever else is waiting.
    pub fn group(&self) -> &Group {
        &self.group
    }

    /// Whether the database can be reached and has exactly the schema of this program.
    pub async fn check(&self) -> anyhow::Result<()> {
        schema::check(&self.read).await
    }

    /// SQLite or PostgreSQL.
    pub fn backend(&self) -> DatabaseBackend {
        self.read.get_database_backend()
    }
}

async fn begin(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    db.begin_with_options(TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    })
    .await
}

/// An SQLite file is made when it is not there.
fn complete(url: &str) -> String {
    if url.starts_with("sqlite:") && !url.contains('?') { format!("{url}?mode=rwc") } else { url.to_owned() }
}

async fn connect(url: &str, connections: u32) -> anyhow::Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).sqlx_logging(false).acquire_timeout(Duration::from_secs(30));
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10))
            .pragma("temp_store", "memory")
            .pragma("cache_size", "-4000")
    });
    Database::connect(options).await.context("reaching the database")
}
