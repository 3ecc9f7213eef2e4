//! `/offline`: what a browser shows when the line is down. Kept there beforehand, so it holds nothing about anybody.

use serde::Serialize;

use super::Around;
use crate::{Frame, RenderError, Templates};

/// The note that the line is down.
#[derive(Debug, Clone, Serialize)]
pub struct OfflinePage {
    /// What surrounds the page: nobody signed in, and a person to call.
    pub around: Around,
}

impl Templates {
    /// Draws the note that the line is down.
    pub fn center_offline(&self, frame: &Frame, page: &OfflinePage) -> Result<String, RenderError> {
        self.page("pages/center/offline.html", frame, page)
    }
}
