//! Was the draw fair? Asked before any outcome is looked at.

use super::arms::Undefined;
use super::distributions::chi_square_above;

/// Under this the split is broken, and no outcome may be read.
pub const BROKEN_UNDER: f64 = 0.001;

/// The chance of a split at least this uneven, were the draw as the weights say (chi-square).
///
/// Weights need not sum to 1; an arm of weight 0 is left out.
pub fn srm_chi2(counts: &[u64], weights: &[f64]) -> Result<f64, Undefined> {
    if counts.len() != weights.len() {
        return Err(
            format!("{} counts but {} weights; give one weight an arm", counts.len(), weights.len()).into()
        );
    }
    if weights.iter().any(|weight| !weight.is_finite() || *weight < 0.0) {
        return Err("a weight is below 0 or no number".into());
    }
    let arms: Vec<(f64, f64)> = counts
        .iter()
        .zip(weights)
        .filter(|(_, weight)| **weight > 0.0)
        .map(|(n, weight)| (*n as f64, *weight))
        .collect();
    if arms.len() < 2 {
        return Err("a split needs at least two arms with a weight above 0".into());
    }
    let (all, whole) = arms.iter().fold((0.0, 0.0), |(all, whole), (n, weight)| (all + n, whole + weight));
    if all == 0.0 {
        return Err("there are no rows".into());
    }
    let off = |(n, weight): &(f64, f64)| {
        let expected = all * weight / whole;
        (n - expected).powi(2) / expected
    };
    let chi2 = arms.iter().map(off).sum();
    chi_square_above(chi2, (arms.len() - 1) as f64)
        .ok_or_else(|| "the weights are too far apart to work with".into())
}
