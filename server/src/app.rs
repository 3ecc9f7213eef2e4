//! What every room may ask for.

use std::sync::Arc;

use anyhow::{bail, ensure};
use secrecy::ExposeSecret;
use templates::Templates;
use uuid::Uuid;

use crate::clock::Clock;
use crate::config::Settings;
use crate::ids::Ids;
use crate::keys::Keys;
use crate::mark::Mark;
use crate::store::{Db, installation, starters};

/// The running house. Cheap to clone.
#[derive(Debug, Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// New identifiers.
    pub ids: Ids,
    /// Keys for tokens and hashes.
    pub keys: Keys,
    /// Every page that can be drawn.
    pub templates: Arc<Templates>,
    /// Settings.
    pub settings: Arc<Settings>,
    /// The vendor's own mark.
    pub mark: Option<Arc<Mark>>,
    /// Root of the identifiers that are derived from names.
    pub namespace: Uuid,
    /// Name of this node in leases, new at every start.
    pub node: Arc<str>,
}

impl App {
    /// Opens the house on these settings, with the machine's time and identifiers.
    pub async fn open(settings: Settings) -> anyhow::Result<Self> {
        let (ids, path) = (Ids::of_the_machine(), settings.secret_path());
        let db = Db::open(settings.database_url.expose_secret()).await?;
        let keys = match Keys::read(&path)? {
            Some(keys) => keys,
            None if installation::known_key(&db).await?.is_none() => Keys::make(&path, &ids)?,
            None => bail!(
                "the root key is not at {}, and this database was made with one; bring the file back from a backup, or \
                 name it in secret_file: with another key no stop link works and no suppression is found",
                path.display()
            ),
        };
        Self::on(db, settings, keys, Clock::Real, ids).await
    }

    /// Opens the house with keys, a clock and identifiers of one's own.
    pub async fn open_with(settings: Settings, keys: Keys, clock: Clock, ids: Ids) -> anyhow::Result<Self> {
        let db = Db::open(settings.database_url.expose_secret()).await?;
        Self::on(db, settings, keys, clock, ids).await
    }

    async fn on(db: Db, settings: Settings, keys: Keys, clock: Clock, ids: Ids) -> anyhow::Result<Self> {
        let check = keys.mac("fingerprint", b"");
        let installation = installation::open(&db, &ids, &check, clock.now()).await?;
        ensure!(
            installation.key_check == check,
            "the root key at {} is not the one that this database was made with; name the right file in secret_file: \
             with another key no stop link works and no suppression is found",
            settings.secret_path().display()
        );
        let namespace = installation.namespace;
        starters::seed(&db, clock.now()).await?;
        let node = Ids::of_the_machine().next().hyphenated().to_string().into();
        let templates = Arc::new(Templates::new()?);
        let mark = settings.vendor.mark.as_deref().map(Mark::read).transpose()?.map(Arc::new);
        Ok(Self { db, clock, ids, keys, templates, settings: Arc::new(settings), mark, namespace, node })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn settings(place: &testing::Place, folder: &std::path::Path) -> Settings {
        Settings {
            database_url: place.url.clone().into(),
            data_dir: folder.to_owned(),
            ..Settings::default()
        }
    }

    #[tokio::test]
    async fn a_house_opens_with_the_key_it_was_made_with_and_with_no_other() {
        for place in testing::databases().await {
            let folder = tempfile::tempdir().unwrap();
            let settings = settings(&place, folder.path());
            let first = App::open(settings.clone()).await.unwrap();
            let again = App::open(settings.clone()).await.unwrap();
            assert_eq!(first.namespace, again.namespace, "on {}", place.name);

            let secret = settings.secret_path();
            let right = std::fs::read(&secret).unwrap();
            std::fs::remove_file(&secret).unwrap();
            let missing = App::open(settings.clone()).await.unwrap_err().to_string();
            assert!(missing.contains("backup") && !secret.exists(), "{missing}, on {}", place.name);

            Keys::make(&secret, &first.ids).unwrap();
            let other = App::open(settings.clone()).await.unwrap_err().to_string();
            assert!(other.contains("not the one"), "{other}, on {}", place.name);

            std::fs::write(&secret, right).unwrap();
            App::open(settings).await.unwrap();
        }
    }
}
