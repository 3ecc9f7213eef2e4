//! `/read/{slug}`: something to read.

use serde::Serialize;

use super::{
    Around, Author, Explained, FeedbackStrip, Finish, OthersAsked, PickKind, SaveBox, Step, StepLink,
    WhyPanel,
};
use crate::{Frame, RenderError, Templates};

/// An article. Everything that ends in `_html` is finished HTML, already sanitised by the caller.
#[derive(Debug, Clone, Serialize)]
pub struct ArticlePage {
    /// What surrounds the page.
    pub around: Around,
    /// Which badge it carries.
    pub kind: PickKind,
    /// Its title.
    pub title: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// Who wrote it, and who paid.
    pub author: Author,
    /// The day it was last checked, in words.
    pub checked_on: String,
    /// Who reviewed it, to follow "Review:".
    pub review: String,
    /// How many minutes it takes.
    pub minutes: u32,
    /// "starter", "getting by" or "confident".
    pub level: String,
    /// The whole in three bullets.
    pub short_html: String,
    /// Its sections, in order.
    pub sections: Vec<Step>,
    /// What to do with it now.
    pub do_now_html: String,
    /// The lesson that goes with it.
    pub lesson: Option<StepLink>,
    /// What others asked about it.
    pub asked: OthersAsked,
    /// What else is near.
    pub near: Vec<StepLink>,
    /// Words that are explained.
    pub glossary: Vec<Explained>,
    /// The button that tells us it was read; left out where that cannot be kept.
    pub finish: Option<Finish>,
    /// Why this reader was shown it, when it was picked.
    pub why: Option<WhyPanel>,
    /// Saving and sharing it, for a reader who is signed in.
    pub save: Option<SaveBox>,
    /// The one-tap question.
    pub feedback: FeedbackStrip,
    /// Whether that was just answered.
    pub answered: bool,
}

impl Templates {
    /// Draws an article.
    pub fn center_article(&self, frame: &Frame, page: &ArticlePage) -> Result<String, RenderError> {
        self.page("pages/center/article.html", frame, page)
    }
}
