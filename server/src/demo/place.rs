//! Where the demo lives: a folder and database of its own, made afresh each time.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use chrono::{DateTime, NaiveTime, Utc};
use secrecy::ExposeSecret;

use crate::app::App;
use crate::clock::Clock;
use crate::config::Settings;
use crate::ids::Ids;
use crate::keys::Keys;

use super::world::Parameters;

/// The file in a demo's folder by which it is known as one, and in which the report finds the planted truth.
const MARK: &str = "planted-truth.json";

/// The house of a demo.
#[derive(Debug)]
pub struct Place {
    /// The house, at the first day of the world.
    pub app: App,
    /// The file for the truth.
    pub truth: PathBuf,
}

/// Makes the folder and opens an empty house in it. A folder that holds anything but an earlier demo is left alone.
pub async fn prepare(
    mut settings: Settings,
    folder: &Path,
    parameters: &Parameters,
) -> anyhow::Result<Place> {
    let truth = folder.join(MARK);
    std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let mut entries = std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    if entries.next().is_some() && !truth.exists() {
        bail!(
            "{} holds other files; name an empty folder, or one of an earlier demo, with --dir",
            folder.display()
        );
    }
    if settings.database_url.expose_secret() == Settings::default().database_url.expose_secret() {
        let database = folder.join("rapport.db");
        for ending in ["", "-wal", "-shm", ".lock"] {
            let file = format!("{}{ending}", database.display());
            match std::fs::remove_file(&file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(error).with_context(|| format!("removing the earlier {file}"));
                }
                _ => {}
            }
        }
        settings.database_url = format!("sqlite://{}", database.display()).into();
    }
    settings.data_dir = folder.to_owned();
    // Written at once, empty, so that a demo that was interrupted is known as one.
    std::fs::write(&truth, "{}").with_context(|| format!("writing {}", truth.display()))?;
    let keys = Keys::open(&settings.secret_path(), &Ids::of_the_machine())?;
    let clock = Clock::moved(morning(parameters.start));
    let app = App::open_with(settings, keys, clock, Ids::seeded(parameters.seed)).await?;
    refuse_a_used_database(&app).await?;
    Ok(Place { app, truth })
}

/// The demo's people must not get among real ones.
async fn refuse_a_used_database(app: &App) -> anyhow::Result<()> {
    use sea_orm::{EntityTrait, PaginatorTrait};
    let accounts = crate::store::entities::account::Entity::find().count(app.db.read()).await?;
    if accounts > 0 {
        bail!(
            "the database that RAPPORT_DATABASE_URL names holds {accounts} accounts; the demo wants an empty one"
        );
    }
    Ok(())
}

/// Eight in the morning of a day, UTC.
pub(super) fn morning(day: chrono::NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::from_hms_opt(8, 0, 0).expect("eight o'clock is a time")).and_utc()
}
