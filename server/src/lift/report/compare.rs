//! One measure on both sides: families of unlike shares apart, and the range as wide as the reading mode asks.

use std::collections::BTreeMap;

use super::families::Family;
use crate::lift::arms::{Estimate, Moments, Proportion, Undefined};
use crate::lift::distributions::normal_two_sided;
use crate::lift::fisher::p_fisher;
use crate::lift::means::{p_pooled_variance, welch};
use crate::lift::proportions::newcombe_at;
use crate::lift::score::diff_miettinen_nurminen;
use crate::lift::strata::{Stratum, post_stratified};

/// Two-sided alpha of every reading.
pub const ALPHA: f64 = 0.05;

/// Both sides of a measure, the families of each stored share apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sides<T> {
    by_share: BTreeMap<u64, [T; 2]>,
}

/// Counts the families for which the question has an answer.
pub fn rates<'a>(
    families: impl IntoIterator<Item = &'a Family>,
    answer: impl Fn(&Family) -> Option<bool>,
) -> Sides<Proportion> {
    let mut sides = Sides { by_share: BTreeMap::new() };
    for family in families {
        let Some(yes) = answer(family) else { continue };
        let none = Proportion { events: 0, n: 0 };
        let both = sides.by_share.entry(family.share.to_bits()).or_insert([none; 2]);
        let side = &mut both[usize::from(family.comparison)];
        side.n += 1;
        side.events += u64::from(yes);
    }
    sides
}

/// Sums the families for which there is an amount.
pub fn amounts<'a>(
    families: impl IntoIterator<Item = &'a Family>,
    answer: impl Fn(&Family) -> Option<i64>,
) -> Sides<Moments> {
    let mut sides = Sides { by_share: BTreeMap::new() };
    for family in families {
        let Some(amount) = answer(family) else { continue };
        let both: &mut [Moments; 2] = sides.by_share.entry(family.share.to_bits()).or_default();
        both[usize::from(family.comparison)].push(amount as f64);
    }
    sides
}

impl<T> Sides<T> {
    /// Whether families of different shares were counted, so that the raw sides must not be pooled.
    pub fn shares_differ(&self) -> bool {
        self.by_share.len() > 1
    }
}

impl Sides<Proportion> {
    /// All families of the program side, whatever their share.
    pub fn program(&self) -> Proportion {
        self.whole(0)
    }

    /// All families of the comparison side, whatever their share.
    pub fn comparison(&self) -> Proportion {
        self.whole(1)
    }

    fn whole(&self, side: usize) -> Proportion {
        let all = self.by_share.values().map(|both| both[side]);
        all.fold(Proportion { events: 0, n: 0 }, |sum, one| Proportion {
            events: sum.events + one.events,
            n: sum.n + one.n,
        })
    }

    /// Program side minus comparison side, `multiplier` standard errors wide on each side.
    pub fn difference(&self, multiplier: f64) -> Estimate {
        let found = if self.shares_differ() {
            self.moments().stratified(multiplier)
        } else {
            newcombe_at(self.program(), self.comparison(), multiplier)
        };
        found.unwrap_or_else(Estimate::from)
    }

    /// The p-value of no difference that goes with it.
    pub fn p_value(&self) -> Option<f64> {
        if self.shares_differ() {
            return self.moments().stratified_p();
        }
        let (program, comparison) = (self.program(), self.comparison());
        if smallest_expected(program, comparison) < 5.0 {
            return p_fisher(program, comparison).ok();
        }
        diff_miettinen_nurminen(program, comparison, ALPHA).ok()?.p_value
    }

    fn moments(&self) -> Sides<Moments> {
        let both = self.by_share.iter().map(|(share, both)| (*share, both.map(Moments::from)));
        Sides { by_share: both.collect() }
    }
}

fn smallest_expected(one: Proportion, other: Proportion) -> f64 {
    let (all, events) = ((one.n + other.n) as f64, (one.events + other.events) as f64);
    one.n.min(other.n) as f64 * events.min(all - events) / all
}

impl Sides<Moments> {
    /// All families of the program side, whatever their share.
    pub fn program(&self) -> Moments {
        self.by_share.values().fold(Moments::default(), |sum, both| sum.merged(both[0]))
    }

    /// All families of the comparison side, whatever their share.
    pub fn comparison(&self) -> Moments {
        self.by_share.values().fold(Moments::default(), |sum, both| sum.merged(both[1]))
    }

    /// Program side minus comparison side. `multiplier` is nothing for the one planned look.
    pub fn difference(&self, multiplier: Option<f64>) -> Estimate {
        let planned = 1.959_963_984_540_054;
        if self.shares_differ() {
            return self.stratified(multiplier.unwrap_or(planned)).unwrap_or_else(Estimate::from);
        }
        let found = welch(self.program(), self.comparison(), ALPHA).unwrap_or_else(Estimate::from);
        match (multiplier, found.estimate, found.se) {
            (Some(wide), Some(middle), Some(se)) => {
                Estimate { ci: Estimate::between(middle, middle - wide * se, middle + wide * se).ci, ..found }
            }
            _ => found,
        }
    }

    /// The larger of the two p-values that a claim on amounts must pass: Welch's, and that of the pooled variance.
    pub fn p_value(&self) -> Option<f64> {
        if self.shares_differ() {
            return self.stratified_p();
        }
        let pooled = p_pooled_variance(self.program(), self.comparison()).ok()?.p_value;
        let apart = welch(self.program(), self.comparison(), ALPHA).ok()?.p_value?;
        Some(pooled.max(apart))
    }

    fn stratified(&self, multiplier: f64) -> Result<Estimate, Undefined> {
        let strata: Vec<_> = self
            .by_share
            .iter()
            .map(|(share, [program, comparison])| Stratum {
                name: format!("{} % kept out", 100.0 * f64::from_bits(*share)),
                treatment: *program,
                control: *comparison,
            })
            .collect();
        let found = post_stratified(&strata, ALPHA)?;
        Ok(match (found.estimate, found.se) {
            (Some(middle), Some(se)) => {
                let ci = Estimate::between(middle, middle - multiplier * se, middle + multiplier * se).ci;
                Estimate { ci, ..found }
            }
            _ => found,
        })
    }

    fn stratified_p(&self) -> Option<f64> {
        let found = self.stratified(1.0).ok()?;
        Some(normal_two_sided(found.estimate? / found.se.filter(|se| *se > 0.0)?))
    }
}
