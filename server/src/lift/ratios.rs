//! The revenue ratio by two further methods, shown beside the log-scale one.

use super::arms::{Estimate, Moments, Undefined, checked_alpha, finite, multiplier};
use super::distributions::{student_two_sided, student_upper_quantile};
use super::means::{ONE_ROW, welch_df};

/// The relative lift (ratio minus 1) with a symmetric range by the delta method.
pub fn ratio_delta(treatment: Moments, control: Moments, alpha: f64) -> Result<Estimate, Undefined> {
    let alpha = checked_alpha(alpha)?;
    let ratio = ratio(treatment, control)?;
    let Some((v_t, v_c)) = treatment.variance_of_mean().zip(control.variance_of_mean()) else {
        return Ok(Estimate::point(ratio - 1.0).because(ONE_ROW));
    };
    let se = (v_t + v_c * ratio * ratio).sqrt() / control.mean().abs();
    let df = welch_df((v_t, (treatment.n() - 1) as f64), (v_c, (control.n() - 1) as f64));
    let Some(t) = student_upper_quantile(alpha / 2.0, df).filter(|_| se > 0.0) else {
        return Ok(Estimate::point(ratio - 1.0).because("there is no spread to judge by"));
    };
    let lift = ratio - 1.0;
    let p_value = student_two_sided(lift / se, df);
    Ok(Estimate {
        se: finite(se),
        df: finite(df),
        p_value,
        ..Estimate::between(lift, lift - t * se, lift + t * se)
    })
}

/// The ratio of two means with Fieller's range, unbounded while the control mean may be 0.
pub fn ratio_fieller(treatment: Moments, control: Moments, alpha: f64) -> Result<Estimate, Undefined> {
    let q = multiplier(alpha)?.powi(2);
    let ratio = ratio(treatment, control)?;
    let Some((v_t, v_c)) = treatment.variance_of_mean().zip(control.variance_of_mean()) else {
        return Ok(Estimate::point(ratio).because(ONE_ROW));
    };
    let (m_t, m_c) = (treatment.mean(), control.mean());
    let a = m_c * m_c - q * v_c;
    if a <= 0.0 {
        return Ok(
            Estimate::point(ratio).because("the control side's mean may be 0, so the ratio has no limits")
        );
    }
    // Never below 0 while a is above it, but for rounding.
    let root = (m_t * m_t * m_c * m_c - a * (m_t * m_t - q * v_t)).max(0.0).sqrt();
    Ok(Estimate::between(ratio, (m_t * m_c - root) / a, (m_t * m_c + root) / a))
}

fn ratio(treatment: Moments, control: Moments) -> Result<f64, Undefined> {
    treatment.checked("treatment")?;
    control.checked("control")?;
    if control.mean() == 0.0 {
        return Err("the control side's mean is 0, so there is no ratio to it".into());
    }
    finite(treatment.mean() / control.mean()).ok_or_else(|| "the ratio is too large to work with".into())
}
