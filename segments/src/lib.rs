//! Who: the people we may write to, and the questions we may ask about them.
//!
//! A [`Predicate`] is one such question, "renews within 30 days and owns phones" for instance. It has two
//! readers, and they must never disagree:
//!
//! * [`Predicate::matches`] answers for one [`Profile`] held in memory;
//! * [`Predicate::to_condition`] answers for the whole table, as SQL.
//!
//! What each fact means is written once, on the variants of [`Fact`].
//!
//! Nothing here opens a connection or looks at a clock: `now` is always handed in, so any answer can be asked
//! for again and comes out the same.

#[macro_use]
mod word;

mod account;
mod ask;
mod consent;
mod contact;
mod email;
mod event;
mod explain;
mod ids;
pub mod inferred;
mod lint;
pub mod money;
pub mod naics;
mod nearest;
mod predicate;
mod profile;
mod saved;
mod size;
mod text;

pub use account::{Account, Billing, Licence, Milestone, SeatCount, Side, Stage};
pub use ask::AskChannel;
pub use consent::{Pace, Purpose};
pub use contact::{Level, TypeSource, UserType, need};
pub use email::{Email, EmailError};
pub use event::{Carried, Event, EventKind, ItemWord, Verdict};
pub use explain::Explanation;
pub use ids::{AccountId, ContactId};
pub use inferred::{Deed, Evidence, Inferred, inferred_type};
pub use nearest::nearest;
pub use predicate::{
    Act, Agreement, Amount, Fact, Industry, Known, Limits, MAX_DEPTH, MAX_LIST, MAX_NODES, MAX_TEXT, Numbers,
    Object, Predicate, Segment, Times, Unseen, Verb, When,
};
pub use profile::Profile;
pub use saved::{Saved, SavedError};
pub use size::{Class, SizeBand};
pub use text::QuestionError;
pub use word::UnknownWord;
