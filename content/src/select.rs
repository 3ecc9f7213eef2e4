//! Chooses content for one reader: pure, and always with its reasons.
//!
//! In this order: who may see an item; what the rules say; how well it fits;
//! variety on one page; not again too soon; and a seeded hash where all else
//! is equal. The same inputs give the same choices, on every node, at any time.

mod arrange;
mod choice;
mod facts;
mod fit;
mod history;
mod reader;
mod sight;
mod why;

use chrono::{DateTime, Utc};
use segments::Profile;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    catalogue::Catalogue,
    item::Item,
    names::{Effect, Slot},
    rule::Rule,
};
pub use choice::{Choice, Considered, FactUsed, Guess, Reason, ReasonStep, Selection};
pub use history::{Act, Past};
use reader::Reader;
pub(crate) use sight::may_stand_in;

/// A slot to be filled, and with how many items at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// The slot.
    pub slot: Slot,
    /// How many items at most.
    pub count: usize,
}

/// What the first page of the resource center asks for.
pub const HOME: [Wanted; 3] = [
    Wanted { slot: Slot::NextWin, count: 1 },
    Wanted { slot: Slot::Fix, count: 4 },
    Wanted { slot: Slot::Picks, count: 3 },
];

/// What a program letter asks for.
pub const LETTER: [Wanted; 1] = [Wanted { slot: Slot::Letter, count: 1 }];

/// Chooses what one reader gets in each slot of one page or letter.
///
/// The slots are filled in the order they are asked for, and no item comes
/// twice. A slot may stay short or empty: nothing is shown that may not be.
pub fn select(
    profile: &Profile,
    catalogue: &Catalogue,
    rules: &[Rule],
    history: &[Past],
    slots: &[Wanted],
    now: DateTime<Utc>,
) -> Vec<Choice> {
    let field = Field::survey(profile, catalogue, rules, history, slots, now);
    why::choices(&field, &arrange::arrange(&field, None))
}

/// Chooses as [`select`] does, and also says of every other item why it does not show.
pub fn explain(
    profile: &Profile,
    catalogue: &Catalogue,
    rules: &[Rule],
    history: &[Past],
    slots: &[Wanted],
    now: DateTime<Utc>,
) -> Selection {
    let field = Field::survey(profile, catalogue, rules, history, slots, now);
    let placed = arrange::arrange(&field, None);
    Selection { choices: why::choices(&field, &placed), considered: why::considered(&field, &placed) }
}

/// Everything that can be said before the rules have their way: looked at once,
/// then arranged with all rules, and again with one rule less for each "what if".
struct Field<'a> {
    reader: Reader<'a>,
    slots: Vec<SlotField<'a>>,
    /// The rules whose question holds for this reader, by name.
    fired: Vec<&'a Rule>,
}

/// One slot, the items that may stand in it, and why the others may not.
struct SlotField<'a> {
    wanted: Wanted,
    candidates: Vec<Candidate<'a>>,
    unseen: Vec<(&'a Item, String)>,
}

/// An item that may stand in a slot, and how well it fits whatever the rules say.
struct Candidate<'a> {
    item: &'a Item,
    fits: Vec<fit::Fit>,
    /// The sum of the fits.
    score: i32,
    turn: history::Turn,
    /// Whether it is for other trades, or for products this reader does not have.
    foreign: bool,
    /// Decides between equals; spread evenly over readers.
    tie: u64,
}

impl<'a> Field<'a> {
    fn survey(
        profile: &'a Profile,
        catalogue: &'a Catalogue,
        rules: &'a [Rule],
        history: &[Past],
        slots: &[Wanted],
        now: DateTime<Utc>,
    ) -> Self {
        let reader = Reader { profile, now };
        let past = history::Memory::of(history, catalogue, now);
        let mut fired: Vec<&Rule> = rules
            .iter()
            .filter(|rule| {
                slots.iter().any(|wanted| wanted.slot == rule.slot) && rule.when.matches(profile, now)
            })
            .collect();
        fired.sort_by(|one, other| one.slug.cmp(&other.slug));
        let slots = slots.iter().map(|wanted| slot_field(*wanted, reader, catalogue, &past)).collect();
        Self { reader, slots, fired }
    }
}

fn slot_field<'a>(
    wanted: Wanted,
    reader: Reader<'_>,
    catalogue: &'a Catalogue,
    past: &history::Memory<'_>,
) -> SlotField<'a> {
    let mut field = SlotField { wanted, candidates: Vec::new(), unseen: Vec::new() };
    for item in catalogue.iter() {
        let hidden = sight::hidden(item, wanted.slot, reader).or_else(|| past.hides(item, wanted.slot));
        if let Some(why_not) = hidden {
            field.unseen.push((item, why_not));
            continue;
        }
        let mut fits = fit::fits(item, reader);
        fits.extend(past.recently(item, wanted.slot));
        let score = fits.iter().map(|fit| fit.score).sum();
        let turn = past.turn(item, wanted.slot);
        let tie = seeded(&reader.seed(), wanted.slot, item);
        let foreign = reader.is_foreign_to(item);
        field.candidates.push(Candidate { item, fits, score, turn, foreign, tie });
    }
    field
}

/// A number that is the same for the same reader, slot and item, and else as good as random.
fn seeded(reader: &str, slot: Slot, item: &Item) -> u64 {
    let mut hash = Sha256::new();
    for part in [reader, slot.as_str(), item.slug.as_str()] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let digest = hash.finalize();
    u64::from_be_bytes(digest[..8].try_into().expect("a SHA-256 digest is longer than 8 bytes"))
}

impl Rule {
    /// Whether this rule does `effect` to `item` in `slot`.
    fn acts(&self, effect: Effect, slot: Slot, item: &Item) -> bool {
        self.slot == slot && self.effect == effect && self.means(item)
    }
}

#[cfg(test)]
mod tests;
