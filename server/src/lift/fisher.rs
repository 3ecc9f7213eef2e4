//! Fisher's exact test, for cells too small for anything else.

use super::arms::{Proportion, Undefined, both};
use super::distributions::hypergeometric_weights;

/// Two tables count as equally likely when they differ by no more than rounding.
const ROUNDING: f64 = 1e-7;

/// Summing more tables than this takes seconds, and the normal tests are as good long before.
const MOST_TABLES: u64 = 20_000_000;

/// The p-value of no difference: the chance of every table no likelier than the one observed.
pub fn p_fisher(treatment: Proportion, control: Proportion) -> Result<f64, Undefined> {
    both(treatment, control)?;
    let events = treatment.events + control.events;
    if events > MOST_TABLES {
        return Err(
            format!("{events} events make too many tables to sum; with so many, use p_z_pooled").into()
        );
    }
    let (least, weights) = hypergeometric_weights(events, treatment.n, control.n);
    let at = usize::try_from(treatment.events - least).expect("the observed table is one of the tables");
    let observed = weights[at] * (1.0 + ROUNDING);
    let tail: f64 = weights.iter().filter(|weight| **weight <= observed).sum();
    Ok((tail / weights.iter().sum::<f64>()).min(1.0))
}

/// Whether a cell of the table is expected to hold under five rows, so that the normal tests are too rough.
pub fn has_small_cell(treatment: Proportion, control: Proportion) -> bool {
    let all = treatment.n as f64 + control.n as f64;
    let events = treatment.events as f64 + control.events as f64;
    let side = treatment.n.min(control.n) as f64;
    side * events / all < 5.0 || side * (all - events) / all < 5.0
}
