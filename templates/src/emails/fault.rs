//! What is wrong with a letter, said for the person who wrote it.

use std::fmt;

/// One thing that keeps a letter from being saved: which file, which line, what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Fault {
    /// The letter's name, or its folder when even the name could not be read.
    pub letter: String,
    /// `email.toml`, `subject.txt`, `body.txt` or `body.mjml`.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{} line {}: {}", self.letter, self.file, self.line, self.message)
    }
}

/// One file of a letter while it is read, so that whatever is wrong with it knows where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct File<'a> {
    pub letter: &'a str,
    pub name: &'a str,
    pub text: &'a str,
}

impl File<'_> {
    /// A fault at a byte offset of this file.
    pub fn fault_at(&self, offset: usize, message: impl Into<String>) -> Fault {
        let before = String::from_utf8_lossy(&self.text.as_bytes()[..offset.min(self.text.len())]);
        self.fault_on(1 + before.matches('\n').count(), message)
    }

    /// A fault on a line of this file.
    pub fn fault_on(&self, line: usize, message: impl Into<String>) -> Fault {
        Fault { letter: self.letter.to_owned(), file: self.name.to_owned(), line, message: message.into() }
    }
}
