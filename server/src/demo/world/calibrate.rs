//! The world measures its measurers: many seeds, each assigned by the hash, estimated, and held against
//! the truth that was planted. In memory, with no letter and no database.

use std::ops::RangeInclusive;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Outcome, Parameters, Side, Truth, World};
use crate::campaigns::comparison::unit;
use crate::ids;
use crate::lift::{Estimate, Moments, Proportion, Undefined};

/// The outcomes of all due families, by the side they were assigned to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sample {
    /// Asked.
    pub program: Vec<Outcome>,
    /// Not asked.
    pub comparison: Vec<Outcome>,
}

/// How an estimator did over many worlds.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Calibration {
    /// Worlds in which it gave an estimate.
    pub estimated: usize,
    /// Worlds in which it could not.
    pub undefined: usize,
    /// Worlds in which its range held the truth.
    pub covered: usize,
    /// The share of the estimated worlds that were covered.
    pub coverage: f64,
    /// The mean of estimate minus truth.
    pub mean_error: f64,
    /// The standard error of that mean.
    pub standard_error: f64,
    /// The mean of the truth.
    pub mean_truth: f64,
}

/// How many of these families renewed.
pub fn renewals(outcomes: &[Outcome]) -> Proportion {
    let renewed = outcomes.iter().filter(|outcome| outcome.renewed).count();
    Proportion { events: renewed as u64, n: outcomes.len() as u64 }
}

/// What these families brought in, in cents.
pub fn revenue(outcomes: &[Outcome]) -> Moments {
    let mut moments = Moments::default();
    for outcome in outcomes {
        moments.push(outcome.revenue as f64);
    }
    moments
}

impl World {
    /// The outcomes of all due families when `side_of` assigns them, by family number.
    pub fn sample(&self, side_of: impl Fn(usize) -> Side) -> Sample {
        let mut sample = Sample::default();
        for (number, family) in self.families.iter().enumerate() {
            let side = side_of(number);
            if let Some(outcome) = self.outcome(family, side) {
                match side {
                    Side::Program => sample.program.push(outcome),
                    Side::Comparison => sample.comparison.push(outcome),
                }
            }
        }
        sample
    }

    /// Assigns every family by the hash of its UUID. The answer is by family number.
    pub fn sides(&self, salt: &[u8], share: f64, family_id: impl Fn(&str) -> Uuid) -> Vec<Side> {
        self.families.iter().map(|family| side_by_hash(salt, family_id(&family.key), share)).collect()
    }
}

/// Builds a world for every seed, assigns `share` of its families to the comparison side with a salt
/// of its own, and holds `estimate` against the part of the truth it is after. Spread over all cores;
/// the answer does not depend on how many there are.
pub fn calibrate(
    seeds: RangeInclusive<u64>,
    parameters: impl Fn(u64) -> Parameters + Sync,
    share: f64,
    estimate: impl Fn(&Sample) -> Result<Estimate, Undefined> + Sync,
    truth: impl Fn(&Truth) -> f64 + Sync,
) -> Calibration {
    let seeds: Vec<u64> = seeds.collect();
    let one = |seed: &u64| {
        let world = World::build(&parameters(*seed));
        let salt = Sha256::digest(format!("calibration|{seed}"));
        let installation = Uuid::from_u64_pair(0, *seed);
        let sides = world.sides(&salt, share, |key| ids::named(installation, "family", key));
        let answer = estimate(&world.sample(|family| sides[family])).ok();
        (answer.and_then(|answer| Range::of(&answer)), truth(&world.truth()))
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let portion = seeds.len().div_ceil(threads).max(1);
    let answers: Vec<(Option<Range>, f64)> = std::thread::scope(|scope| {
        let portions = seeds.chunks(portion);
        let workers: Vec<_> =
            portions.map(|portion| scope.spawn(|| portion.iter().map(one).collect::<Vec<_>>())).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a world is built")).collect()
    });
    summarise(&answers)
}

/// An estimate of which no part is missing.
#[derive(Clone, Copy)]
struct Range {
    estimate: f64,
    low: f64,
    high: f64,
}

impl Range {
    fn of(answer: &Estimate) -> Option<Self> {
        let [low, high] = answer.ci;
        Some(Self { estimate: answer.estimate?, low: low?, high: high? })
    }
}

fn summarise(answers: &[(Option<Range>, f64)]) -> Calibration {
    let known: Vec<(Range, f64)> =
        answers.iter().filter_map(|(estimate, truth)| Some(((*estimate)?, *truth))).collect();
    let covered = known.iter().filter(|(range, truth)| (range.low..=range.high).contains(truth)).count();
    let count = known.len() as f64;
    let mean_error = known.iter().map(|(range, truth)| range.estimate - truth).sum::<f64>() / count.max(1.0);
    let squares =
        known.iter().map(|(range, truth)| (range.estimate - truth - mean_error).powi(2)).sum::<f64>();
    Calibration {
        estimated: known.len(),
        undefined: answers.len() - known.len(),
        covered,
        coverage: covered as f64 / count.max(1.0),
        mean_error,
        standard_error: (squares / (count - 1.0).max(1.0) / count.max(1.0)).sqrt(),
        mean_truth: answers.iter().map(|(_, truth)| truth).sum::<f64>() / (answers.len() as f64).max(1.0),
    }
}

/// Where a family belongs by the draw of `MEASUREMENT.md` section 1.
pub fn side_by_hash(salt: &[u8], family: Uuid, share: f64) -> Side {
    if unit(salt, family) < share { Side::Comparison } else { Side::Program }
}
