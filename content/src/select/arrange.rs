//! Puts candidates in their places: rules first, then points, then variety.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::{Candidate, Field, SlotField, history::Turn};
use crate::{
    item::Item,
    names::{Effect, Format, Kind, Slot},
    rule::Rule,
    slug::Slug,
};

/// Who stands where, and who stands in no place and why.
#[derive(Default)]
pub(super) struct Arranged<'a> {
    pub placed: Vec<Placed<'a>>,
    /// For each slot, by its place in the list of slots, why a candidate was left out.
    pub left_out: BTreeMap<(usize, &'a Slug), LeftOut<'a>>,
}

/// One candidate in its place.
pub(super) struct Placed<'a> {
    pub slot: usize,
    pub position: usize,
    pub candidate: &'a Candidate<'a>,
    /// Every rule that spoke for it.
    pub spoken: Vec<&'a Rule>,
    pub score: i32,
    /// What it brings to the page that was still wanting.
    pub brings: Option<&'static str>,
    /// The best of those who stayed behind at this place.
    pub runner_up: Option<RunnerUp<'a>>,
    /// Whether only the seeded hash put it before the runner-up.
    pub by_hash: bool,
}

/// The one that would have come if this one had not.
#[derive(Clone, Copy)]
pub(super) struct RunnerUp<'a> {
    pub item: &'a Item,
    pub score: i32,
    /// Whether it would have come first, had the page not to be varied.
    pub ahead: bool,
}

/// Why a candidate has no place.
pub(super) enum LeftOut<'a> {
    Excluded(&'a Rule),
    NotRequired(&'a Rule),
    OnThePage,
    TooAlike(i32),
    Behind(i32),
}

/// A candidate with everything the rules add to it.
struct Standing<'a> {
    candidate: &'a Candidate<'a>,
    spoken: Vec<&'a Rule>,
    pin: i32,
    score: i32,
}

impl Standing<'_> {
    /// The greater comes first.
    fn rank(&self) -> impl Ord {
        (
            self.pin,
            &self.candidate.turn,
            self.score,
            Reverse(self.candidate.tie),
            Reverse(&self.candidate.item.slug),
        )
    }

    /// Like [`Standing::rank`], without the hash.
    fn merit(&self) -> (i32, &Turn, i32) {
        (self.pin, &self.candidate.turn, self.score)
    }
}

/// What is already on the page.
#[derive(Default)]
struct Page<'a> {
    slugs: BTreeSet<&'a Slug>,
    looks: BTreeSet<(Format, &'a str)>,
}

impl<'a> Page<'a> {
    fn looks_of(item: &'a Item) -> Vec<(Format, &'a str)> {
        if item.products.is_empty() {
            return vec![(item.format, "")];
        }
        item.products.iter().map(|code| (item.format, code.as_str())).collect()
    }

    fn add(&mut self, item: &'a Item) {
        self.slugs.insert(&item.slug);
        self.looks.extend(Self::looks_of(item));
    }

    fn has_alike(&self, item: &'a Item) -> bool {
        Self::looks_of(item).iter().any(|look| self.looks.contains(look))
    }
}

/// Fills every slot; `without` leaves one rule out, by its place among those that fired.
pub(super) fn arrange<'a>(field: &'a Field<'a>, without: Option<usize>) -> Arranged<'a> {
    let rules = field.fired.iter().enumerate().filter(|(at, _)| Some(*at) != without);
    let rules: Vec<&Rule> = rules.map(|(_, rule)| *rule).collect();
    let (mut arranged, mut page) = (Arranged::default(), Page::default());
    for (at, slot) in field.slots.iter().enumerate() {
        let standing = admitted(at, slot, &rules, &mut arranged);
        fill(at, slot, standing, &mut page, &mut arranged);
    }
    arranged
}

/// Those whom the rules let in, with what the rules add.
fn admitted<'a>(
    at: usize,
    slot: &'a SlotField<'a>,
    rules: &[&'a Rule],
    arranged: &mut Arranged<'a>,
) -> Vec<Standing<'a>> {
    let here = slot.wanted.slot;
    let mut standing = Vec::with_capacity(slot.candidates.len());
    for candidate in &slot.candidates {
        let item = candidate.item;
        let spoken = |effect| rules.iter().copied().filter(move |rule| rule.acts(effect, here, item));
        let required =
            |rule: &&&Rule| rule.slot == here && rule.effect == Effect::Require && !rule.means(item);
        if let Some(rule) = spoken(Effect::Exclude).next() {
            arranged.left_out.insert((at, &item.slug), LeftOut::Excluded(rule));
        } else if let Some(rule) = rules.iter().find(required) {
            arranged.left_out.insert((at, &item.slug), LeftOut::NotRequired(rule));
        } else {
            let pin = spoken(Effect::Pin).map(|rule| rule.weight).max().unwrap_or(0);
            let preferred: i32 = spoken(Effect::Prefer).map(|rule| rule.weight).sum();
            let all = [Effect::Pin, Effect::Require, Effect::Prefer].into_iter().flat_map(spoken).collect();
            standing.push(Standing { candidate, spoken: all, pin, score: candidate.score + preferred });
        }
    }
    standing.sort_by(|one, other| other.rank().cmp(&one.rank()));
    standing
}

