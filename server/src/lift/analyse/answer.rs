//! The answer's parts, as `--json` prints them and as the words are made from.

use serde::Serialize;

use super::rows::Tally;
use crate::lift::arms::{Estimate, Proportion, Undefined};
use crate::lift::covariate::Cuped;
use crate::lift::means::Grade;
use crate::lift::proportions::wilson;

/// Ranges are 95 % ranges.
pub(super) const ALPHA: f64 = 0.05;

/// The whole answer, as `--json` prints it.
#[derive(Debug, Serialize)]
pub struct Analysis {
    /// Rows of the file.
    pub rows: u64,
    /// Whether the draw was fair. Read first.
    pub split: Split,
    /// Every arm against the control, outcome by outcome; none while the draw cannot be called fair.
    pub comparisons: Vec<Comparison>,
    /// The same within each group.
    pub groups: Vec<Group>,
    /// Why there is none, although groups were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups_reason: Option<String>,
}

/// Counts of the arms and the chance of a split as uneven.
#[derive(Debug, Serialize)]
pub struct Split {
    /// Label, units and weight of each arm, by label.
    pub arms: Vec<Arm>,
    /// The chance of such a split, were the draw fair.
    pub p_value: Option<f64>,
    /// Whether the numbers may be used at all.
    pub usable: bool,
    /// Why there is no chance to give.
    pub reason: Option<String>,
}

/// One arm's size.
#[derive(Debug, Serialize)]
pub struct Arm {
    /// What the file calls it.
    pub label: String,
    /// Units in it.
    pub n: u64,
    /// The weight it was drawn with.
    pub weight: f64,
}

/// One outcome of one arm beside the control's.
#[derive(Debug, Serialize)]
pub struct Comparison {
    /// The arm's label.
    pub arm: String,
    /// The outcome's column.
    pub outcome: String,
    /// What was compared.
    #[serde(flatten)]
    pub found: Found,
    /// The difference sharpened by a covariate, where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sharpened: Option<Sharpened>,
}

/// A difference less what a covariate explains.
#[derive(Debug, Serialize)]
pub struct Sharpened {
    /// The difference and its range.
    #[serde(flatten)]
    pub answer: Answer,
    /// Its variance as a share of the plain difference's.
    pub variance_ratio: Option<f64>,
}

/// A rate is compared otherwise than an amount.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Found {
    /// An outcome of 0 and 1.
    Rate {
        /// The arm's own rate.
        treatment: RateSide,
        /// The control's.
        control: RateSide,
        /// Arm minus control.
        difference: Answer,
        /// Arm over control.
        ratio: Answer,
        /// Arm over control by the second method.
        ratio_check: Answer,
        /// No difference?
        test: Test,
    },
    /// An outcome in amounts.
    Amount {
        /// The arm's own mean.
        treatment: AmountSide,
        /// The control's.
        control: AmountSide,
        /// Arm minus control.
        difference: Answer,
        /// Arm over control.
        ratio: Answer,
        /// How far the ratio may be leaned on.
        grade: Grade,
        /// No difference?
        test: Test,
    },
}

/// A side's rate.
#[derive(Debug, Serialize)]
pub struct RateSide {
    /// Units with a 1.
    pub events: u64,
    /// All units.
    pub n: u64,
    /// Their share.
    pub rate: Option<f64>,
    /// Its Wilson range.
    pub ci: [Option<f64>; 2],
}

/// A side's amounts.
#[derive(Debug, Serialize)]
pub struct AmountSide {
    /// All units.
    pub n: u64,
    /// Units above 0.
    pub buyers: u64,
    /// Mean over all units, zeros included.
    pub mean: f64,
    /// Standard deviation.
    pub sd: Option<f64>,
}

/// A number by a named method.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// The method's name, as `rapport estimate` knows it.
    pub method: &'static str,
    /// The number.
    pub estimate: Option<f64>,
    /// Its range.
    pub ci: [Option<f64>; 2],
    /// Why a part is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A p-value by a named method.
#[derive(Debug, Serialize)]
pub struct Test {
    /// The method's name.
    pub method: &'static str,
    /// Two-sided p-value of no difference.
    pub p_value: Option<f64>,
    /// Why it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// One row of the table of groups.
#[derive(Debug, Serialize)]
pub struct Group {
    /// The segment's column.
    pub column: String,
    /// Its value.
    pub value: String,
    /// Arm and outcome as in the main comparisons, within this group.
    #[serde(flatten)]
    pub comparison: Comparison,
    /// The p-value after Holm, over all groups together: for claims.
    pub holm: Option<f64>,
    /// The p-value after Benjamini and Hochberg: for ideas.
    pub bh: Option<f64>,
}

impl RateSide {
    pub(super) fn of(side: Proportion) -> Self {
        let found = wilson(side, ALPHA).unwrap_or_default();
        Self { events: side.events, n: side.n, rate: found.estimate, ci: found.ci }
    }
}

impl AmountSide {
    pub(super) fn of(side: Tally) -> Self {
        let sd = side.moments().variance().map(f64::sqrt);
        Self { n: side.moments().n(), buyers: side.positive, mean: side.moments().mean(), sd }
    }
}

impl Answer {
    pub(super) fn of(method: &'static str, found: Result<Estimate, Undefined>) -> Self {
        let found = found.unwrap_or_else(Estimate::from);
        let reason = found.reason.map(|reason| reason.to_string());
        Self { method, estimate: found.estimate, ci: found.ci, reason }
    }
}

impl Sharpened {
    pub(super) fn of(found: Result<Cuped, Undefined>) -> Self {
        let found = found.unwrap_or_else(|reason| Cuped { estimate: reason.into(), ..Cuped::default() });
        Self { answer: Answer::of("cuped", Ok(found.estimate)), variance_ratio: found.variance_ratio }
    }
}

impl Test {
    pub(super) fn of(method: &'static str, p_value: Result<Option<f64>, Undefined>) -> Self {
        let (p_value, reason) = apart(p_value);
        Self { method, p_value: p_value.flatten(), reason }
    }
}

impl Found {
    /// The test of no difference.
    pub fn test(&self) -> &Test {
        match self {
            Self::Rate { test, .. } | Self::Amount { test, .. } => test,
        }
    }
}

pub(super) fn apart<T>(found: Result<T, Undefined>) -> (Option<T>, Option<String>) {
    match found {
        Ok(found) => (Some(found), None),
        Err(reason) => (None, Some(reason.to_string())),
    }
}
