//! Methods over rows that belong together: accounts, and groups of rows.

use std::collections::BTreeMap;

use super::super::inputs::{Inputs, Problem, Sides, wrong, zero_one};
use super::{Found, Method};
use crate::lift::arms::{Moments, Undefined};
use crate::lift::clusters::{Account, cluster_cr3, cluster_delta, icc_anova};
use crate::lift::groups::{Effect, eb_shrinkage, heterogeneity};
use crate::lift::regression::{Side, lin};
use crate::lift::targeting::{Scored, qini};
use crate::lift::{many, means, proportions, score};

/// Asked for by name.
pub const METHODS: &[Method] = &[
    Method {
        name: "cluster_delta",
        parts: &["estimate", "se", "df", "ci", "p_value"],
        work: |inputs| {
            let (treatment, control) = accounts(inputs)?;
            Ok(cluster_delta(&treatment, &control, inputs.alpha()?)?.into())
        },
    },
    Method {
        name: "cluster_cr3",
        parts: &["estimate", "se", "ci"],
        work: |inputs| {
            let (treatment, control) = accounts(inputs)?;
            Ok(cluster_cr3(&treatment, &control, inputs.alpha()?)?.into())
        },
    },
    Method {
        name: "icc_anova",
        parts: &["icc", "design_effect"],
        work: |inputs| {
            let (mut all, control) = accounts(inputs)?;
            all.extend(control);
            let found = icc_anova(&all)?;
            Ok(Found::parts([("icc", found.icc.into()), ("design_effect", found.design_effect.into())]))
        },
    },
    Method {
        name: "heterogeneity",
        parts: &["Q", "p", "I2", "tau2"],
        work: |inputs| {
            let found = heterogeneity(&effects(inputs)?)?;
            let parts = [("Q", found.q.into()), ("p", found.p.into()), ("I2", found.i2.into())];
            Ok(Found::parts(parts).with("tau2", found.tau2))
        },
    },
    Method {
        name: "eb_shrinkage",
        parts: &["tau2", "mu", "shrunk", "post_var"],
        work: |inputs| {
            let found = eb_shrinkage(&effects(inputs)?)?;
            let parts =
                [("tau2", found.tau2.into()), ("mu", found.mu.into()), ("shrunk", found.shrunk.into())];
            Ok(Found::parts(parts).with("post_var", found.post_var))
        },
    },
    Method {
        name: "segment_table",
        parts: &["labels", "difference", "p", "holm", "bh"],
        work: segment_table,
    },
    Method { name: "lin", parts: &["estimate", "se", "ci"], work: adjusted },
    Method { name: "qini", parts: &["qini_area_over_n2", "final_gain", "auc_score"], work: who_gains },
];

/// The rows of both sides, added up by the account they belong to.
fn accounts(inputs: &mut Inputs) -> Result<(Vec<Account>, Vec<Account>), Problem> {
    let sides = inputs.sides()?;
    let column = sides.table.column(inputs.text_or("cluster_column", "account")?)?;
    let gather = |rows: &[usize], outcomes: Vec<f64>| {
        let mut accounts = BTreeMap::<&str, Account>::new();
        for (row, outcome) in rows.iter().zip(outcomes) {
            accounts.entry(column.cell(*row)).or_default().push(outcome);
        }
        accounts
    };
    let treatment = gather(&sides.treatment, sides.treatment()?);
    let control = gather(&sides.control, sides.control()?);
    if let Some(account) = treatment.keys().find(|account| control.contains_key(*account)) {
        return Err(wrong(format!("account \"{account}\" is on both sides; an account belongs to one")));
    }
    Ok((treatment.into_values().collect(), control.into_values().collect()))
}

/// Each group's difference of means and its variance: given as lists, or from rows and a segment column.
fn effects(inputs: &mut Inputs) -> Result<Vec<Effect>, Problem> {
    if inputs.has("estimates") {
        let (estimates, variances) = (inputs.numbers("estimates")?, inputs.numbers("variances")?);
        if estimates.len() != variances.len() {
            return Err(wrong("`estimates` and `variances` must be of one length".to_owned()));
        }
        let effect = |(estimate, variance)| Effect { estimate, variance };
        return Ok(estimates.into_iter().zip(variances).map(effect).collect());
    }
    let groups = inputs.sides()?.by(inputs.text_or("segment_column", "segment")?)?;
    groups.iter().map(|(value, sides)| effect(value, sides)).collect()
}

fn effect(value: &str, sides: &Sides) -> Result<Effect, Problem> {
    let moments = |values: Vec<f64>| values.into_iter().collect::<Moments>();
    let (treatment, control) = (moments(sides.treatment()?), moments(sides.control()?));
    let variance = treatment.variance_of_mean().zip(control.variance_of_mean());
    let (v_t, v_c) = variance.ok_or_else(|| {
        Undefined::from(format!("group \"{value}\" has under two rows on a side, so its spread is unknown"))
    })?;
    Ok(Effect { estimate: treatment.mean() - control.mean(), variance: v_t + v_c })
}

