//! `/learn/{slug}/{step}`: one step of a lesson.

use serde::Serialize;

use super::{Around, Author, FeedbackStrip, Link, OthersAsked, SaveBox, StepLink, WhyPanel};
use crate::{Frame, RenderError, Templates};

/// One step of a lesson, with everything around it.
#[derive(Debug, Clone, Serialize)]
pub struct LessonPage {
    /// What surrounds the page.
    pub around: Around,
    /// The lesson's title.
    pub title: String,
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
    /// Every step, in order.
    pub steps: Vec<StepMark>,
    /// What stands before the first step, on the first step only: finished HTML.
    pub intro_html: String,
    /// This step.
    pub step: LessonStep,
    /// Every step, to be printed and ticked off on paper.
    pub sheet: Vec<SheetStep>,
    /// Where ticks are kept; left out for a reader who is not signed in.
    pub keep: Option<Keep>,
    /// The step before.
    pub back_href: Option<String>,
    /// The step after; left out on the last one.
    pub next: Option<Link>,
    /// Where the last step leads.
    pub finish_href: String,
    /// Help for somebody who is stuck.
    pub stuck: Stuck,
    /// "Did this step make sense?"
    pub clear: FeedbackStrip,
    /// Whether that was just answered.
    pub answered: bool,
    /// What comes after the lesson, and reminding oneself of it.
    pub next_time: Option<NextTime>,
    /// What others asked about it.
    pub asked: OthersAsked,
    /// What one can do afterwards, each the end of "You will be able to …".
    pub outcomes: Vec<String>,
    /// Words that are explained.
    pub glossary: Vec<Explained>,
    /// Saving and sharing it, for a reader who is signed in.
    pub save: Option<SaveBox>,
    /// Why this reader was shown it, when it was picked.
    pub why: Option<WhyPanel>,
}

/// One step in the row of steps.
#[derive(Debug, Clone, Serialize)]
pub struct StepMark {
    /// Its title.
    pub title: String,
    /// Where it opens.
    pub href: String,
    /// Whether the reader did it.
    pub done: bool,
    /// Whether this is the page.
    pub here: bool,
}

/// What stands in one step. Everything that ends in `_html` is finished HTML, already sanitised by the caller.
#[derive(Debug, Clone, Serialize)]
pub struct LessonStep {
    /// Its title.
    pub title: String,
    /// Its place, counted from 1.
    pub number: u32,
    /// How many there are.
    pub of: u32,
    /// The point of it, in a line or two.
    pub point_html: String,
    /// A drawing of it, in the color of the text.
    pub drawing_html: Option<String>,
    /// The rest, to be read.
    pub read_html: String,
    /// What to do now.
    pub tasks: Vec<Task>,
    /// Words to copy.
    pub say: Vec<SayThis>,
    /// A question to see whether it is understood.
    pub check: Option<Check>,
}

/// One step as it stands on paper.
#[derive(Debug, Clone, Serialize)]
pub struct SheetStep {
    /// Its title.
    pub title: String,
    /// What to do.
    pub tasks: Vec<Task>,
    /// Words to say or to write.
    pub say: Vec<SayThis>,
}

/// One thing to do.
#[derive(Debug, Clone, Serialize)]
pub struct Task {
    /// Its name in the form.
    pub name: String,
    /// What to do.
    pub task_html: String,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// Words to copy.
#[derive(Debug, Clone, Serialize)]
pub struct SayThis {
    /// The words.
    pub words_html: String,
}

/// A question with its answers. Answering it is a look at the page, and nobody keeps it.
#[derive(Debug, Clone, Serialize)]
pub struct Check {
    /// Where the answer leads.
    pub action: String,
    /// The question.
    pub question: String,
    /// The answers, in order.
    pub answers: Vec<CheckAnswer>,
    /// Whether an answer was given.
    pub answered: bool,
    /// Whether it was the right one.
    pub right: bool,
    /// The answer that is right.
    pub right_answer: String,
    /// Why it is right.
    pub explanation_html: String,
}

/// One answer to choose.
#[derive(Debug, Clone, Serialize)]
pub struct CheckAnswer {
    /// What it says.
    pub text: String,
    /// Whether it is right.
    pub right: bool,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// The form that keeps ticks.
#[derive(Debug, Clone, Serialize)]
pub struct Keep {
    /// Where it posts to.
    pub action: String,
    /// Where finishing the lesson posts to.
    pub finish_action: String,
    /// This step's name.
    pub step: String,
}

/// Who helps somebody who is stuck.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Stuck {
    /// A fix near it.
    pub fix: Option<StepLink>,
    /// Asking other customers, with the lesson and the step filled in, where one can.
    pub peers_href: Option<String>,
    /// Asking an expert, likewise.
    pub expert_href: Option<String>,
}

/// What comes after the lesson.
#[derive(Debug, Clone, Serialize)]
pub struct NextTime {
    /// The lesson that follows.
    pub next: Option<StepLink>,
    /// Reminding oneself to go on; left out where that cannot be kept.
    pub remind: Option<Remind>,
}

/// One e-mail, on a day of the reader's choice.
#[derive(Debug, Clone, Serialize)]
pub struct Remind {
    /// Where the choice posts to.
    pub action: String,
    /// The days to choose from.
    pub days: Vec<RemindDay>,
    /// The day that was chosen, in words.
    pub chosen: Option<String>,
}

/// A day to be reminded on.
#[derive(Debug, Clone, Serialize)]
pub struct RemindDay {
    /// The day as the form sends it.
    pub value: String,
    /// The day in words.
    pub label: String,
}

/// A word, explained.
#[derive(Debug, Clone, Serialize)]
pub struct Explained {
    /// The word.
    pub word: String,
    /// What it means.
    pub meaning: String,
}

impl Templates {
    /// Draws one step of a lesson.
    pub fn center_lesson(&self, frame: &Frame, page: &LessonPage) -> Result<String, RenderError> {
        self.page("pages/center/lesson.html", frame, page)
    }
}
