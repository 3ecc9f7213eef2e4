//! `rapport calibrate`: how often the ranges of the demo's world contain the truth that was planted in it.
//!
//! Nothing is imported or sent: sides are drawn by the hash, outcomes are the world's, and only the estimate is made.

use std::process::ExitCode;

use anyhow::ensure;
use clap::Args;
use serde_json::json;

use super::comparison::DesignWord;
use crate::demo::world::{Calibration, Parameters, calibrate, renewals, revenue};
use crate::lift::{means, proportions};
use crate::store::comparison::Design;

/// How many worlds, and how large.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Worlds, with the seeds 1, 2, 3 and so on.
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u64).range(2..=100_000))]
    seeds: u64,
    /// Companies in each world.
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(50..=100_000))]
    accounts: u32,
    /// Families kept out, in percent.
    #[arg(long, value_name = "PERCENT", default_value_t = 20.0)]
    share: f64,
    /// What they are kept out of.
    #[arg(long, value_enum, default_value = "invited")]
    design: DesignWord,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let share = arguments.share / 100.0;
    ensure!(share > 0.0 && share <= 0.5, "--share should be above 0 and at most 50");
    let seeds = || 1..=arguments.seeds;
    let design = arguments.design.into();
    let world = |seed| Parameters { design, ..Parameters::default_for(seed, arguments.accounts as usize) };
    let renewal = calibrate(
        seeds(),
        world,
        share,
        |sample| proportions::diff_newcombe(renewals(&sample.program), renewals(&sample.comparison), 0.05),
        |truth| truth.renewal_difference,
    );
    let money = calibrate(
        seeds(),
        world,
        share,
        |sample| means::welch(revenue(&sample.program), revenue(&sample.comparison), 0.05),
        |truth| truth.revenue_difference,
    );
    if arguments.json {
        println!("{}", json!({ "renewal": as_json(&renewal), "revenue": as_json(&money) }));
    } else {
        println!(
            "{} worlds of {} companies, {} % of {} kept out.",
            arguments.seeds,
            arguments.accounts,
            arguments.share,
            if design == Design::Members { "those who join" } else { "them" }
        );
        tell("Renewal, points per 100 (diff_newcombe)", &renewal, 100.0);
        tell("Revenue, dollars per due family (welch)", &money, 0.01);
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(name: &str, found: &Calibration, scale: f64) {
    println!("{name}");
    println!(
        "  95 % ranges that contain the truth: {:.1} % of {} ({} undefined)",
        found.coverage * 100.0,
        found.estimated,
        found.undefined
    );
    println!(
        "  mean truth {:.3}, mean error {:+.3}, its standard error {:.3}",
        found.mean_truth * scale,
        found.mean_error * scale,
        found.standard_error * scale
    );
}

fn as_json(found: &Calibration) -> serde_json::Value {
    json!({
        "estimated": found.estimated,
        "undefined": found.undefined,
        "coverage": found.coverage,
        "mean_truth": found.mean_truth,
        "mean_error": found.mean_error,
        "standard_error": found.standard_error,
    })
}
