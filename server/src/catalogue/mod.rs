//! What is kept as files: items, rules, segments, letters, programs and journeys. Taken in whole, given back in the
//! same form, and looked over before a reader finds what is wrong.

pub mod check;
pub mod export;
mod files;
pub mod import;
#[cfg(test)]
mod tests;
mod together;

pub use files::File;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// Pieces of content: Markdown with front matter.
    Items,
    /// Rules that choose content: TOML.
    Rules,
    /// Saved questions: TOML.
    Segments,
    /// Letters: a folder each.
    Emails,
    /// Programs: TOML.
    Programs,
    /// Journeys: JSON.
    Journeys,
}

impl FileKind {
    /// Every one, in an order in which a whole set may be taken in.
    pub const ALL: [Self; 6] =
        [Self::Items, Self::Rules, Self::Segments, Self::Emails, Self::Programs, Self::Journeys];

    /// Its name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Rules => "rules",
            Self::Segments => "segments",
            Self::Emails => "emails",
            Self::Programs => "programs",
            Self::Journeys => "journeys",
        }
    }

    /// The folder that holds such files when several kinds lie side by side.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Items => "library",
            other => other.as_str(),
        }
    }

    /// How the names of such files end.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Items => "md",
            Self::Rules | Self::Segments | Self::Programs | Self::Emails => "toml",
            Self::Journeys => "json",
        }
    }

    /// The kind with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}
