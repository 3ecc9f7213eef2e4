//! Miettinen and Nurminen's score ranges for the difference and the ratio of two rates.
//!
//! A score range holds every value that the data do not contradict, with the
//! spread taken as it would be if that value were true. It needs the two rates
//! that fit best under that value. For the difference they are found by halving the
//! slope of the likelihood, which is safe at every edge; for the ratio by a
//! quadratic. statsmodels has a wrong coefficient in the difference: not a reference here.

use super::arms::{Estimate, Proportion, Undefined, both, finite, multiplier};
use super::distributions::normal_two_sided;

/// Halvings that bring an interval of length 1 down to the last digit, with room for a logarithmic scale.
const HALVINGS: u32 = 80;

/// Treatment rate minus control rate with its score range and the p-value of no difference.
pub fn diff_miettinen_nurminen(
    treatment: Proportion,
    control: Proportion,
    alpha: f64,
) -> Result<Estimate, Undefined> {
    let z = multiplier(alpha)?;
    both(treatment, control)?;
    let difference = treatment.rate() - control.rate();
    let score = |delta: f64| score_of_difference(treatment, control, delta);
    let low = crossing(-1.0, difference, |delta| score(delta) > z);
    let high = crossing(1.0, difference, |delta| score(delta) < -z);
    let mut found = Estimate::between(difference, low, high);
    found.p_value = finite(normal_two_sided(score(0.0)));
    Ok(found)
}

/// Treatment rate over control rate with its score range, defined with no events as well.
///
/// With no control events the ratio itself and its upper limit are unbounded.
pub fn rr_miettinen_nurminen(
    treatment: Proportion,
    control: Proportion,
    alpha: f64,
) -> Result<Estimate, Undefined> {
    let z = multiplier(alpha)?;
    both(treatment, control)?;
    let score = |log_ratio: f64| score_of_ratio(treatment, control, log_ratio.exp());
    let ratio = finite(treatment.rate() / control.rate());
    // Where the search for a limit starts: at the ratio itself, or far out where the ratio is 0 or unbounded.
    let middle = ratio.filter(|ratio| *ratio > 0.0).map(f64::ln);
    let low = match treatment.events {
        0 => 0.0,
        _ => crossing(-FAR, middle.unwrap_or(FAR), |log_ratio| score(log_ratio) > z).exp(),
    };
    let high = (control.events > 0)
        .then(|| crossing(FAR, middle.unwrap_or(-FAR), |log_ratio| score(log_ratio) < -z).exp());
    let found = Estimate { estimate: ratio, ci: [finite(low), high], ..Estimate::default() };
    Ok(if control.events == 0 {
        found.because("the control side has no events, so the ratio has no upper limit")
    } else {
        found
    })
}

/// A logarithm beyond every ratio that counts can have.
const FAR: f64 = 100.0;

/// The point between `outside` and `inside` at which `contradicted` turns from true to false.
fn crossing(mut outside: f64, mut inside: f64, contradicted: impl Fn(f64) -> bool) -> f64 {
    if !contradicted(outside) {
        return outside;
    }
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(outside, inside);
        if contradicted(middle) {
            outside = middle;
        } else {
            inside = middle;
        }
    }
    f64::midpoint(outside, inside)
}

/// How many standard errors the observed difference lies from `delta`, were `delta` true.
fn score_of_difference(treatment: Proportion, control: Proportion, delta: f64) -> f64 {
    let q = best_control_rate(treatment, control, delta);
    let p = (q + delta).clamp(0.0, 1.0);
    let apart = treatment.rate() - control.rate() - delta;
    standardised(
        apart,
        p * (1.0 - p) / treatment.n as f64 + q * (1.0 - q) / control.n as f64,
        treatment,
        control,
    )
}

/// How many standard errors the two rates lie from standing in the ratio `phi`, were it true.
fn score_of_ratio(treatment: Proportion, control: Proportion, phi: f64) -> f64 {
    let (x, y) = (treatment.events as f64, control.events as f64);
    let (m, n) = (treatment.n as f64, control.n as f64);
    let b = m * phi + x + n + y * phi;
    let c = x + y;
    let root = (b * b - 4.0 * (m + n) * phi * c).max(0.0).sqrt();
    let q = (2.0 * c / (b + root)).clamp(0.0, 1.0_f64.min(1.0 / phi));
    let p = (phi * q).clamp(0.0, 1.0);
    let apart = treatment.rate() - phi * control.rate();
    standardised(apart, p * (1.0 - p) / m + phi * phi * q * (1.0 - q) / n, treatment, control)
}

/// Divides by the standard error with the factor N/(N-1). Nothing over nothing is 0.
fn standardised(apart: f64, variance: f64, treatment: Proportion, control: Proportion) -> f64 {
    let all = treatment.n as f64 + control.n as f64;
    if apart == 0.0 {
        return 0.0;
    }
    apart / (variance * all / (all - 1.0)).sqrt()
}

/// The control rate that fits best when the treatment rate is higher by `delta`.
///
/// The likelihood has one peak, so the sign of its slope says on which side of it we are.
fn best_control_rate(treatment: Proportion, control: Proportion, delta: f64) -> f64 {
    let (mut low, mut high) = ((-delta).max(0.0), (1.0 - delta).min(1.0));
    let term = |count: u64, chance: f64| if count == 0 { 0.0 } else { count as f64 / chance };
    let uphill = |q: f64| {
        let p = q + delta;
        term(treatment.events, p) - term(treatment.n - treatment.events, 1.0 - p) + term(control.events, q)
            - term(control.n - control.events, 1.0 - q)
            > 0.0
    };
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if uphill(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}
