//! Looking more than once: ranges that stay honest however often they are read.

use super::arms::{Estimate, Proportion, Undefined, checked_alpha, multiplier};
use super::distributions::normal_quantile;
use super::proportions::{newcombe_at, z_pooled};

/// A difference of rates with the multiplier that its range was drawn with.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Standard errors on each side of the estimate.
    pub multiplier: f64,
    /// The estimate and its range.
    pub estimate: Estimate,
}

/// The difference of two rates with a range that may be read at any time, as often as one likes.
///
/// `n_star` is the number of families at which the range is narrowest for its
/// promise: those due in the year.
pub fn hybrid_score_cs(
    treatment: Proportion,
    control: Proportion,
    n_star: f64,
    alpha: f64,
) -> Result<Look, Undefined> {
    let multiplier = any_time_multiplier(treatment.n as f64 + control.n as f64, n_star, alpha)?;
    Ok(Look { multiplier, estimate: newcombe_at(treatment, control, multiplier)? })
}

/// The multiplier of an open-ended reading over `n` families.
pub fn any_time_multiplier(n: f64, n_star: f64, alpha: f64) -> Result<f64, Undefined> {
    let x = n * tuning(alpha)? / planned(n_star)?;
    information_multiplier(x, alpha).ok_or_else(|| "there are no rows yet".into())
}

/// The any-time p-value of no difference at one look; the caller keeps the smallest so far.
pub fn cs_p_pooled(
    treatment: Proportion,
    control: Proportion,
    n_star: f64,
    alpha: f64,
) -> Result<f64, Undefined> {
    let x = (treatment.n as f64 + control.n as f64) * tuning(alpha)? / planned(n_star)?;
    let z = z_pooled(treatment, control)?.unwrap_or(0.0);
    Ok(1.0 / evidence(z, x).max(1.0))
}

/// The usual confidence sequence around any difference: a range for all times, and its any-time p-value.
///
/// `n` is all rows of both sides, `se` the standard error at them.
pub fn asymptotic_cs(
    difference: f64,
    se: f64,
    n: f64,
    n_star: f64,
    alpha: f64,
) -> Result<Estimate, Undefined> {
    let x = n * tuning(alpha)? / planned(n_star)?;
    if !(se > 0.0 && se.is_finite() && difference.is_finite()) {
        return Err("there is no spread to judge by".into());
    }
    let multiplier = information_multiplier(x, alpha).ok_or("there are no rows yet")?;
    Ok(Estimate {
        se: Some(se),
        p_value: Some(1.0 / evidence(difference / se, x).max(1.0)),
        ..Estimate::between(difference, difference - multiplier * se, difference + multiplier * se)
    })
}

/// A running total whose families were all there from the start: information grows, their number does not.
///
/// `se_star` is the standard error expected at the planned end.
pub fn cs_information_time(difference: f64, se: f64, se_star: f64, alpha: f64) -> Result<Look, Undefined> {
    let k = tuning(alpha)?;
    if !(se > 0.0 && se_star > 0.0 && se.is_finite() && se_star.is_finite() && difference.is_finite()) {
        return Err("both standard errors must be above 0".into());
    }
    let multiplier =
        information_multiplier(k * (se / se_star).powi(2), alpha).ok_or("the standard error is too small")?;
    let estimate = Estimate::between(difference, difference - multiplier * se, difference + multiplier * se);
    Ok(Look { multiplier, estimate: Estimate { se: Some(se), ..estimate } })
}

/// The year band: one constant, and the multiplier at each share of the year's information.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// The multiplier at the end of the year.
    pub c: f64,
    /// The multiplier at each share asked for.
    pub z: Vec<f64>,
}

/// The band for a planned year read as often as one likes: z = c / √t, where t is the share of renewals already due.
pub fn obf_band(information: &[f64], alpha: f64) -> Result<Band, Undefined> {
    let c = -normal_quantile(checked_alpha(alpha)? / 4.0);
    if let Some(wrong) = information.iter().find(|t| !(**t > 0.0 && **t <= 1.0)) {
        return Err(format!("{wrong} is no share of the year; it must be above 0 and at most 1").into());
    }
    Ok(Band { c, z: information.iter().map(|t| c / t.sqrt()).collect() })
}

/// The difference of two rates with the year band's range at share `t` of the year.
pub fn year_band(treatment: Proportion, control: Proportion, t: f64, alpha: f64) -> Result<Look, Undefined> {
    let multiplier = obf_band(&[t], alpha)?.z[0];
    Ok(Look { multiplier, estimate: newcombe_at(treatment, control, multiplier)? })
}

/// The difference of two rates on the one day fixed before the start.
pub fn planned_reading(treatment: Proportion, control: Proportion, alpha: f64) -> Result<Look, Undefined> {
    let multiplier = multiplier(alpha)?;
    Ok(Look { multiplier, estimate: newcombe_at(treatment, control, multiplier)? })
}

/// K, the information at which an any-time range is narrowest: 7.936 at 5 %.
fn tuning(alpha: f64) -> Result<f64, Undefined> {
    let twice = -2.0 * checked_alpha(alpha)?.ln();
    Ok(twice + twice.ln_1p())
}

/// The any-time multiplier at information `x`.
fn information_multiplier(x: f64, alpha: f64) -> Option<f64> {
    let log = 0.5 * x.ln_1p() - alpha.ln();
    Some((2.0 * (x + 1.0) / x * log).sqrt()).filter(|multiplier| x > 0.0 && multiplier.is_finite())
}

/// How much likelier the data are with an effect than without; worked out as a logarithm.
fn evidence(z: f64, x: f64) -> f64 {
    (x * z * z / (2.0 * (x + 1.0)) - 0.5 * x.ln_1p()).exp()
}

/// Refuses a plan without families.
fn planned(n_star: f64) -> Result<f64, Undefined> {
    if n_star > 0.0 && n_star.is_finite() {
        return Ok(n_star);
    }
    Err(format!("n_star is {n_star}; it must be the families due in the year, above 0").into())
}
