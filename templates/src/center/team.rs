//! `/team`: giving something to a colleague, and seeing it done where they agreed.

use serde::Serialize;

use super::{Around, Moment, Noted, Problem, SharedLink};
use crate::{Frame, RenderError, Templates};

/// What a reader was given, and what they gave.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TeamPage {
    /// What surrounds the page.
    pub around: Around,
    /// What they were given, the newest first.
    pub received: Vec<Received>,
    /// What they gave, the newest first.
    pub given: Vec<Given>,
    /// What they can give.
    pub things: Vec<Choosable>,
    /// Whom they can give it to.
    pub colleagues: Vec<Choosable>,
    /// The ending of their company's addresses; nothing when there is none that only the company has.
    pub domain: Option<String>,
    /// What was typed as an address.
    pub typed: String,
    /// What was wrong with the form.
    pub problems: Vec<Problem>,
    /// The link that was just made for a colleague whom we do not know.
    pub link: Option<SharedLink>,
    /// What just happened.
    pub note: Option<Noted>,
}

/// Something to choose in a form.
#[derive(Debug, Clone, Serialize)]
pub struct Choosable {
    /// What the form sends.
    pub value: String,
    /// What the reader sees.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// Something the reader was given.
#[derive(Debug, Clone, Serialize)]
pub struct Received {
    /// What.
    pub title: String,
    /// Where it opens.
    pub href: String,
    /// Who gave it and when, in a sentence.
    pub line: Moment,
    /// Whether it is done.
    pub done: bool,
    /// Whether who gave it may see that.
    pub agreed: bool,
    /// Where the answer posts to.
    pub agree_action: String,
}

/// Something the reader gave.
#[derive(Debug, Clone, Serialize)]
pub struct Given {
    /// What.
    pub title: String,
    /// To whom and when, in a sentence.
    pub line: Moment,
    /// How far it is, or that they keep it to themselves.
    pub state: String,
    /// Whether it is done, as far as they let the reader see.
    pub done: bool,
    /// Where "Take it back" posts to.
    pub end_action: String,
}

impl Templates {
    /// Draws what a reader was given and gave.
    pub fn center_team(&self, frame: &Frame, page: &TeamPage) -> Result<String, RenderError> {
        self.page("pages/center/team.html", frame, page)
    }
}
