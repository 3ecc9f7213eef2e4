//! What the outside mail server does, at which stage of a conversation, and to whom.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{Semaphore, watch};

/// A stage of one conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Before the first word.
    Greeting,
    /// After EHLO, before its answer.
    Hello,
    /// After AUTH, before its answer.
    SignIn,
    /// After MAIL, before its answer.
    Sender,
    /// After STARTTLS, before its answer.
    Tls,
    /// After RCPT, before its answer.
    Recipient,
    /// After DATA, before 354.
    Data,
    /// After the first line of the letter.
    Body,
    /// After the final dot; the letter is not kept yet.
    Dot,
    /// After the letter is kept; nobody has been told.
    Kept,
    /// After the letter is kept and its sender was told so.
    Done,
}

/// What the server does there instead of going on at once.
#[derive(Debug, Clone)]
pub enum Deed {
    /// Answers with this code. At [`Stage::Dot`] the letter is not kept; at [`Stage::Kept`] this may be a lie.
    Say(u16),
    /// Answers with something that is no reply at all.
    Babble,
    /// Hangs up without a word.
    HangUp,
    /// Cuts the line so that the other side is told at once, and what is under way is lost.
    Reset,
    /// Goes on, and says these words right behind its answer.
    Add(&'static str),
    /// Goes on after this time.
    Wait(Duration),
    /// Goes on when the gate is opened.
    Hold(Gate),
}

/// Holds conversations until it is opened, and tells how many it holds.
#[derive(Debug, Clone)]
pub struct Gate {
    open: Arc<Semaphore>,
    holding: watch::Sender<usize>,
}

impl Gate {
    /// A gate that nobody passes.
    pub fn shut() -> Self {
        Self { open: Arc::new(Semaphore::new(0)), holding: watch::Sender::new(0) }
    }

    /// Lets everybody pass from now on.
    pub fn open(&self) {
        self.open.add_permits(1_000_000);
    }

    /// Comes when this many conversations have reached the gate.
    pub async fn holds(&self, conversations: usize) {
        let mut holding = self.holding.subscribe();
        let reached = holding.wait_for(|count| *count >= conversations);
        tokio::time::timeout(Duration::from_secs(30), reached)
            .await
            .expect("conversations reach the gate within 30 seconds")
            .expect("the gate lasts as long as this borrow of it");
    }

    pub(super) async fn pass(&self) {
        self.holding.send_modify(|count| *count += 1);
        self.open.acquire().await.expect("the gate is never closed for good").forget();
    }
}

/// Deeds in the order they were told; of several that fit, the first is done.
#[derive(Debug, Default)]
pub(super) struct Script {
    lines: Mutex<Vec<Line>>,
}

#[derive(Debug)]
struct Line {
    stage: Stage,
    recipient: Option<String>,
    deed: Deed,
    times: Option<usize>,
}

impl Script {
    pub(super) fn add(&self, stage: Stage, recipient: Option<&str>, times: Option<usize>, deed: Deed) {
        let recipient = recipient.map(str::to_owned);
        self.lines().push(Line { stage, recipient, deed, times });
    }

    pub(super) fn forget(&self) {
        self.lines().clear();
    }

    /// What to do now, if anything out of the ordinary.
    pub(super) fn at(&self, stage: Stage, recipient: &str) -> Option<Deed> {
        let mut lines = self.lines();
        let fits = |line: &&mut Line| {
            let for_them = line.recipient.as_deref().is_none_or(|one| one == recipient);
            line.stage == stage && for_them && line.times != Some(0)
        };
        let line = lines.iter_mut().find(fits)?;
        line.times = line.times.map(|times| times - 1);
        Some(line.deed.clone())
    }

    fn lines(&self) -> std::sync::MutexGuard<'_, Vec<Line>> {
        self.lines.lock().expect("nothing panics while it holds this lock")
    }
}
