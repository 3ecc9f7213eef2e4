//! `/`: one useful thing in the first ten seconds, a different one next time.

use serde::Serialize;

use super::{Around, HomeShelves, Link, Noted, QuestionRow, Why};
use crate::{Frame, RenderError, Templates};

/// The first page, for a reader we know or for anybody.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HomePage {
    /// What surrounds the page.
    pub around: Around,
    /// "Good morning, Maria."; without a name for a visitor.
    pub greeting: String,
    /// One sentence about what is here and for whom it was picked.
    pub line: String,
    /// A question that the reader typed and did not post.
    pub draft: Option<Link>,
    /// Where the search form leads; left out while there is no search.
    pub search_action: Option<String>,
    /// Where the script asks for suggestions.
    pub search_suggest: Option<String>,
    /// The one thing to do next.
    pub next_win: Option<NextWin>,
    /// What was just put off, with a way back.
    pub put_off: Option<Noted>,
    /// Ways to take part, the one used most first.
    pub doors: Vec<Door>,
    /// Common problems of their products.
    pub fixes: Vec<FixLine>,
    /// Where all common problems are.
    pub all_fixes: Option<Link>,
    /// "Picked for a dental practice of 12", or "Most useful for everyone".
    pub picks_title: String,
    /// What was picked.
    pub picks: Vec<PickCard>,
    /// Where everything is.
    pub all_picks: Option<Link>,
    /// The reader's own shelves.
    pub shelves: Option<HomeShelves>,
    /// Where a pick is saved with one tap, for a reader we know.
    pub save: Option<SaveTo>,
    /// What other customers ask, what is nearest to the reader first.
    pub asking: Vec<QuestionRow>,
    /// The way to an expert.
    pub expert: Option<ExpertCard>,
    /// What the reader told us and what they get for it.
    pub exchange: Option<Exchange>,
    /// What joining is, for a visitor.
    pub join: Option<Join>,
}

/// The card at the top: a training of ten minutes at most.
#[derive(Debug, Clone, Serialize)]
pub struct NextWin {
    /// The item's title.
    pub title: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// Where it opens, at the step they left.
    pub href: String,
    /// How many minutes it takes in all.
    pub minutes: u32,
    /// "starter", "getting by" or "confident".
    pub level: String,
    /// How far they came, when they began it.
    pub progress: Option<Progress>,
    /// Where "Not now" posts to, for a reader it was chosen for.
    pub not_now_action: Option<String>,
    /// Why this one.
    pub why: Why,
}

/// How far somebody came in a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Steps done.
    pub done: u32,
    /// Steps in all.
    pub of: u32,
    /// About how many minutes are left.
    pub minutes_left: u32,
}

/// One way to take part.
#[derive(Debug, Clone, Serialize)]
pub struct Door {
    /// Which one.
    pub kind: DoorKind,
    /// A few words under its name, such as "Lessons of 3 to 8 minutes".
    pub line: String,
    /// Where it leads.
    pub href: String,
}

/// A door for each kind of user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DoorKind {
    /// "Learn something".
    Learn,
    /// "Ask someone like me".
    Ask,
    /// "Work on it together".
    Together,
}

/// One common problem.
#[derive(Debug, Clone, Serialize)]
pub struct FixLine {
    /// The symptom, in customers' words.
    pub title: String,
    /// Where the fix is.
    pub href: String,
    /// How long it takes.
    pub minutes: u32,
    /// A computed and dated figure such as "worked for 9 in 10 people"; nothing when there are too few answers.
    pub worked_for: Option<String>,
}

/// One thing picked for the reader.
#[derive(Debug, Clone, Serialize)]
pub struct PickCard {
    /// The item's name.
    pub slug: String,
    /// Which badge it carries.
    pub kind: PickKind,
    /// The item's title.
    pub title: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// Where it opens.
    pub href: String,
    /// How many minutes it takes.
    pub minutes: u32,
    /// Who wrote it, where it is an expert whom nobody pays for it.
    pub by: Option<String>,
    /// The shelf of the reader that it stands on.
    pub saved: Option<Link>,
    /// Why it is here.
    pub why: Why,
}

/// The shelf that one tap saves to: the reader's first, or a new one.
#[derive(Debug, Clone, Serialize)]
pub struct SaveTo {
    /// Where the form posts to.
    pub action: String,
    /// The shelf; empty for a new one.
    pub shelf: String,
    /// Its name.
    pub title: String,
}

/// The way to an expert.
#[derive(Debug, Clone, Serialize)]
pub struct ExpertCard {
    /// Who answers, and who reads it.
    pub line: String,
    /// Until when somebody is there today.
    pub duty: Option<String>,
    /// Where one asks.
    pub href: String,
}

/// The badge of a pick.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PickKind {
    /// A lesson or quick training.
    Lesson,
    /// A way out of a problem.
    Fix,
    /// By an expert who is not paid for it.
    Expert,
    /// About their trade or a technology.
    Industry,
    /// An article.
    Reading,
    /// A question with answers from customers.
    Question,
}

/// What the reader gives and gets.
#[derive(Debug, Clone, Serialize)]
pub struct Exchange {
    /// "Dental · 12 people · Phones, Backup · new to phones."
    pub told: String,
    /// "Fewer, better e-mails, lessons at your level, and people in your trade."
    pub get: String,
    /// Where the answers can be changed.
    pub change_href: Option<String>,
    /// Where e-mails can be stopped.
    pub stop_href: Option<String>,
}

/// The card for visitors. Where there is no page to join on yet, the words alone say how.
#[derive(Debug, Clone, Serialize)]
pub struct Join {
    /// Who can join, and how.
    pub words: String,
    /// Where to join.
    pub href: Option<String>,
}

impl Templates {
    /// Draws the center's first page.
    pub fn center_home(&self, frame: &Frame, page: &HomePage) -> Result<String, RenderError> {
        self.page("pages/center/home.html", frame, page)
    }
}
