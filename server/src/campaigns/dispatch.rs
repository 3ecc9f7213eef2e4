//! Hands due messages over, each at most once, however many nodes do this at the same time and whenever they die.
//!
//! The fence is written when the whole letter was said and its final dot was not: when it changes no row (lease over,
//! stopped, paused, suppressed), we hang up without the dot. Should this node die behind the fence, nobody sends
//! again: one too few beats two.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use segments::Email;

use self::batch::Batch;
use self::fence::Fence;
use self::refusals::Refusals;
use super::compose::{Composed, Source, compose};
use crate::app::App;
use crate::mail::courier::{Connection, Handed, Patience, Stage};
use crate::mail::mailbox::Mailbox;
use crate::mail::relay::{NoConnection, Relay};
use crate::shelf::Shelves;
use crate::store::messages::{self, Closed, Message, Outcome};

mod batch;
mod fence;
mod refusals;

/// How long a message waits for what is not there: a sound letter, or the answer about another one to the same person.
const A_WHILE: TimeDelta = TimeDelta::minutes(5);

/// Where letters go, and what they are drawn from.
#[derive(Debug)]
pub struct Post {
    relay: Relay,
    shelves: Shelves,
    stopping: Arc<AtomicBool>,
    refusals: Arc<Refusals>,
    _mailbox: Option<Mailbox>,
}

impl Post {
    /// The server that the settings name, or the built-in mailbox.
    pub async fn open(app: &App, shelves: &Shelves) -> anyhow::Result<Self> {
        let (url, mailbox) = if let Some(url) = app.settings.smtp() {
            (url.to_owned(), None)
        } else {
            let mailbox = Mailbox::open(app).await?;
            (mailbox.url(), Some(mailbox))
        };
        let seconds = |seconds: u32| Duration::from_secs(seconds.into());
        let dot = seconds(app.settings.mail.answer_seconds);
        let stuck = seconds(app.settings.mail.stuck_seconds());
        let ca_file = app.settings.smtp_ca_file.as_deref().filter(|_| mailbox.is_none());
        let patience = Patience { stuck, dot, ..Patience::default() };
        let relay = Relay::parse(&url, ca_file)?.with_patience(patience);
        Ok(Self {
            relay,
            shelves: shelves.clone(),
            stopping: Arc::default(),
            refusals: Arc::default(),
            _mailbox: mailbox,
        })
    }
}

impl Post {
    /// Begins no further letter: what is on the wire is finished, and the rest is given back at once.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
    }

    /// Whether no further letter is begun.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }
}

impl Post {
    /// Where letters go.
    pub fn relay(&self) -> &Relay {
        &self.relay
    }
}

/// What one round of sending did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Messages taken in hand.
    pub claimed: u64,
    /// Messages that a server took.
    pub sent: u64,
    /// True when the mail server could not be reached.
    pub unreachable: bool,
}

/// Sends one batch of what is due now. The clockwork calls this on every node; a test calls it by hand.
pub async fn tick(app: &App, post: &Post) -> anyhow::Result<Round> {
    if post.is_stopping() {
        return Ok(Round::default());
    }
    let now = app.clock.now();
    let (mail, owner) = (app.settings.mail, app.node.to_string());
    let txn = app.db.begin().await?;
    messages::sweep(&txn, now).await?;
    let claimed = messages::claim(&txn, &owner, mail.batch, mail.lease_seconds, now).await?;
    txn.commit().await?;
    if claimed.is_empty() {
        return Ok(Round::default());
    }
    let round = Round { claimed: claimed.len() as u64, ..Round::default() };
    let batch = Arc::new(Batch::load(app, post, claimed).await?);
    let workers = (0..mail.connections).map(|_| work(app.clone(), post.relay.clone(), Arc::clone(&batch)));
    let ended = futures_util::future::join_all(workers).await;
    let left: Vec<Message> = batch.waiting.lock().await.drain(..).collect();
    if !left.is_empty() {
        let txn = app.db.begin().await?;
        messages::release(&txn, &left).await?;
        txn.commit().await?;
    }
    let unreachable = ended.contains(&Some(false)) && !ended.contains(&Some(true));
    Ok(Round { sent: batch.sent.load(Ordering::SeqCst), unreachable, ..round })
}

