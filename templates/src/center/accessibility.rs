//! `/accessibility`: what we hold to, how it is tested, what is known to be missing, and how to tell us.

use serde::Serialize;

use super::Around;
use crate::{Frame, RenderError, Templates};

/// What we do so that everybody can use the center.
#[derive(Debug, Clone, Serialize)]
pub struct AccessibilityPage {
    /// What surrounds the page.
    pub around: Around,
}

impl Templates {
    /// Draws what we do so that everybody can use the center.
    pub fn center_accessibility(
        &self,
        frame: &Frame,
        page: &AccessibilityPage,
    ) -> Result<String, RenderError> {
        self.page("pages/center/accessibility.html", frame, page)
    }
}
