//! Letters of the demo, over real SMTP; and what the people who get them do.

use std::collections::HashMap;

use anyhow::ensure;
use chrono::{DateTime, Utc};
use futures_util::{StreamExt, TryStreamExt, stream};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use segments::EventKind;

use super::world::{Hand, Reaction, ReactionKind, World};
use super::year::{Person, Stages};
use crate::app::App;
use crate::campaigns::dispatch::{self, Post};
use crate::campaigns::responses::{self, Asked};
use crate::campaigns::verdict::{AgentFamily, Method, NetworkClass};
use crate::campaigns::{plan, wishes};
use crate::clock::Clock;
use crate::ids;
use crate::shelf::Shelf;
use crate::store::entities::message;
use crate::store::events::{self, NewEvent};
use crate::store::journeys;

/// What newcomers begin with.
pub(super) const FIRST_LESSONS: [&str; 6] = [
    "greet-callers-after-hours",
    "guest-wifi-apart-from-work",
    "test-your-backup-in-10-minutes",
    "take-your-first-booking-online",
    "practice-a-card-payment",
    "lock-your-work-email",
];

/// People who react at the same time.
const AT_ONCE: usize = 64;

/// Launches one letter, telling the head count back, and sends until nothing is left.
pub(super) async fn send(
    app: &App,
    post: &Post,
    shelf: &Shelf,
    name: &str,
    stages: &mut dyn Stages,
) -> anyhow::Result<()> {
    let people = plan::preview(app, shelf, name).await?.entering.len() as u64;
    plan::launch(app, shelf, name, people, "demo").await?;
    stages.begin(&format!("Sending {name}"), people);
    loop {
        let round = dispatch::tick(app, post).await?;
        ensure!(!round.unreachable, "the mailbox of the demo cannot be reached");
        let (_, status) = plan::status(app, name).await?;
        stages.at(people.saturating_sub(status.pending()));
        if status.pending() == 0 {
            break;
        }
    }
    plan::finish(app, name).await?;
    let (_, status) = plan::status(app, name).await?;
    let left_out: u64 = status.skipped.values().sum();
    stages.end(&format!(
        "{} sent, {} failed, {} unknown, {left_out} left out",
        status.sent, status.failed, status.unknown
    ));
    Ok(())
}

/// Lets everybody who got the letter do what the world says they do.
pub(super) async fn replay(
    app: &App,
    world: &World,
    people: &HashMap<String, Person>,
    name: &str,
    letter: u32,
    stages: &mut dyn Stages,
) -> anyhow::Result<()> {
    let journey = journeys::find(app.db.read(), name).await?.expect("it was launched before");
    let sent: Vec<message::Model> = message::Entity::find()
        .filter(message::Column::JourneyId.eq(journey.id))
        .filter(message::Column::State.eq("sent"))
        .stream(app.db.read())
        .await?
        .try_collect()
        .await?;
    let numbers: HashMap<_, usize> = world
        .contacts
        .iter()
        .enumerate()
        .rev() // of two rows for one address, the first is the person
        .filter_map(|(number, contact)| Some((people.get(&contact.email)?.contact, number)))
        .collect();
    stages.begin(&format!("Reading {name}"), sent.len() as u64);
    let readers = sent.iter().filter_map(|row| Some((row, *numbers.get(&row.contact_id)?)));
    let mut done = 0;
    let mut read = stream::iter(readers)
        .map(|(row, number)| react(app, row, world.reactions(number, letter)))
        .buffer_unordered(AT_ONCE);
    let mut acts = 0;
    while let Some(count) = read.try_next().await? {
        (done, acts) = (done + 1, acts + count);
        stages.at(done);
    }
    stages.end(&format!("{acts} openings, clicks, lessons, replies and stops"));
    Ok(())
}

async fn react(app: &App, row: &message::Model, reactions: Vec<Reaction>) -> anyhow::Result<usize> {
    let delivered = row.handing_over_at.unwrap_or(row.planned_at);
    let count = reactions.len();
    for reaction in reactions {
        let at = delivered + reaction.after;
        // Everybody lives at their own pace: a clock of one's own, the same house.
        let app = App { clock: Clock::moved(at), ..app.clone() };
        match reaction.kind {
            ReactionKind::Open(hand) => responses::opened(&app, row.id, asked(hand)).await?,
            ReactionKind::Click { link, hand } => {
                responses::clicked(&app, row.id, link.into(), asked(hand)).await?;
            }
            ReactionKind::Lesson => note(&app, row, EventKind::Completed, lesson(row), at).await?,
            ReactionKind::Reply => note(&app, row, EventKind::Replied, None, at).await?,
            ReactionKind::Stop => wishes::stop(&app, row.contact_id, row.id, "stop link").await?,
        }
    }
    Ok(count)
}

/// How that hand asks for a pixel or a link.
fn asked(hand: Hand) -> Asked {
    let (agent, network) = match hand {
        Hand::Person => (AgentFamily::Browser, NetworkClass::Other),
        Hand::Prefetch => (AgentFamily::ApplePrivacy, NetworkClass::Apple),
        Hand::Scanner => (AgentFamily::Gateway, NetworkClass::Gateway),
    };
    Asked { method: Method::Get, prefetch: false, agent, network }
}

/// The item that the letter's first link with an item leads to.
fn lesson(row: &message::Model) -> Option<String> {
    let links = row.links.as_ref()?.as_array()?;
    links.iter().find_map(|link| Some(link["item"].as_str()?.to_owned()))
}

async fn note(
    app: &App,
    row: &message::Model,
    kind: EventKind,
    item: Option<String>,
    at: DateTime<Utc>,
) -> anyhow::Result<()> {
    let id = ids::named(row.id, "event", kind.as_str());
    let event = NewEvent {
        contact: Some(row.contact_id.into()),
        message: Some(row.id),
        item,
        recorded_at: at,
        ..NewEvent::of(id, row.account_id.into(), kind, at)
    };
    app.db
        .group()
        .commit(move |txn| {
            let event = event.clone();
            Box::pin(async move { events::record(txn, std::slice::from_ref(&event)).await })
        })
        .await?;
    Ok(())
}
