//! `rapport estimate`: answers JSON lines from a file or from standard input.

use std::fs::File;
use std::io::{BufReader, Write, stdin};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;

use crate::lift::estimate::answer_lines;

/// Works out any number of a report again: JSON lines {"id", "method", "inputs"} in, {"id", "result"} out.
#[derive(Debug, clap::Args)]
pub struct EstimateArgs {
    /// The file of questions, one to a line; `-` or nothing reads standard input
    pub file: Option<PathBuf>,
}

/// Answers every line in order. Ends with 1 when a line could not be answered.
pub fn run(args: &EstimateArgs, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let here = Path::new("");
    let tally = match args.file.as_deref().filter(|file| *file != Path::new("-")) {
        None => answer_lines(stdin().lock(), here, out)?,
        Some(file) => {
            let questions = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
            answer_lines(BufReader::new(questions), here, out)?
        }
    };
    out.flush()?;
    Ok(if tally.refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
