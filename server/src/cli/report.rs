//! `rapport report`: what the pages show, on a terminal or in a file.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use chrono::NaiveDate;
use templates::{Brand, Face, Frame, Theme};

use crate::app::App;
use crate::config::Settings;
use crate::lift::report::Report;
use crate::store::programs::{self, Kept};

mod follow_up;
mod funnel;

/// Which report.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// What a program changed, against the customers that were left out.
    Lift(Arguments),
    /// From the ask to the habit: who was asked, joined, confirmed, trained and came back.
    Funnel(funnel::Arguments),
    /// Who came back after finishing a lesson: offered one follow-up, against a random tenth who saw other picks.
    FollowUp {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Which program, on which day, in which form.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The program; without it, a line for each.
    #[arg(long, value_name = "NAME")]
    program: Option<String>,
    /// The day of the reading (default: today).
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<NaiveDate>,
    /// Print JSON.
    #[arg(long, conflicts_with_all = ["csv", "html"])]
    json: bool,
    /// Print every table as CSV.
    #[arg(long, conflicts_with = "html", requires = "program")]
    csv: bool,
    /// Write the page to this file, complete in itself.
    #[arg(long, value_name = "FILE", requires = "program")]
    html: Option<PathBuf>,
}

/// Runs the command.
pub async fn run(settings: Settings, command: &Command) -> anyhow::Result<ExitCode> {
    let app = App::open(settings).await?;
    let arguments = match command {
        Command::Lift(arguments) => arguments,
        Command::Funnel(arguments) => {
            funnel::run(&app, arguments, &mut io::stdout().lock()).await?;
            return Ok(ExitCode::SUCCESS);
        }
        Command::FollowUp { json } => {
            follow_up::run(&app, *json, &mut io::stdout().lock()).await?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    let as_of = arguments.as_of.unwrap_or_else(|| app.clock.now().date_naive());
    let mut out = io::stdout().lock();
    let Some(name) = &arguments.program else {
        all(&app, as_of, arguments.json, &mut out).await?;
        return Ok(ExitCode::SUCCESS);
    };
    let program = find(&app, name).await?;
    let report = Report::read(&app, &program, as_of).await?;
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
    } else if arguments.csv {
        write!(out, "{}", report.csv())?;
    } else if let Some(file) = &arguments.html {
        write_page(&app.templates.report(&alone(&app), &report.page())?, file)?;
    } else {
        report.write_words(&mut out)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The program with this name.
pub(super) async fn find(app: &App, name: &str) -> anyhow::Result<Kept> {
    if let Some(kept) = programs::find(app.db.read(), name).await? {
        return Ok(kept);
    }
    let all = programs::all(app.db.read()).await?;
    let known: Vec<_> = all.iter().map(|kept| kept.program.name.as_str()).collect();
    match segments::nearest(name, known.iter().copied()) {
        Some(meant) => bail!("there is no program called `{name}` (did you mean `{meant}`?)"),
        None if known.is_empty() => bail!("there is no program called `{name}`; there is none at all yet"),
        None => bail!("there is no program called `{name}`; there are {}", known.join(", ")),
    }
}

async fn all(app: &App, as_of: NaiveDate, json: bool, out: &mut impl Write) -> anyhow::Result<()> {
    let mut reports = Vec::new();
    for kept in programs::all(app.db.read()).await? {
        reports.push(Report::read(app, &kept, as_of).await?);
    }
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&reports)?)?;
    } else if reports.is_empty() {
        eprintln!("There is no program yet.");
    } else {
        for report in reports {
            writeln!(out, "{}: {}", report.program, report.answer.sentence)?;
        }
    }
    Ok(())
}

/// The frame of a page that stands in a file alone.
fn alone(app: &App) -> Frame {
    Frame {
        nonce: String::new(),
        base_url: app.settings.base_url.clone(),
        signed_in_as: None,
        face: Face::Reports,
        path: String::new(),
        way_back: String::new(),
        language: templates::ENGLISH.to_owned(),
        theme: Theme::System,
        brand: Brand { name: "Rapport".to_owned(), ..Brand::default() },
    }
}

/// Writes a page with its styles inside, so that the file can be sent on.
fn write_page(html: &str, file: &Path) -> anyhow::Result<()> {
    std::fs::write(file, enclosed(html)).with_context(|| format!("writing {}", file.display()))
}

/// Puts each style sheet of the house where the page asks for it.
fn enclosed(html: &str) -> String {
    let mut out = String::with_capacity(html.len() * 2);
    let mut rest = html;
    while let Some((before, link)) = rest.split_once("<link rel=\"stylesheet\" href=\"/assets/") {
        out.push_str(before);
        let (href, after) = link.split_once('>').unwrap_or((link, ""));
        let name = href.split(['"', '?']).next().unwrap_or_default();
        if let Some(asset) = templates::asset(name) {
            out.push_str("<style>");
            out.push_str(&String::from_utf8_lossy(&asset.bytes));
            out.push_str("</style>");
        }
        rest = after;
    }
    out.push_str(rest);
    out
}