/// One connection's share of the batch. Answers whether the server could be reached, if there was a letter for it.
async fn work(app: App, relay: Relay, batch: Arc<Batch>) -> Option<bool> {
    let mut connection = None;
    let mut reached = None;
    while !batch.stopping.load(Ordering::SeqCst) {
        let Some(message) = batch.waiting.lock().await.pop_front() else { break };
        let Some(composed) = draw(&app, &batch, &message).await else { continue };
        let open = match connection.take() {
            Some(open) => Ok(open),
            None => relay.connect().await,
        };
        let mut open = match open {
            Ok(open) => open,
            Err(NoConnection::Refused(reply)) => {
                reached = Some(true);
                let why = format!("the mail server does not let us in: {reply}");
                refused(&app, &batch, &message, batch.refusals.at_the_door(), &why).await;
                continue;
            }
            Err(NoConnection::Away(error)) => {
                tracing::warn!(error = format!("{error:#}"), "the mail server could not be reached");
                batch.waiting.lock().await.push_front(message);
                return Some(false);
            }
        };
        reached = Some(true);
        batch.refusals.let_in();
        match deliver(&app, &batch, &mut open, &message, composed).await {
            Ok(true) => connection = Some(open),
            Ok(false) => {}
            Err(error) => tracing::error!(%error, message.id = %message.id, "an outcome could not be kept"),
        }
    }
    if let Some(open) = connection {
        open.quit().await;
    }
    reached
}

/// Draws the letter. One that cannot be drawn has failed and hurts nobody else; one with nothing to show is skipped.
async fn draw(app: &App, batch: &Batch, message: &Message) -> Option<Composed> {
    let Some(letter) = batch.letters.get(&(message.journey_id, message.version)) else {
        put_off(app, message).await;
        return None;
    };
    let drawn = match batch.people.get(&message.contact_id) {
        Some(profile) => {
            let source = Source { letter, shelf: &batch.shelf, products: &batch.products };
            compose(app, source, message, profile, app.clock.now())
        }
        None => Err(anyhow::anyhow!("the person is gone")),
    };
    let instead = match drawn {
        Ok(Ok(composed)) => return Some(composed),
        Ok(Err("nothing-fits")) => {
            Outcome::Skipped { reason: why_nothing_fits(app, batch, message).await.to_owned() }
        }
        Ok(Err(reason)) => Outcome::Skipped { reason: reason.to_owned() },
        Err(error) => {
            let error = format!("{error:#}");
            tracing::warn!(error, message.id = %message.id, "a letter could not be drawn");
            Outcome::Failed { reason: "render".to_owned(), reply: Some(error) }
        }
    };
    if let Err(error) = settle(app, message, instead).await {
        tracing::error!(%error, message.id = %message.id, "an outcome could not be kept");
    }
    None
}

/// Lets a message wait for a while. That is no fault of the message, and the try does not count.
async fn put_off(app: &App, message: &Message) {
    let (message, due_at) = (message.clone(), app.clock.now() + A_WHILE);
    let id = message.id;
    let kept = app.db.group().commit(move |txn| {
        let message = message.clone();
        Box::pin(async move { messages::put_off(txn, &[message], due_at).await })
    });
    if let Err(error) = kept.await {
        tracing::error!(%error, message.id = %id, "a message could not be put off");
    }
}

/// Who took back every consent fits nothing either; then that is the reason.
async fn why_nothing_fits(app: &App, batch: &Batch, message: &Message) -> &'static str {
    let Some(email) = batch.people.get(&message.contact_id).and_then(|one| Email::parse(&one.email).ok())
    else {
        return "nothing-fits";
    };
    let hash = app.keys.address_hash(email.key());
    match messages::why_closed(app.db.read(), message, &hash, app.clock.now()).await {
        Ok(Closed::Skip(reason)) => reason,
        _ => "nothing-fits",
    }
}

