//! What people say about pages and steps, what is decided about it, and what customers read of it.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Rail;
use crate::{Frame, RenderError, Templates};

/// Everything that people said lately.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FeedbackListPage {
    /// The rail.
    pub rail: Rail,
    /// Where what came of it is written up.
    pub heard_href: String,
    /// One-tap answers by page.
    pub pages: Vec<PageAnswers>,
    /// Comments that nobody decided about yet.
    pub comments: Vec<CommentRow>,
    /// Steps that somebody found unclear.
    pub steps: Vec<StepRow>,
    /// Searches that found nothing and that nobody decided about.
    pub searches: Vec<SearchRow>,
    /// What was decided, what is still to be written first.
    pub decided: Vec<DecidedRow>,
}

/// The answers about one page.
#[derive(Debug, Clone, Serialize)]
pub struct PageAnswers {
    /// The page, as its address or in words.
    pub page: String,
    /// Where it is, when one can go there.
    pub href: Option<String>,
    /// Answers of the last 30 days.
    pub answers: u64,
    /// "80 %" of them say yes; nothing without answers.
    pub yes: Option<String>,
    /// "60 % before, of 10".
    pub before: String,
}

/// One comment.
#[derive(Debug, Clone, Serialize)]
pub struct CommentRow {
    /// What they said.
    pub words: String,
    /// Whether the answer was yes.
    pub yes: bool,
    /// The page, as its address or in words.
    pub page: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether they were signed in.
    pub member: bool,
    /// Whether they wait to hear what came of it.
    pub waits: bool,
    /// Where one decides about it.
    pub decide_href: String,
}

/// One step that somebody found unclear.
#[derive(Debug, Clone, Serialize)]
pub struct StepRow {
    /// The item's title.
    pub item: String,
    /// The step's heading.
    pub step: String,
    /// Where it is; nothing when it is no more.
    pub href: Option<String>,
    /// "31 %" found it unclear.
    pub share: String,
    /// How many answered.
    pub answers: u64,
    /// How many wait to hear what came of it.
    pub waiting: u64,
    /// What was decided last, in a sentence.
    pub decided: Option<String>,
    /// Where one decides about it.
    pub decide_href: String,
}

/// Words that a search did not find.
#[derive(Debug, Clone, Serialize)]
pub struct SearchRow {
    /// The words.
    pub words: String,
    /// How often they were searched for in 90 days.
    pub count: u64,
    /// When last.
    pub last_at: DateTime<Utc>,
    /// Where one decides about it.
    pub decide_href: String,
}

/// A decision.
#[derive(Debug, Clone, Serialize)]
pub struct DecidedRow {
    /// "To write", "Means …" or "Left as it is".
    pub what: String,
    /// The tone of its badge: `warn` while something is to be done.
    pub tone: String,
    /// What it is about.
    pub subject: String,
    /// Why, or what is to be written.
    pub because: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Where one decides anew.
    pub decide_href: String,
}

/// One thing to decide about. The form posts `about`, `subject`, `what`, `target`, `because` and `told`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DecidePage {
    /// The rail.
    pub rail: Rail,
    /// Where the form posts to.
    pub action: String,
    /// What was wrong with the form.
    pub problems: Vec<FieldProblem>,
    /// comment, step or search.
    pub about: String,
    /// What it is, for the form.
    pub subject: String,
    /// What people said, in a line.
    pub title: String,
    /// More about it.
    pub lines: Vec<String>,
    /// Where it is.
    pub href: Option<String>,
    /// What may be decided.
    pub options: Vec<DecideOption>,
    /// Our words for theirs, as typed.
    pub target: String,
    /// Why, as typed.
    pub because: String,
    /// What those who wait are told, as typed.
    pub told: String,
    /// How many wait to hear.
    pub waiting: u64,
}

/// One way to decide.
#[derive(Debug, Clone, Serialize)]
pub struct DecideOption {
    /// Its value in the form.
    pub value: String,
    /// "Write it".
    pub label: String,
    /// What follows from it.
    pub hint: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// The field's name.
    pub field: String,
    /// What would be right.
    pub words: String,
}

/// What customers read about what was heard, and the form for more of it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HeardListPage {
    /// The rail.
    pub rail: Rail,
    /// Where the form posts to.
    pub action: String,
    /// What was wrong with the form.
    pub problems: Vec<FieldProblem>,
    /// The form, as typed.
    pub typed: HeardTyped,
    /// What is on the page.
    pub entries: Vec<HeardRow>,
}

/// The form, as typed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HeardTyped {
    /// What was heard.
    pub heard: String,
    /// One customer's words.
    pub quote: String,
    /// What was done.
    pub did: String,
    /// The day it was done.
    pub did_on: String,
    /// The item that was changed.
    pub item: String,
    /// The step that was changed.
    pub step: String,
    /// What comes next.
    pub next: String,
}

/// One entry on the page.
#[derive(Debug, Clone, Serialize)]
pub struct HeardRow {
    /// What was heard.
    pub heard: String,
    /// What was done.
    pub did: String,
    /// The day it was done.
    pub did_on: String,
    /// Who wrote it.
    pub by: String,
    /// Where "Take it down" posts to.
    pub down_action: String,
}

impl Templates {
    /// Draws what people said lately.
    pub fn feedback_list(&self, frame: &Frame, page: &FeedbackListPage) -> Result<String, RenderError> {
        self.page("pages/console/feedback/list.html", frame, page)
    }

    /// Draws one thing to decide about.
    pub fn feedback_decide(&self, frame: &Frame, page: &DecidePage) -> Result<String, RenderError> {
        self.page("pages/console/feedback/decide.html", frame, page)
    }

    /// Draws what customers read about what was heard.
    pub fn heard_list(&self, frame: &Frame, page: &HeardListPage) -> Result<String, RenderError> {
        self.page("pages/console/feedback/heard.html", frame, page)
    }
}
