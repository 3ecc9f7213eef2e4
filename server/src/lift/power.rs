//! Before the start: what a comparison of this size can show.

use super::arms::{Undefined, checked_alpha, multiplier};
use super::distributions::{normal_below, normal_quantile};

/// Two rates and the families on each side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Design {
    /// The rate hoped for on the program side.
    pub p_treatment: f64,
    /// The rate without the program.
    pub p_control: f64,
    /// Families on the program side.
    pub n_treatment: f64,
    /// Families on the comparison side.
    pub n_control: f64,
}

/// The chance that a reading at `alpha` shows a difference, if the two rates are true.
pub fn power_two_proportions(design: Design, alpha: f64) -> Result<f64, Undefined> {
    power_at(design, multiplier(alpha)?)
}

/// The same for a reading whose range is `z` standard errors wide on each side.
pub fn power_at(design: Design, z: f64) -> Result<f64, Undefined> {
    let Design { p_treatment: p, p_control: q, n_treatment, n_control } = design;
    rate(p, "treatment")?;
    rate(q, "control")?;
    if !(n_treatment > 0.0 && n_control > 0.0) {
        return Err("both sides need at least one family".into());
    }
    let se = (p * (1.0 - p) / n_treatment + q * (1.0 - q) / n_control).sqrt();
    if se <= 0.0 {
        return Err("both rates are 0 or 100 %, so there is no spread to judge by".into());
    }
    let apart = (p - q).abs() / se;
    Ok(normal_below(apart - z) + normal_below(-apart - z))
}

/// The chance that a reading shows a difference of two means.
pub fn power_means(
    difference: f64,
    sd: f64,
    n_treatment: f64,
    n_control: f64,
    alpha: f64,
) -> Result<f64, Undefined> {
    let z = multiplier(alpha)?;
    if !(sd > 0.0 && sd.is_finite() && n_treatment > 0.0 && n_control > 0.0 && difference.is_finite()) {
        return Err("power needs a standard deviation above 0 and families on both sides".into());
    }
    let apart = difference.abs() / (sd * (1.0 / n_treatment + 1.0 / n_control).sqrt());
    Ok(normal_below(apart - z) + normal_below(-apart - z))
}

/// Families needed on each side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needed {
    /// On the comparison side.
    pub control: u64,
    /// On the program side.
    pub treatment: u64,
}

/// Families needed to show `p_treatment` against `p_control` with the wished power.
///
/// `ratio` is program families for each comparison family; `design_effect` above 1
/// pays for rows that resemble each other.
pub fn n_two_proportions(
    p_treatment: f64,
    p_control: f64,
    ratio: f64,
    power: f64,
    alpha: f64,
    design_effect: f64,
) -> Result<Needed, Undefined> {
    n_at(p_treatment, p_control, ratio, power, multiplier(alpha)?, design_effect)
}

/// The same for a reading whose range is `z` standard errors wide on each side.
pub fn n_at(
    p_treatment: f64,
    p_control: f64,
    ratio: f64,
    power: f64,
    z: f64,
    design_effect: f64,
) -> Result<Needed, Undefined> {
    rate(p_treatment, "treatment")?;
    rate(p_control, "control")?;
    let wanted = z + wished(power)?;
    if !(ratio > 0.0 && ratio.is_finite() && design_effect > 0.0 && design_effect.is_finite()) {
        return Err("the ratio of the sides and the design effect must be above 0".into());
    }
    if (p_treatment - p_control).abs() < f64::EPSILON {
        return Err("the two rates are equal; no number of families shows a difference of nothing".into());
    }
    let spread = p_treatment * (1.0 - p_treatment) / ratio + p_control * (1.0 - p_control);
    let control = wanted.powi(2) * spread / (p_treatment - p_control).powi(2) * design_effect;
    Ok(Needed { control: up(control)?, treatment: up(control * ratio)? })
}

/// The smallest gain over `p_control` that a reading shows with the wished power.
pub fn mde_two_proportions(
    p_control: f64,
    n_treatment: f64,
    n_control: f64,
    power: f64,
    alpha: f64,
) -> Result<f64, Undefined> {
    mde_at(p_control, n_treatment, n_control, power, multiplier(alpha)?)
}

/// The same for a reading whose range is `z` standard errors wide on each side.
pub fn mde_at(
    p_control: f64,
    n_treatment: f64,
    n_control: f64,
    power: f64,
    z: f64,
) -> Result<f64, Undefined> {
    rate(p_control, "control")?;
    wished(power)?;
    let at =
        |gain: f64| power_at(Design { p_treatment: p_control + gain, p_control, n_treatment, n_control }, z);
    let room = 1.0 - p_control;
    // At the very end the treatment rate is 1; when control is 0 or 1 as well, nothing can be said there.
    if room <= 0.0 || at(room * (1.0 - 1e-12))? < power {
        return Err(
            "even a rate of 100 % would not be shown with that power; more families are needed".into()
        );
    }
    let (mut low, mut high) = (0.0, room * (1.0 - 1e-12));
    // From no gain upwards: the first gain with enough power, in case power is not rising all the way.
    let steps = 1_000;
    for step in 1..=steps {
        let gain = high * f64::from(step) / f64::from(steps);
        if at(gain)? >= power {
            high = gain;
            break;
        }
        low = gain;
    }
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if at(middle)? >= power {
            high = middle;
        } else {
            low = middle;
        }
    }
    Ok(f64::midpoint(low, high))
}

/// The normal quantile of the wished power.
fn wished(power: f64) -> Result<f64, Undefined> {
    checked_alpha(power)
        .map(normal_quantile)
        .map_err(|_| format!("power is {power}; it must lie between 0 and 1, 0.8 for 80 %").into())
}

/// Refuses what is no rate.
fn rate(p: f64, side: &str) -> Result<(), Undefined> {
    if (0.0..=1.0).contains(&p) {
        return Ok(());
    }
    Err(format!("the {side} rate is {p}; a rate lies between 0 and 1").into())
}

/// Rounds families up, forgiving the last digits of the arithmetic.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be a small positive number"
)]
fn up(families: f64) -> Result<u64, Undefined> {
    let whole = (families * (1.0 - 1e-12)).ceil();
    if (0.0..9e15).contains(&whole) {
        return Ok(whole as u64);
    }
    Err("no real number of families is large enough".into())
}
