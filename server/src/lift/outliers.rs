//! A few very large orders, held to a cap, to see whether they alone made the difference.

use super::arms::{Estimate, Moments, Undefined};
use super::means::welch;

/// The capped difference and the cap.
#[derive(Debug, Clone, PartialEq)]
pub struct Capped {
    /// Amounts above this were counted as this.
    pub cap: f64,
    /// The difference of the capped amounts.
    pub estimate: Estimate,
}

/// Caps both sides at one quantile of all amounts, blind to the side, then compares means.
///
/// With `over_positive` only amounts above 0 enter the quantile: where most rows
/// are 0, a quantile over all of them would cap the outcome away.
pub fn winsorise(
    treatment: &[f64],
    control: &[f64],
    q: f64,
    over_positive: bool,
    alpha: f64,
) -> Result<Capped, Undefined> {
    if !(0.0..=1.0).contains(&q) {
        return Err(format!("q is {q}; it must lie between 0 and 1, 0.99 to cap the top hundredth").into());
    }
    let mut pooled: Vec<f64> =
        treatment.iter().chain(control).copied().filter(|value| !over_positive || *value > 0.0).collect();
    pooled.sort_by(f64::total_cmp);
    let cap = quantile(&pooled, q).ok_or("no amount is above 0, so there is nothing to cap")?;
    let capped = |values: &[f64]| values.iter().map(|value| value.min(cap)).collect::<Moments>();
    Ok(Capped { cap, estimate: welch(capped(treatment), capped(control), alpha)? })
}

/// The quantile of sorted values, straight between neighbours (type 7).
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place within the values")]
fn quantile(sorted: &[f64], q: f64) -> Option<f64> {
    let place = q * sorted.len().checked_sub(1)? as f64;
    let below = sorted[place.floor() as usize];
    let above = sorted[place.ceil() as usize];
    Some(below + (above - below) * place.fract())
}
