//! The numbers of a report: what is compared, and what it is worth. Nothing here knows how they are drawn.

use serde::Serialize;
use templates::{BandRange, Groups, Lift, MeasureVerdict, OverTime, Unit};

use super::basis::{Basis, lift};
use super::compare::{ALPHA, Sides, amounts, rates};
use super::joining::{self, JoinedEffect};
use super::{groups, working};
use crate::lift::arms::{Estimate, Proportion, multiplier};
use crate::lift::distributions::{normal_quantile, normal_two_sided};
use crate::lift::means::{Grade, ratio_log_delta};

/// The numbers of a report.
#[derive(Debug, Clone, Serialize)]
pub struct Numbers {
    /// How the main measure's difference and range were worked out: `diff_newcombe` or `post_stratified`.
    pub method: &'static str,
    /// Standard errors on each side of an estimate.
    pub multiplier: f64,
    /// What is compared, the main measure first.
    pub measures: Vec<Measured>,
    /// The ranges drawn around the main measure.
    pub ranges: Vec<BandRange>,
    /// Renewals more than without the program, on the program side.
    pub extra_renewals: Lift,
    /// The same if the comparison side had it too.
    pub extra_if_everyone: Lift,
    /// What an extra renewal costs, where that can be said; never at an early look.
    pub cost_per_extra: Option<Cost>,
    /// The effect on those who joined because they were asked.
    pub joined_effect: JoinedEffect,
    /// How the lift came about.
    pub over_time: Option<OverTime>,
    /// The lift by group.
    pub groups: Option<Groups>,
}

/// What an extra renewal costs, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cost {
    /// The best guess.
    pub estimate: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end, if there is one.
    pub high: Option<f64>,
}

/// One measure on both sides.
#[derive(Debug, Clone, Serialize)]
pub struct Measured {
    /// What it is called.
    pub name: String,
    /// What it counts.
    pub hint: String,
    /// What it is counted in.
    pub unit: Unit,
    /// The program side.
    pub program: Side,
    /// The comparison side.
    pub comparison: Side,
    /// Program side minus comparison side, with its range.
    pub lift: Option<Lift>,
    /// The p-value of no difference at this look.
    pub p_value: Option<f64>,
    /// Program side over comparison side.
    pub ratio: Option<Ratio>,
    /// Why something is missing.
    pub reason: String,
    /// What may be said of it.
    pub verdict: MeasureVerdict,
}

/// One side of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Side {
    /// Families.
    pub families: u64,
    /// Those with the outcome, or the sum of their amounts in minor units.
    pub total: f64,
    /// The share, or the mean.
    pub value: Option<f64>,
}

/// A ratio, and how far it may be leaned on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ratio {
    /// The ratio with its range.
    #[serde(flatten)]
    pub lift: Lift,
    /// By the buyers of the comparison side.
    pub grade: Grade,
}

impl Numbers {
    /// Works the numbers out, when there are families on both sides and a range can be given.
    pub fn of(basis: &Basis) -> Option<Self> {
        let wide = basis.multiplier()?;
        let found = basis.renewed.difference(wide);
        let main = lift(&found)?;
        let mut measures = vec![Measured {
            verdict: by_range(main),
            ..rate("Renewed", "Main measure, chosen before the start", &basis.renewed, &found)
        }];
        measures.extend(active(basis, wide, by_range(main)));
        measures.push(revenue(basis, wide));
        let early = basis.early();
        if early {
            for measure in &mut measures {
                measure.verdict = MeasureVerdict::TooEarly;
            }
        }
        let families = [basis.renewed.program().n, basis.renewed.comparison().n].map(|n| n as f64);
        Some(Self {
            method: if basis.renewed.shares_differ() { "post_stratified" } else { "diff_newcombe" },
            multiplier: wide,
            ranges: ranges(basis, main),
            extra_renewals: times(main, families[0]),
            extra_if_everyone: times(main, families[1]),
            cost_per_extra: cost(basis, times(main, families[0])).filter(|_| !early),
            joined_effect: joining::effect(basis, wide),
            over_time: working::over_time(basis),
            groups: if early { None } else { groups::groups(basis, wide, main) },
            measures,
        })
    }

    /// The main measure.
    pub fn main(&self) -> &Measured {
        &self.measures[0]
    }
}

fn times(lift: Lift, families: f64) -> Lift {
    Lift { estimate: lift.estimate * families, low: lift.low * families, high: lift.high * families }
}

/// What a range says, taken alone.
pub fn by_range(lift: Lift) -> MeasureVerdict {
    if lift.low > 0.0 {
        MeasureVerdict::ClearGain
    } else if lift.high < 0.0 {
        MeasureVerdict::ClearLoss
    } else {
        MeasureVerdict::NotClearYet
    }
}

