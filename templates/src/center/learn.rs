//! `/learn`: every lesson, by what it is good for.

use serde::Serialize;

use super::{Around, Progress};
use crate::{Frame, RenderError, Templates};

/// All lessons, or those that a reader asked for.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LearnPage {
    /// What surrounds the page.
    pub around: Around,
    /// What the reader began and did not finish, the last one first.
    pub carry_on: Vec<CarryOn>,
    /// What one may choose by.
    pub filters: Vec<FilterRow>,
    /// Why the shelves stand in this order, where it is the reader's own.
    pub order: Option<String>,
    /// Where all lessons are, while only some are shown.
    pub all_href: Option<String>,
    /// The lessons that are left, by what they are good for.
    pub jobs: Vec<Job>,
    /// When no lesson fits what was asked for.
    pub nothing: Option<Nothing>,
}

/// A lesson that was begun.
#[derive(Debug, Clone, Serialize)]
pub struct CarryOn {
    /// Its title.
    pub title: String,
    /// Where it opens, at the step they left.
    pub href: String,
    /// How far they came.
    pub progress: Progress,
}

/// One thing to choose by.
#[derive(Debug, Clone, Serialize)]
pub struct FilterRow {
    /// Which one.
    pub by: FilterBy,
    /// What there is to choose.
    pub choices: Vec<FilterChoice>,
}

/// What lessons are chosen by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FilterBy {
    /// How long they take.
    Minutes,
    /// Whom they expect.
    Level,
    /// What they are about.
    Product,
    /// Where they were put.
    Shelf,
}

/// One choice. Choosing it again takes it away.
#[derive(Debug, Clone, Serialize)]
pub struct FilterChoice {
    /// Its words.
    pub label: String,
    /// The page with it, or without it when it is on.
    pub href: String,
    /// Whether it is on.
    pub on: bool,
}

/// Lessons that are good for one thing.
#[derive(Debug, Clone, Serialize)]
pub struct Job {
    /// What for, in customers' words.
    pub title: String,
    /// The lessons.
    pub lessons: Vec<LessonCard>,
}

/// One lesson in the list.
#[derive(Debug, Clone, Serialize)]
pub struct LessonCard {
    /// Its title.
    pub title: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// Where it opens.
    pub href: String,
    /// How many minutes it takes.
    pub minutes: u32,
    /// "starter", "getting by" or "confident".
    pub level: String,
    /// Whether the reader finished it.
    pub done: bool,
    /// How far they came, when they began it.
    pub progress: Option<Progress>,
    /// For how many it was worth the time: computed and dated; nothing when there are too few answers.
    pub worth: Option<String>,
}

/// No lesson fits: the nearest ones, and a way to ask for one.
#[derive(Debug, Clone, Serialize)]
pub struct Nothing {
    /// What fits best.
    pub nearest: Vec<LessonCard>,
    /// Where asking for it posts to; left out once it was asked for, and where a shelf was chosen.
    pub action: Option<String>,
    /// What was asked for, as hidden fields.
    pub asked: Vec<Field>,
    /// Whether it was asked for.
    pub noted: bool,
}

/// A hidden field of a form.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl Templates {
    /// Draws the list of lessons.
    pub fn center_learn(&self, frame: &Frame, page: &LearnPage) -> Result<String, RenderError> {
        self.page("pages/center/learn.html", frame, page)
    }
}
