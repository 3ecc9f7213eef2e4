//! `rapport plan`: how many families a comparison needs, and what it can show.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{anyhow, bail};

use crate::lift::plan::{Wish, plan, write_words};

/// Says, before the start, what a comparison can show.
#[derive(Debug, clap::Args)]
pub struct PlanArgs {
    /// The renewal rate without the program, in percent ("62" or "62%") or as a fraction under 1 ("0.62")
    #[arg(long, value_name = "RATE", value_parser = rate)]
    pub base: f64,
    /// What the program is hoped to add, in points (8 means from 62 % to 70 %)
    #[arg(long, value_name = "POINTS", allow_negative_numbers = true)]
    pub lift: f64,
    /// The share of families kept out, in percent
    #[arg(long, value_name = "PCT", default_value_t = 10.0)]
    pub share: f64,
    /// Account families whose licence falls due in the year
    #[arg(long, value_name = "N")]
    pub accounts: Option<u64>,
    /// Account families whose licence falls due in a month, for the time an answer takes
    #[arg(long, value_name = "N")]
    pub due_per_month: Option<f64>,
    /// Print JSON instead of words
    #[arg(long)]
    pub json: bool,
}

/// Works the plan out and prints it.
pub fn run(args: &PlanArgs, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let hoped = args.base + args.lift / 100.0;
    if !(0.0..=1.0).contains(&hoped) || args.lift == 0.0 {
        bail!(
            "--base {:.1} % and --lift {} points make {:.1} %; the sum must lie between 0 and 100 % and differ from the base",
            100.0 * args.base,
            args.lift,
            100.0 * hoped
        );
    }
    if args.due_per_month.is_some_and(|due| !(due > 0.0 && due.is_finite())) {
        bail!("--due-per-month must be above 0: the families whose licence falls due in a month");
    }
    let wish = Wish {
        base: args.base,
        lift: args.lift / 100.0,
        share: args.share / 100.0,
        families: args.accounts,
        due_per_month: args.due_per_month,
    };
    let plan = plan(&wish).map_err(|reason| anyhow!("{reason}"))?;
    if args.json {
        serde_json::to_writer_pretty(&mut *out, &plan)?;
        writeln!(out)?;
    } else {
        write_words(&plan, out)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Reads a rate as percent, or as a fraction when it is under 1 and has no percent sign.
fn rate(text: &str) -> Result<f64, String> {
    let wrong = || format!("\"{text}\" is no rate; write 62, 62% or 0.62");
    let (number, percent) =
        text.trim().strip_suffix('%').map_or((text.trim(), false), |number| (number, true));
    let value: f64 = number.trim().parse().map_err(|_| wrong())?;
    let rate = if percent || value >= 1.0 { value / 100.0 } else { value };
    if (0.0..=1.0).contains(&rate) { Ok(rate) } else { Err(wrong()) }
}
