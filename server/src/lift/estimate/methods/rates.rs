//! Methods over two rates, or one.

use super::{Found, Method};
use crate::lift::looking::{cs_p_pooled, hybrid_score_cs};
use crate::lift::{fisher, proportions, score};

/// Asked for by name.
pub const METHODS: &[Method] = &[
    Method {
        name: "wilson",
        parts: &["estimate", "ci"],
        work: |inputs| Ok(proportions::wilson(inputs.proportion()?, inputs.alpha()?)?.into()),
    },
    Method {
        name: "diff_newcombe",
        parts: &["estimate", "ci"],
        work: |inputs| {
            let (treatment, control) = inputs.proportions()?;
            Ok(proportions::diff_newcombe(treatment, control, inputs.alpha()?)?.into())
        },
    },
    Method {
        name: "diff_miettinen_nurminen",
        parts: &["estimate", "ci", "p_value"],
        work: |inputs| {
            let (treatment, control) = inputs.proportions()?;
            Ok(score::diff_miettinen_nurminen(treatment, control, inputs.alpha()?)?.into())
        },
    },
    Method {
        name: "rr_katz",
        parts: &["estimate", "ci"],
        work: |inputs| {
            let (treatment, control) = inputs.proportions()?;
            Ok(proportions::rr_katz(treatment, control, inputs.alpha()?)?.into())
        },
    },
    Method {
        name: "rr_miettinen_nurminen",
        parts: &["estimate", "ci"],
        work: |inputs| {
            let (treatment, control) = inputs.proportions()?;
            Ok(score::rr_miettinen_nurminen(treatment, control, inputs.alpha()?)?.into())
        },
    },
    Method {
        name: "p_fisher",
        parts: &["p_value"],
        work: |inputs| {
            let (treatment, control) = inputs.proportions()?;
            Ok(Found::parts([("p_value", fisher::p_fisher(treatment, control)?.into())]))
        },
    },
    Method {
        name: "p_z_pooled",
        parts: &["p_value"],
        work: |inputs| {
            let (treatment, control) = inputs.proportions()?;
            Ok(Found::parts([("p_value", proportions::p_z_pooled(treatment, control)?.into())]))
        },
    },
    Method {
        name: "hybrid_score_cs",
        parts: &["multiplier", "estimate", "ci"],
        work: |inputs| {
            let (treatment, control) = inputs.proportions()?;
            let look = hybrid_score_cs(treatment, control, inputs.number("n_star")?, inputs.alpha()?)?;
            Ok(Found::from(look.estimate).with("multiplier", look.multiplier))
        },
    },
    Method {
        name: "cs_p_pooled",
        parts: &["p_value"],
        work: |inputs| {
            let (treatment, control) = inputs.proportions()?;
            let p = cs_p_pooled(treatment, control, inputs.number("n_star")?, inputs.alpha()?)?;
            Ok(Found::parts([("p_value", p.into())]))
        },
    },
];
