//! `rapport journey …`: campaigns from the command line. Saving never sends; a launch is told the head count back.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use serde_json::json;

use super::progress::Stage;
use crate::app::App;
use crate::campaigns::dispatch::{self, Post};
use crate::campaigns::plan::{self, Audience};
use crate::campaigns::words;
use crate::config::Settings;
use crate::lift::report::holds;
use crate::shelf::{Shelf, Shelves};
use crate::store::journeys::{self, State};

/// What to do with journeys.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Every journey, and where it stands.
    List {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// One journey as it would be launched, in the form that import reads.
    Show {
        /// Its name.
        name: String,
    },
    /// Who would enter now, and who would not and why. Sends nothing.
    Check {
        /// Its name.
        name: String,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Freeze who gets it, and send.
    Launch(Launch),
    /// Send no more for now.
    Pause {
        /// Its name.
        name: String,
    },
    /// Go on after a pause, a stop of the machine, or --detach. Nobody gets it twice.
    Resume {
        /// Its name.
        name: String,
        /// Leave the sending to `rapport serve` or `rapport work`.
        #[arg(long)]
        detach: bool,
    },
    /// How many stand where.
    Status {
        /// Its name.
        name: String,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

/// A launch.
#[derive(Debug, Args)]
pub struct Launch {
    /// Its name.
    name: String,
    /// The number of people who would enter now, as `journey check` says it.
    #[arg(long, value_name = "N")]
    expect_people: u64,
    /// Leave the sending to `rapport serve` or `rapport work`.
    #[arg(long)]
    detach: bool,
    /// Print the status as JSON at the end.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub async fn run(settings: Settings, command: Command) -> anyhow::Result<ExitCode> {
    let app = App::open(settings).await?;
    match command {
        Command::List { json } => list(&app, json).await?,
        Command::Show { name } => println!("{}", find(&app, &name).await?.draft.write()),
        Command::Check { name, json } => {
            let shelf = Shelf::load(&app).await?;
            check(&name, &plan::preview(&app, &shelf, &name).await?, json);
        }
        Command::Launch(launch) => {
            let shelf = Shelf::load(&app).await?;
            let version =
                self::launch(&app, &shelf, &launch.name, launch.expect_people, "command line").await?;
            eprintln!(
                "Launched {} as version {}: {}.",
                launch.name,
                version.version,
                if version.people == 1 {
                    "1 person enters".to_owned()
                } else {
                    format!("{} people enter", version.people)
                }
            );
            if !launch.detach {
                send(&app, &launch.name).await?;
            }
            say(&app, &launch.name, launch.json).await?;
        }
        Command::Pause { name } => turn(&app, &name, &[State::Running], State::Paused).await?,
        Command::Resume { name, detach } => {
            let journey = find(&app, &name).await?;
            holds::tick(&app).await?;
            plan::refuse_held(app.db.read(), &journey.draft.program).await?;
            if journey.state != State::Running {
                turn(&app, &name, &[State::Paused], State::Running).await?;
            }
            if !detach {
                send(&app, &name).await?;
            }
            say(&app, &name, false).await?;
        }
        Command::Status { name, json } => say(&app, &name, json).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Looks first, as the clockwork does before it sends, so that no launch runs ahead of a reading that would pause it.
pub async fn launch(
    app: &App,
    shelf: &Shelf,
    name: &str,
    expect: u64,
    by: &str,
) -> anyhow::Result<journeys::Version> {
    holds::tick(app).await?;
    plan::launch(app, shelf, name, expect, by).await
}

async fn find(app: &App, name: &str) -> anyhow::Result<journeys::Kept> {
    journeys::find(app.db.read(), name).await?.with_context(|| format!("there is no journey {name}"))
}

/// Sends what is due until nothing of this journey is left, with a progress bar. Other nodes may help.
async fn send(app: &App, name: &str) -> anyhow::Result<()> {
    let post = Post::open(app, &Shelves::default()).await?;
    let (_, before) = plan::status(app, name).await?;
    let mut stage = Stage::begin(format!("Sending {name}"), before.pending());
    loop {
        let round = dispatch::tick(app, &post).await?;
        let (journey, status) = plan::status(app, name).await?;
        stage.at(before.pending().saturating_sub(status.pending()));
        if let Some(why) = journey.pauses_because() {
            bail!("{}", mended_by(name, why, status.pending()));
        }
        if status.pending() == 0 || journey.state != State::Running {
            break;
        }
        if round.unreachable {
            bail!(
                "the mail server cannot be reached; {} letters wait. Go on later with: rapport journey resume {name}",
                status.pending()
            );
        }
        if round.claimed == 0 {
            plan::refuse_held(app.db.read(), &journey.draft.program).await?;
            if status.claimed + status.handing_over == 0 {
                eprintln!(
                    "{} letters wait for a later try; rapport serve or rapport work sends them when they are due.",
                    status.planned
                );
                break;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }
    plan::finish(app, name).await?;
    let (_, after) = plan::status(app, name).await?;
    stage.end(format!("{} sent", after.sent));
    Ok(())
}

/// Why a campaign pauses by itself, and how it goes on.
fn mended_by(name: &str, why: &str, waiting: u64) -> String {
    let letters = if waiting == 1 { "1 letter waits".to_owned() } else { format!("{waiting} letters wait") };
    format!("{why}. Nobody has failed, {letters}. Mend that, then go on with: rapport journey resume {name}")
}

async fn turn(app: &App, name: &str, from: &[State], to: State) -> anyhow::Result<()> {
    let journey = find(app, name).await?;
    let txn = app.db.begin().await?;
    let turned = journeys::turn(&txn, journey.id, from, to).await?;
    txn.commit().await?;
    if !turned {
        bail!("the journey {name} is {}; that cannot be done now", journeys::word(journey.state));
    }
    eprintln!("{name} is {} now.", journeys::word(to));
    Ok(())
}

async fn list(app: &App, as_json: bool) -> anyhow::Result<()> {
    let all = journeys::all(app.db.read()).await?;
    if as_json {
        let rows: Vec<_> = all
            .iter()
            .map(|one| json!({ "name": one.draft.name, "title": one.draft.title, "program": one.draft.program, "state": one.state, "version": one.live_version }))
            .collect();
        println!("{}", serde_json::Value::from(rows));
        return Ok(());
    }
    if all.is_empty() {
        eprintln!("There are no journeys yet. Bring one in with: rapport import journeys FILE.json");
    }
    for one in all {
        println!("{:<30} {:<8} {}", one.draft.name, journeys::word(one.state), one.draft.title);
    }
    Ok(())
}

fn check(name: &str, audience: &Audience, as_json: bool) {
    let people = audience.entering.len();
    if as_json {
        println!("{}", json!({ "people": people, "left_out": audience.left_out }));
        return;
    }
    println!("{people} {} would enter {name} now.", if people == 1 { "person" } else { "people" });
    for (reason, count) in &audience.left_out {
        println!("{count} would not: {}", words::reason(reason));
    }
    println!("To launch: rapport journey launch {name} --expect-people {people}");
}

async fn say(app: &App, name: &str, as_json: bool) -> anyhow::Result<()> {
    let (journey, status) = plan::status(app, name).await?;
    let program = &journey.draft.program;
    let hold = plan::held(app.db.read(), program).await?;
    if as_json {
        let mut value = serde_json::to_value(&status).expect("counts are JSON");
        value["name"] = name.into();
        value["state"] = journeys::word(journey.state).into();
        value["held"] = hold.is_some().into();
        value["paused_because"] = journey.pauses_because().into();
        println!("{value}");
        return Ok(());
    }
    println!(
        "{name} is {}: {} in all = {} planned + {} claimed + {} handing over + {} sent + {} failed + {} unknown + {} skipped",
        journeys::word(journey.state),
        status.total,
        status.planned,
        status.claimed,
        status.handing_over,
        status.sent,
        status.failed,
        status.unknown,
        status.skipped.values().sum::<u64>()
    );
    for (reason, count) in &status.skipped {
        println!("  skipped, {}: {count}", words::reason(reason));
    }
    for (reason, count) in &status.failed_because {
        println!("  failed, {}: {count}", words::reason(reason));
    }
    if status.unknown > 0 {
        println!("  Unknown means handed over and never answered. They are not sent again by themselves.");
    }
    if let Some(why) = journey.pauses_because() {
        println!("  Paused: {}", mended_by(name, why, status.pending()));
    }
    if let Some(hold) = hold {
        println!("  Held: {}.", plan::way_out(program, &hold));
    }
    Ok(())
}
