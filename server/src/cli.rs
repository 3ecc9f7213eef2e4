//! The program on the command line. Each command has a file of its own under `cli/`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Settings;

mod analyse;
mod calibrate;
mod check;
mod choose;
mod comparison;
mod consent;
mod demo;
mod estimate;
mod export;
mod import;
mod incident;
pub mod journey;
mod migrate;
mod plan;
mod program;
mod progress;
mod report;
mod segment;
mod serve;
mod user;

/// Runs relationship programs for small and midmarket companies, and proves what they are worth.
#[derive(Debug, Parser)]
#[command(name = "rapport", version, about, propagate_version = true)]
pub struct Cli {
    /// Settings file (default: rapport.toml, when it is there).
    #[arg(long, global = true, env = "RAPPORT_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build a made-up world with a known true lift, run the whole program on it, and show what was found.
    Demo(demo::Arguments),
    /// Look over items, rules, segments, letters, programs and journeys.
    Check(check::Arguments),
    /// Give everything back, in the forms that import reads.
    Export(export::Arguments),
    /// Take in a file: companies, people, licences and the rest.
    Import(import::Arguments),
    /// Draw the comparison group, once, before anybody is asked or written to.
    #[command(subcommand)]
    Comparison(comparison::Command),
    /// What people said yes and no to: whether the ledger is whole.
    #[command(subcommand)]
    Consent(consent::Command),
    /// Campaigns: who would get it, launch, pause, resume, status.
    #[command(subcommand)]
    Journey(journey::Command),
    /// What is out of order for many, as customers see it: open, close, list.
    #[command(subcommand)]
    Incident(incident::Command),
    /// Programs whose letters pause because fewer seem to renew, and a lead's decision.
    #[command(subcommand)]
    Program(program::Command),
    /// Who a question means: how many, which people.
    #[command(subcommand)]
    Segment(segment::Command),
    /// What content one person gets now, and why.
    Choose(choose::Arguments),
    /// Work out any number of a report again: JSON lines in, JSON lines out.
    Estimate(estimate::EstimateArgs),
    /// Compare every arm of a randomised test in a CSV file with its comparison.
    Analyse(analyse::AnalyseArgs),
    /// Show how often the ranges of made-up worlds contain the truth that was planted.
    Calibrate(calibrate::Arguments),
    /// Say, before the start, what a comparison can show.
    Plan(plan::PlanArgs),
    /// Take the database to the newest schema.
    Migrate,
    /// Serve pages, tracking and jobs.
    Serve(serve::Arguments),
    /// Do the jobs only, beside nodes that serve.
    Work,
    /// Say what the pages of reports show.
    #[command(subcommand)]
    Report(report::Command),
    /// Let staff in.
    #[command(subcommand)]
    User(user::Command),
}

/// Runs the command that was asked for. 0 done, 1 refused or failed, 2 wrong use.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    rustls::crypto::ring::default_provider().install_default().ok();
    logs();
    match start(cli) {
        Ok(code) => code,
        Err(error) if closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rapport: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start(cli: Cli) -> anyhow::Result<ExitCode> {
    let settings = || Settings::read(cli.config.as_deref(), &[]);
    let flagged = |flags: &[_]| Settings::read(cli.config.as_deref(), flags);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match cli.command {
            Command::Demo(arguments) => demo::run(settings()?, &arguments).await,
            Command::Comparison(command) => comparison::run(settings()?, command).await,
            Command::Consent(command) => consent::run(settings()?, &command).await,
            Command::Journey(command) => journey::run(settings()?, command).await,
            Command::Incident(command) => incident::run(settings()?, command).await,
            Command::Program(command) => program::run(settings()?, command).await,
            Command::Segment(command) => segment::run(settings()?, command).await,
            Command::Choose(arguments) => choose::run(settings()?, &arguments).await,
            Command::Estimate(arguments) => estimate::run(&arguments, &mut std::io::stdout().lock()),
            Command::Analyse(arguments) => analyse::run(&arguments, &mut std::io::stdout().lock()),
            Command::Calibrate(arguments) => calibrate::run(&arguments),
            Command::Plan(arguments) => plan::run(&arguments, &mut std::io::stdout().lock()),
            Command::Check(arguments) => check::run(&arguments),
            Command::Export(arguments) => export::run(settings()?, arguments).await,
            Command::Import(arguments) => import::run(settings()?, arguments).await,
            Command::Migrate => migrate::run(&settings()?).await,
            Command::Serve(arguments) => serve::serve(flagged(&arguments.flags())?, &arguments).await,
            Command::Work => serve::work(settings()?).await,
            Command::Report(command) => report::run(settings()?, &command).await,
            Command::User(command) => user::run(settings()?, &command).await,
        }
    })
}

/// Whoever read our output has seen enough, as with `| head`.
fn closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// Logs on stderr: plain on a terminal, JSON elsewhere; `RAPPORT_LOG` or `RUST_LOG` choose what.
fn logs() {
    use std::io::IsTerminal;
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("RAPPORT_LOG")
        .or_else(|_| EnvFilter::try_from_default_env())
        .unwrap_or_else(|_| EnvFilter::new("warn,server=info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let set = if std::io::stderr().is_terminal() { builder.try_init() } else { builder.json().try_init() };
    drop(set); // a test may have set one before
}
