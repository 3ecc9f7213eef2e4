//! `rapport import`: takes a file in, and says what became of each row.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};
use segments::{AskChannel, EventKind};

use crate::app::App;
use crate::catalogue::{self, FileKind};
use crate::config::Settings;
use crate::profiles::import::{
    Complaint, Counts, Files, Options, Refusals, RowKind, Summary, Values, Witness, import_csv,
};

/// What to take in.
#[derive(Debug, clap::Args)]
#[command(after_long_help = help())]
pub struct Arguments {
    /// What the file holds: products, partners, accounts, contacts, licences, renewals, usage, leads, asks (CSV),
    /// events (JSON lines), items, rules, segments, emails, programs, journeys (files).
    kind: String,
    /// The file, or a folder of files.
    file: PathBuf,
    /// Which column holds which field; the others are found by name.
    #[arg(long, value_delimiter = ',', value_name = "FIELD=COLUMN")]
    map: Vec<String>,
    /// TOML file that says what values mean: a table for each column or field, "written" = "meant".
    #[arg(long, value_name = "FILE")]
    values: Option<PathBuf>,
    /// Change nothing; only say what would happen.
    #[arg(long)]
    dry_run: bool,
    /// Print the counts as JSON.
    #[arg(long)]
    json: bool,
}

/// The fields of every kind, and the closed lists of events and channels.
fn help() -> String {
    let mut lines = vec!["Columns (* needed; extra ones become traits of accounts and contacts):".to_owned()];
    for kind in RowKind::ALL {
        let fields: Vec<_> = kind
            .fields()
            .iter()
            .map(|field| format!("{}{}", field.name, if field.needed { "*" } else { "" }))
            .collect();
        lines.push(format!("  {}: {}", kind.as_str(), fields.join(", ")));
    }
    let types: Vec<_> = EventKind::ALL.iter().map(|kind| kind.as_str()).collect();
    lines.push(format!("Types of events: {}", types.join(", ")));
    let channels: Vec<_> = AskChannel::ALL.iter().map(|channel| channel.as_str()).collect();
    lines.push(format!("Channels of asks (an account or a contact is needed): {}", channels.join(", ")));
    lines.join("\n")
}

