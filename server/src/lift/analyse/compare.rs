//! Every arm against the control: from what was gathered to what can be said.

use serde::Serialize;

use super::rows::{Cell, Gathered, Groups, Tally};
use super::{Question, Unreadable};
use crate::lift::arms::{Estimate, Proportion, Undefined};
use crate::lift::covariate::{Cuped, cuped};
use crate::lift::means::{Grade, p_pooled_variance, ratio_log_delta, welch};
use crate::lift::nearest::nearest;
use crate::lift::proportions::{diff_newcombe, rr_katz, wilson};
use crate::lift::score::{diff_miettinen_nurminen, rr_miettinen_nurminen};
use crate::lift::split::{BROKEN_UNDER, srm_chi2};
use crate::lift::strata::{Stratum, post_stratified};
use crate::lift::{fisher, many};

/// Ranges are 95 % ranges.
const ALPHA: f64 = 0.05;

/// The whole answer, as `--json` prints it.
#[derive(Debug, Serialize)]
pub struct Analysis {
    /// Rows of the file.
    pub rows: u64,
    /// Whether the draw was fair. Read first.
    pub split: Split,
    /// Every arm against the control, outcome by outcome.
    pub comparisons: Vec<Comparison>,
    /// The same within each group.
    pub groups: Vec<Group>,
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

/// Sets every arm against the control.
pub fn compare(gathered: &Gathered, question: &Question) -> Result<Analysis, Unreadable> {
    let control = control(gathered, question)?;
    let mut order: Vec<usize> = (0..gathered.arms.len()).collect();
    order.sort_by_key(|arm| &gathered.arms[*arm]);
    let split = split(gathered, question, &order)?;
    order.retain(|arm| *arm != control);
    let sides = Sides { gathered, question, control };
    let (mut comparisons, mut groups) = (Vec::new(), Vec::new());
    for outcome in 0..question.outcomes.len() {
        for arm in &order {
            comparisons.push(sides.comparison(&gathered.all, Some(&gathered.strata), *arm, outcome));
        }
        for (column, segment) in question.segments.iter().zip(&gathered.segments) {
            groups.extend(order.iter().flat_map(|arm| sides.groups(column, segment, *arm, outcome)));
        }
    }
    adjust(&mut groups);
    Ok(Analysis { rows: gathered.rows, split, comparisons, groups })
}

fn control(gathered: &Gathered, question: &Question) -> Result<usize, Unreadable> {
    let (column, label) = (&question.arm, &question.control);
    if gathered.arms.is_empty() {
        return Err(Unreadable::Whole("the file has no rows under its header".to_owned()));
    }
    let at = gathered.arms.iter().position(|arm| arm == label).ok_or_else(|| {
        let near = nearest(label, gathered.arms.iter().map(String::as_str));
        let known = gathered.arms.iter().map(|arm| format!("\"{arm}\"")).collect::<Vec<_>>().join(", ");
        Unreadable::Whole(format!("column \"{column}\" never holds \"{label}\"; it holds {known}{near}"))
    })?;
    if gathered.arms.len() == 1 {
        return Err(Unreadable::Whole(format!(
            "column \"{column}\" holds only \"{label}\"; there is nothing to compare"
        )));
    }
    Ok(at)
}

fn split(gathered: &Gathered, question: &Question, order: &[usize]) -> Result<Split, Unreadable> {
    let weight = |label: &String| match question.weights.iter().find(|(arm, _)| arm == label) {
        Some((_, weight)) => Ok(*weight),
        None if question.weights.is_empty() => Ok(1.0),
        None => Err(Unreadable::Whole(format!(
            "--weights says nothing about \"{label}\"; give one weight an arm"
        ))),
    };
    if let Some((label, _)) = question.weights.iter().find(|(label, _)| !gathered.arms.contains(label)) {
        let near = nearest(label, gathered.arms.iter().map(String::as_str));
        return Err(Unreadable::Whole(format!(
            "--weights names \"{label}\", which is no arm of the file{near}"
        )));
    }
    let arm = |at: &usize| {
        let (label, n) = (gathered.arms[*at].clone(), gathered.all.tally(*at, 0).moments().n());
        weight(&label).map(|weight| Arm { label, n, weight })
    };
    let arms: Vec<Arm> = order.iter().map(arm).collect::<Result<_, _>>()?;
    let (counts, weights): (Vec<u64>, Vec<f64>) = arms.iter().map(|arm| (arm.n, arm.weight)).unzip();
    let (p_value, reason) = apart(srm_chi2(&counts, &weights));
    Ok(Split { arms, p_value, usable: p_value.is_some_and(|p| p >= BROKEN_UNDER), reason })
}

/// What all comparisons share.
struct Sides<'a> {
    gathered: &'a Gathered,
    question: &'a Question,
    control: usize,
}

