//! A difference sharpened by what was known before the start (CUPED).

use super::arms::{Estimate, Moments, Undefined, checked_alpha, finite};
use super::means::{NO_SPREAD, ONE_ROW, from_t, welch_df};

/// One side's outcome and its covariate, gathered together, one row at a time.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Joint {
    outcome: Moments,
    covariate: Moments,
    products: f64,
}

impl Joint {
    /// Takes in one more row.
    pub fn push(&mut self, outcome: f64, covariate: f64) {
        let before = covariate - self.covariate.mean();
        self.covariate.push(covariate);
        self.outcome.push(outcome);
        self.products += before * (outcome - self.outcome.mean());
    }

    /// Both sides as one.
    #[must_use]
    pub fn merged(self, other: Self) -> Self {
        let (n, m) = (self.outcome.n() as f64, other.outcome.n() as f64);
        let apart =
            (other.outcome.mean() - self.outcome.mean()) * (other.covariate.mean() - self.covariate.mean());
        let between = if n + m > 0.0 { apart * n * m / (n + m) } else { 0.0 };
        Self {
            outcome: self.outcome.merged(other.outcome),
            covariate: self.covariate.merged(other.covariate),
            products: self.products + other.products + between,
        }
    }

    /// The outcome alone.
    pub fn outcome(&self) -> Moments {
        self.outcome
    }

    /// The n-1 covariance; not there under two rows.
    fn covariance(&self) -> Option<f64> {
        (self.outcome.n() > 1).then(|| self.products / (self.outcome.n() - 1) as f64)
    }

    /// Mean and variance-of-mean of the outcome less `theta` times the covariate.
    fn adjusted(&self, theta: f64) -> Option<(f64, f64)> {
        let variance = self.outcome.variance()? + theta * theta * self.covariate.variance()?
            - 2.0 * theta * self.covariance()?;
        let mean = self.outcome.mean() - theta * self.covariate.mean();
        Some((mean, variance.max(0.0) / self.outcome.n() as f64))
    }
}

/// A sharpened difference, and what the sharpening was worth.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cuped {
    /// How much of the outcome goes with one unit of the covariate, over all rows.
    pub theta: Option<f64>,
    /// The difference with its range.
    pub estimate: Estimate,
    /// The variance as a share of the plain difference's; near 1 the covariate was of no use.
    pub variance_ratio: Option<f64>,
}

/// Treatment mean minus control mean after taking out what the covariate explains.
///
/// The covariate must have been known before the draw: anything later may itself be an effect.
pub fn cuped(treatment: Joint, control: Joint, alpha: f64) -> Result<Cuped, Undefined> {
    let alpha = checked_alpha(alpha)?;
    for (side, name) in [(treatment, "treatment"), (control, "control")] {
        side.outcome.checked(name)?;
        side.covariate.checked(name)?;
    }
    let all = treatment.merged(control);
    let spread = all.covariate.variance().filter(|variance| *variance > 0.0);
    let (Some(spread), Some(covariance)) = (spread, all.covariance()) else {
        return Err("the covariate is the same in every row, so it explains nothing".into());
    };
    let theta = covariance / spread;
    let plain = |side: Joint| side.outcome.variance_of_mean();
    let sides = treatment.adjusted(theta).zip(control.adjusted(theta));
    let (Some(((mean_t, v_t), (mean_c, v_c))), Some((plain_t, plain_c))) =
        (sides, plain(treatment).zip(plain(control)))
    else {
        return Err(ONE_ROW.into());
    };
    let df = |side: Joint| (side.outcome.n() - 1) as f64;
    let se = (v_t + v_c).sqrt();
    let estimate = from_t(mean_t - mean_c, se, welch_df((v_t, df(treatment)), (v_c, df(control))), alpha);
    let variance_ratio = finite((v_t + v_c) / (plain_t + plain_c));
    let estimate = if variance_ratio.is_none() { estimate.because(NO_SPREAD) } else { estimate };
    Ok(Cuped { theta: finite(theta), estimate, variance_ratio })
}
