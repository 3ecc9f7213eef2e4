//! The name of an item, a rule or a starter segment, in files and in addresses.

use std::{borrow::Borrow, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A short name in small letters, digits and hyphens: `answer-after-hours`.
///
/// It is the file's name without its ending, and the last part of the address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Why some text is no [`Slug`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is no short name; use 1 to 80 small letters, digits and single hyphens, as in \"answer-after-hours\""
)]
pub struct SlugError(String);

impl Slug {
    /// Admits a short name, or says what one looks like.
    pub fn parse(text: &str) -> Result<Self, SlugError> {
        let sound = (1..=80).contains(&text.len())
            && text.split('-').all(|part| {
                !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            });
        if sound { Ok(Self(text.to_owned())) } else { Err(SlugError(text.chars().take(80).collect())) }
    }

    /// The short name of a file: `answer-after-hours` for `library/answer-after-hours.md`.
    pub fn of_file(file: &str) -> Result<Self, SlugError> {
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        Self::parse(name.split_once('.').map_or(name, |(stem, _)| stem))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = SlugError;

    fn from_str(text: &str) -> Result<Self, SlugError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Slug {
    type Error = SlugError;

    fn try_from(text: String) -> Result<Self, SlugError> {
        Self::parse(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl Borrow<str> for Slug {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_small_letters_digits_and_single_hyphens() {
        for sound in ["a", "answer-after-hours", "2-fa", "10-minute-test"] {
            assert_eq!(Slug::parse(sound).unwrap().as_str(), sound);
        }
        for unsound in ["", "-a", "a-", "a--b", "A", "a b", "a/b", "a.b", "é"] {
            assert!(Slug::parse(unsound).is_err(), "{unsound}");
        }
        assert!(Slug::parse(&"a".repeat(81)).is_err());
    }

    #[test]
    fn a_file_names_its_slug() {
        assert_eq!(Slug::of_file("library/answer.md").unwrap().as_str(), "answer");
        assert!(Slug::of_file("library/Answer.md").is_err());
    }
}
