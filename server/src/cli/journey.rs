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
use crate::config::Settings;
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
                plan::launch(&app, &shelf, &launch.name, launch.expect_people, "command line").await?;
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
        let (state, status) = plan::status(app, name).await?;
        stage.at(before.pending().saturating_sub(status.pending()));
        if status.pending() == 0 || state != State::Running {
            break;
        }
        if round.unreachable {
            bail!(
                "the mail server cannot be reached; {} letters wait. Go on later with: rapport journey resume {name}",
                status.pending()
            );
        }
        if round.claimed == 0 {
            plan::refuse_held(app.db.read(), &find(app, name).await?.draft.program).await?;
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
        println!("{count} would not: {}", in_words(reason));
    }
    println!("To launch: rapport journey launch {name} --expect-people {people}");
}

async fn say(app: &App, name: &str, as_json: bool) -> anyhow::Result<()> {
    let (state, status) = plan::status(app, name).await?;
    let program = find(app, name).await?.draft.program;
    let hold = plan::held(app.db.read(), &program).await?;
    if as_json {
        let mut value = serde_json::to_value(&status).expect("counts are JSON");
        value["name"] = name.into();
        value["state"] = journeys::word(state).into();
        value["held"] = hold.is_some().into();
        println!("{value}");
        return Ok(());
    }
    println!(
        "{name} is {}: {} in all = {} planned + {} claimed + {} handing over + {} sent + {} failed + {} unknown + {} skipped",
        journeys::word(state),
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
        println!("  skipped, {}: {count}", in_words(reason));
    }
    if status.unknown > 0 {
        println!("  Unknown means handed over and never answered. They are not sent again by themselves.");
    }
    if let Some(hold) = hold {
        println!("  Held: {}.", plan::way_out(&program, &hold));
    }
    Ok(())
}

/// A reason in words.
fn in_words(reason: &str) -> &str {
    match reason {
        "comparison" => "in the comparison group",
        "on-no-side" => "on no side of the comparison group yet",
        "no-consent" => "no consent for this purpose",
        "suppressed" => "stopped, complained, or does not exist",
        "paused" => "pausing letters",
        "billed-by-a-partner" => "billed by a partner, who has not agreed to selling letters",
        "nothing-fits" => "nothing in the library fits them now",
        "already-finished" => "they finished what the letter is about",
        "facts-missing" => "the letter says things that are not known of them",
        "ended" => "the program's letters were ended first",
        "already-in" => "got it, or is owed it, from an earlier launch",
        other => other,
    }
}
