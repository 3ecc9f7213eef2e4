//! Many groups looked at together: p-values adjusted for the looking.

use super::arms::Undefined;

/// Holm's adjusted p-values, in the order given: for what is claimed.
pub fn holm(p: &[f64]) -> Result<Vec<f64>, Undefined> {
    let order = ascending(p)?;
    let mut adjusted = vec![0.0; p.len()];
    let mut highest = 0.0_f64;
    for (rank, at) in order.into_iter().enumerate() {
        highest = highest.max(((p.len() - rank) as f64 * p[at]).min(1.0));
        adjusted[at] = highest;
    }
    Ok(adjusted)
}

/// Benjamini and Hochberg's adjusted p-values, in the order given: for ideas worth a test of their own.
pub fn bh(p: &[f64]) -> Result<Vec<f64>, Undefined> {
    let order = ascending(p)?;
    let mut adjusted = vec![0.0; p.len()];
    let mut lowest = 1.0_f64;
    for (rank, at) in order.into_iter().enumerate().rev() {
        lowest = lowest.min(p.len() as f64 / (rank + 1) as f64 * p[at]);
        adjusted[at] = lowest;
    }
    Ok(adjusted)
}

/// Bonferroni's adjusted p-values.
pub fn bonferroni(p: &[f64]) -> Result<Vec<f64>, Undefined> {
    ascending(p)?;
    Ok(p.iter().map(|one| (p.len() as f64 * one).min(1.0)).collect())
}

/// Where the p-values stand from the smallest up; ties keep their order.
fn ascending(p: &[f64]) -> Result<Vec<usize>, Undefined> {
    if let Some(wrong) = p.iter().find(|one| !(0.0..=1.0).contains(*one)) {
        return Err(format!("{wrong} is not a p-value; they lie between 0 and 1").into());
    }
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    Ok(order)
}