/// 10, 16 and 19 times in 20 at the one planned look; otherwise the one range that any look may use.
fn ranges(basis: &Basis, main: Lift) -> Vec<BandRange> {
    if !basis.is_the_planned_look() {
        return vec![BandRange { times_in_20: 19, low: main.low, high: main.high }];
    }
    let band = |(times_in_20, alpha)| {
        let found = lift(&basis.renewed.difference(multiplier(alpha).ok()?))?;
        Some(BandRange { times_in_20, low: found.low, high: found.high })
    };
    [(19, ALPHA), (16, 0.2), (10, 0.5)].into_iter().filter_map(band).collect()
}

fn cost(basis: &Basis, extra: Lift) -> Option<Cost> {
    let cost = basis.program.cost? as f64;
    (extra.estimate > 0.0).then(|| Cost {
        estimate: cost / extra.estimate,
        low: cost / extra.high,
        high: (extra.low > 0.0).then(|| cost / extra.low),
    })
}

fn rate(name: &str, hint: &str, sides: &Sides<Proportion>, found: &Estimate) -> Measured {
    let side = |side: Proportion| Side {
        families: side.n,
        total: side.events as f64,
        value: (side.n > 0).then(|| side.rate()),
    };
    Measured {
        name: name.to_owned(),
        hint: hint.to_owned(),
        unit: Unit::Rate,
        program: side(sides.program()),
        comparison: side(sides.comparison()),
        lift: lift(found),
        p_value: sides.p_value(),
        ratio: None,
        reason: found.reason.as_ref().map(ToString::to_string).unwrap_or_default(),
        verdict: MeasureVerdict::NotClearYet,
    }
}

/// The second measure. It is called clear only where the main one is: asked in this order, fixed before the start, the two
/// together are wrong no more often than the main one alone.
fn active(basis: &Basis, wide: f64, main: MeasureVerdict) -> Option<Measured> {
    if !basis.gathered.usage_known {
        return None;
    }
    let sides = rates(&basis.counted, |family| family.active);
    let found = sides.difference(wide);
    let row = rate(
        "In active use",
        "At least half the seats, where they were counted in the 30 days before the renewal date",
        &sides,
        &found,
    );
    let own = row.lift.map_or(MeasureVerdict::DontLeanOnIt, by_range);
    let verdict = match main {
        MeasureVerdict::ClearGain | MeasureVerdict::ClearLoss => own,
        _ if own == MeasureVerdict::DontLeanOnIt => own,
        _ => MeasureVerdict::NotClearYet,
    };
    Some(Measured { verdict, ..row })
}

fn revenue(basis: &Basis, wide: f64) -> Measured {
    let sides = amounts(&basis.counted, |family| family.revenue);
    let found = sides.difference((!basis.is_the_planned_look()).then_some(wide));
    let buyers =
        basis.counted.iter().filter(|family| family.comparison && family.revenue.is_some_and(|sum| sum > 0));
    let grade = Grade::of(buyers.count() as u64);
    // Added up as whole cents, so that the sum is exact.
    let side = |comparison: bool| {
        let own = basis.counted.iter().filter(|family| family.comparison == comparison);
        let (families, total) = own
            .filter_map(|family| family.revenue)
            .fold((0_u64, 0.0), |(families, sum), amount| (families + 1, sum + amount as f64));
        Side { families, total, value: (families > 0).then(|| total / families as f64) }
    };
    let ratio = (basis.is_the_planned_look() && !sides.shares_differ())
        .then(|| ratio_log_delta(sides.program(), sides.comparison(), ALPHA).ok())
        .flatten();
    let verdict = match grade {
        Grade::C => MeasureVerdict::DontLeanOnIt,
        Grade::A | Grade::B => MeasureVerdict::NotClearYet,
    };
    Measured {
        name: "Revenue".to_owned(),
        hint: format!(
            "Per customer, booked from {} days before to {} days after the renewal date; not called clear until it \
             is tried against re-drawn groups",
            basis.program.early_days, basis.program.grace_days
        ),
        unit: Unit::Money(basis.program.currency.clone()),
        program: side(false),
        comparison: side(true),
        lift: lift(&found),
        p_value: sides.p_value(),
        ratio: ratio.and_then(|ratio| Some(Ratio { lift: lift(&ratio)?, grade })),
        reason: found.reason.map(|reason| reason.to_string()).unwrap_or_default(),
        verdict,
    }
}

/// A p-value of one look made as careful as ranges `wide` standard errors wide are.
pub fn careful(p: f64, wide: f64) -> f64 {
    let z = -normal_quantile((p / 2.0).clamp(1e-300, 0.5));
    normal_two_sided(z * 1.959_963_984_540_054 / wide)
}
