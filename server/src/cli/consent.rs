//! `rapport consent …`: what people said yes and no to.

use std::process::ExitCode;

use anyhow::bail;
use clap::Subcommand;

use crate::app::App;
use crate::config::Settings;
use crate::store::consent;

/// What to do with consent.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check that the ledger of consent is whole.
    Verify,
}

/// Runs the command.
pub async fn run(settings: Settings, command: &Command) -> anyhow::Result<ExitCode> {
    let app = App::open(settings).await?;
    match command {
        Command::Verify => match consent::verify(app.db.read(), &app.keys).await? {
            Ok(lines) => println!("The ledger of consent is whole: {lines} lines."),
            Err(broken) => bail!("{broken}; somebody has changed it"),
        },
    }
    Ok(ExitCode::SUCCESS)
}
