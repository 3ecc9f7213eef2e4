//! Methods that look ahead.

use serde_json::json;

use super::super::inputs::wrong;
use super::{Found, Method};
use crate::lift::looking::obf_band;
use crate::lift::power::{
    Design, mde_two_proportions, n_two_proportions, power_means, power_two_proportions,
};
use crate::lift::sequential::{Spending, gst_bounds};

/// Asked for by name.
pub const METHODS: &[Method] = &[
    Method {
        name: "power_two_proportions",
        parts: &["power"],
        work: |inputs| {
            let design = Design {
                p_treatment: inputs.number("p_treatment")?,
                p_control: inputs.number("p_control")?,
                n_treatment: inputs.number("n_treatment")?,
                n_control: inputs.number("n_control")?,
            };
            Ok(Found::parts([("power", power_two_proportions(design, inputs.alpha()?)?.into())]))
        },
    },
    Method {
        name: "n_two_proportions",
        parts: &["n_control", "n_treatment"],
        work: |inputs| {
            let needed = n_two_proportions(
                inputs.number("p_treatment")?,
                inputs.number("p_control")?,
                inputs.number_or("ratio", 1.0)?,
                inputs.number_or("power", 0.8)?,
                inputs.alpha()?,
                inputs.number_or("design_effect", 1.0)?,
            )?;
            Ok(Found::parts([("n_control", needed.control.into()), ("n_treatment", needed.treatment.into())]))
        },
    },
    Method {
        name: "mde_two_proportions",
        parts: &["mde"],
        work: |inputs| {
            let (n_treatment, n_control) = (inputs.number("n_treatment")?, inputs.number("n_control")?);
            let power = inputs.number_or("power", 0.8)?;
            let p_control = inputs.number("p_control")?;
            let mde = mde_two_proportions(p_control, n_treatment, n_control, power, inputs.alpha()?)?;
            Ok(Found::parts([("mde", mde.into())]))
        },
    },
    Method {
        name: "power_means",
        parts: &["power"],
        work: |inputs| {
            let (n_treatment, n_control) = (inputs.number("n_treatment")?, inputs.number("n_control")?);
            let (difference, sd) = (inputs.number("difference")?, inputs.number("sd")?);
            let power = power_means(difference, sd, n_treatment, n_control, inputs.alpha()?)?;
            Ok(Found::parts([("power", power.into())]))
        },
    },
    Method {
        name: "obf_band",
        parts: &["c", "z"],
        work: |inputs| {
            let band = obf_band(&inputs.numbers("information")?, inputs.alpha()?)?;
            Ok(Found::parts([("c", band.c.into()), ("z", json!(band.z))]))
        },
    },
    Method {
        name: "gst_bounds",
        parts: &["z"],
        work: |inputs| {
            let spending = match inputs.text_or("spending", "obf")? {
                "obf" => Spending::OBrienFleming,
                "power3" => Spending::Cubic,
                other => {
                    return Err(wrong(format!("`spending` is \"{other}\"; write \"obf\" or \"power3\"")));
                }
            };
            let z = gst_bounds(&inputs.numbers("information")?, spending, inputs.alpha()?)?;
            Ok(Found::parts([("z", z.into())]))
        },
    },
];
