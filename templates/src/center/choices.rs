//! `/p/{token}`: what we may send, changed with one button from any letter.

use segments::{Pace, Purpose};
use serde::Serialize;

use super::{Around, Moment};
use crate::{Frame, RenderError, Templates, Words};

/// A reader's e-mail choices, as they are now.
///
/// The form posts `purpose` once for each ticked purpose, tracking among them (by [`Purpose::as_str`]), and
/// `pause=30` when ticked, and one `pace` (by [`Pace::as_str`]). A purpose that is not posted is one the reader does not
/// want.
#[derive(Debug, Clone, Serialize)]
pub struct ChoicesPage {
    /// What surrounds the page.
    pub around: Around,
    /// Where the form posts to.
    pub action: String,
    /// Each purpose, ticked or not.
    pub choices: Vec<Choice>,
    /// How often letters may come; one of them is on.
    pub paces: Vec<Choice>,
    /// Whether we may see what this reader opens: `Choice::new(…, Purpose::Tracking, …)`, its own consent, apart from the rest.
    pub tracking: Choice,
    /// The day a pause ends, in words, while there is one.
    pub paused_until: Option<Moment>,
    /// What was just saved, with the way back.
    pub saved: Option<Saved>,
    /// The page that stops everything.
    pub stop_href: String,
}

/// One kind of letter, or one pace, and whether the reader wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What the form posts.
    pub value: &'static str,
    /// What it is called.
    pub label: String,
    /// What comes, in plain words.
    pub detail: String,
    /// Whether it is on.
    pub on: bool,
}

/// What stands on the page after saving.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Saved {
    /// What holds from now on, in one sentence.
    pub words: String,
    /// Where "Undo" posts to; nothing when there is nothing left to undo.
    pub undo_action: Option<String>,
    /// What the undo form carries, to say which state comes back.
    pub undo_value: String,
}

impl Choice {
    /// A purpose in the words every page uses for it.
    pub fn new(words: &Words, purpose: Purpose, on: bool) -> Self {
        let value = purpose.as_str();
        let (label, detail) = (format!("purpose-{value}"), format!("purpose-words-{value}"));
        Self { value, label: words.say(&label), detail: words.say(&detail), on }
    }

    /// A pace, with what it means exactly.
    pub fn of_pace(words: &Words, pace: Pace, on: bool) -> Self {
        let value = pace.as_str();
        let (label, detail) = (format!("pace-{value}"), format!("pace-words-{value}"));
        Self { value, label: words.say(&label), detail: words.say(&detail), on }
    }
}

impl Templates {
    /// Draws the e-mail choices.
    pub fn center_choices(&self, frame: &Frame, page: &ChoicesPage) -> Result<String, RenderError> {
        self.page("pages/center/choices.html", frame, page)
    }
}
