//! `rapport export`: gives everything back, in the forms that `rapport import` reads.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use segments::Predicate;

use crate::app::App;
use crate::catalogue::{self, FileKind};
use crate::config::Settings;
use crate::profiles::export::{ExportKind, From, Only, export};
use crate::store::audience;

/// What to give back.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What: a kind that import reads, or messages, assignments, consents, choices.
    kind: String,
    /// Only people of this saved segment, and their accounts.
    #[arg(long, value_name = "NAME")]
    segment: Option<String>,
    /// File to write, or folder for items, rules, segments, emails, programs and journeys; without one, stdout.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Runs the command.
pub async fn run(settings: Settings, arguments: Arguments) -> anyhow::Result<ExitCode> {
    if let Some(kind) = FileKind::named(&arguments.kind) {
        return files(settings, kind, &arguments).await;
    }
    let Some(kind) = ExportKind::named(&arguments.kind) else {
        let files = FileKind::ALL.into_iter().map(FileKind::as_str);
        let known: Vec<_> = ExportKind::names().chain(files).collect();
        let meant = segments::nearest(&arguments.kind, known.iter().copied());
        let meant = meant.map(|name| format!(" (did you mean `{name}`?)")).unwrap_or_default();
        bail!("there is no kind called `{}`{meant}; it is one of {}", arguments.kind, known.join(", "));
    };
    let mail_domain = settings.vendor.from_address.rsplit('@').next().unwrap_or_default().to_owned();
    let app = App::open(settings).await?;
    let only = match &arguments.segment {
        Some(name) => Some(only(&app, name).await?),
        None => None,
    };
    let from = From { db: app.db.read(), only: only.as_ref(), mail_domain: &mail_domain };
    let rows = match &arguments.out {
        Some(path) => {
            let file = File::create(path).with_context(|| format!("making {}", path.display()))?;
            export(from, kind, BufWriter::new(file)).await?
        }
        None => export(from, kind, BufWriter::new(io::stdout())).await?,
    };
    eprintln!("{rows} rows.");
    Ok(ExitCode::SUCCESS)
}

/// The people of a saved segment and their accounts.
async fn only(app: &App, name: &str) -> anyhow::Result<Only> {
    let (db, now) = (app.db.read(), app.clock.now());
    let question = Predicate::parse(&format!("in segment \"{}\"", name.replace('"', "")))?;
    let question = audience::resolve(db, &question).await?;
    let (mut only, mut after) = (Only::default(), None);
    loop {
        let page = audience::list(db, &question, now, after, 1_000).await?;
        let Some(last) = page.last() else { break };
        after = Some(*last);
        only.accounts.extend(audience::homes(db, &page).await?);
        only.contacts.extend(page);
    }
    Ok(only)
}

async fn files(settings: Settings, kind: FileKind, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.segment.is_some() {
        bail!("--segment picks people; {} are files", kind.as_str());
    }
    let app = App::open(settings).await?;
    let files = catalogue::export::export(app.db.read(), kind).await?;
    if let Some(folder) = &arguments.out {
        catalogue::export::write(folder, &files).with_context(|| format!("writing {}", folder.display()))?;
    } else {
        let mut out = BufWriter::new(io::stdout());
        for (file, text) in &files {
            writeln!(out, "{}", serde_json::json!({ "file": file, "text": text }))?;
        }
        out.flush()?;
    }
    eprintln!("{} files.", files.len());
    Ok(ExitCode::SUCCESS)
}