/// Fills one slot, best first, as varied as it can be.
fn fill<'a>(
    at: usize,
    slot: &SlotField<'a>,
    mut standing: Vec<Standing<'a>>,
    page: &mut Page<'a>,
    arranged: &mut Arranged<'a>,
) {
    let mut wanting = wishes(slot);
    standing.retain(|one| {
        let there = page.slugs.contains(&one.candidate.item.slug);
        if there {
            arranged.left_out.insert((at, &one.candidate.item.slug), LeftOut::OnThePage);
        }
        !there
    });
    for position in 0..slot.wanted.count {
        if standing.is_empty() {
            break;
        }
        let open = slot.wanted.count - position;
        let (chosen, brings) = next(&standing, page, &wanting, open);
        let chosen = standing.remove(chosen);
        let item = chosen.candidate.item;
        let runner_up = standing.first();
        arranged.placed.push(Placed {
            slot: at,
            position,
            candidate: chosen.candidate,
            by_hash: runner_up.is_some_and(|other| other.merit() == chosen.merit()),
            runner_up: runner_up.map(|other| RunnerUp {
                item: other.candidate.item,
                score: other.score,
                ahead: other.rank() > chosen.rank(),
            }),
            spoken: chosen.spoken,
            score: chosen.score,
            brings,
        });
        page.add(item);
        wanting.retain(|wish| !(wish.granted)(item));
    }
    for one in standing {
        let item = one.candidate.item;
        let why =
            if page.has_alike(item) { LeftOut::TooAlike(one.score) } else { LeftOut::Behind(one.score) };
        arranged.left_out.insert((at, &item.slug), why);
    }
}

/// Which of those standing comes next: pinned first; else the best that is not like something
/// on the page, as long as the places left are enough for what the page still wants.
fn next(
    standing: &[Standing<'_>],
    page: &Page<'_>,
    wanting: &[Wish],
    open: usize,
) -> (usize, Option<&'static str>) {
    if standing[0].pin > 0 {
        return (0, None);
    }
    // Nobody is better served by an expert on another trade: a wish brings only what is for this reader.
    let grants =
        |one: &Standing<'_>, wish: &Wish| !one.candidate.foreign && (wish.granted)(one.candidate.item);
    let granted: Vec<Vec<bool>> =
        standing.iter().map(|one| wanting.iter().map(|wish| grants(one, wish)).collect()).collect();
    let mut still: Vec<bool> = (0..wanting.len()).map(|wish| granted.iter().any(|one| one[wish])).collect();
    while places_for(&still, &granted) > open {
        let last = still.iter().rposition(|wish| *wish).expect("something is wanted");
        still[last] = false;
    }
    let tight = places_for(&still, &granted) == open;
    let leaves_room = |at: usize| {
        let after: Vec<bool> = still.iter().zip(&granted[at]).map(|(wish, has)| *wish && !has).collect();
        !tight || places_for(&after, &granted) < open
    };
    let fresh = |at: usize| !page.has_alike(standing[at].candidate.item);
    let mut places = 0..standing.len();
    let chosen = places
        .clone()
        .find(|at| fresh(*at) && leaves_room(*at))
        .or_else(|| places.find(|at| leaves_room(*at)))
        .unwrap_or(0);
    let brought = (0..wanting.len()).find(|wish| tight && still[*wish] && granted[chosen][*wish]);
    (chosen, brought.map(|wish| wanting[wish].name))
}

/// How many places what is still wanted takes up: one piece may bring two things at once.
fn places_for(still: &[bool], granted: &[Vec<bool>]) -> usize {
    let wanted = still.iter().filter(|wish| **wish).count();
    let brings = |one: &Vec<bool>| still.iter().zip(one).filter(|(wish, has)| **wish && **has).count();
    let most = granted.iter().map(brings).max().unwrap_or(0);
    wanted - most.saturating_sub(1)
}

/// Something a slot should hold if there is any.
struct Wish {
    name: &'static str,
    granted: fn(&Item) -> bool,
}

/// Picks hold one independent expert's piece, one lesson and one piece on a
/// trade or to read, where there are any. The first wish is the last to be given up.
fn wishes(slot: &SlotField<'_>) -> Vec<Wish> {
    if slot.wanted.slot != Slot::Picks || slot.wanted.count < 2 {
        return Vec::new();
    }
    vec![
        Wish { name: "a piece by an independent expert", granted: Item::by_independent_expert },
        Wish {
            name: "a lesson",
            granted: |item| {
                item.kind == Kind::Training && matches!(item.format, Format::Quick | Format::Lesson)
            },
        },
        Wish {
            name: "a piece on a trade, or to read",
            granted: |item| !item.trades.is_empty() || item.format == Format::Article,
        },
    ]
}
