//! What was wrong with a form: said on top, with a link to each field, and beside the field in the same words.

use serde::Serialize;

/// One thing that was wrong with a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The `id` of the field.
    pub field: &'static str,
    /// What would be right.
    pub words: String,
}
