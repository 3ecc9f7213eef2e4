//! `rapport comparison …`: the one draw of who is kept out, before anybody is asked or written to.

use std::process::ExitCode;

use anyhow::bail;
use clap::{Args, Subcommand, ValueEnum};
use templates::figures;

use crate::app::App;
use crate::campaigns::comparison::{self, Terms};
use crate::config::Settings;
use crate::store::comparison::{self as ledger, Design};

/// What to do with the comparison group.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Draw it, once for this installation, and put every family on a side: in the members design, each that has joined.
    Begin(Begin),
    /// Put families that came since on a side. A launch does this by itself.
    Assign,
    /// Check that the ledger of sides is whole.
    Verify,
}

/// The terms of the draw. They cannot be changed afterwards.
#[derive(Debug, Args)]
pub struct Begin {
    /// Families kept out, in percent.
    #[arg(long, value_name = "PERCENT", default_value_t = 10.0)]
    share: f64,
    /// What they are kept out of.
    #[arg(long, value_enum, default_value = "invited")]
    design: DesignWord,
    /// Days after which a family is kept out no longer.
    #[arg(long, value_name = "DAYS", default_value_t = 365)]
    limit_days: i32,
}

/// What the comparison side is kept out of.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum DesignWord {
    /// It is not asked to join: measures the program.
    Invited,
    /// It joins and gets no letters: measures letters and picks.
    Members,
}

impl From<DesignWord> for Design {
    fn from(word: DesignWord) -> Self {
        match word {
            DesignWord::Invited => Self::Invited,
            DesignWord::Members => Self::Members,
        }
    }
}

/// Runs the command.
pub async fn run(settings: Settings, command: Command) -> anyhow::Result<ExitCode> {
    let app = App::open(settings).await?;
    match command {
        Command::Begin(begin) => {
            let design = Design::from(begin.design);
            let terms = Terms { design, share: begin.share / 100.0, limit_days: begin.limit_days };
            comparison::begin(&app, terms).await?;
            assign(&app).await?;
            if design == Design::Members {
                println!("Families are put on a side when somebody of them has joined, and not before.");
            }
        }
        Command::Assign => assign(&app).await?,
        Command::Verify => match ledger::verify(app.db.read(), &app.keys).await? {
            Ok(lines) => println!("The ledger is whole: {lines} lines."),
            Err(line) => bail!(
                "line {line} of the ledger of sides does not follow from the line before; somebody has changed it"
            ),
        },
    }
    Ok(ExitCode::SUCCESS)
}

async fn assign(app: &App) -> anyhow::Result<()> {
    let assigned = comparison::assign_new(app).await?;
    let newly = u64::try_from(assigned.program)?;
    println!(
        "{} newly on the program side, {} kept out for comparison.",
        figures::counted(newly, "family", "families"),
        assigned.comparison
    );
    if assigned.graduated > 0 {
        println!(
            "{} families were kept out for as long as was said, and are in the program now.",
            assigned.graduated
        );
    }
    Ok(())
}
