//! `/kept`: words that were typed into a form we could not take, so that they are not lost.

use serde::Serialize;

use super::{Around, Field};
use crate::{Frame, RenderError, Templates};

/// Why the words are shown again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeptWhy {
    /// The page had been open for too long: one more press sends them.
    Stale,
    /// Their author was signed out, and is in again.
    Back,
    /// Their author is signed out, and we could not keep them: they can be copied.
    Lost,
}

/// Words typed into a form, in the same form once more.
#[derive(Debug, Clone, Serialize)]
pub struct KeptPage {
    /// What surrounds the page.
    pub around: Around,
    /// Why they are shown.
    pub why: KeptWhy,
    /// Where the form posts to.
    pub action: String,
    /// What was typed.
    pub fields: Vec<KeptField>,
    /// What the form carried besides.
    pub carried: Vec<Field>,
}

/// One field of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeptField {
    /// Its name in the form.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What was typed.
    pub value: String,
    /// Whether it takes several lines.
    pub long: bool,
}

impl Templates {
    /// Draws words that were typed into a form we could not take.
    pub fn center_kept(&self, frame: &Frame, page: &KeptPage) -> Result<String, RenderError> {
        self.page("pages/center/kept.html", frame, page)
    }
}
