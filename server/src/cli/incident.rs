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
use crate::store::incidents::places::{self, Place};
use crate::store::incidents::{self, By, Incident};
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
    /// Code of the product, when it is about one.
    #[arg(long)]
    product: Option<String>,
    /// What customers notice, in a sentence: "Calls may drop."
    #[arg(long, value_name = "TEXT")]
    words: String,
    /// Only customers of this state or region see it, as accounts have it: `OH`, or `US-OH`. May be given several times.
    #[arg(long, value_name = "REGION")]
    region: Vec<String>,
    /// Only customers of this country see it, as accounts have it: `US`. May be given several times; with one country,
    /// regions are regions of it.
    #[arg(long, value_name = "COUNTRY")]
    country: Vec<String>,
    /// The place in words (default: the regions and countries).
    #[arg(long, value_name = "TEXT")]
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
            let closed = incidents::close(&txn, id, by(&app)).await?;
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
    if let Some(product) = open.product.as_deref() {
        ensure!(
            codes.is_empty() || codes.contains(&product),
            "there is no product called {product}; there are {}",
            codes.join(", ")
        );
    }
    let places = places(app, &open.country, &open.region).await?;
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
        place: places::in_words(open.place.as_deref().unwrap_or_default(), &places),
        places,
        words: words.to_owned(),
        since,
        fix_by: open.fix_by,
        ended_at: None,
    };
    let txn = app.db.begin().await?;
    incidents::open(&txn, &one, by(app)).await?;
    txn.commit().await?;
    if open.json {
        println!("{}", row(&one));
    } else {
        let about = one.product.as_deref().map(|code| format!("what is about {code}"));
        let about = about.unwrap_or_else(|| "every problem's page".to_owned());
        let near = if one.places.is_empty() {
            "Customers see"
        } else {
            "Customers who are there, and visitors, see"
        };
        eprintln!("{near} it now, on /fix and on {about}. When it is over:");
        println!("rapport incident close {}", one.id);
    }
    Ok(())
}

/// The places that were given, each of which some account is in.
async fn places(app: &App, countries: &[String], regions: &[String]) -> anyhow::Result<Vec<Place>> {
    let known = places::known(app.db.read()).await?;
    ensure!(
        regions.is_empty() || countries.len() < 2,
        "with several countries, write each region with its own: --region US-OH --region CA-ON"
    );
    let all: Vec<String> = match countries {
        [country] if !regions.is_empty() => {
            let of_country = |region: &String| match region.strip_prefix(&format!("{country}-")) {
                Some(_) => region.clone(),
                None => format!("{country}-{region}"),
            };
            regions.iter().map(of_country).collect()
        }
        _ => countries.iter().chain(regions).cloned().collect(),
    };
    let wrong = |wrong| anyhow::anyhow!("no account is in {wrong}; accounts are in {}", places::some(&known));
    places::read(&all.join(";"), &known).map_err(wrong)
}

fn by(app: &App) -> By<'static> {
    By { id: app.ids.next(), who: "rapport incident", at: app.clock.now() }
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
        let about = one.product.unwrap_or_else(|| "everything".to_owned());
        println!("{} {about}{place}: {} Since {}, {state}.", one.id, one.words, told(one.since));
    }
    Ok(())
}

fn told(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}

fn row(one: &Incident) -> serde_json::Value {
    json!({
        "id": one.id, "product": one.product, "places": one.places, "place": one.place, "words": one.words,
        "since": one.since, "fix_by": one.fix_by, "ended_at": one.ended_at,
    })
}
