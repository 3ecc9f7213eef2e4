//! The marketer's workplace: the rail, the landing page, the outbox, the campaigns.

use serde::Serialize;

use crate::{Frame, RenderError, Templates};

mod campaigns;
mod community;
mod feedback;
mod incidents;
mod outbox;

pub use campaigns::{CampaignListPage, CampaignPage, CampaignRow, CampaignState, Reason, Tally};
pub use community::{
    CommunityButton, CommunityLine, CommunityPage, CommunityPicture, CommunityQuestionPage, CommunityReply,
    CommunityReport, WaitingRow,
};
pub use feedback::{
    CommentRow, DecideOption, DecidePage, DecidedRow, FeedbackListPage, FieldProblem, HeardListPage,
    HeardRow, HeardTyped, PageAnswers, SearchRow, StepRow,
};
pub use incidents::{IncidentDone, IncidentForm, IncidentListPage, IncidentPage, IncidentRow, IncidentTyped};
pub use outbox::{MailHeader, OutboxListPage, OutboxMailPage, OutboxRow, Pager};

/// The rail on the left. It shows the links it is given and no others.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Rail {
    /// From top to bottom.
    pub links: Vec<RailLink>,
    /// Where the sign-out form posts to; empty shows no form.
    pub sign_out_action: String,
    /// The token that every form of the page carries.
    pub form_token: String,
}

/// One place of the console.
#[derive(Debug, Clone, Serialize)]
pub struct RailLink {
    /// "Outbox".
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// One of the names in `pages/_icons.html`, such as `mail`, `split`, `layers`, `chart`.
    pub icon: String,
    /// A small number on the right; empty for none.
    pub count: String,
    /// Whether this page lies there.
    pub current: bool,
}

/// The console's landing page.
#[derive(Debug, Clone, Serialize)]
pub struct ConsoleHomePage {
    /// The rail.
    pub rail: Rail,
    /// What needs a look, or the places to go; at least one.
    pub cards: Vec<HomeCard>,
}

/// One card of the landing page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeCard {
    /// "Outbox".
    pub title: String,
    /// One sentence of what is there now.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// What the link says: "Open the outbox".
    pub action: String,
    /// One of the names in `pages/_icons.html`.
    pub icon: String,
}

impl Templates {
    /// Draws the console's landing page.
    pub fn console_home(&self, frame: &Frame, page: &ConsoleHomePage) -> Result<String, RenderError> {
        self.page("pages/console/home.html", frame, page)
    }
}
