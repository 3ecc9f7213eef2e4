//! Every recurring job, one to a line; each is a `tick` that may run at any time, twice, on any node.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::sync::Mutex;
use tokio_cron_scheduler::{Job, JobScheduler};

use crate::app::App;
use crate::campaigns::dispatch::{self, Post};
use crate::campaigns::{comparison, plan};
use crate::community::asking;
use crate::doors;
use crate::learning::shelves;
use crate::lift::report::holds;
use crate::notices;
use crate::profiles::{erasing, joining};
use crate::shelf::Shelves;

/// The first second of every minute.
const EVERY_MINUTE: &str = "0 * * * * *";
/// Somebody waits in front of their mailbox.
const EVERY_OTHER_SECOND: &str = "*/2 * * * * *";

/// How long letters on the wire may take once we are told to stop.
const LAST_LETTERS: Duration = Duration::from_secs(30);

/// The clockwork while it runs.
pub struct Clockwork {
    scheduler: JobScheduler,
    post: Arc<Post>,
    at_work: Arc<Mutex<()>>,
}

/// Winds it up. A minute whose work takes longer swallows the next ones.
pub async fn start(app: &App, shelves: &Shelves) -> anyhow::Result<Clockwork> {
    let scheduler = JobScheduler::new().await.context("making the clockwork")?;
    let at_work = Arc::new(Mutex::new(()));
    let post = Arc::new(Post::open(app, shelves).await?);
    let service = service_letters(app, &post)?;
    let (app, busy, letters) = (app.clone(), Arc::clone(&at_work), Arc::clone(&post));
    let job = Job::new_async(EVERY_MINUTE, move |_, _| {
        let (app, post, busy) = (app.clone(), Arc::clone(&letters), Arc::clone(&busy));
        Box::pin(async move {
            if let Ok(_at_work) = busy.try_lock() {
                minute(&app, &post).await;
            }
        })
    })?;
    scheduler.add(job).await.context("adding the minute")?;
    scheduler.add(service).await.context("adding the service letters")?;
    scheduler.start().await.context("starting the clockwork")?;
    Ok(Clockwork { scheduler, post, at_work })
}

impl Clockwork {
    /// Begins nothing more, no further letter of a campaign either, and waits for what has begun.
    pub async fn stop(mut self) {
        self.post.stop();
        if let Err(error) = self.scheduler.shutdown().await {
            tracing::warn!(error = error.to_string(), "the clockwork did not stop as it should");
        }
        if tokio::time::timeout(LAST_LETTERS, self.at_work.lock()).await.is_err() {
            tracing::warn!(
                "a letter was still on the wire when we stopped; it will be unknown whether it was taken"
            );
        }
    }
}

/// The work of one minute. The clockwork calls this on every node; a test calls it by hand.
pub async fn minute(app: &App, post: &Post) {
    // Looking comes first: no letter of this minute goes out against what the reading says.
    tell("programs whose letters pause", holds::tick(app).await);
    tell("families put on a side, or let go", comparison::tick(app).await);
    tell("letters handed over", letters(app, post).await);
    tell("campaigns done", plan::tick(app).await);
    tell("old doors swept out", doors::tick(app).await);
    tell("old service letters forgotten", notices::sweep(app).await);
    tell("deleted shelves forgotten", shelves::tick(app).await);
    tell("erasures that are over", erasing::tick(app).await);
    tell("forms that nobody confirmed forgotten", joining::sweep(app).await);
    tell("questions that nobody came back to forgotten", asking::sweep(app).await);
}

/// Batch after batch, until nothing is due or nobody takes it.
async fn letters(app: &App, post: &Post) -> anyhow::Result<u64> {
    let mut sent = 0;
    loop {
        let round = dispatch::tick(app, post).await?;
        sent += round.sent;
        if round.claimed == 0 || round.unreachable || post.is_stopping() {
            return Ok(sent);
        }
    }
}

/// Says what a job did, or that it failed; the next minute tries again.
fn tell<E: Into<anyhow::Error>>(what: &str, done: Result<u64, E>) {
    match done {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "{what}"),
        Err(error) => tracing::error!(error = format!("{:#}", error.into()), "not done this minute: {what}"),
    }
}

/// Service letters have a time of their own: a sign-in link does not wait for a campaign.
fn service_letters(app: &App, post: &Arc<Post>) -> anyhow::Result<Job> {
    let (app, post, busy) = (app.clone(), Arc::clone(post), Arc::new(Mutex::new(())));
    Ok(Job::new_async(EVERY_OTHER_SECOND, move |_, _| {
        let (app, post, busy) = (app.clone(), Arc::clone(&post), Arc::clone(&busy));
        Box::pin(async move {
            if let Ok(_at_work) = busy.try_lock() {
                tell("service letters handed over", notices::tick(&app, post.relay()).await);
            }
        })
    })?)
}
