//! `rapport choose`: what content one person gets now, and why. Shows only; nothing is kept.

use std::process::ExitCode;

use anyhow::bail;
use clap::Args;
use content::{HOME, LETTER, Past, Selection, Slot, Wanted};

use super::segment;
use crate::app::App;
use crate::config::Settings;
use crate::shelf::Shelf;
use crate::store::comparison;

/// For whom, and where.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Their address.
    #[arg(long, value_name = "EMAIL")]
    contact: String,
    /// Only this slot: next-win, fix, picks or letter.
    #[arg(long, value_name = "SLOT")]
    slot: Option<String>,
    /// Every reason, and why other items are not there.
    #[arg(long)]
    explain: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub async fn run(settings: Settings, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let wanted = wanted(arguments.slot.as_deref())?;
    let app = App::open(settings).await?;
    let shelf = Shelf::load(&app).await?;
    let person = segment::one(&app, &arguments.contact).await?;
    let chosen = content::explain(
        &person,
        &shelf.catalogue,
        &shelf.rules,
        &Past::of(&person),
        &wanted,
        app.clock.now(),
    );
    if comparison::keeps_standard_order(app.db.read(), &person.account).await? {
        let side = if person.account.held { "in the comparison group" } else { "on no side of it yet" };
        eprintln!(
            "{} is {side}, so the center keeps its standard order for them. This is what the rules would choose.",
            arguments.contact
        );
    }
    if arguments.json {
        println!("{}", serde_json::to_string(&chosen)?);
    } else {
        say(&chosen, arguments.explain);
    }
    Ok(ExitCode::SUCCESS)
}

fn wanted(slot: Option<&str>) -> anyhow::Result<Vec<Wanted>> {
    let Some(written) = slot else { return Ok(HOME.to_vec()) };
    let Ok(slot) = written.parse::<Slot>() else {
        let known: Vec<_> = Slot::ALL.iter().map(|slot| slot.as_str()).collect();
        bail!("there is no slot {written}; it is one of {}", known.join(", "));
    };
    let every = HOME.into_iter().chain(LETTER);
    Ok(every.filter(|wanted| wanted.slot == slot).collect())
}

fn say(chosen: &Selection, everything: bool) {
    for choice in &chosen.choices {
        println!("{} {}: {}", choice.slot, choice.position + 1, choice.item);
        println!("    {}", choice.because);
        if everything {
            for reason in &choice.reasons {
                println!("    {:+} {}", reason.score, reason.sentence);
            }
            if let Some(otherwise) = &choice.counterfactual {
                println!("    {otherwise}");
            }
        }
    }
    if everything {
        println!("Not chosen:");
        for other in &chosen.considered {
            println!("  {} {}: {}", other.slot, other.item, other.why_not);
        }
    }
}
