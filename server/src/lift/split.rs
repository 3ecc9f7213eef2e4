//! Was the draw fair? Asked before any outcome is looked at.

use super::arms::Undefined;
use super::distributions::chi_square_above;
use statrs::function::gamma::ln_gamma;

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

/// The chance of a split as uneven as any so far, watched live, batch after batch (Lindon and Malek).
///
/// `concentration` says how firmly the weights are believed before the first
/// batch. One value a batch, the smallest so far.
pub fn srm_sequential(
    batches: &[Vec<u64>],
    weights: &[f64],
    concentration: f64,
) -> Result<Vec<f64>, Undefined> {
    let whole: f64 = weights.iter().sum();
    let sound = weights.iter().all(|weight| *weight > 0.0) && whole.is_finite() && concentration > 0.0;
    if weights.len() < 2 || !sound || !concentration.is_finite() {
        return Err("a live check needs two weights or more and a concentration, all above 0".into());
    }
    if let Some(at) = batches.iter().position(|batch| batch.len() != weights.len()) {
        return Err(format!(
            "batch {} does not have one count for each of the {} weights",
            at + 1,
            weights.len()
        )
        .into());
    }
    let prior: Vec<f64> = weights.iter().map(|weight| concentration * weight / whole).collect();
    let mut sums = vec![0.0; weights.len()];
    let mut lowest = 1.0_f64;
    let each = batches.iter().map(|batch| {
        sums.iter_mut().zip(batch).for_each(|(sum, count)| *sum += *count as f64);
        let posterior: Vec<f64> = prior.iter().zip(&sums).map(|(a, sum)| a + sum).collect();
        let expected: f64 = sums.iter().zip(weights).map(|(sum, weight)| sum * (weight / whole).ln()).sum();
        lowest = lowest.min((expected + ln_beta(&prior) - ln_beta(&posterior)).exp());
        lowest
    });
    Ok(each.collect())
}

/// The logarithm of the multivariate beta function.
fn ln_beta(parts: &[f64]) -> f64 {
    parts.iter().copied().map(ln_gamma).sum::<f64>() - ln_gamma(parts.iter().sum())
}
