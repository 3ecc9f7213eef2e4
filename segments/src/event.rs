//! What happened to a person, or what they did.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One thing that happened, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub at: DateTime<Utc>,
    /// The letter it is about.
    pub message: Option<Uuid>,
    /// The item it is about.
    pub item: Option<String>,
    /// Kind and format of that item, when the catalogue has it.
    pub item_words: Vec<ItemWord>,
    /// Items that its letter carried.
    pub carried: Vec<Carried>,
    /// For opens and clicks: who we think did it.
    pub verdict: Option<Verdict>,
}

/// An item that a letter carried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Its slug.
    pub item: String,
    /// Its kind and format, when the catalogue has it.
    pub words: Vec<ItemWord>,
}

impl Event {
    /// An event that is about nothing in particular.
    pub const fn blank(kind: EventKind, at: DateTime<Utc>) -> Self {
        Self {
            kind,
            at,
            message: None,
            item: None,
            item_words: Vec::new(),
            carried: Vec::new(),
            verdict: None,
        }
    }
}

words! {
    /// What can happen.
    EventKind, "kind of event":
    /// A letter left us.
    Sent = "sent",
    /// The other side said it arrived.
    Delivered = "delivered",
    /// It came back.
    Bounced = "bounced",
    /// A letter was opened, by whom the verdict says.
    Opened = "opened",
    /// A link was followed, by whom the verdict says.
    Clicked = "clicked",
    /// Somebody answered a letter.
    Replied = "replied",
    /// An item was looked at in the resource center.
    Viewed = "viewed",
    /// An item was finished.
    Completed = "completed",
    /// A question was asked.
    Asked = "asked",
    /// A question was answered.
    Answered = "answered",
    /// Somebody signed in.
    SignedIn = "signed-in",
    /// A form was sent in.
    Form = "form",
}

words! {
    /// Who opened or clicked.
    Verdict, "verdict":
    /// A person.
    Human = "human",
    /// A scanner or a prefetch.
    Machine = "machine",
    /// Nobody can say.
    Unclear = "unclear",
}

words! {
    /// Kinds and formats of items, which questions name the same way.
    ItemWord, "kind or format of item":
    /// Kind: teaches.
    Training = "training",
    /// Kind: puts something right.
    Support = "support",
    /// Kind: peers among themselves.
    Community = "community",
    /// Format: done within minutes.
    Quick = "quick",
    /// Format: several steps.
    Lesson = "lesson",
    /// Format: symptom first.
    Fix = "fix",
    /// Format: to read.
    Article = "article",
    /// Format: a question and its answers.
    Question = "question",
}

impl ItemWord {
    /// True for a kind, false for a format.
    pub const fn is_kind(self) -> bool {
        matches!(self, Self::Training | Self::Support | Self::Community)
    }
}