/// One row a value of each segment column, adjusted for all rows together; a row without a p-value is left out of it.
fn segment_table(inputs: &mut Inputs) -> Result<Found, Problem> {
    let method = inputs.text_or("p_method", "p_z_pooled")?;
    let (mut labels, mut differences, mut p) = (Vec::new(), Vec::new(), Vec::new());
    let (sides, alpha) = (inputs.sides()?, inputs.alpha()?);
    for column in inputs.texts("segment_columns")? {
        for (value, group) in sides.by(column)? {
            let (treatment, control) = (group.treatment()?, group.control()?);
            labels.push(format!("{column}={value}"));
            let (t, c): (Moments, Moments) =
                (treatment.iter().copied().collect(), control.iter().copied().collect());
            differences.push((t.n() > 0 && c.n() > 0).then(|| t.mean() - c.mean()));
            let tested = match method {
                "p_z_pooled" => proportions::p_z_pooled(zero_one(&treatment)?, zero_one(&control)?).ok(),
                "diff_miettinen_nurminen" => {
                    let found =
                        score::diff_miettinen_nurminen(zero_one(&treatment)?, zero_one(&control)?, alpha);
                    found.ok().and_then(|found| found.p_value)
                }
                "p_pooled_variance" => means::p_pooled_variance(t, c).ok().map(|test| test.p_value),
                "welch" => means::welch(t, c, alpha).ok().and_then(|found| found.p_value),
                other => {
                    let known = "p_z_pooled, diff_miettinen_nurminen, p_pooled_variance or welch";
                    return Err(wrong(format!("`p_method` is \"{other}\"; write {known}")));
                }
            };
            p.push(tested);
        }
    }
    let known: Vec<f64> = p.iter().copied().flatten().collect();
    let spread = |adjusted: Vec<f64>| {
        let mut adjusted = adjusted.into_iter();
        p.iter().map(|one| one.and_then(|_| adjusted.next())).collect::<Vec<Option<f64>>>()
    };
    let (holm, bh) = (spread(many::holm(&known)?), spread(many::bh(&known)?));
    let missing = known.len() < p.len();
    let mut found =
        Found::parts([("labels", labels.into()), ("difference", differences.into()), ("holm", holm.into())])
            .with("p", p)
            .with("bh", bh);
    found.reason =
        missing.then(|| "a group has rows on one side only, or no spread, so it has no p-value".into());
    Ok(found)
}

/// Each side's outcomes with `covariate`, or all of `covariates`.
fn adjusted(inputs: &mut Inputs) -> Result<Found, Problem> {
    let names = if inputs.has("covariates") {
        inputs.texts("covariates")?
    } else {
        vec![inputs.text_or("covariate", "x")?]
    };
    let sides = inputs.sides()?;
    let side = |rows: &[usize], outcomes: Vec<f64>| -> Result<Side, Problem> {
        let columns: Vec<&[f64]> =
            names.iter().map(|name| sides.table.numbers(name)).collect::<Result<_, _>>()?;
        let covariates = rows.iter().map(|row| columns.iter().map(|column| column[*row]).collect()).collect();
        Ok(Side { outcomes, covariates })
    };
    let treatment = side(&sides.treatment, sides.treatment()?)?;
    let control = side(&sides.control, sides.control()?)?;
    Ok(lin(&treatment, &control, inputs.alpha()?)?.into())
}

/// Ties are broken by the row when the score ends in this.
const BY_ROW: &str = " + 1e-9*row_index";

/// `score` names a column; the highest comes first.
fn who_gains(inputs: &mut Inputs) -> Result<Found, Problem> {
    let score = inputs.text_or("score", "score")?;
    let (name, by_row) = match score.split_once(BY_ROW) {
        Some((name, _)) => (name, 1e-9),
        None => (score, 0.0),
    };
    let sides = inputs.sides()?;
    let scores = sides.table.numbers(name.trim())?;
    let side = |rows: &[usize], outcomes: Vec<f64>, treated: bool| {
        let scored = |(row, outcome): (&usize, f64)| Scored {
            score: scores[*row] + by_row * *row as f64,
            treated,
            outcome,
        };
        rows.iter().zip(outcomes).map(scored).collect::<Vec<_>>()
    };
    let mut families = side(&sides.treatment, sides.treatment()?, true);
    families.extend(side(&sides.control, sides.control()?, false));
    let found = qini(&families)?;
    let parts = [("qini_area_over_n2", found.area.into()), ("final_gain", found.final_gain.into())];
    Ok(Found::parts(parts).with("auc_score", found.share_of_perfect))
}
