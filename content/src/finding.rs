//! What is wrong with a file, said so that its author can put it right.
//!
//! Parsing and linting speak with one voice: both hand back [`Finding`]s. A
//! finding names the file, the line where that is known, what is wrong, and
//! what would be right.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It must be put right: the file is refused, or the page would be wrong.
    Error,
    /// It works, and a reader would still be better off without it.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// One thing that is wrong with one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// The file, as it was named to us.
    pub file: String,
    /// The line in that file, counted from 1, where it is known.
    pub line: Option<usize>,
    /// Whether it must be put right.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub sentence: String,
    /// What would be right, in one sentence.
    pub right: String,
}

impl Finding {
    /// A finding that must be put right.
    pub fn error(
        file: &str,
        line: Option<usize>,
        sentence: impl Into<String>,
        right: impl Into<String>,
    ) -> Self {
        Self {
            file: file.to_owned(),
            line,
            severity: Severity::Error,
            sentence: sentence.into(),
            right: right.into(),
        }
    }

    /// A finding that may stay, at a price.
    pub fn warning(
        file: &str,
        line: Option<usize>,
        sentence: impl Into<String>,
        right: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(file, line, sentence, right) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(out, ":{line}")?;
        }
        write!(out, ": {}: {} {}", self.severity, self.sentence, self.right)
    }
}

/// Why a file was turned away: every reason at once, so that its author mends it in one go.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Refused(pub Vec<Finding>);

impl Refused {
    /// A refusal with a single reason.
    pub fn one(finding: Finding) -> Self {
        Self(vec![finding])
    }
}
