//! `/ask`: questions of customers, and ours as a beginning.

use serde::Serialize;

use super::{Around, Field, Link, Moment, Turn};
use crate::{Frame, RenderError, Templates};

/// A list of questions.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AskPage {
    /// What surrounds the page.
    pub around: Around,
    /// How fast others got a reply lately; left out where too few stand behind it.
    pub figure: Option<String>,
    /// Until when somebody is on duty; left out when nobody is.
    pub duty: Option<String>,
    /// Words that the reader typed and did not post.
    pub draft: Option<Link>,
    /// Three ways in, by level.
    pub ways: Vec<AskWay>,
    /// The lists there are.
    pub tabs: Vec<AskTab>,
    /// What one may choose by.
    pub filters: Vec<AskFilter>,
    /// What the form of the filters carries besides.
    pub carried: Vec<Field>,
    /// What is chosen, each a link that takes it away.
    pub chosen: Vec<Link>,
    /// Why the lists stand in this order, where it is the reader's own.
    pub order: Option<String>,
    /// The questions of customers.
    pub rows: Vec<QuestionRow>,
    /// When there is none: what to say of that.
    pub nothing: Option<String>,
    /// Questions of our library.
    pub library: Vec<QuestionRow>,
    /// Which page this is.
    pub turn: Option<Turn>,
}

/// One way in.
#[derive(Debug, Clone, Serialize)]
pub struct AskWay {
    /// `starter`, `getting-by` or `confident`.
    pub level: &'static str,
    /// Where it leads.
    pub href: String,
}

/// One list.
#[derive(Debug, Clone, Serialize)]
pub struct AskTab {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// Whether it is this one.
    pub here: bool,
}

/// One thing to choose by.
#[derive(Debug, Clone, Serialize)]
pub struct AskFilter {
    /// Its name in the address.
    pub name: &'static str,
    /// What it is called.
    pub label: String,
    /// What there is to choose; not choosing stands first.
    pub choices: Vec<AskChoice>,
}

/// One choice.
#[derive(Debug, Clone, Serialize)]
pub struct AskChoice {
    /// Its value in the address or form.
    pub value: String,
    /// Its words.
    pub label: String,
    /// Whether it is chosen.
    pub on: bool,
}

/// One question in a list.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionRow {
    /// The question.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// First letter of who asked.
    pub initial: String,
    /// Who asked: first name, trade, size.
    pub who: String,
    /// The day it was asked.
    pub day: Moment,
    /// How it stands.
    pub standing: Standing,
    /// How many replies it has.
    pub replies: u32,
    /// How many found it useful.
    pub useful: u32,
    /// Whether an expert replied.
    pub expert: bool,
    /// Whether it is the first post of who asked.
    pub first_post: bool,
    /// Whether it is of our library.
    pub library: bool,
}

/// Questions on a page about something else.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OthersAsked {
    /// A few of customers, then those of our library.
    pub rows: Vec<QuestionRow>,
    /// Where all of them are, when customers asked more.
    pub all_href: Option<String>,
}

/// How a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Nobody has replied.
    Open,
    /// Somebody has.
    Answered,
    /// A reply solved it.
    Solved,
    /// A person looks at it before it is shown.
    Held,
    /// For experts only.
    Private,
    /// Taken off the pages.
    Hidden,
    /// Joined to another.
    Merged,
}

impl Templates {
    /// Draws a list of questions.
    pub fn center_ask(&self, frame: &Frame, page: &AskPage) -> Result<String, RenderError> {
        self.page("pages/center/ask.html", frame, page)
    }
}
