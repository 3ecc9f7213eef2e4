//! `rapport incident …`: what is out of order for many, so that customers see it before they look for the fault at
//! their own desk.

use std::process::ExitCode;

use anyhow::{bail, ensure};
use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::config::Settings;
use crate::store::incidents::{self, Incident};
use crate::store::products;

/// What to do about incidents.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say that something is out of order. Customers see it at once.
    Open(Open),
    /// Say that it is over.
    Close {
        /// The incident, as `rapport incident list` names it.
        id: Uuid,
    },
    /// What is and was out of order, the newest first.
    List {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

/// What is out of order.
#[derive(Debug, Args)]
pub struct Open {
    /// Code of the product.
    #[arg(long)]
    product: String,
    /// What customers notice, in a sentence: "Calls may drop."
    #[arg(long, value_name = "TEXT")]
    words: String,
    /// Where, when it is not everywhere.
    #[arg(long)]
    place: Option<String>,
    /// Since when, such as 2026-03-03T09:00:00Z (default: now).
    #[arg(long, value_name = "TIME")]
    since: Option<DateTime<Utc>>,
    /// By when it should be over, such as 2026-03-03T15:00:00Z.
    #[arg(long, value_name = "TIME")]
    fix_by: Option<DateTime<Utc>>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub async fn run(settings: Settings, command: Command) -> anyhow::Result<ExitCode> {
    let app = App::open(settings).await?;
    match command {
        Command::Open(open) => self::open(&app, open).await?,
        Command::Close { id } => {
            let txn = app.db.begin().await?;
            let closed = incidents::close(&txn, id, app.clock.now()).await?;
            txn.commit().await?;
            if !closed {
                bail!("there is no open incident {id}; see: rapport incident list");
            }
            eprintln!("It is over. Customers no longer see it.");
        }
        Command::List { json } => list(&app, json).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn open(app: &App, open: Open) -> anyhow::Result<()> {
    let known = products::all(app.db.read()).await?;
    let codes: Vec<&str> = known.iter().map(|product| product.code.as_str()).collect();
    ensure!(
        codes.is_empty() || codes.contains(&open.product.as_str()),
        "there is no product called {}; there are {}",
        open.product,
        codes.join(", ")
    );
    let words = open.words.trim();
    ensure!(!words.is_empty(), "--words should say what customers notice, such as \"Calls may drop.\"");
    let since = open.since.unwrap_or_else(|| app.clock.now());
    ensure!(
        open.fix_by.is_none_or(|by| by > since),
        "--fix-by should lie after the beginning, {}",
        since.to_rfc3339()
    );
    let one = Incident {
        id: app.ids.next(),
        product: open.product,
        place: open.place.map(|place| place.trim().to_owned()).filter(|place| !place.is_empty()),
        words: words.to_owned(),
        since,
        fix_by: open.fix_by,
        ended_at: None,
    };
    let txn = app.db.begin().await?;
    incidents::open(&txn, &one).await?;
    txn.commit().await?;
    if open.json {
        println!("{}", row(&one));
    } else {
        eprintln!("Customers see it now, on /fix and on what is about {}. When it is over:", one.product);
        println!("rapport incident close {}", one.id);
    }
    Ok(())
}

async fn list(app: &App, as_json: bool) -> anyhow::Result<()> {
    let all = incidents::all(app.db.read(), 1_000).await?;
    if as_json {
        println!("{}", serde_json::Value::from(all.iter().map(row).collect::<Vec<_>>()));
        return Ok(());
    }
    if all.is_empty() {
        eprintln!("Nothing was ever out of order here.");
    }
    for one in all {
        let state = one.ended_at.map_or_else(|| "open".to_owned(), |at| format!("over since {}", told(at)));
        let place = one.place.map(|place| format!(", {place}")).unwrap_or_default();
        println!("{} {}{place}: {} Since {}, {state}.", one.id, one.product, one.words, told(one.since));
    }
    Ok(())
}

fn told(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}

fn row(one: &Incident) -> serde_json::Value {
    json!({
        "id": one.id, "product": one.product, "place": one.place, "words": one.words, "since": one.since,
        "fix_by": one.fix_by, "ended_at": one.ended_at,
    })
}
