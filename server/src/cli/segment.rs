//! `rapport segment …`: how many people a question means, and who.
//!
//! A question is text, a saved name, or `@file.json`.

use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use segments::{Email, Explanation, Predicate, Profile};
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::config::Settings;
use crate::store::{audience, contacts};

/// What to do with a question.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// How many people it means now.
    Count(Asked),
    /// Who they are, one line a person.
    List {
        #[command(flatten)]
        asked: Asked,
        /// People at most.
        #[arg(long, value_name = "N", default_value_t = 1_000)]
        limit: u64,
    },
    /// For one person, which part holds and which fails.
    Explain {
        #[command(flatten)]
        asked: Asked,
        /// Their address.
        #[arg(long, value_name = "EMAIL")]
        contact: String,
    },
}

/// The question, and how to answer.
#[derive(Debug, Args)]
pub struct Asked {
    /// Text such as 'size in 10..49 and owns "phones"', a saved name, or @file.json.
    question: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// People listed by one round of queries.
const PAGE: u64 = 500;

/// Runs the command.
pub async fn run(settings: Settings, command: Command) -> anyhow::Result<ExitCode> {
    let app = App::open(settings).await?;
    match command {
        Command::Count(asked) => {
            let question = read(&app, &asked.question).await?;
            let people = audience::count(app.db.read(), &question, app.clock.now()).await?;
            if asked.json {
                println!("{}", json!({ "people": people }));
            } else {
                println!("{people}");
            }
        }
        Command::List { asked, limit } => list(&app, &asked, limit).await?,
        Command::Explain { asked, contact } => explain(&app, &asked, &contact).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads a question from the command line and puts saved segments in place of their names.
async fn read(app: &App, written: &str) -> anyhow::Result<Predicate> {
    let saved = audience::saved(app.db.read()).await?;
    let question = if let Some(file) = written.strip_prefix('@') {
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {file}"))?;
        serde_json::from_str(&text).with_context(|| format!("the question in {file}"))?
    } else if let Some(question) = saved.get(written) {
        question.clone()
    } else {
        Predicate::parse(written).map_err(|error| anyhow::anyhow!("{error}"))?
    };
    Ok(question.resolve(&saved)?)
}

async fn list(app: &App, asked: &Asked, limit: u64) -> anyhow::Result<()> {
    let (question, now) = (read(app, &asked.question).await?, app.clock.now());
    let (mut after, mut left): (Option<Uuid>, _) = (None, limit);
    while left > 0 {
        let page = audience::list(app.db.read(), &question, now, after, PAGE.min(left)).await?;
        let Some(last) = page.last() else { break };
        after = Some(*last);
        left -= page.len() as u64;
        for person in audience::load_profiles(app.db.read(), &page, now).await? {
            say(&person, asked.json);
        }
    }
    Ok(())
}

fn say(person: &Profile, as_json: bool) {
    if as_json {
        println!(
            "{}",
            json!({ "contact": person.external_id, "email": person.email, "account": person.account.external_id })
        );
        return;
    }
    let name = [person.first_name.as_deref(), person.last_name.as_deref()];
    let name = name.into_iter().flatten().collect::<Vec<_>>().join(" ");
    println!("{}\t{}\t{}\t{name}", person.external_id, person.email, person.account.name);
}

async fn explain(app: &App, asked: &Asked, contact: &str) -> anyhow::Result<()> {
    let (question, now) = (read(app, &asked.question).await?, app.clock.now());
    let person = one(app, contact).await?;
    let explained = question.explain(&person, now);
    if asked.json {
        println!("{}", serde_json::to_string(&explained)?);
        return Ok(());
    }
    println!("{}", question.sentence());
    println!("{} {} meant.", person.email, if explained.holds { "is" } else { "is not" });
    tell(&explained, 1);
    for note in question.lint() {
        println!("Note: {note}");
    }
    Ok(())
}

/// Each part under the whole it belongs to, with whether it holds and by how much.
fn tell(explained: &Explanation, depth: usize) {
    let mark = if explained.holds { "holds" } else { "fails" };
    println!("{:indent$}{mark}: {}. {}", "", explained.question, explained.because, indent = depth * 2);
    for part in &explained.parts {
        tell(part, depth + 1);
    }
}

/// The one person with this address.
pub async fn one(app: &App, written: &str) -> anyhow::Result<Profile> {
    let email = Email::parse(written)?;
    let Some(contact) = contacts::by_email(app.db.read(), email.key()).await? else {
        bail!("there is nobody with the address {email}");
    };
    let found = audience::load_profiles(app.db.read(), &[contact], app.clock.now()).await?;
    found.into_iter().next().with_context(|| format!("there is nobody with the address {email}"))
}
