//! Do groups differ, and how much of each group's own figure to believe.

use super::arms::{Undefined, finite};
use super::distributions::chi_square_above;

/// One group's effect and the variance of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The difference within the group.
    pub estimate: f64,
    /// Its squared standard error.
    pub variance: f64,
}

/// Whether the groups differ by more than chance (Cochran, with `DerSimonian` and Laird's variance).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heterogeneity {
    /// Cochran's Q.
    pub q: f64,
    /// The chance of a Q as large, were all groups alike.
    pub p: f64,
    /// The share of the spread that is not chance.
    pub i2: f64,
    /// The variance of the true effects.
    pub tau2: f64,
}

/// Compares the groups' effects with each other.
pub fn heterogeneity(effects: &[Effect]) -> Result<Heterogeneity, Undefined> {
    checked(effects)?;
    if effects.len() < 2 {
        return Err("there is one group only, with nothing to differ from".into());
    }
    let weight = |effect: &Effect| 1.0 / effect.variance;
    let weights: f64 = effects.iter().map(weight).sum();
    let squares: f64 = effects.iter().map(|effect| weight(effect).powi(2)).sum();
    let mean = effects.iter().map(|effect| weight(effect) * effect.estimate).sum::<f64>() / weights;
    let q: f64 = effects.iter().map(|effect| weight(effect) * (effect.estimate - mean).powi(2)).sum();
    let df = (effects.len() - 1) as f64;
    let i2 = if q > 0.0 { ((q - df) / q).max(0.0) } else { 0.0 };
    let tau2 = ((q - df) / (weights - squares / weights)).max(0.0);
    let p = chi_square_above(q, df).ok_or("the effects are too far apart to work with")?;
    Ok(Heterogeneity { q, p, i2, tau2: finite(tau2).ok_or("the variances are too far apart to work with")? })
}

/// Each group's effect drawn towards the common one, by as much as its own figure is uncertain.
#[derive(Debug, Clone, PartialEq)]
pub struct Shrunk {
    /// The variance of the true effects.
    pub tau2: f64,
    /// The common effect.
    pub mu: f64,
    /// The drawn-in effects, in the order given.
    pub shrunk: Vec<f64>,
    /// Their variances.
    pub post_var: Vec<f64>,
}

/// Empirical Bayes over groups; shown beside the raw figures, never instead.
pub fn eb_shrinkage(effects: &[Effect]) -> Result<Shrunk, Undefined> {
    let tau2 = heterogeneity(effects)?.tau2;
    let weights: f64 = effects.iter().map(|effect| 1.0 / (effect.variance + tau2)).sum();
    let mu = effects.iter().map(|effect| effect.estimate / (effect.variance + tau2)).sum::<f64>() / weights;
    let drawn = |effect: &Effect| {
        let pull = effect.variance / (effect.variance + tau2);
        let variance = (1.0 - pull) * effect.variance + pull * pull / weights;
        (pull * mu + (1.0 - pull) * effect.estimate, variance)
    };
    let (shrunk, post_var) = effects.iter().map(drawn).unzip();
    Ok(Shrunk { tau2, mu, shrunk, post_var })
}

fn checked(effects: &[Effect]) -> Result<(), Undefined> {
    let sound =
        |effect: &Effect| effect.estimate.is_finite() && effect.variance.is_finite() && effect.variance > 0.0;
    match effects.iter().position(|effect| !sound(effect)) {
        None => Ok(()),
        Some(at) => Err(format!("group {} has no spread of its own, so it has no weight", at + 1).into()),
    }
}