/// Hands one letter over and keeps the outcome. Answers whether the connection is good for another.
async fn deliver(
    app: &App,
    batch: &Batch,
    connection: &mut Connection,
    message: &Message,
    composed: Composed,
) -> anyhow::Result<bool> {
    let parcel = composed.parcel;
    let from = parcel.from.to_string();
    let fence = Fence {
        address_hash: app.keys.address_hash(parcel.to.as_ref()),
        links: composed.links,
        choices: composed.choices,
        message: message.clone(),
    };
    let mut closed = None;
    let mut late = false;
    let (handed, good) = connection
        .hand(&parcel, async || {
            let begun = Instant::now();
            match fence.write(app).await {
                Ok(Ok(())) => {
                    // Its lease runs since before it was written. What is left of it has to last until the answer.
                    late = begun.elapsed() > Duration::from_secs(app.settings.mail.writing_seconds().into());
                    !late
                }
                Ok(Err(reason)) => {
                    closed = Some(reason);
                    false
                }
                Err(error) => {
                    tracing::error!(%error, message.id = %message.id, "the fence could not be written");
                    false
                }
            }
        })
        .await;
    batch.refusals.heard(&handed);
    let outcome = match handed {
        Handed::Taken(reply) => {
            batch.sent.fetch_add(1, Ordering::SeqCst);
            Outcome::Sent { reply }
        }
        Handed::Refused { stage: Stage::Sender, for_now: false, reply } => {
            let why = format!("the mail server does not take letters from {from}: {reply}");
            refused(app, batch, message, batch.refusals.of_our_sender(), &why).await;
            return Ok(good);
        }
        Handed::Refused { for_now: false, reply, .. } => {
            Outcome::Failed { reason: "refused".to_owned(), reply: Some(reply) }
        }
        Handed::Refused { for_now: true, reply, .. } | Handed::Died(reply) => {
            later(app, message, Some(reply))
        }
        Handed::Unspeakable => Outcome::Failed {
            reason: "needs-smtputf8".to_owned(),
            reply: Some("not asked: it offers no SMTPUTF8, which this address needs".to_owned()),
        },
        Handed::Unanswered => Outcome::Unknown,
        Handed::Stale => {
            batch.waiting.lock().await.push_front(message.clone());
            return Ok(false);
        }
        Handed::Fenced if late => later(
            app,
            message,
            Some("the dot was not said: writing down that it would be took too long".to_owned()),
        ),
        Handed::Fenced => match closed {
            Some(Closed::Skip(reason)) => Outcome::Skipped { reason: reason.to_owned() },
            Some(Closed::Waiting) => {
                batch.give_back(app, message, None).await?;
                return Ok(good);
            }
            Some(Closed::Meanwhile) => {
                put_off(app, message).await;
                return Ok(good);
            }
            // Lost, or the fence itself failed: whoever holds the row now decides, or the lease runs out.
            Some(Closed::Lost) | None => return Ok(good),
        },
    };
    settle(app, message, outcome).await?;
    Ok(good)
}

/// The server wants nothing of us, whoever the letter is for: it waits. When that was said too often in a row, its
/// campaign pauses until a person has seen to it.
async fn refused(app: &App, batch: &Batch, message: &Message, too_often: bool, why: &str) {
    if !too_often {
        batch.waiting.lock().await.push_front(message.clone());
        return;
    }
    tracing::warn!(journey.id = %message.journey_id, "a campaign pauses: the mail server refuses us");
    if let Err(error) = batch.give_back(app, message, Some(why)).await {
        tracing::error!(%error, message.id = %message.id, "a campaign could not be paused");
    }
}

/// Back to wait, longer each time, or failed for good after the last try.
fn later(app: &App, message: &Message, reply: Option<String>) -> Outcome {
    if message.attempts >= app.settings.mail.attempts {
        return Outcome::Failed { reason: "expired".to_owned(), reply };
    }
    let doubling = u32::try_from(message.attempts.clamp(1, 7) - 1).unwrap_or(0);
    let wait = TimeDelta::minutes(5 * (1 << doubling));
    Outcome::Retry { due_at: app.clock.now() + wait, reply }
}

async fn settle(app: &App, message: &Message, outcome: Outcome) -> Result<bool, sea_orm::DbErr> {
    let (message, outcome, now) = (Arc::new(message.clone()), Arc::new(outcome), app.clock.now());
    app.db
        .group()
        .commit(move |txn| {
            let (message, outcome) = (Arc::clone(&message), Arc::clone(&outcome));
            Box::pin(async move { messages::settle(txn, &message, &outcome, now).await })
        })
        .await
}
