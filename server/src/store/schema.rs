//! Takes the schema to the newest step, under a lock, and never touches one that is newer than this program.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Context, ensure};
use migrations::Migrator;
use sea_orm::{ConnectionTrait, DatabaseConnection};
use sea_orm_migration::MigratorTrait;

/// Why the schema was left alone.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// A newer program was here.
    #[error(
        "this database was made by a newer rapport (it knows the step {0}); start that version, or restore a backup from before the upgrade"
    )]
    Newer(String),
}

/// The number under which nodes queue on PostgreSQL to take the schema on.
const LOCK: i64 = 0x7261_7070_6f72_7401;

/// Takes the schema to the newest step.
pub(super) async fn migrate(url: &str) -> anyhow::Result<()> {
    let db = super::connect(url, 1).await?;
    let done = if let Some(path) = sqlite_file(url) {
        let lock = std::fs::File::create(format!("{path}.lock")).context("making the lock of the schema")?;
        let lock = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock)).await?;
        let _held = lock.context("waiting for the lock of the schema")?;
        up(&db).await
    } else {
        db.execute_unprepared(&format!("SELECT pg_advisory_lock({LOCK})")).await?;
        let done = up(&db).await;
        db.execute_unprepared(&format!("SELECT pg_advisory_unlock({LOCK})")).await?;
        done
    };
    db.close().await?;
    done
}

async fn up(db: &DatabaseConnection) -> anyhow::Result<()> {
    let known: HashSet<String> = Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
    let applied = Migrator::get_migration_models(db).await.context("reading the steps of the schema")?;
    if let Some(unknown) = applied.into_iter().find(|step| !known.contains(&step.version)) {
        return Err(SchemaError::Newer(unknown.version).into());
    }
    Migrator::up(db, None).await.context("taking the schema to the newest step")
}

/// Whether the schema is exactly the one this program knows.
pub(super) async fn check(db: &DatabaseConnection) -> anyhow::Result<()> {
    let applied = Migrator::get_migration_models(db).await.context("reading the steps of the schema")?;
    let applied: HashSet<String> = applied.into_iter().map(|step| step.version).collect();
    for step in Migrator::migrations() {
        ensure!(
            applied.contains(step.name()),
            "the schema lacks the step {}; run `rapport migrate`",
            step.name()
        );
    }
    ensure!(applied.len() == Migrator::migrations().len(), "the schema is newer than this program");
    Ok(())
}

fn sqlite_file(url: &str) -> Option<&str> {
    let path = url.strip_prefix("sqlite:")?.trim_start_matches("//").split('?').next()?;
    (!path.is_empty() && !path.contains(":memory:") && Path::new(path).file_name().is_some()).then_some(path)
}
