//! Methods over a whole table, or over other methods' p-values.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::super::inputs::{Inputs, Problem, wrong, zero_one};
use super::super::table::Column;
use super::{Found, Method};
use crate::lift::arms::Moments;
use crate::lift::renewal::{Term, Window, itt_renewal};
use crate::lift::{many, split};

/// Asked for by name.
pub const METHODS: &[Method] = &[
    Method {
        name: "srm_chi2",
        parts: &["p_value"],
        work: |inputs| {
            let p = split::srm_chi2(&inputs.counts("counts")?, &inputs.numbers("weights")?)?;
            Ok(Found::parts([("p_value", p.into())]))
        },
    },
    Method {
        name: "srm_sequential",
        parts: &["p_values"],
        work: |inputs| {
            let counts = |batch: &Value| {
                let counts = batch.as_array().and_then(|batch| batch.iter().map(Value::as_u64).collect());
                counts.ok_or_else(|| {
                    wrong(format!("`batches` holds {batch}; each is a list of counts, one an arm"))
                })
            };
            let batches: Vec<Vec<u64>> =
                inputs.list("batches")?.iter().map(counts).collect::<Result<_, _>>()?;
            let p = split::srm_sequential(
                &batches,
                &inputs.numbers("weights")?,
                inputs.number("concentration")?,
            )?;
            Ok(Found::parts([("p_values", p.into())]))
        },
    },
    Method {
        name: "holm",
        parts: &["adjusted"],
        work: |inputs| Ok(adjusted(many::holm(&inputs.numbers("p")?)?)),
    },
    Method {
        name: "bh",
        parts: &["adjusted"],
        work: |inputs| Ok(adjusted(many::bh(&inputs.numbers("p")?)?)),
    },
    Method {
        name: "bonferroni",
        parts: &["adjusted"],
        work: |inputs| Ok(adjusted(many::bonferroni(&inputs.numbers("p")?)?)),
    },
    Method { name: "arm_summary", parts: &[], work: arm_summary },
    Method { name: "itt_renewal", parts: &["treatment", "control"], work: renewals },
];

fn adjusted(p: Vec<f64>) -> Found {
    Found::parts([("adjusted", p.into())])
}

/// Rows, then for a 0/1 column its events and rate, for any other its sum, mean and standard deviation.
///
/// The columns are those in `metrics`, or every column of numbers.
fn arm_summary(inputs: &mut Inputs) -> Result<Found, Problem> {
    let arm = inputs.arm()?;
    let names = if inputs.has("metrics") {
        inputs.texts("metrics")?
    } else {
        arm.table
            .columns()
            .iter()
            .filter(|column| column.numbers().is_ok())
            .map(|column| column.name.as_str())
            .collect()
    };
    let mut found = Found::parts([("n", arm.treatment.len().into())]);
    for name in names {
        let values = arm.of(name, &arm.treatment)?;
        found = if let Ok(side) = zero_one(arm.table.numbers(name)?).and_then(|_| zero_one(&values)) {
            found.with(&format!("{name}s"), side.events).with(&format!("{name}_rate"), side.rate())
        } else {
            let moments: Moments = values.iter().copied().collect();
            let sd = moments.variance().map(f64::sqrt);
            found
                .with(&format!("{name}_sum"), values.iter().sum::<f64>())
                .with(&format!("{name}_mean"), moments.mean())
                .with(&format!("{name}_sd"), sd)
        };
    }
    Ok(found)
}

/// Both sides' due and renewed terms, whatever was sent to them.
fn renewals(inputs: &mut Inputs) -> Result<Found, Problem> {
    let days = |key| {
        let days = inputs.count(key)?;
        u32::try_from(days).map_err(|_| wrong(format!("`{key}` is {days} days; a few hundred at most")))
    };
    let as_of = day(inputs.text("as_of")?, "as_of")?.ok_or_else(|| wrong("`as_of` is empty".to_owned()))?;
    let window = Window { as_of, grace_days: days("grace_days")?, early_days: days("early_days")? };
    let sides = inputs.sides()?;
    let (due, renewed) = (sides.table.column("due")?, sides.table.column("renewed_on")?);
    let count = |rows: &[usize]| -> Result<Value, Problem> {
        let terms: Vec<Term> = rows.iter().map(|row| term(due, renewed, *row)).collect::<Result<_, _>>()?;
        Ok(json!(itt_renewal(terms, window)))
    };
    Ok(Found::parts([("treatment", count(&sides.treatment)?), ("control", count(&sides.control)?)]))
}

fn term(due: &Column, renewed: &Column, row: usize) -> Result<Term, Problem> {
    let place = |column: &Column| format!("row {}, column \"{}\"", row + 1, column.name);
    let due_on = day(due.cell(row), &place(due))?;
    let due_on =
        due_on.ok_or_else(|| wrong(format!("{} is empty; every term has a due date", place(due))))?;
    Ok(Term { due: due_on, renewed_on: day(renewed.cell(row), &place(renewed))? })
}

/// A date, nothing where there is none.
fn day(text: &str, place: &str) -> Result<Option<NaiveDate>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d");
    day.map(Some).map_err(|_| wrong(format!("{place}: \"{text}\" is no date; write it as 2026-01-31")))
}
