//! `/me/leave` and `/me/erase`: what would happen, before it does.

use serde::Serialize;

use super::{Around, Link, Problem};
use crate::{Frame, RenderError, Templates};

/// A page that asks before somebody leaves or is erased.
#[derive(Debug, Clone, Serialize)]
pub struct FarewellPage {
    /// What surrounds the page.
    pub around: Around,
    /// The question.
    pub title: String,
    /// What it means, in a sentence or two.
    pub lead: String,
    /// What goes.
    pub goes: Vec<String>,
    /// What stays, and why.
    pub stays: Vec<String>,
    /// Where the button posts to.
    pub action: String,
    /// What the button says.
    pub button: String,
    /// What stands beside a box that has to be ticked first (`sure`); without it the button is enough.
    pub sure: Option<String>,
    /// What was wrong.
    pub problems: Vec<Problem>,
    /// What may be meant instead.
    pub instead: Vec<Link>,
}

impl Templates {
    /// Draws what would happen.
    pub fn center_farewell(&self, frame: &Frame, page: &FarewellPage) -> Result<String, RenderError> {
        self.page("pages/center/farewell.html", frame, page)
    }
}