impl Sides<'_> {
    fn comparison(&self, cell: &Cell, strata: Option<&Groups>, arm: usize, outcome: usize) -> Comparison {
        let (treatment, control) = (cell.tally(arm, outcome), cell.tally(self.control, outcome));
        let whole = strata.is_some();
        let strata = strata.filter(|strata| !strata.names.is_empty());
        let stratified = strata.map(|strata| self.stratified(strata, arm, outcome));
        let found = if self.gathered.zero_one[outcome] {
            rates(treatment.proportion(), control.proportion(), stratified)
        } else {
            amounts(treatment, control, stratified)
        };
        let wanted = self.question.covariate.is_some() && whole;
        let sharpened = wanted.then(|| Sharpened::of(cuped(treatment.joint, control.joint, ALPHA)));
        let outcome = self.question.outcomes[outcome].clone();
        Comparison { arm: self.gathered.arms[arm].clone(), outcome, found, sharpened }
    }

    /// Strata that hold neither of the two arms do not count.
    fn stratified(&self, strata: &Groups, arm: usize, outcome: usize) -> Answer {
        let stratum = |(name, cell): (&String, &Cell)| {
            let (treatment, control) =
                (cell.tally(arm, outcome).moments(), cell.tally(self.control, outcome).moments());
            Stratum { name: name.clone(), treatment, control }
        };
        let strata: Vec<Stratum> = strata.names.iter().zip(&strata.cells).map(stratum).collect();
        Answer::of("post_stratified", post_stratified(&strata, ALPHA))
    }

    fn groups(&self, column: &str, segment: &Groups, arm: usize, outcome: usize) -> Vec<Group> {
        let mut order: Vec<usize> = (0..segment.names.len()).collect();
        order.sort_by_key(|at| &segment.names[*at]);
        let group = |at: usize| Group {
            column: column.to_owned(),
            value: segment.names[at].clone(),
            comparison: self.comparison(&segment.cells[at], None, arm, outcome),
            holm: None,
            bh: None,
        };
        order.into_iter().map(group).collect()
    }
}

fn rates(treatment: Proportion, control: Proportion, stratified: Option<Answer>) -> Found {
    let test = if fisher::has_small_cell(treatment, control) {
        Test::of("p_fisher", fisher::p_fisher(treatment, control).map(Some))
    } else {
        let score = diff_miettinen_nurminen(treatment, control, ALPHA);
        Test::of("diff_miettinen_nurminen", score.map(|found| found.p_value))
    };
    let plain = || Answer::of("diff_newcombe", diff_newcombe(treatment, control, ALPHA));
    Found::Rate {
        treatment: RateSide::of(treatment),
        control: RateSide::of(control),
        difference: stratified.unwrap_or_else(plain),
        ratio: Answer::of("rr_miettinen_nurminen", rr_miettinen_nurminen(treatment, control, ALPHA)),
        ratio_check: Answer::of("rr_katz", rr_katz(treatment, control, ALPHA)),
        test,
    }
}

fn amounts(treatment: Tally, control: Tally, stratified: Option<Answer>) -> Found {
    let plain = || Answer::of("welch", welch(treatment.moments(), control.moments(), ALPHA));
    let pooled = p_pooled_variance(treatment.moments(), control.moments());
    Found::Amount {
        treatment: AmountSide::of(treatment),
        control: AmountSide::of(control),
        difference: stratified.unwrap_or_else(plain),
        ratio: Answer::of("ratio_log_delta", ratio_log_delta(treatment.moments(), control.moments(), ALPHA)),
        grade: Grade::of(control.positive),
        test: Test::of("p_pooled_variance", pooled.map(|test| Some(test.p_value))),
    }
}

impl RateSide {
    fn of(side: Proportion) -> Self {
        let found = wilson(side, ALPHA).unwrap_or_default();
        Self { events: side.events, n: side.n, rate: found.estimate, ci: found.ci }
    }
}

impl AmountSide {
    fn of(side: Tally) -> Self {
        let sd = side.moments().variance().map(f64::sqrt);
        Self { n: side.moments().n(), buyers: side.positive, mean: side.moments().mean(), sd }
    }
}

impl Answer {
    fn of(method: &'static str, found: Result<Estimate, Undefined>) -> Self {
        let found = found.unwrap_or_else(Estimate::from);
        let reason = found.reason.map(|reason| reason.to_string());
        Self { method, estimate: found.estimate, ci: found.ci, reason }
    }
}

impl Sharpened {
    fn of(found: Result<Cuped, Undefined>) -> Self {
        let found = found.unwrap_or_else(|reason| Cuped { estimate: reason.into(), ..Cuped::default() });
        Self { answer: Answer::of("cuped", Ok(found.estimate)), variance_ratio: found.variance_ratio }
    }
}

impl Test {
    fn of(method: &'static str, p_value: Result<Option<f64>, Undefined>) -> Self {
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

fn apart<T>(found: Result<T, Undefined>) -> (Option<T>, Option<String>) {
    match found {
        Ok(found) => (Some(found), None),
        Err(reason) => (None, Some(reason.to_string())),
    }
}

/// Adjusts the groups' p-values for each other: every group that has one counts.
fn adjust(groups: &mut [Group]) {
    let with_p = |group: &&mut Group| group.comparison.found.test().p_value.is_some();
    let mut tested: Vec<&mut Group> = groups.iter_mut().filter(with_p).collect();
    let p: Vec<f64> = tested.iter().filter_map(|group| group.comparison.found.test().p_value).collect();
    let (Ok(holm), Ok(bh)) = (many::holm(&p), many::bh(&p)) else { return };
    for (group, (holm, bh)) in tested.iter_mut().zip(holm.into_iter().zip(bh)) {
        (group.holm, group.bh) = (Some(holm), Some(bh));
    }
}
