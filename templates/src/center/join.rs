//! `/join`: an obvious trade, a work address, one box.

use serde::Serialize;

use super::{Around, Problem};
use crate::{Frame, RenderError, Templates};

/// The form to join, empty or with what was typed and what is wrong with it.
///
/// It posts `email`, `first_name`, `number`, and `yes` and `tracking` when ticked; `from` and `src` come along.
#[derive(Debug, Clone, Default, Serialize)]
pub struct JoinPage {
    /// What surrounds the page.
    pub around: Around,
    /// The words beside the one box, exactly as the receipt keeps them.
    pub consent: String,
    /// The words beside the box for tracking.
    pub tracking_consent: String,
    /// The sentence of an installation that compares members, above the button.
    pub members: Option<String>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// For those who are no customers; shown when no company was found.
    pub not_yet_href: Option<String>,
}

/// What was typed and ticked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Typed {
    /// Work address.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Customer number.
    pub number: String,
    /// The one box.
    pub yes: bool,
    /// The box for tracking.
    pub tracking: bool,
    /// The way on which they were asked, in a word.
    pub from: String,
    /// The vendor's own word for where they came from.
    pub src: String,
}

impl Templates {
    /// Draws the form to join.
    pub fn center_join(&self, frame: &Frame, page: &JoinPage) -> Result<String, RenderError> {
        self.page("pages/center/join.html", frame, page)
    }
}
