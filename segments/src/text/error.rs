//! What is wrong with a question, where, and what would be right.

use std::{fmt, ops::Range};

/// A mistake in a question, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionError {
    /// Line, counted from 1.
    pub line: usize,
    /// Column, counted from 1, in characters.
    pub column: usize,
    /// What is wrong, and what was expected.
    pub message: String,
    /// The known name that was probably meant.
    pub nearest: Option<String>,
    source: String,
    width: usize,
}

impl QuestionError {
    /// A mistake at these bytes of the text.
    pub(crate) fn at(text: &str, place: Range<usize>, message: String) -> Self {
        let start = place.start.min(text.len());
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let end = place.end.clamp(start, line_end);
        Self {
            line: before.matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            message,
            nearest: None,
            source: text[line_start..line_end].trim_end().to_owned(),
            width: text[start..end].chars().count().max(1),
        }
    }

    /// The same, with the name that was probably meant.
    pub(crate) fn meaning(mut self, nearest: Option<&str>) -> Self {
        self.nearest = nearest.map(str::to_owned);
        self
    }
}

impl std::error::Error for QuestionError {}

impl fmt::Display for QuestionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)?;
        if let Some(nearest) = &self.nearest {
            write!(f, "; did you mean `{nearest}`?")?;
        }
        let (shown, before) = self.window();
        write!(f, "\n  {shown}\n  {}{}", " ".repeat(before), "^".repeat(self.width.min(60)))
    }
}

impl QuestionError {
    /// The part of a long line around the mistake, and how far in it begins.
    fn window(&self) -> (String, usize) {
        let before = self.column - 1;
        let skip = before.saturating_sub(60);
        let shown = self.source.chars().skip(skip).take(130).collect::<String>().replace('\t', " ");
        (shown, before - skip)
    }
}
