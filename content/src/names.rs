//! The closed lists of words that items and rules are written with.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A word that is not on the list, and the list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{known}")]
pub struct UnknownName {
    /// The words that are on the list, as one phrase: "starter, getting-by or confident".
    pub known: String,
}

/// "a, b or c".
pub(crate) fn either(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$note:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$note])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every word of the list, in order.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The word as it stands in files and in the database.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl FromStr for $name {
            type Err = UnknownName;

            fn from_str(text: &str) -> Result<Self, UnknownName> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|name| name.as_str() == text)
                    .ok_or_else(|| UnknownName { known: either(&[$($text,)+]) })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(self.as_str())
            }
        }
    };
}

names! {
    /// What an item is for. Each kind is a purpose that people consent to.
    Kind {
        /// It teaches something new.
        Training = "training",
        /// It gets something working again.
        Support = "support",
        /// It is what peers and experts answered.
        Community = "community",
    }
}

names! {
    /// The shape of an item.
    Format {
        /// A training of ten minutes at most.
        Quick = "quick",
        /// A training of several steps.
        Lesson = "lesson",
        /// A problem and its steps, quickest first.
        Fix = "fix",
        /// Something to read.
        Article = "article",
        /// A question with answers.
        Question = "question",
    }
}

names! {
    /// What does not work when something does not: the heading that a fix stands under.
    Trouble {
        /// Calls, in or out.
        Calls = "calls",
        /// The internet, by cable or through the air.
        Connection = "connection",
        /// Coming in where one has an account.
        SignIn = "sign-in",
        /// E-mail.
        Mail = "mail",
        /// Files and their copies.
        Files = "files",
        /// Cards, payouts and bills.
        Money = "money",
        /// Appointments and their reminders.
        Bookings = "bookings",
        /// The website.
        Website = "website",
    }
}

names! {
    /// Who wrote an item.
    AuthorKind {
        /// The vendor itself.
        Vendor = "vendor",
        /// Someone known for the subject.
        Expert = "expert",
        /// A partner who sells or serves the product.
        Partner = "partner",
        /// Another customer.
        Peer = "peer",
    }
}

names! {
    /// A place on a page or in a letter that content is chosen for.
    Slot {
        /// The one next thing to do.
        NextWin = "next-win",
        /// Fix it fast: common problems.
        Fix = "fix",
        /// Picked for you.
        Picks = "picks",
        /// A program letter.
        Letter = "letter",
    }
}

names! {
    /// What a rule does with its items when its question holds.
    Effect {
        /// Moves them up by the rule's weight.
        Prefer = "prefer",
        /// Lets nothing else into the slot.
        Require = "require",
        /// Keeps them out of the slot.
        Exclude = "exclude",
        /// Puts them first.
        Pin = "pin",
    }
}
