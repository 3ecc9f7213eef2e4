//! What the pages of items share: who wrote one, its steps, and what is near it.

use serde::Serialize;

/// Who wrote an item. The page says in plain words whether they were paid.
#[derive(Debug, Clone, Serialize)]
pub struct Author {
    /// Their name.
    pub name: String,
    /// Who they are to us.
    pub kind: AuthorKind,
    /// Whether they owe us nothing.
    pub independent: bool,
    /// Whether we paid them.
    pub paid: bool,
}

/// Who an author is to the vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AuthorKind {
    /// Works for the vendor.
    Vendor,
    /// Knows the field.
    Expert,
    /// Works for a partner of the vendor.
    Partner,
    /// A customer like the reader.
    Peer,
}

/// One step of a lesson or a fix.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// What it achieves.
    pub title: String,
    /// What to do: finished HTML, already sanitised by the caller.
    pub body_html: String,
}

/// Another item, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepLink {
    /// Its title.
    pub title: String,
    /// Where it opens.
    pub href: String,
    /// How many minutes it takes.
    pub minutes: u32,
}

/// The button at the end.
#[derive(Debug, Clone, Serialize)]
pub struct Finish {
    /// Where it posts to.
    pub action: String,
    /// Whether it was pressed already.
    pub done: bool,
}
