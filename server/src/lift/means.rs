//! Amounts: what one side's rows are worth more than the other's, and the honest tests of it.

use super::arms::{Estimate, Moments, Undefined, checked_alpha, finite, multiplier};
use super::distributions::{normal_two_sided, student_two_sided, student_upper_quantile};

/// Why a spread is missing, where it is.
pub(super) const ONE_ROW: &str = "a side has a single row, so its spread is unknown";
pub(super) const NO_SPREAD: &str =
    "all rows of a side are equal on both sides, so there is no spread to judge by";

/// Treatment mean minus control mean, each side with its own variance.
pub fn welch(treatment: Moments, control: Moments, alpha: f64) -> Result<Estimate, Undefined> {
    let alpha = checked_alpha(alpha)?;
    let (treatment, control) = (treatment.checked("treatment")?, control.checked("control")?);
    let difference = treatment.mean() - control.mean();
    let Some(((v_t, df_t), (v_c, df_c))) = spread(treatment).zip(spread(control)) else {
        return Ok(Estimate::point(difference).because(ONE_ROW));
    };
    let df = welch_df((v_t, df_t), (v_c, df_c));
    Ok(from_t(difference, (v_t + v_c).sqrt(), df, alpha))
}

/// A difference with a Student-t range around it.
pub(super) fn from_t(difference: f64, se: f64, df: f64, alpha: f64) -> Estimate {
    let Some(t) = student_upper_quantile(alpha / 2.0, df).filter(|_| se > 0.0) else {
        return Estimate { se: finite(se), ..Estimate::point(difference) }.because(NO_SPREAD);
    };
    Estimate {
        se: finite(se),
        df: finite(df),
        p_value: student_two_sided(difference / se, df),
        ..Estimate::between(difference, difference - t * se, difference + t * se)
    }
}

/// Welch and Satterthwaite's degrees of freedom from each side's (variance of the mean, n - 1).
pub(super) fn welch_df(treatment: (f64, f64), control: (f64, f64)) -> f64 {
    let part = |(variance, df): (f64, f64)| variance * variance / df;
    let sum = treatment.0 + control.0;
    sum * sum / (part(treatment) + part(control))
}

/// The variance of the mean and the degrees of freedom under it.
fn spread(side: Moments) -> Option<(f64, f64)> {
    Some((side.variance_of_mean()?, (side.n() - 1) as f64))
}

/// What the pooled test of two means found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PooledTest {
    /// The difference in standard errors.
    pub z: f64,
    /// Two-sided p-value.
    pub p_value: f64,
}

/// The test of no effect on amounts, with the variance of all rows together.
///
/// Beside twenty buyers in the comparison, Welch cries wolf three times as often.
pub fn p_pooled_variance(treatment: Moments, control: Moments) -> Result<PooledTest, Undefined> {
    let (treatment, control) = (treatment.checked("treatment")?, control.checked("control")?);
    let variance = treatment.merged(control).variance().filter(|variance| *variance > 0.0);
    let variance = variance.ok_or("all rows are equal, so there is no spread to test against")?;
    let se = (variance * (1.0 / treatment.n() as f64 + 1.0 / control.n() as f64)).sqrt();
    let z =
        finite((treatment.mean() - control.mean()) / se).ok_or("the amounts are too large to work with")?;
    Ok(PooledTest { z, p_value: normal_two_sided(z) })
}

/// Treatment mean over control mean, with a range on the log scale; `se` is that of the logarithm.
pub fn ratio_log_delta(treatment: Moments, control: Moments, alpha: f64) -> Result<Estimate, Undefined> {
    let z = multiplier(alpha)?;
    let (treatment, control) = (treatment.checked("treatment")?, control.checked("control")?);
    if control.mean() <= 0.0 {
        return Err("the control side's mean is not above 0, so there is no ratio to it".into());
    }
    let ratio = treatment.mean() / control.mean();
    if treatment.mean() <= 0.0 {
        return Ok(Estimate::point(ratio)
            .because("the treatment side's mean is not above 0, so the ratio has no logarithm"));
    }
    let Some((v_t, v_c)) = treatment.variance_of_mean().zip(control.variance_of_mean()) else {
        return Ok(Estimate::point(ratio).because(ONE_ROW));
    };
    let se = (v_t / treatment.mean().powi(2) + v_c / control.mean().powi(2)).sqrt();
    if se <= 0.0 {
        return Ok(Estimate { se: finite(se), ..Estimate::point(ratio) }.because(NO_SPREAD));
    }
    Ok(Estimate {
        se: finite(se),
        p_value: finite(normal_two_sided(ratio.ln() / se)),
        ..Estimate::between(ratio, (ratio.ln() - z * se).exp(), (ratio.ln() + z * se).exp())
    })
}

/// How far a revenue ratio may be leaned on, by the buyers in the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub enum Grade {
    /// A hundred buyers or more.
    A,
    /// Forty to ninety-nine.
    B,
    /// Under forty: an estimate only, no claim.
    C,
}

impl Grade {
    /// Grades by the number of buyers on the comparison side.
    pub fn of(buyers: u64) -> Self {
        match buyers {
            100.. => Self::A,
            40..100 => Self::B,
            _ => Self::C,
        }
    }
}
