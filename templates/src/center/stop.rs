//! `/u/{token}`: stopping, and the short pages that say that something is done.

use serde::Serialize;

use super::{Around, Link};
use crate::{Frame, RenderError, Templates, Words};

/// "Stop all e-mails?", with one button. Opening it changes nothing, since mail scanners open links too.
///
/// It names nobody: a forwarded link must not tell whose it is.
#[derive(Debug, Clone, Serialize)]
pub struct StopPage {
    /// What surrounds the page.
    pub around: Around,
    /// Where the button posts to.
    pub action: String,
    /// Whether the letters about one question are to be stopped, and no others.
    pub of_question: bool,
    /// The way to get fewer letters instead of none.
    pub choices_href: Option<String>,
}

/// Something is done, and this is what holds now.
#[derive(Debug, Clone, Serialize)]
pub struct DonePage {
    /// What surrounds the page.
    pub around: Around,
    /// What is done, in a few words.
    pub title: String,
    /// What that means, a sentence each.
    pub lines: Vec<String>,
    /// The one thing to do next.
    pub next: Link,
    /// What else may be wanted.
    pub other: Option<Link>,
}

impl DonePage {
    /// All e-mails are stopped. `choices_href` leads back to the choices, for second thoughts.
    pub fn stopped(words: &Words, around: Around, choices_href: Option<String>) -> Self {
        Self {
            title: words.say("stopped-title"),
            lines: vec![words.say("stopped-now"), words.say("stopped-owed")],
            other: choices_href.map(|href| Link { label: words.say("stopped-fewer"), href }),
            ..Self::new(words, around)
        }
    }

    /// Letters about one question are stopped.
    pub fn stopped_of_question(words: &Words, around: Around) -> Self {
        Self {
            title: words.say("stopped-question-title"),
            lines: vec![words.say("stopped-question-now"), words.say("stopped-question-back")],
            ..Self::new(words, around)
        }
    }

    /// An answer to a one-tap question was kept.
    pub fn answered(words: &Words, around: Around) -> Self {
        Self {
            title: words.say("answered-title"),
            lines: vec![words.say("answered-words")],
            ..Self::new(words, around)
        }
    }

    fn new(words: &Words, around: Around) -> Self {
        let next = Link { label: words.say("done-home"), href: "/".to_owned() };
        Self { around, title: String::new(), lines: Vec::new(), next, other: None }
    }
}

impl Templates {
    /// Draws the page that asks before stopping.
    pub fn center_stop(&self, frame: &Frame, page: &StopPage) -> Result<String, RenderError> {
        self.page("pages/center/stop.html", frame, page)
    }

    /// Draws a page that says what is done.
    pub fn center_done(&self, frame: &Frame, page: &DonePage) -> Result<String, RenderError> {
        self.page("pages/center/done.html", frame, page)
    }
}
