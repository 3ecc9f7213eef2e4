//! `/mine`: what the reader's business pays for, how much of it is in use, when it renews and who bills it.

use serde::Serialize;

use super::Around;
use crate::{Frame, RenderError, Templates};

/// What the reader's business has.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MinePage {
    /// What surrounds the page.
    pub around: Around,
    /// The business.
    pub company: String,
    /// Everything it pays for, the next renewal first.
    pub licences: Vec<OwnLicence>,
    /// Where an expert, and nobody else, can be asked about any of it in writing.
    pub ask_href: Option<String>,
}

/// One thing that is paid for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OwnLicence {
    /// What it is called.
    pub product: String,
    /// How many seats are in use, in a sentence.
    pub seats: Option<String>,
    /// The same for drawing, in percent.
    pub width: Option<u32>,
    /// Seats that nobody uses, and what can be done about it.
    pub unused: Option<String>,
    /// When it renews.
    pub renews: String,
    /// What it costs.
    pub price: Option<String>,
    /// Who bills it.
    pub billed_by: String,
    /// Where the day can be had for one's own calendar.
    pub calendar_href: Option<String>,
}

impl Templates {
    /// Draws what the reader's business has.
    pub fn center_mine(&self, frame: &Frame, page: &MinePage) -> Result<String, RenderError> {
        self.page("pages/center/mine.html", frame, page)
    }
}
