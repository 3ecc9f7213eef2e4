//! `rapport analyse`: the lift report for a CSV file that never was in Rapport.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use crate::lift::analyse::{Question, analyse, write_words};

/// Compares every arm of a randomised test in a CSV file with its comparison.
#[derive(Debug, clap::Args)]
pub struct AnalyseArgs {
    /// The CSV file, with a header line
    pub file: PathBuf,
    /// The column that says which arm a row was assigned to
    #[arg(long, value_name = "COL")]
    pub arm: String,
    /// The label of the comparison in that column
    #[arg(long, value_name = "LABEL")]
    pub control: String,
    /// An outcome to compare: a column of 0 and 1, or of amounts (give it again for each outcome)
    #[arg(long, value_name = "COL", required = true)]
    pub outcome: Vec<String>,
    /// The column of the unit that was drawn, when a unit has several rows: amounts are added up, 0/1 become "at least once"
    #[arg(long, value_name = "COL")]
    pub unit: Option<String>,
    /// The column of the strata that were drawn separately
    #[arg(long, value_name = "COL")]
    pub strata: Option<String>,
    /// A column of numbers known before the test, such as last year's revenue, to sharpen the differences
    #[arg(long, value_name = "COL")]
    pub covariate: Option<String>,
    /// A column of groups to look at one by one (give it again for each column)
    #[arg(long, value_name = "COL")]
    pub segment: Vec<String>,
    /// The shares the arms were drawn with, such as "Letters=9,No letters=1" (default: equal)
    #[arg(long, value_name = "LABEL=WEIGHT", value_delimiter = ',', value_parser = weight)]
    pub weights: Vec<(String, f64)>,
    /// Print JSON instead of words
    #[arg(long)]
    pub json: bool,
}

/// Reads the file once and prints what it says.
pub fn run(args: &AnalyseArgs, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let question = Question {
        arm: args.arm.clone(),
        control: args.control.clone(),
        outcomes: args.outcome.clone(),
        unit: args.unit.clone(),
        strata: args.strata.clone(),
        covariate: args.covariate.clone(),
        segments: args.segment.clone(),
        weights: args.weights.clone(),
    };
    let name = args.file.display().to_string();
    let file = File::open(&args.file).with_context(|| format!("cannot read {name}"))?;
    let analysis = analyse(file, &question).with_context(|| name.clone())?;
    if args.json {
        serde_json::to_writer_pretty(&mut *out, &analysis)?;
        writeln!(out)?;
    } else {
        write_words(&analysis, &name, &question, out)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Reads one `LABEL=WEIGHT`; the label itself may hold an equals sign.
fn weight(text: &str) -> Result<(String, f64), String> {
    let form = "write LABEL=WEIGHT, such as \"Letters=9,No letters=1\"";
    let (label, weight) = text.rsplit_once('=').ok_or(form)?;
    let weight = weight.trim().parse().ok().filter(|weight: &f64| weight.is_finite() && *weight >= 0.0);
    weight.map(|weight| (label.trim().to_owned(), weight)).ok_or_else(|| form.to_owned())
}
