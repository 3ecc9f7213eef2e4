//! `rapport check`: looks over items, rules, segments, shelves, words, letters, programs and journeys.

use std::path::PathBuf;
use std::process::ExitCode;

use content::Severity;

use crate::catalogue::check::check;
use crate::clock::Clock;

/// What to look over.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder with library/, rules/, segments/, shelves/, words/, emails/, programs/ and journeys/ in it; without
    /// one, what ships with the house.
    folder: Option<PathBuf>,
    /// Codes of the products that are sold, so that content about others is found.
    #[arg(long, value_delimiter = ',')]
    products: Option<Vec<String>>,
    /// Print findings as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let today = Clock::Real.now().date_naive();
    let (files, findings) = check(arguments.folder.as_deref(), arguments.products.as_deref(), today)?;
    if arguments.json {
        println!("{}", serde_json::to_string(&findings)?);
    } else {
        for finding in &findings {
            eprintln!("{finding}");
        }
    }
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    eprintln!("{files} files: {errors} errors, {} warnings.", findings.len() - errors);
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
