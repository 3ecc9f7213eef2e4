//! Every arm against the control: from what was gathered to what can be said.

use super::answer::{
    ALPHA, AmountSide, Analysis, Answer, Arm, Comparison, Found, Group, RateSide, Sharpened, Split, Test,
    apart,
};
use super::rows::{Cell, Gathered, Groups, Tally};
use super::{Question, Unreadable};
use crate::lift::arms::Proportion;
use crate::lift::covariate::cuped;
use crate::lift::distributions::normal_two_sided;
use crate::lift::means::{Grade, p_pooled_variance, ratio_log_delta, welch};
use crate::lift::nearest::nearest;
use crate::lift::proportions::{diff_newcombe, rr_katz};
use crate::lift::score::{diff_miettinen_nurminen, rr_miettinen_nurminen};
use crate::lift::split::{BROKEN_UNDER, srm_chi2};
use crate::lift::strata::{Stratum, mh_risk_ratio, post_stratified};
use crate::lift::{fisher, many};

/// Why a number that would pool the raw sides of strata is left out.
const POOLED: &str = "strata were drawn apart, so their sides are not set side by side whole";

/// Sets every arm against the control.
pub fn compare(gathered: &Gathered, question: &Question) -> Result<Analysis, Unreadable> {
    let control = control(gathered, question)?;
    let mut order: Vec<usize> = (0..gathered.arms.len()).collect();
    order.sort_by_key(|arm| &gathered.arms[*arm]);
    let split = split(gathered, question, &order)?;
    order.retain(|arm| *arm != control);
    let (mut comparisons, mut groups) = (Vec::new(), Vec::new());
    if !split.usable {
        return Ok(Analysis { rows: gathered.rows, split, comparisons, groups, groups_reason: None });
    }
    let sides = Sides { gathered, question, control };
    // A group holds families of every stratum, and its raw sides must not be pooled either.
    let stratified = question.strata.is_some();
    let wanted = if stratified { &[][..] } else { &question.segments };
    for outcome in 0..question.outcomes.len() {
        for arm in &order {
            comparisons.push(sides.comparison(&gathered.all, Some(&gathered.strata), *arm, outcome));
        }
        for (column, segment) in wanted.iter().zip(&gathered.segments) {
            groups.extend(order.iter().flat_map(|arm| sides.groups(column, segment, *arm, outcome)));
        }
    }
    adjust(&mut groups);
    let groups_reason = (stratified && !question.segments.is_empty())
        .then(|| "groups are not looked at within strata".to_owned());
    Ok(Analysis { rows: gathered.rows, split, comparisons, groups, groups_reason })
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
        let found = match (self.gathered.zero_one[outcome], strata) {
            (true, None) => rates(treatment.proportion(), control.proportion()),
            (true, Some(strata)) => {
                self.rates_within(strata, arm, outcome, [treatment.proportion(), control.proportion()])
            }
            (false, None) => amounts(treatment, control),
            (false, Some(strata)) => self.amounts_within(strata, arm, outcome, [treatment, control]),
        };
        let wanted = self.question.covariate.is_some() && whole;
        let sharpened = wanted.then(|| match strata {
            None => Sharpened::of(cuped(treatment.joint, control.joint, ALPHA)),
            Some(_) => {
                Sharpened::of(Err("what the covariate explains is not worked out within strata".into()))
            }
        });
        let outcome = self.question.outcomes[outcome].clone();
        Comparison { arm: self.gathered.arms[arm].clone(), outcome, found, sharpened }
    }

    fn rates_within(&self, strata: &Groups, arm: usize, outcome: usize, sides: [Proportion; 2]) -> Found {
        let tables: Vec<_> = strata
            .cells
            .iter()
            .map(|cell| [arm, self.control].map(|arm| cell.tally(arm, outcome).proportion()).into())
            .collect();
        let (difference, test) = self.within(strata, arm, outcome);
        Found::Rate {
            treatment: RateSide::of(sides[0]),
            control: RateSide::of(sides[1]),
            difference,
            ratio: Answer::of("mh_risk_ratio", mh_risk_ratio(&tables, ALPHA)),
            ratio_check: Answer::of("rr_katz", Err(POOLED.into())),
            test,
        }
    }

    fn amounts_within(&self, strata: &Groups, arm: usize, outcome: usize, sides: [Tally; 2]) -> Found {
        let (difference, test) = self.within(strata, arm, outcome);
        Found::Amount {
            treatment: AmountSide::of(sides[0]),
            control: AmountSide::of(sides[1]),
            difference,
            ratio: Answer::of("ratio_log_delta", Err(POOLED.into())),
            grade: Grade::of(sides[1].positive),
            test,
        }
    }

    /// The difference within strata, and the test of no difference that goes with it. Strata that hold neither of the
    /// two arms do not count.
    fn within(&self, strata: &Groups, arm: usize, outcome: usize) -> (Answer, Test) {
        let stratum = |(name, cell): (&String, &Cell)| {
            let (treatment, control) =
                (cell.tally(arm, outcome).moments(), cell.tally(self.control, outcome).moments());
            Stratum { name: name.clone(), treatment, control }
        };
        let strata: Vec<Stratum> = strata.names.iter().zip(&strata.cells).map(stratum).collect();
        let found = post_stratified(&strata, ALPHA);
        let p_value = found.clone().and_then(|found| {
            let spread = found.se.filter(|se| *se > 0.0);
            let z = found.estimate.zip(spread).map(|(difference, se)| difference / se);
            z.map(|z| Some(normal_two_sided(z))).ok_or_else(|| "there is no spread to judge by".into())
        });
        (Answer::of("post_stratified", found), Test::of("post_stratified", p_value))
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

fn rates(treatment: Proportion, control: Proportion) -> Found {
    let test = if fisher::has_small_cell(treatment, control) {
        Test::of("p_fisher", fisher::p_fisher(treatment, control).map(Some))
    } else {
        let score = diff_miettinen_nurminen(treatment, control, ALPHA);
        Test::of("diff_miettinen_nurminen", score.map(|found| found.p_value))
    };
    Found::Rate {
        treatment: RateSide::of(treatment),
        control: RateSide::of(control),
        difference: Answer::of("diff_newcombe", diff_newcombe(treatment, control, ALPHA)),
        ratio: Answer::of("rr_miettinen_nurminen", rr_miettinen_nurminen(treatment, control, ALPHA)),
        ratio_check: Answer::of("rr_katz", rr_katz(treatment, control, ALPHA)),
        test,
    }
}

fn amounts(treatment: Tally, control: Tally) -> Found {
    let pooled = p_pooled_variance(treatment.moments(), control.moments());
    Found::Amount {
        treatment: AmountSide::of(treatment),
        control: AmountSide::of(control),
        difference: Answer::of("welch", welch(treatment.moments(), control.moments(), ALPHA)),
        ratio: Answer::of("ratio_log_delta", ratio_log_delta(treatment.moments(), control.moments(), ALPHA)),
        grade: Grade::of(control.positive),
        test: Test::of("p_pooled_variance", pooled.map(|test| Some(test.p_value))),
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
