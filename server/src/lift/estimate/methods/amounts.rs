//! Methods over two sides' amounts.

use super::{Found, Method};
use crate::lift::looking::cs_information_time;
use crate::lift::means;
use crate::lift::strata::{Stratum, post_stratified};

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
];
