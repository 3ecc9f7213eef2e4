//! Words from closed lists: each is an enum, one spelling, parsed at the door with the nearest word suggested.

use crate::nearest;

/// A value from a closed list, as the question language, the files and the tables write it.
pub(crate) trait Word: Copy + Eq + 'static {
    /// What the list is a list of, as in "there is no level called …".
    const WHAT: &'static str;
    /// Every word, in its natural order.
    const WORDS: &'static [Self];
    /// Its one spelling.
    fn word(self) -> &'static str;
}

/// A word that is not in its list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no {what} called `{written}`{}; it is one of {}", did_you_mean(*.nearest), .known.join(", "))]
pub struct UnknownWord {
    /// What the list is a list of.
    pub what: &'static str,
    /// What was written.
    pub written: String,
    /// The word that was probably meant.
    pub nearest: Option<&'static str>,
    /// The whole list.
    pub known: Vec<&'static str>,
}

fn did_you_mean(nearest: Option<&'static str>) -> String {
    nearest.map(|name| format!(" (did you mean `{name}`?)")).unwrap_or_default()
}

/// Reads a word, forgiving its case, spaces and underscores: "Getting by" is `getting-by`.
pub(crate) fn read<W: Word>(written: &str) -> Result<W, UnknownWord> {
    let tidy = written.trim().to_lowercase().replace([' ', '_', '–'], "-");
    W::WORDS.iter().copied().find(|word| word.word() == tidy).ok_or_else(|| {
        let known: Vec<_> = W::WORDS.iter().map(|word| word.word()).collect();
        UnknownWord {
            what: W::WHAT,
            written: written.to_owned(),
            nearest: nearest(&tidy, known.iter().copied()),
            known,
        }
    })
}

/// Writes a closed list: an enum whose words are the same in text, JSON, files and tables.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident, $what:literal: $($(#[$doc:meta])* $variant:ident = $word:literal,)+) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(into = "&'static str", try_from = "String")]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// Every one, in its natural order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as text, files and tables write it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl $crate::word::Word for $name {
            const WHAT: &'static str = $what;
            const WORDS: &'static [Self] = Self::ALL;
            fn word(self) -> &'static str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::word::UnknownWord;
            fn from_str(written: &str) -> Result<Self, Self::Err> {
                $crate::word::read(written)
            }
        }

        impl From<$name> for &'static str {
            fn from(word: $name) -> Self {
                word.as_str()
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::word::UnknownWord;
            fn try_from(written: String) -> Result<Self, Self::Error> {
                written.parse()
            }
        }
    };
}
