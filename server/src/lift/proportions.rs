//! Rates: one side alone, two sides apart, two sides as a ratio.
//!
//! The score methods of Miettinen and Nurminen stand in [`super::score`].

use super::arms::{Estimate, Proportion, Undefined, both, multiplier};
use super::distributions::normal_two_sided;

/// One rate with its Wilson range, which stays sensible at none and at all.
pub fn wilson(side: Proportion, alpha: f64) -> Result<Estimate, Undefined> {
    let z = multiplier(alpha)?;
    let side = side.checked("counted")?;
    let [low, high] = wilson_limits(side, z);
    Ok(Estimate::between(side.rate(), low, high))
}

/// Treatment rate minus control rate, Newcombe's method 10.
///
/// The headline of every renewal report: its range misses no more often than
/// promised even with a handful of rows, and exists when nobody or everybody renewed.
pub fn diff_newcombe(treatment: Proportion, control: Proportion, alpha: f64) -> Result<Estimate, Undefined> {
    newcombe_at(treatment, control, multiplier(alpha)?)
}

/// Newcombe's range with a multiplier of the caller's choice.
pub fn newcombe_at(treatment: Proportion, control: Proportion, z: f64) -> Result<Estimate, Undefined> {
    both(treatment, control)?;
    let (p, q) = (treatment.rate(), control.rate());
    let ([p_low, p_high], [q_low, q_high]) = (wilson_limits(treatment, z), wilson_limits(control, z));
    let low = p - q - (p - p_low).hypot(q_high - q);
    let high = p - q + (p_high - p).hypot(q - q_low);
    Ok(Estimate::between(p - q, low.max(-1.0), high.min(1.0)))
}

/// Treatment rate over control rate, Katz's range on the log scale. Undefined while a side has no events.
pub fn rr_katz(treatment: Proportion, control: Proportion, alpha: f64) -> Result<Estimate, Undefined> {
    let z = multiplier(alpha)?;
    both(treatment, control)?;
    if control.events == 0 {
        return Err("the control side has no events, so there is nothing to divide by".into());
    }
    let ratio = treatment.rate() / control.rate();
    if treatment.events == 0 {
        return Ok(
            Estimate::point(ratio).because("the treatment side has no events, so the ratio has no logarithm")
        );
    }
    let missing = |side: Proportion| 1.0 / side.events as f64 - 1.0 / side.n as f64;
    let se = (missing(treatment) + missing(control)).max(0.0).sqrt();
    let mut found = Estimate::between(ratio, (ratio.ln() - z * se).exp(), (ratio.ln() + z * se).exp());
    found.se = Some(se);
    Ok(found)
}

/// The p-value of no difference by the pooled normal test.
pub fn p_z_pooled(treatment: Proportion, control: Proportion) -> Result<f64, Undefined> {
    z_pooled(treatment, control)?
        .map(normal_two_sided)
        .ok_or_else(|| "every row has the same outcome, so there is no spread to test against".into())
}

/// The pooled test's z; not there when no row, or every row, has the event.
pub fn z_pooled(treatment: Proportion, control: Proportion) -> Result<Option<f64>, Undefined> {
    both(treatment, control)?;
    let (n_t, n_c) = (treatment.n as f64, control.n as f64);
    let pooled = (treatment.events as f64 + control.events as f64) / (n_t + n_c);
    let spread = pooled * (1.0 - pooled) * (1.0 / n_t + 1.0 / n_c);
    Ok((spread > 0.0).then(|| (treatment.rate() - control.rate()) / spread.sqrt()))
}

/// The plain difference and its unpooled standard error, for methods that bring their own multiplier.
pub(super) fn wald(treatment: Proportion, control: Proportion) -> Result<(f64, f64), Undefined> {
    both(treatment, control)?;
    let variance = |side: Proportion| side.rate() * (1.0 - side.rate()) / side.n as f64;
    Ok((treatment.rate() - control.rate(), (variance(treatment) + variance(control)).sqrt()))
}

/// Wilson's limits at a given multiplier, exact at none and at all.
fn wilson_limits(side: Proportion, z: f64) -> [f64; 2] {
    let (n, p) = (side.n as f64, side.rate());
    let centre = p + z * z / (2.0 * n);
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z * z / n;
    let low = if side.events == 0 { 0.0 } else { (centre - half) / whole };
    let high = if side.events == side.n { 1.0 } else { (centre + half) / whole };
    [low.max(0.0), high.min(1.0)]
}
