//! Methods over two sides' amounts.

use super::super::inputs::{Inputs, Problem, wrong};
use super::{Found, Method};
use crate::lift::covariate::{Joint, cuped};
use crate::lift::looking::{asymptotic_cs, cs_information_time};
use crate::lift::strata::{Stratum, Table, mh_risk_difference, mh_risk_ratio, post_stratified};
use crate::lift::{means, outliers, proportions, ratios};

/// Asked for by name.
pub const METHODS: &[Method] = &[
    Method {
        name: "welch",
        parts: &["estimate", "se", "df", "ci", "p_value"],
        work: |inputs| {
            let (treatment, control) = inputs.moments()?;
            Ok(means::welch(treatment, control, inputs.alpha()?)?.into())
        },
    },
    Method {
        name: "p_pooled_variance",
        parts: &["z", "p_value"],
        work: |inputs| {
            let (treatment, control) = inputs.moments()?;
            let test = means::p_pooled_variance(treatment, control)?;
            Ok(Found::parts([("z", test.z.into()), ("p_value", test.p_value.into())]))
        },
    },
    Method {
        name: "ratio_log_delta",
        parts: &["estimate", "se_log", "ci", "p_value"],
        work: |inputs| {
            let (treatment, control) = inputs.moments()?;
            Ok(means::ratio_log_delta(treatment, control, inputs.alpha()?)?.into())
        },
    },
    Method {
        name: "post_stratified",
        parts: &["estimate", "se", "ci"],
        work: |inputs| {
            let mut strata = Vec::new();
            for (name, sides) in inputs.sides()?.by(inputs.text_or("stratum_column", "stratum")?)? {
                let (treatment, control) = (sides.treatment()?, sides.control()?);
                let (treatment, control) = (treatment.into_iter().collect(), control.into_iter().collect());
                strata.push(Stratum { name, treatment, control });
            }
            Ok(post_stratified(&strata, inputs.alpha()?)?.into())
        },
    },
    Method {
        name: "cs_information_time",
        parts: &["multiplier", "ci"],
        work: |inputs| {
            let (difference, se) = (inputs.number("difference")?, inputs.number("se")?);
            let look = cs_information_time(difference, se, inputs.number("se_star")?, inputs.alpha()?)?;
            Ok(Found::from(look.estimate).with("multiplier", look.multiplier))
        },
    },
    Method {
        name: "mh_risk_difference",
        parts: &["estimate", "ci"],
        work: |inputs| Ok(mh_risk_difference(&tables(inputs)?, inputs.alpha()?)?.into()),
    },
    Method {
        name: "mh_risk_ratio",
        parts: &["estimate", "ci"],
        work: |inputs| Ok(mh_risk_ratio(&tables(inputs)?, inputs.alpha()?)?.into()),
    },
    Method {
        name: "ratio_delta",
        parts: &["estimate", "se", "ci", "p_value"],
        work: |inputs| {
            let (treatment, control) = inputs.moments()?;
            Ok(ratios::ratio_delta(treatment, control, inputs.alpha()?)?.into())
        },
    },
    Method {
        name: "ratio_fieller",
        parts: &["estimate", "ci", "bounded"],
        work: |inputs| {
            let (treatment, control) = inputs.moments()?;
            let found = ratios::ratio_fieller(treatment, control, inputs.alpha()?)?;
            let bounded = found.ci[0].is_some() && found.ci[1].is_some();
            Ok(Found::from(found).with("bounded", bounded))
        },
    },
    Method {
        name: "winsorise",
        parts: &["cap", "estimate", "se", "df", "ci", "p_value"],
        work: |inputs| {
            let (treatment, control) = inputs.values()?;
            let over_positive = match inputs.text_or("over", "positive")? {
                "positive" => true,
                "all" => false,
                other => return Err(wrong(format!("`over` is \"{other}\"; write \"positive\" or \"all\""))),
            };
            let q = inputs.number("q")?;
            let capped = outliers::winsorise(&treatment, &control, q, over_positive, inputs.alpha()?)?;
            Ok(Found::from(capped.estimate).with("cap", capped.cap))
        },
    },
    Method {
        name: "cuped",
        parts: &["theta", "estimate", "se", "df", "ci", "p_value", "variance_ratio"],
        work: sharpened,
    },
    Method { name: "asymptotic_cs", parts: &["estimate", "ci", "p_value", "se"], work: any_time },
];

/// Both sides of every stratum as counts.
fn tables(inputs: &mut Inputs) -> Result<Vec<Table>, Problem> {
    let strata = inputs.sides()?.by(inputs.text_or("stratum_column", "stratum")?)?;
    let counts = |values: Result<Vec<f64>, Problem>| super::super::inputs::zero_one(&values?);
    strata.into_iter().map(|(_, sides)| Ok((counts(sides.treatment())?, counts(sides.control())?))).collect()
}

/// The outcome less what the covariate explains.
fn sharpened(inputs: &mut Inputs) -> Result<Found, Problem> {
    let (sides, name) = (inputs.sides()?, inputs.text_or("covariate", "x")?);
    let joint = |outcome: Vec<f64>, covariate: Vec<f64>| {
        let mut joint = Joint::default();
        outcome.into_iter().zip(covariate).for_each(|(outcome, covariate)| joint.push(outcome, covariate));
        joint
    };
    let treatment = joint(sides.treatment()?, sides.of(name, &sides.treatment)?);
    let control = joint(sides.control()?, sides.of(name, &sides.control)?);
    let found = cuped(treatment, control, inputs.alpha()?)?;
    Ok(Found::from(found.estimate).with("theta", found.theta).with("variance_ratio", found.variance_ratio))
}

/// A rate's spread when the outcome is 0 and 1 throughout, an amount's otherwise.
fn any_time(inputs: &mut Inputs) -> Result<Found, Problem> {
    let (n_star, alpha) = (inputs.number("n_star")?, inputs.alpha()?);
    if let Ok((treatment, control)) = inputs.proportions() {
        let (difference, se) = proportions::wald(treatment, control)?;
        let n = treatment.n as f64 + control.n as f64;
        return Ok(asymptotic_cs(difference, se, n, n_star, alpha)?.into());
    }
    let (treatment, control) = inputs.moments()?;
    let plain = means::welch(treatment, control, alpha)?;
    let (difference, se) = (treatment.mean() - control.mean(), plain.se.unwrap_or(0.0));
    Ok(asymptotic_cs(difference, se, treatment.n() as f64 + control.n() as f64, n_star, alpha)?.into())
}
