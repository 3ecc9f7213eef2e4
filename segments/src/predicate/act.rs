//! What people did, or were not seen to do.

use serde::{Deserialize, Serialize};

use super::{Times, When};
use crate::{EventKind, ItemWord, Purpose};

/// Something done, how often and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// What was done.
    pub verb: Verb,
    /// To what.
    #[serde(default, skip_serializing_if = "Object::is_any")]
    pub of: Object,
    /// How often; at least once where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<Times>,
    /// When; ever, where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
}

/// Something that people were given the chance to do, may be watched for, and were not seen to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unseen {
    /// What was not done: opened, clicked or replied.
    pub verb: Verb,
    /// To what.
    #[serde(default, skip_serializing_if = "Object::is_any")]
    pub of: Object,
    /// When it was sent, and not done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
}

/// What an act was done to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Object {
    /// Anything.
    #[default]
    Any,
    /// Any item of this kind or format, as the catalogue has it now.
    Kind(ItemWord),
    /// This item, by its slug.
    Item(String),
}

impl Object {
    fn is_any(&self) -> bool {
        *self == Self::Any
    }
}

words! {
    /// What people do.
    Verb, "act":
    /// Was sent a letter.
    Received = "received",
    /// Opened one.
    Opened = "opened",
    /// Followed a link.
    Clicked = "clicked",
    /// Answered one.
    Replied = "replied",
    /// Looked at an item.
    Viewed = "viewed",
    /// Finished an item.
    Completed = "completed",
    /// Asked a question.
    Asked = "asked",
    /// Answered a question.
    Answered = "answered",
}

impl Verb {
    /// The kinds of event that count as this act.
    pub(crate) const fn kinds(self) -> &'static [EventKind] {
        match self {
            Self::Received => &[EventKind::Sent, EventKind::Delivered],
            Self::Opened => &[EventKind::Opened],
            Self::Clicked => &[EventKind::Clicked],
            Self::Replied => &[EventKind::Replied],
            Self::Viewed => &[EventKind::Viewed],
            Self::Completed => &[EventKind::Completed],
            Self::Asked => &[EventKind::Asked],
            Self::Answered => &[EventKind::Answered],
        }
    }

    /// The consent without which it is unknown whether somebody did this.
    pub(crate) const fn watched_under(self) -> Option<Purpose> {
        match self {
            Self::Opened | Self::Clicked => Some(Purpose::Tracking),
            _ => None,
        }
    }

    /// Whether only what a person did counts, and machine or unclear hits do not.
    pub(crate) const fn needs_verdict(self) -> bool {
        matches!(self, Self::Opened | Self::Clicked)
    }

    /// Whether naming an item means a letter that carried it; a click is about the one item it led to.
    pub(crate) const fn is_about_the_letter(self) -> bool {
        matches!(self, Self::Received | Self::Opened | Self::Replied)
    }

    /// As in "did not click", for the acts that a letter invites.
    pub(crate) const fn bare(self) -> Option<&'static str> {
        match self {
            Self::Opened => Some("open"),
            Self::Clicked => Some("click"),
            Self::Replied => Some("reply"),
            _ => None,
        }
    }
}
