//! `rapport demo`: the main job in one go, and then the house open with sign-in links ready.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use tokio::net::TcpListener;

use super::progress::Stage;
use crate::app::App;
use crate::config::Settings;
use crate::demo::world::{Parameters, World};
use crate::demo::{self, Stages};
use crate::doors;
use crate::lift::report::Report;
use crate::router;
use crate::shelf::Shelves;
use crate::store::doors::Role;
use crate::store::programs;
use crate::web::listen;

/// What world, and where.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Companies in the world.
    #[arg(long, value_name = "N", default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(50..=100_000))]
    accounts: u32,
    /// The same seed gives the same world and the same numbers.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Folder for the demo's database and key.
    #[arg(long, value_name = "DIR", default_value = "rapport-demo")]
    dir: PathBuf,
    /// Stop after the report.
    #[arg(long)]
    once: bool,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub async fn run(mut settings: Settings, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let parameters = Parameters::default_for(arguments.seed, arguments.accounts as usize);
    let listener = if arguments.once { None } else { Some(listen(&mut settings).await?) };
    let place = demo::prepare(settings, &arguments.dir, &parameters).await?;
    let world = World::build(&parameters);
    eprintln!(
        "A made-up world: {} companies, {} people, seed {}.",
        world.accounts.len(),
        world.contacts.len(),
        arguments.seed
    );
    let lived = demo::live(place, &world, &mut Told(None)).await?;
    drop(world);
    report(&lived.app, arguments.json).await?;
    if let Some(listener) = listener {
        open_house(&lived, listener).await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What the program changed, with the planted truth beside it.
async fn report(app: &App, json: bool) -> anyhow::Result<()> {
    let kept = programs::find(app.db.read(), demo::PROGRAM).await?.context("the demo kept its program")?;
    let report = Report::read(app, &kept, app.clock.now().date_naive()).await?;
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        writeln!(out)?;
        report.write_words(&mut out)?;
    }
    Ok(())
}

/// Takes the address that the settings name, or a free one when it is taken.
async fn listen(settings: &mut Settings) -> anyhow::Result<TcpListener> {
    let listener = match TcpListener::bind(&settings.listen).await {
        Ok(listener) => listener,
        Err(_) => TcpListener::bind("127.0.0.1:0").await.context("taking a free address")?,
    };
    settings.base_url = format!("http://{}", listener.local_addr()?);
    Ok(listener)
}

async fn open_house(lived: &demo::Demo, listener: TcpListener) -> anyhow::Result<()> {
    let app = &lived.app;
    println!("\nOpen the demo's three faces (each link signs you in, once):");
    if let Some(member) = lived.member {
        println!("  Resource center, as a member   {}", doors::customer_link(app, member).await?.url);
    }
    println!(
        "  Console and outbox, as admin   {}",
        staff(app, "admin@lakeshore.example", Role::Admin).await?
    );
    println!(
        "  Reports, as program lead       {}",
        staff(app, "lead@lakeshore.example", Role::ProgramLead).await?
    );
    println!(
        "Signed in: {0}/console/outbox and {0}/reports/renewal-2026. Ctrl-C ends it.",
        app.settings.base_url
    );
    let stop = async {
        tokio::signal::ctrl_c().await.ok();
    };
    listen::serve(listener, router::house(app, &Shelves::default()), stop).await;
    Ok(())
}

async fn staff(app: &App, email: &str, role: Role) -> anyhow::Result<String> {
    Ok(doors::staff_link(app, email, email, role).await?.url)
}

/// Shows each stage as progress.
struct Told(Option<Stage>);

impl Stages for Told {
    fn begin(&mut self, name: &str, total: u64) {
        self.0 = Some(Stage::begin(name, total));
    }

    fn at(&mut self, done: u64) {
        if let Some(stage) = &mut self.0 {
            stage.at(done);
        }
    }

    fn end(&mut self, what: &str) {
        if let Some(stage) = self.0.take() {
            stage.end(what);
        }
    }
}
