//! `/ask/{slug}`: one question with its replies.

use serde::Serialize;

use super::{Around, Moment, PictureView, Problem, Standing, StepLink};
use crate::{Frame, RenderError, Templates};

/// One question. Everything that ends in `_html` is finished HTML, already sanitised by the caller.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionPage {
    /// What surrounds the page.
    pub around: Around,
    /// The language it was asked in.
    pub language: String,
    /// The question.
    pub title: String,
    /// First letter of who asked.
    pub initial: String,
    /// Who asked: first name, trade, size.
    pub who: String,
    /// The day.
    pub day: Moment,
    /// How it stands.
    pub standing: Standing,
    /// Whether it is the first post of who asked.
    pub first_post: bool,
    /// What the reader should know first: that it was posted, that a person looks at it first, why it was hidden.
    pub note: Option<String>,
    /// What else there is to say.
    pub details_html: String,
    /// Its picture.
    pub picture: Option<PictureView>,
    /// Product, level and whatever else was chosen, in words.
    pub chosen: Vec<String>,
    /// The fix whose problem it is about.
    pub fix: Option<StepLink>,
    /// The reply that solved it.
    pub accepted: Option<ReplyView>,
    /// The other replies, the oldest first.
    pub replies: Vec<ReplyView>,
    /// How many found the question useful, and the button.
    pub useful: UsefulButton,
    /// Hearing of replies by mail; left out for visitors.
    pub follow: Option<FollowButton>,
    /// The whole address, to be handed on; left out where not everybody may read it.
    pub share_url: Option<String>,
    /// Where a report posts to.
    pub report_action: String,
    /// Whether a report was just taken.
    pub reported: bool,
    /// Where the form to reply posts to; left out for visitors.
    pub reply_action: Option<String>,
    /// A reply as it was typed, when something is wrong with it.
    pub typed: String,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// One reply.
#[derive(Debug, Clone, Serialize)]
pub struct ReplyView {
    /// Its name on the page.
    pub id: String,
    /// First letter of who wrote it.
    pub initial: String,
    /// Who wrote it.
    pub who: String,
    /// The badge of a member of staff.
    pub badge: Option<StaffBadge>,
    /// The day.
    pub day: Moment,
    /// The reply.
    pub body_html: String,
    /// How many found it useful, and the button.
    pub useful: UsefulButton,
    /// Where the answer to "Did the answer help?" posts to; left out under what customers wrote.
    pub helped_action: Option<String>,
    /// Whether the reader has just said so.
    pub thanked: bool,
    /// Where "this solved it" posts to, for the one who asked.
    pub accept_action: Option<String>,
    /// Whether it is the first post of who wrote it.
    pub first_post: bool,
    /// Whether a person looks at it before others see it.
    pub held: bool,
}

/// What a member of staff is to the reader. The vendor pays all of them, and the page says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaffBadge {
    /// Answers questions.
    Expert,
    /// Looks after the community.
    Moderator,
    /// Works for the vendor.
    Team,
}

/// "Useful".
#[derive(Debug, Clone, Default, Serialize)]
pub struct UsefulButton {
    /// So many people said so.
    pub count: u32,
    /// Where the button posts to; left out for visitors and for what is one's own.
    pub action: Option<String>,
    /// The reply it is about, as the form sends it; empty for the question.
    pub reply: String,
    /// Whether the reader said so.
    pub mine: bool,
}

/// "Write to me when there is an answer".
#[derive(Debug, Clone, Serialize)]
pub struct FollowButton {
    /// Where it posts to.
    pub action: String,
    /// Whether the reader follows it.
    pub on: bool,
}

impl Templates {
    /// Draws one question.
    pub fn center_question(&self, frame: &Frame, page: &QuestionPage) -> Result<String, RenderError> {
        self.page("pages/center/question.html", frame, page)
    }
}
