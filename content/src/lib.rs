//! What: the items there are, the rules that choose among them, and the reasons.
//!
//! An [`Item`] is a Markdown file, a [`Rule`] a TOML file; both are parsed once, at
//! the door. [`select`](fn@select) then chooses for one reader, and
//! [`lint`](fn@lint) tells authors what to put right.
//!
//! Nothing here opens a connection, sends a thing or looks at a clock: `now` is
//! always handed in, so any choice can be made again and comes out the same.

mod catalogue;
mod drawing;
mod fields;
mod finding;
mod item;
mod lint;
pub mod markdown;
mod names;
pub mod reading;
mod rule;
pub mod search;
mod select;
mod slug;
mod starter;
mod starter_segment;
mod starter_shelf;
mod toml_file;
mod words;

pub use catalogue::Catalogue;
pub use drawing::{Drawing, starter_drawing};
pub use finding::{Finding, Refused, Severity};
pub use item::{Answer, Author, Explained, Item, QuickCheck, Step};
pub use lint::lint;
pub use names::{AuthorKind, Effect, Format, Kind, Slot, Trouble, UnknownName};
pub use rule::{Filter, Rule};
pub use select::{
    Act, Choice, Considered, FactUsed, Guess, HOME, LETTER, Past, Reason, ReasonStep, Selection, Wanted,
    explain, select,
};
pub use slug::{Slug, SlugError};
pub use starter::{Library, Source, embedded_sources};
pub use starter_segment::StarterSegment;
pub use starter_shelf::{StarterShelf, shelves_for};
pub use words::{LayPhrase, Words, starter_words};
