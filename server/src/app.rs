//! What every room may ask for.

use std::sync::Arc;

use secrecy::ExposeSecret;
use templates::Templates;
use uuid::Uuid;

use crate::clock::Clock;
use crate::config::Settings;
use crate::ids::Ids;
use crate::keys::Keys;
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
    /// Root of the identifiers that are derived from names.
    pub namespace: Uuid,
    /// Name of this node in leases, new at every start.
    pub node: Arc<str>,
}

impl App {
    /// Opens the house on these settings, with the machine's time and identifiers.
    pub async fn open(settings: Settings) -> anyhow::Result<Self> {
        let ids = Ids::of_the_machine();
        let keys = Keys::open(&settings.secret_path(), &ids)?;
        Self::open_with(settings, keys, Clock::Real, ids).await
    }

    /// Opens the house with keys, a clock and identifiers of one's own.
    pub async fn open_with(settings: Settings, keys: Keys, clock: Clock, ids: Ids) -> anyhow::Result<Self> {
        let db = Db::open(settings.database_url.expose_secret()).await?;
        let namespace = installation::namespace(&db, &ids, clock.now()).await?;
        starters::seed(&db, clock.now()).await?;
        let node = Ids::of_the_machine().next().hyphenated().to_string().into();
        let templates = Arc::new(Templates::new()?);
        Ok(Self { db, clock, ids, keys, templates, settings: Arc::new(settings), namespace, node })
    }
}
