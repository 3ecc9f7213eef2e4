//! `rapport user add`: lets someone of staff in, and prints the link that signs them in once.

use std::process::ExitCode;

use clap::Subcommand;
use segments::Email;

use crate::app::App;
use crate::config::Settings;
use crate::doors;
use crate::store::doors::Role;

/// What to do about staff.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add someone, or give them another role, and print a sign-in link that works once, for ten minutes.
    Add {
        /// Their e-mail address.
        email: String,
        /// admin, marketer, moderator, expert, `program_lead`, operator or partner.
        #[arg(long)]
        role: Role,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Runs the command.
pub async fn run(settings: Settings, command: &Command) -> anyhow::Result<ExitCode> {
    let Command::Add { email, role, json } = command;
    let email = Email::parse(email)?;
    let app = App::open(settings).await?;
    let link = doors::staff_link(&app, email.typed(), email.key(), *role).await?;
    if *json {
        let answer = serde_json::json!({
            "email": email.typed(), "role": role.word(), "url": link.url, "expires_at": link.expires_at,
        });
        println!("{answer}");
    } else {
        eprintln!(
            "{} may come in as {role}. This link works once, until {}:",
            email.typed(),
            link.expires_at.format("%H:%M UTC")
        );
        println!("{}", link.url);
    }
    Ok(ExitCode::SUCCESS)
}
