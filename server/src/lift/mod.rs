//! What the program changed: program side minus comparison side, with the range it is likely in.
//!
//! The statistics here are pure: numbers in, numbers out, no database and no
//! clock. What is undefined comes back as nothing with a reason, never as 0,
//! never as NaN. Three commands stand on them: [`estimate`] answers one method
//! by name, [`analyse`] reads a whole file, [`plan`] looks ahead.

pub mod analyse;
pub mod arms;
pub mod clusters;
pub mod covariate;
pub mod distributions;
pub mod estimate;
mod figures;
pub mod fisher;
pub mod groups;
pub mod looking;
pub mod many;
pub mod means;
mod nearest;
pub mod outliers;
pub mod plan;
pub mod power;
pub mod proportions;
pub mod ratios;
pub mod regression;
pub mod renewal;
pub mod report;
pub mod score;
pub mod sequential;
pub mod split;
pub mod strata;
pub mod targeting;

#[cfg(test)]
mod tests;

pub use arms::{Estimate, Moments, Proportion, Undefined};
