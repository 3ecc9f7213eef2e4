//! `/u/{token}`: stopping, and the short pages that say that something is done.

use serde::Serialize;

use super::{Around, Link};
use crate::{Frame, RenderError, Templates};

/// "Stop all e-mails?", with one button. Opening it changes nothing, since mail scanners open links too.
///
/// It names nobody: a forwarded link must not tell whose it is.
#[derive(Debug, Clone, Serialize)]
pub struct StopPage {
    /// What surrounds the page.
    pub around: Around,
    /// Where the button posts to.
    pub action: String,
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
    pub fn stopped(around: Around, choices_href: Option<String>) -> Self {
        let lines = [
            "From now on you get no letters from us. One that is already on its way may still arrive.",
            "If we owe you a receipt, a warning about your service or an answer, you still get that.",
        ];
        Self {
            around,
            title: "All e-mails are stopped".to_owned(),
            lines: lines.map(str::to_owned).to_vec(),
            next: Link { label: "Go to the resource center".to_owned(), href: "/".to_owned() },
            other: choices_href.map(|href| Link { label: "Choose a few instead".to_owned(), href }),
        }
    }

    /// An answer to a one-tap question was kept.
    pub fn answered(around: Around) -> Self {
        Self {
            around,
            title: "Thank you, that is noted".to_owned(),
            lines: vec!["It changes what we pick for you next.".to_owned()],
            next: Link { label: "Go to the resource center".to_owned(), href: "/".to_owned() },
            other: None,
        }
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
