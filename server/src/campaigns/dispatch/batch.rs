//! What one round has in hand: messages, and everything that their letters are drawn from.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};

use anyhow::{Context, bail};
use sea_orm::DbErr;
use segments::Profile;
use templates::emails::Compiled;
use tokio::sync::Mutex;
use uuid::Uuid;

use super::Post;
use super::refusals::Refusals;
use crate::app::App;
use crate::shelf::{self, Shelf};
use crate::store::journeys::{self, Version};
use crate::store::messages::{self, Message};
use crate::store::{audience, products};

/// Messages in hand, and what is needed to draw them.
pub(super) struct Batch {
    pub(super) waiting: Mutex<VecDeque<Message>>,
    pub(super) people: HashMap<Uuid, Profile>,
    pub(super) letters: HashMap<(Uuid, i32), Compiled>,
    pub(super) shelf: Shelf,
    pub(super) products: HashMap<String, String>,
    pub(super) stopping: Arc<AtomicBool>,
    pub(super) refusals: Arc<Refusals>,
    pub(super) sent: AtomicU64,
}

impl Batch {
    pub(super) async fn load(app: &App, post: &Post, claimed: Vec<Message>) -> anyhow::Result<Self> {
        let contacts: Vec<Uuid> = claimed.iter().map(|message| message.contact_id).collect();
        let profiles = audience::load_profiles(app.db.read(), &contacts, app.clock.now()).await?;
        let people = profiles.into_iter().map(|profile| (profile.id.uuid(), profile)).collect();
        let shelf = post.shelves.current(app).await?;
        let mut letters = HashMap::new();
        for message in &claimed {
            let key = (message.journey_id, message.version);
            if let Entry::Vacant(unknown) = letters.entry(key) {
                match launched(app, &shelf, message).await {
                    Ok(letter) => drop(unknown.insert(letter)),
                    Err(error) => {
                        let error = format!("{error:#}");
                        tracing::error!(error, journey.id = %message.journey_id, "a campaign waits for its letter");
                    }
                }
            }
        }
        Ok(Self {
            waiting: Mutex::new(claimed.into()),
            people,
            letters,
            shelf,
            products: products::all(app.db.read())
                .await?
                .into_iter()
                .map(|one| (one.code, one.name))
                .collect(),
            stopping: Arc::clone(&post.stopping),
            refusals: Arc::clone(&post.refusals),
            sent: AtomicU64::new(0),
        })
    }
}

/// The letter as it was launched. A version from before letters were kept sends the one that is in force, as long as
/// it is about the same.
async fn launched(app: &App, shelf: &Shelf, message: &Message) -> anyhow::Result<Compiled> {
    let versions = journeys::versions(app.db.read(), message.journey_id).await?;
    let launched = |version: &&Version| version.version == message.version;
    let version = versions.iter().find(launched).context("its version is gone")?;
    let name = version.journey.letter().1;
    let in_force = || shelf.pin(name).with_context(|| format!("there is no letter {name}"));
    let kept = version.letter.clone().map_or_else(in_force, Ok)?;
    let letter = shelf::pinned(name, &kept)?;
    let purpose = letter.meta().purpose.as_str();
    if purpose != message.purpose {
        bail!("the letter {name} is about {purpose} now, and was launched about {}", message.purpose);
    }
    Ok(letter)
}

impl Batch {
    /// The waiting messages of a journey that is paused or stopped, which need not try the fence one by one.
    async fn take_out(&self, journey: Uuid) -> Vec<Message> {
        let mut waiting = self.waiting.lock().await;
        let (out, stay): (VecDeque<_>, VecDeque<_>) =
            waiting.drain(..).partition(|message| message.journey_id == journey);
        *waiting = stay;
        Vec::from(out)
    }

    /// Gives back this message and what waits of its journey, and pauses the journey when there is a reason. No try
    /// counts.
    pub(super) async fn give_back(
        &self,
        app: &App,
        message: &Message,
        why: Option<&str>,
    ) -> Result<(), DbErr> {
        let mut back = self.take_out(message.journey_id).await;
        back.push(message.clone());
        let txn = app.db.begin().await?;
        if let Some(why) = why {
            journeys::pause_because(&txn, message.journey_id, &why.replace(char::is_control, " ")).await?;
        }
        messages::release(&txn, &back).await?;
        txn.commit().await
    }
}
