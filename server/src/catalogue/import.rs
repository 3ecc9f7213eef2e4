//! Takes files in: each is read by its own parser, and a sound one is kept whole.

use std::collections::BTreeMap;

use content::{Item, Refused, Rule, StarterSegment};
use sea_orm::{DatabaseTransaction, DbErr};
use serde::Serialize;
use serde_json::{Value, json};
use templates::emails::{Compiled, Source as Letter};

use super::{File, FileKind, together};
use crate::app::App;
use crate::store::documents::{self, Document, Shelf};
use crate::store::journeys::{self, Journey};
use crate::store::programs::{self, Program, Saved};

/// How an import went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// What the files hold.
    pub kind: &'static str,
    /// Files read.
    pub files: usize,
    /// New.
    pub added: usize,
    /// Known, and different.
    pub changed: usize,
    /// Known, and the same.
    pub same: usize,
    /// Why files were turned away, and who may not change any more.
    pub refused: Vec<String>,
}

/// Takes files in, all in one transaction; a file that is not sound, or does not go together with the rest of the
/// house, is left out, and said why.
pub async fn import(app: &App, kind: FileKind, files: &[File], dry_run: bool) -> Result<Summary, DbErr> {
    let mut left_out = BTreeMap::new();
    loop {
        let txn = app.db.begin().await?;
        let tried = attempt(app, &txn, kind, files, &left_out).await?;
        let faults = together::faults(&txn, &tried.kept, app.clock.now().date_naive()).await?;
        if !faults.is_empty() {
            // Without these the others may be sound, or not: each time round there are fewer.
            txn.rollback().await?;
            left_out.extend(faults);
            continue;
        }
        if dry_run {
            txn.rollback().await?;
        } else {
            txn.commit().await?;
        }
        return Ok(tried.summary);
    }
}

/// What a try to take files in came to.
struct Tried {
    summary: Summary,
    /// The place of each document among the files, by the name that the library has for it.
    kept: BTreeMap<String, usize>,
}

async fn attempt(
    app: &App,
    txn: &DatabaseTransaction,
    kind: FileKind,
    files: &[File],
    left_out: &BTreeMap<usize, String>,
) -> Result<Tried, DbErr> {
    let mut summary = Summary { kind: kind.as_str(), files: files.len(), ..Summary::default() };
    let mut kept = BTreeMap::new();
    for (place, file) in files.iter().enumerate() {
        if let Some(why) = left_out.get(&place) {
            summary.refused.push(why.clone());
            continue;
        }
        let sound = match read(kind, file) {
            Ok(sound) => sound,
            Err(mut why) => {
                summary.refused.append(&mut why);
                continue;
            }
        };
        if let Sound::Document(shelf, document) = &sound
            && *shelf != Shelf::Emails
        {
            kept.insert(format!("{}/{}.{}", kind.folder(), document.name, kind.ending()), place);
        }
        match keep(app, txn, sound).await? {
            Ok(Saved::Added) => summary.added += 1,
            Ok(Saved::Changed) => summary.changed += 1,
            Ok(Saved::Same) => summary.same += 1,
            Ok(Saved::Fixed) => {
                summary.refused.push(format!("{}: it has started, and is fixed since", file.name()));
            }
            Err(why) => summary.refused.push(format!("{}: {why}", file.name())),
        }
    }
    Ok(Tried { summary, kept })
}

/// A file that its parser took.
#[derive(Debug)]
pub(super) enum Sound {
    Document(Shelf, Document),
    Program(Box<Program>),
    Journey(Box<Journey>),
}

/// Reads one file by the parser of its kind, or says everything that is wrong with it.
pub(super) fn read(kind: FileKind, file: &File) -> Result<Sound, Vec<String>> {
    let (path, text) = match file {
        File::Letter(letter) => return read_letter(letter),
        File::Text { path, text } => (path.as_str(), text.as_str()),
    };
    let source = |name: String, title: String, shelf: Shelf, more: Value| {
        let mut document = json!({ "file": path, "source": text });
        if let (Value::Object(into), Value::Object(more)) = (&mut document, more) {
            into.extend(more);
        }
        Sound::Document(shelf, Document { name, title, document })
    };
    match kind {
        FileKind::Items => {
            let item = Item::parse(path, text).map_err(|refused| said(&refused))?;
            // Questions about kinds and formats are answered from here.
            let more = json!({ "kind": item.kind, "format": item.format });
            Ok(source(item.slug.to_string(), item.title.clone(), Shelf::Items, more))
        }
        FileKind::Rules => {
            let rule = Rule::parse(path, text).map_err(|refused| said(&refused))?;
            Ok(source(rule.slug.to_string(), rule.name.clone(), Shelf::Rules, json!({})))
        }
        FileKind::Segments => {
            let segment = StarterSegment::parse(path, text).map_err(|refused| said(&refused))?;
            let more = json!({ "question": segment.question, "meaning": segment.meaning });
            Ok(source(segment.name.clone(), segment.title.clone(), Shelf::Segments, more))
        }
        FileKind::Programs => {
            let program = Program::parse(text).map_err(|why| vec![format!("{path}: {why}")])?;
            Ok(Sound::Program(Box::new(program)))
        }
        FileKind::Journeys => {
            let journey = Journey::parse(text).map_err(|why| vec![format!("{path}: {why}")])?;
            Ok(Sound::Journey(Box::new(journey)))
        }
        FileKind::Emails => Err(vec![format!("{path}: a letter is a folder of four files")]),
    }
}

fn read_letter(letter: &Letter) -> Result<Sound, Vec<String>> {
    Compiled::new(letter).map_err(|faults| {
        faults.iter().map(|fault| format!("{}/{fault}", letter.name)).collect::<Vec<_>>()
    })?;
    let files: serde_json::Map<_, _> =
        letter.files().into_iter().map(|(name, text)| (name.to_owned(), json!(text))).collect();
    let title = letter.subject.trim().to_owned();
    let document = json!({ "files": files });
    Ok(Sound::Document(Shelf::Emails, Document { name: letter.name.clone(), title, document }))
}

async fn keep(app: &App, txn: &DatabaseTransaction, sound: Sound) -> Result<Result<Saved, String>, DbErr> {
    let now = app.clock.now();
    match sound {
        Sound::Document(shelf, document) => documents::save(txn, shelf, &document, now).await.map(Ok),
        Sound::Program(program) => programs::save(txn, app.namespace, &program, now).await.map(Ok),
        Sound::Journey(journey) => {
            if programs::find(txn, &journey.program).await?.is_none() {
                return Ok(Err(format!("there is no program called `{}`; import it first", journey.program)));
            }
            Ok(match journeys::save(txn, app.namespace, &journey, now).await? {
                Saved::Fixed => Err(format!(
                    "{} was launched in another program and stays there, since its letters count there; give the file \
                     another name",
                    journey.name
                )),
                saved => Ok(saved),
            })
        }
    }
}

fn said(refused: &Refused) -> Vec<String> {
    refused.0.iter().map(ToString::to_string).collect()
}

impl File {
    /// What findings call it.
    pub fn name(&self) -> &str {
        match self {
            Self::Text { path, .. } => path,
            Self::Letter(letter) => &letter.name,
        }
    }
}
