//! Looking after questions among customers: what waits, what was reported, and one question with all that can be done.

use serde::Serialize;

use super::Rail;
use crate::{Frame, RenderError, Templates};

/// What waits for somebody of staff.
#[derive(Debug, Clone, Serialize)]
pub struct CommunityPage {
    /// The rail.
    pub rail: Rail,
    /// Questions without a reply, the oldest first.
    pub unanswered: Vec<WaitingRow>,
    /// What was reported, the oldest first.
    pub reports: Vec<WaitingRow>,
    /// What a person has to look at before it is shown.
    pub held: Vec<WaitingRow>,
    /// First posts of people, lately.
    pub first_posts: Vec<WaitingRow>,
}

/// One thing that waits.
#[derive(Debug, Clone, Serialize)]
pub struct WaitingRow {
    /// The question it is about.
    pub title: String,
    /// Where it is looked after.
    pub href: String,
    /// Who, or what was said of it.
    pub about: String,
    /// How long it has waited: "2 days".
    pub age: String,
    /// Whether that is more than a day.
    pub late: bool,
    /// What else is worth knowing, each a badge: "For experts only", "First post".
    pub badges: Vec<String>,
    /// The expert who answers such questions most often.
    pub expert: Option<String>,
}

/// One question with everything that can be done to it.
#[derive(Debug, Clone, Serialize)]
pub struct CommunityQuestionPage {
    /// The rail, which also holds the forms' token.
    pub rail: Rail,
    /// The question.
    pub title: String,
    /// Who asked.
    pub who: String,
    /// When.
    pub at: String,
    /// How it stands, in words.
    pub standing: String,
    /// Tone of its badge.
    pub tone: String,
    /// What else is worth knowing.
    pub facts: Vec<String>,
    /// Its details, sanitised by the caller.
    pub details_html: String,
    /// Its picture, as customers see it or not.
    pub picture: Option<CommunityPicture>,
    /// The page of customers, when everybody may read it.
    pub public_href: Option<String>,
    /// Where every form posts to.
    pub action: String,
    /// What can be done to it, each with a reason.
    pub buttons: Vec<CommunityButton>,
    /// Whether it can be answered and joined to another.
    pub stands: bool,
    /// Every reply, hidden ones too.
    pub replies: Vec<CommunityReply>,
    /// What was reported about it and its replies, in their words.
    pub reports: Vec<CommunityReport>,
    /// What was done so far, the latest first.
    pub log: Vec<CommunityLine>,
    /// What was wrong with a form.
    pub problem: Option<String>,
    /// An answer as it was typed.
    pub typed: String,
}

/// The picture of a question.
#[derive(Debug, Clone, Serialize)]
pub struct CommunityPicture {
    /// Where it is.
    pub src: String,
    /// What it shows, in the words of who asked.
    pub alt: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Why it was taken down.
    pub hidden_why: Option<String>,
    /// Taking it down, or putting it back.
    pub button: CommunityButton,
}

/// One reply.
#[derive(Debug, Clone, Serialize)]
pub struct CommunityReply {
    /// Identifier, as forms send it.
    pub id: String,
    /// Who wrote it.
    pub who: String,
    /// When.
    pub at: String,
    /// What is worth knowing: "Solved it", "Hidden: …", "Waits to be shown", "First post".
    pub badges: Vec<String>,
    /// The reply, sanitised by the caller.
    pub body_html: String,
    /// What can be done to it, each with a reason.
    pub buttons: Vec<CommunityButton>,
}

/// Something that can be done to a question or a reply, with a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CommunityButton {
    /// Show to everyone what waited.
    Publish,
    /// Take it down.
    Hide,
    /// Put it back.
    Show,
    /// Make the draft of a fix of it.
    Fix,
    /// Look at the author's posts first.
    Ban,
    /// Show the author's posts at once again.
    Unban,
    /// Take the picture down, and nothing else.
    HidePicture,
    /// Put the picture back.
    ShowPicture,
}

/// Something that was reported.
#[derive(Debug, Clone, Serialize)]
pub struct CommunityReport {
    /// "The question" or "The reply of Jo".
    pub about: String,
    /// The reply, as the form sends it; empty for the question.
    pub reply: String,
    /// What is wrong, in their words.
    pub why: String,
    /// When.
    pub at: String,
}

/// One thing that was done.
#[derive(Debug, Clone, Serialize)]
pub struct CommunityLine {
    /// Who.
    pub by: String,
    /// What, in words.
    pub act: String,
    /// Why.
    pub why: String,
    /// When.
    pub at: String,
}

impl Templates {
    /// Draws what waits.
    pub fn community(&self, frame: &Frame, page: &CommunityPage) -> Result<String, RenderError> {
        self.page("pages/console/community/list.html", frame, page)
    }

    /// Draws one question as it is looked after.
    pub fn community_question(
        &self,
        frame: &Frame,
        page: &CommunityQuestionPage,
    ) -> Result<String, RenderError> {
        self.page("pages/console/community/show.html", frame, page)
    }
}
