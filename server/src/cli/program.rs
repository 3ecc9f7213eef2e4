//! `rapport program …`: which programs' letters pause, and a lead's decision about them.

use std::process::ExitCode;

use anyhow::bail;
use clap::{ArgGroup, Args, Subcommand};
use segments::Email;
use serde_json::json;

use super::report::find;
use crate::app::App;
use crate::config::Settings;
use crate::lift::report::holds::{self, notice};
use crate::router;
use crate::store::holds::{self as kept, Decided, Decision, Hold};
use crate::store::programs::{self, Kept};
use crate::store::{doors, programs::Program};
use crate::web::reports::DECIDE;

/// What to do with programs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Every pause of a program's letters, and what was decided.
    Holds {
        /// One program only.
        name: Option<String>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Decide about a program whose letters pause: let them go on, or end them.
    Decide(Decide),
}

/// A decision. It is kept with name, day and reason, and never changed.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("decision").required(true)))]
pub struct Decide {
    /// The program's name.
    name: String,
    /// Send what waits, to each person once.
    #[arg(long, group = "decision")]
    go_on: bool,
    /// Never send what waits, and stop the program's journeys for good.
    #[arg(long, group = "decision")]
    end: bool,
    /// Why, in a sentence.
    #[arg(long, value_name = "TEXT")]
    because: String,
    /// Whose decision it is: the address of a program lead or an admin.
    #[arg(long, value_name = "EMAIL")]
    by: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub async fn run(settings: Settings, command: Command) -> anyhow::Result<ExitCode> {
    let app = App::open(settings).await?;
    match command {
        Command::Holds { name, json } => list(&app, name.as_deref(), json).await?,
        Command::Decide(decide) => self::decide(&app, &decide).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(app: &App, name: Option<&str>, as_json: bool) -> anyhow::Result<()> {
    let programs = match name {
        Some(name) => vec![find(app, name).await?],
        None => programs::all(app.db.read()).await?,
    };
    let mut rows = Vec::new();
    for Kept { id, program, .. } in programs {
        for hold in kept::of(app.db.read(), id).await? {
            if as_json {
                rows.push(row(&program, &hold));
            } else {
                let notice = notice(&hold);
                println!("{}: {}\n  {}", program.name, notice.sentence, notice.detail);
                rows.push(json!(null));
            }
        }
    }
    if as_json {
        println!("{}", serde_json::Value::from(rows));
    } else if rows.is_empty() {
        eprintln!("No program's letters have ever paused.");
    }
    Ok(())
}

fn row(program: &Program, hold: &Hold) -> serde_json::Value {
    json!({
        "program": program.name, "since": hold.since, "finding": hold.finding, "blocks": hold.blocks(),
        "decided": hold.decided,
    })
}

async fn decide(app: &App, decide: &Decide) -> anyhow::Result<()> {
    let program = find(app, &decide.name).await?;
    let because = holds::reason(&decide.because).map_err(anyhow::Error::msg)?;
    let by = Email::parse(&decide.by)?;
    let member = doors::member_called(app.db.read(), by.key()).await?;
    let Some(member) = member.filter(|member| router::opens(member.role, DECIDE)) else {
        bail!(
            "{} is no program lead and no admin here; let them in first: rapport user add {} --role program_lead",
            by.typed(),
            by.typed()
        );
    };
    let holds = kept::of(app.db.read(), program.id).await?;
    let Some(hold) = holds.iter().find(|hold| hold.decided.is_none()) else {
        match holds.first() {
            Some(last) => {
                bail!("there is nothing to decide about {}: {}", decide.name, notice(last).sentence)
            }
            None => bail!("there is nothing to decide about {}: its letters have never paused", decide.name),
        }
    };
    let decided = Decided {
        decision: if decide.end { Decision::End } else { Decision::GoOn },
        by: member.email,
        at: app.clock.now(),
        because,
    };
    if !holds::decide(app, hold, &decided).await? {
        bail!("somebody else has just decided about {}; see: rapport program holds {0}", decide.name);
    }
    let hold = Hold { decided: Some(decided), ..hold.clone() };
    if decide.json {
        println!("{}", row(&program.program, &hold));
    } else {
        println!("{}", notice(&hold).detail);
        if decide.go_on {
            eprintln!("rapport serve or rapport work sends what waits, or: rapport journey resume NAME");
        }
    }
    Ok(())
}
