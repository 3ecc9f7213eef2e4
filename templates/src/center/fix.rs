//! `/fix` and `/fix/{slug}`: common problems, and the way out of one of them.

use serde::Serialize;

use super::{Around, Author, OthersAsked, SaveBox, Step, StepLink, WhyPanel};
use crate::{Frame, RenderError, Templates};

/// Common problems by what they are about.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FixListPage {
    /// What surrounds the page.
    pub around: Around,
    /// Where the search form leads; left out while there is no search.
    pub search_action: Option<String>,
    /// Where the script of the form asks for suggestions.
    pub search_suggest: Option<String>,
    /// Why the problems stand in this order, where it is the reader's own.
    pub order: Option<String>,
    /// What is out of order now.
    pub incidents: Vec<IncidentLine>,
    /// "No trouble known: Phones, Internet."
    pub fine: Option<String>,
    /// The problems.
    pub groups: Vec<FixGroup>,
}

/// Something that is out of order for many.
#[derive(Debug, Clone, Serialize)]
pub struct IncidentLine {
    /// The product's name, when it is about one.
    pub product: Option<String>,
    /// Where, when it is not everywhere.
    pub place: Option<String>,
    /// What customers notice.
    pub words: String,
    /// "Since 9:00 am EST."
    pub since: String,
    /// "We expect to fix it by 3:00 pm EST."
    pub fix_by: Option<String>,
}

/// Problems of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct FixGroup {
    /// What does not work, in customers' words.
    pub title: String,
    /// The problems.
    pub fixes: Vec<FixRow>,
}

/// One common problem.
#[derive(Debug, Clone, Serialize)]
pub struct FixRow {
    /// The problem in a few words.
    pub title: String,
    /// What one notices, as customers say it.
    pub symptom: Option<String>,
    /// Where the way out is.
    pub href: String,
    /// How long it takes.
    pub minutes: u32,
    /// A computed and dated figure; nothing when there are too few answers.
    pub worked_for: Option<String>,
    /// Whether the reader has what it is about.
    pub own: bool,
    /// Whether something about that is out of order now.
    pub down: bool,
}

/// One problem. Everything that ends in `_html` is finished HTML, already sanitised by the caller.
#[derive(Debug, Clone, Serialize)]
pub struct FixPage {
    /// What surrounds the page.
    pub around: Around,
    /// The language it is written in: `en`. Where the page speaks another one, the fix says so.
    pub language: String,
    /// The problem in a few words.
    pub title: String,
    /// What one notices, as customers say it.
    pub symptom: String,
    /// Who wrote it, and who paid.
    pub author: Author,
    /// The day it was last checked, in words.
    pub checked_on: String,
    /// Who reviewed it, to follow "Review:".
    pub review: String,
    /// How many minutes it takes in all.
    pub minutes: u32,
    /// "starter", "getting by" or "confident".
    pub level: String,
    /// A computed and dated figure; nothing when there are too few answers.
    pub worked_for: Option<String>,
    /// What is out of order now and may be the reason.
    pub incidents: Vec<IncidentLine>,
    /// How to see whether this is one's problem.
    pub is_this_you: Option<Step>,
    /// What comes before the first step.
    pub before: Vec<Step>,
    /// Every step, by its heading.
    pub marks: Vec<FixMark>,
    /// The one to try now; none when it is fixed, or when all were tried.
    pub step: Option<FixStep>,
    /// The heading of the step that just fixed it.
    pub fixed: Option<String>,
    /// Somebody to ask, after steps that did not help.
    pub person: Option<FixPerson>,
    /// What to do while it is not fixed.
    pub meanwhile: Vec<Step>,
    /// What to say to a person.
    pub say: Option<Step>,
    /// What keeps it from coming back.
    pub afterwards: Option<Step>,
    /// The lesson after which it does not come back.
    pub lesson: Option<StepLink>,
    /// What others with the same problem asked.
    pub asked: OthersAsked,
    /// What else is near.
    pub related: Vec<StepLink>,
    /// Where one says how a call went.
    pub call_href: String,
    /// Saving and sharing it, for a reader who is signed in.
    pub save: Option<SaveBox>,
    /// Why this reader was shown it, when it was picked.
    pub why: Option<WhyPanel>,
}

/// One step in the list of all.
#[derive(Debug, Clone, Serialize)]
pub struct FixMark {
    /// Its heading.
    pub title: String,
    /// Where it opens.
    pub href: String,
    /// Whether it did not help.
    pub tried: bool,
    /// Whether it is the one to try now.
    pub here: bool,
}

/// The step to try now. Its form posts `step` and `fixed` (`yes` or `no`).
#[derive(Debug, Clone, Serialize)]
pub struct FixStep {
    /// Its heading.
    pub title: String,
    /// Its name, which the form carries.
    pub name: String,
    /// Which one it is.
    pub number: u32,
    /// Of how many.
    pub of: u32,
    /// What stands before the first step.
    pub intro_html: String,
    /// What to do.
    pub body_html: String,
    /// Where the form posts to.
    pub action: String,
}

/// Somebody to ask.
#[derive(Debug, Clone, Serialize)]
pub struct FixPerson {
    /// The headings of the steps that did not help.
    pub tried: Vec<String>,
    /// Whether there is no other step.
    pub all_tried: bool,
    /// Where an expert is asked, with what was tried filled in.
    pub ask_href: Option<String>,
}

impl Templates {
    /// Draws the list of common problems.
    pub fn center_fix_list(&self, frame: &Frame, page: &FixListPage) -> Result<String, RenderError> {
        self.page("pages/center/fixes.html", frame, page)
    }

    /// Draws one problem.
    pub fn center_fix(&self, frame: &Frame, page: &FixPage) -> Result<String, RenderError> {
        self.page("pages/center/fix.html", frame, page)
    }
}
