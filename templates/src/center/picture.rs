//! The picture of a question, wherever it is shown.

use serde::Serialize;

/// The picture of a question.
#[derive(Debug, Clone, Serialize)]
pub struct PictureView {
    /// Where it is.
    pub src: String,
    /// What it shows, in the words of who asked.
    pub alt: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Why others do not see it.
    pub note: Option<String>,
}