/// Runs the command.
pub async fn run(settings: Settings, arguments: Arguments) -> anyhow::Result<ExitCode> {
    if let Some(kind) = FileKind::named(&arguments.kind) {
        return files(settings, kind, &arguments).await;
    }
    let Ok(kind) = arguments.kind.parse::<RowKind>() else {
        let files = FileKind::ALL.into_iter().map(FileKind::as_str);
        let known: Vec<_> = RowKind::ALL.into_iter().map(RowKind::as_str).chain(files).collect();
        let meant = segments::nearest(&arguments.kind, known.iter().copied());
        let meant = meant.map(|name| format!(" (did you mean `{name}`?)")).unwrap_or_default();
        bail!("there is no kind called `{}`{meant}; it is one of {}", arguments.kind, known.join(", "));
    };
    let options = options(&arguments)?;
    let path = &arguments.file;
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let app = App::open(settings).await?;
    let mut told = Told::of(path, &arguments);
    let result = import_csv(&app, kind, file, &options, &mut told).await;
    let files = told.finish()?;
    let summary = result.with_context(|| format!("importing {}", path.display()))?;
    for remark in &summary.remarks {
        eprintln!("{remark}");
    }
    say(&summary, &files);
    if arguments.json {
        println!("{}", serde_json::to_string(&summary)?);
    }
    let all_refused = summary.counts.rows > 0 && summary.counts.refused == summary.counts.rows;
    Ok(if all_refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Takes in items, rules, segments, emails, programs or journeys.
async fn files(settings: Settings, kind: FileKind, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if !arguments.map.is_empty() || arguments.values.is_some() {
        bail!("--map and --values are for rows; {} are files with fields of their own", kind.as_str());
    }
    let path = &arguments.file;
    let files = kind.find(path).with_context(|| format!("reading {}", path.display()))?;
    let app = App::open(settings).await?;
    let summary = catalogue::import::import(&app, kind, &files, arguments.dry_run).await?;
    for why in &summary.refused {
        eprintln!("refused: {why}");
    }
    let would = if arguments.dry_run { "Would be: " } else { "" };
    let catalogue::import::Summary { files, added, changed, same, refused, .. } = &summary;
    let kept = added + changed + same;
    eprintln!(
        "{would}{files} files: {added} added, {changed} changed, {same} the same, {} refused.",
        files - kept
    );
    if *added == 0 && *changed == 0 {
        eprintln!("Nothing new.");
    }
    if arguments.json {
        println!("{}", serde_json::to_string(&summary)?);
    }
    Ok(if refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn options(arguments: &Arguments) -> anyhow::Result<Options> {
    let mut options = Options { dry_run: arguments.dry_run, ..Options::default() };
    for pair in &arguments.map {
        let Some((field, column)) = pair.split_once('=') else {
            bail!("--map: `{pair}` should be field=column, as in --map name=Company");
        };
        options.map.insert(field.trim().to_owned(), column.trim().to_owned());
    }
    if let Some(path) = &arguments.values {
        let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        options.values = Values::parse(&text).with_context(|| format!("in {}", path.display()))?;
    }
    Ok(options)
}

fn say(summary: &Summary, files: &[String]) {
    let Counts { rows, added, changed, same, refused, warnings } = summary.counts;
    if let Some(line) = summary.resumed_after {
        eprintln!("Went on after line {line}, where an earlier run stopped.");
    }
    let would = if summary.dry_run { "Would be: " } else { "" };
    eprintln!(
        "{would}{rows} rows: {added} added, {changed} changed, {same} the same, {refused} refused, {warnings} warnings."
    );
    if summary.is_nothing_new() {
        eprintln!("Nothing new.");
    }
    for file in files {
        eprintln!("See {file}");
    }
}

/// Lines of refusals and warnings that are shown at once; all of them are in the files.
const SHOWN: usize = 20;

/// Tells a person, and keeps the lists beside the file.
struct Told {
    files: Option<Files>,
    bar: Option<ProgressBar>,
    shown: usize,
    said: std::time::Instant,
}

impl Told {
    fn of(path: &Path, arguments: &Arguments) -> Self {
        let files = (!arguments.dry_run).then(|| Files::beside(path));
        let bar = io::stderr().is_terminal().then(|| {
            let style =
                ProgressStyle::with_template("{bar:40} {percent:>3} %  {msg}  {elapsed}, {eta} to go");
            ProgressBar::new(1).with_style(style.expect("the template is sound"))
        });
        Self { files, bar, shown: 0, said: std::time::Instant::now() }
    }

    fn show(&mut self, text: &str) {
        self.shown += 1;
        let text = match self.shown.cmp(&(SHOWN + 1)) {
            std::cmp::Ordering::Less => text,
            std::cmp::Ordering::Equal => "… and more: the files beside this one list every line.",
            std::cmp::Ordering::Greater => return,
        };
        match &self.bar {
            Some(bar) => bar.println(text),
            None => eprintln!("{text}"),
        }
    }

    fn finish(&mut self) -> io::Result<Vec<String>> {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        let Some(files) = &mut self.files else { return Ok(Vec::new()) };
        let (rejected, warnings) = files.finish()?;
        Ok(rejected.into_iter().chain(warnings).map(|path| path.display().to_string()).collect())
    }
}

impl Witness for Told {
    fn begins(&mut self, header: &[String], resumed_after: u64) -> io::Result<()> {
        self.files.as_mut().map_or(Ok(()), |files| files.begin(header, resumed_after))
    }

    fn refused(&mut self, line: u64, cells: &[String], why: &Refusals) -> io::Result<()> {
        self.show(&format!("line {line} refused: {why}"));
        self.files.as_mut().map_or(Ok(()), |files| files.refused(line, cells, why))
    }

    fn warned(&mut self, line: u64, what: &Complaint) -> io::Result<()> {
        self.show(&format!("line {line}: {what}"));
        self.files.as_mut().map_or(Ok(()), |files| files.warned(line, what))
    }

    fn settles(&mut self) -> io::Result<()> {
        self.files.as_mut().map_or(Ok(()), Files::flush)
    }

    fn progress(&mut self, bytes: u64, of: u64, counts: &Counts) {
        if let Some(bar) = &self.bar {
            bar.set_length(of);
            bar.set_position(bytes);
            bar.set_message(format!("{} rows", counts.rows));
        } else if self.said.elapsed() > Duration::from_secs(2) {
            self.said = std::time::Instant::now();
            eprintln!("{} rows, {} %", counts.rows, bytes * 100 / of.max(1));
        }
    }
}
