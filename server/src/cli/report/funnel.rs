//! `rapport report funnel`: from the ask to the habit, as the page shows it.

use std::io::Write;
use std::path::PathBuf;

use crate::app::App;
use crate::lift::report::funnel::Reading;
use crate::shelf::Shelf;
use crate::store::funnel;

/// In which form.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Print JSON.
    #[arg(long, conflicts_with_all = ["csv", "html"])]
    json: bool,
    /// Print every count as CSV.
    #[arg(long, conflicts_with = "html")]
    csv: bool,
    /// Write the page to this file, complete in itself.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

/// Reads the funnel, and says it.
pub async fn run(app: &App, arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<()> {
    let now = app.clock.now();
    let shelf = Shelf::load(app).await?;
    let reading = Reading::of(&funnel::facts(app.db.read(), now).await?, &shelf.catalogue, now);
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&reading)?)?;
    } else if arguments.csv {
        write!(out, "{}", reading.csv())?;
    } else if let Some(file) = &arguments.html {
        super::write_page(&app.templates.funnel(&super::alone(app), &reading.page())?, file)?;
    } else {
        reading.write_words(out)?;
    }
    Ok(())
}
