//! One import from its first byte to its last: a thread reads and admits, this task keeps, batch by batch.

use std::collections::VecDeque;
use std::collections::hash_map::{Entry, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read, Seek};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use super::columns::Columns;
use super::kind::{Admitted, Context, Kind};
use super::reading::{Complaint, Line, Reading, Refusals};
use super::sheet::{Row, Sheet};
use super::{Counts, ImportError, Options, RowKind, Summary, Witness, source};
use crate::app::App;
use crate::store::imports::{self, Progress, Work};
use crate::store::staging::{Lock, lock};
use crate::store::{partners, products, traits};

/// Rows in a batch at most.
const AT_ONCE: usize = 1_000;
/// Rows in a batch at least, however slow the disk.
const AT_LEAST: usize = 50;
/// Rows in the first batch.
const AT_FIRST: usize = 250;
/// How long a transaction may take before batches become smaller.
const PATIENCE: Duration = Duration::from_millis(50);
/// Keys that are remembered so that one that stands twice is found; past that, the later row wins.
const REMEMBERED: usize = 2_000_000;

/// A row on its way in.
enum Item<R> {
    Admitted(Admitted<R>),
    Refused(Line, Refusals),
}

/// Rows that were read together, and how far the file was read then.
struct Batch<R> {
    items: Vec<Item<R>>,
    bytes: u64,
}

/// Takes in one file.
pub(super) async fn run<K: Kind, R: Read + Seek + Send + 'static>(
    app: &App,
    kind: RowKind,
    file: R,
    options: &Options,
    witness: &mut dyn Witness,
) -> Result<Summary, ImportError> {
    let map = options.map.clone();
    let opened = tokio::task::spawn_blocking(move || {
        let mut file = file;
        let (hash, size) = source::hash(&mut file)?;
        let decoded = source::decode(file)?;
        let (sheet, columns) = Sheet::open(K::FIELDS, K::KEEPS_TRAITS, K::MAY_BE_JSON, decoded, &map)?;
        Ok::<_, super::OpenError>((hash, size, sheet, columns))
    });
    let (file_hash, size, mut sheet, mut columns) = opened.await.expect("reading a header does not panic")?;
    sheet.mean(options.values.place(&columns)?);
    columns.spell(&known_traits(app, kind).await?);
    let context = context(app).await?;
    let progress = if options.dry_run {
        None
    } else {
        let work = Work { kind: kind.as_str(), file_hash, mapping_hash: mapping_hash(options) };
        let txn = app.db.begin().await?;
        let progress = imports::begin(&txn, &work, app.ids.next(), context.now).await?;
        txn.commit().await?;
        Some(progress)
    };
    let resumed = progress.as_ref().map_or(0, |progress| progress.checkpoint.unsigned_abs());
    let counts = progress.as_ref().and_then(|one| serde_json::from_value(one.counts.clone()).ok());
    witness.begins(&columns.header, resumed)?;

    let (send, batches) = mpsc::channel(2);
    let remarks = columns.remarks.clone();
    let leave = columns.absent(K::FIELDS);
    let reader = {
        let context = context.clone();
        tokio::task::spawn_blocking(move || read::<K>(sheet, &columns, &context, resumed, &send))
    };
    let mut keeper =
        Keeper { app, context, leave, progress, counts: counts.unwrap_or_default(), at_once: AT_FIRST };
    let kept = keeper.keep_all::<K>(batches, size, witness).await;
    let read = reader.await.expect("reading rows does not panic");
    kept?;
    read?;
    if let Some(progress) = &keeper.progress {
        let txn = app.db.begin().await?;
        imports::finish(&txn, progress.id, app.clock.now()).await?;
        txn.commit().await?;
    }
    Ok(Summary {
        kind: kind.as_str(),
        counts: keeper.counts,
        resumed_after: (resumed > 0).then_some(resumed),
        dry_run: options.dry_run,
        remarks,
    })
}

async fn context(app: &App) -> Result<Context, ImportError> {
    Ok(Context {
        namespace: app.namespace,
        keys: app.keys.clone(),
        now: app.clock.now(),
        products: products::all(app.db.read()).await?,
        partners: partners::external_ids(app.db.read()).await?.into_iter().collect(),
    })
}

/// Names of the traits that are known of what this kind of file holds.
async fn known_traits(app: &App, kind: RowKind) -> Result<Vec<String>, ImportError> {
    Ok(match kind {
        RowKind::Accounts => traits::names_of_accounts(app.db.read()).await?,
        RowKind::Contacts => traits::names_of_contacts(app.db.read()).await?,
        _ => Vec::new(),
    })
}

fn mapping_hash(options: &Options) -> Vec<u8> {
    let mut sum = Sha256::new();
    sum.update(serde_json::json!([options.map, options.values.canonical()]).to_string());
    sum.finalize().to_vec()
}

/// Reads rows until the file ends or nobody takes them any more.
fn read<K: Kind>(
    mut sheet: Sheet,
    columns: &Columns,
    context: &Context,
    resumed: u64,
    send: &mpsc::Sender<Batch<K::Row>>,
) -> io::Result<()> {
    let mut seen: HashMap<u64, u64> = HashMap::new();
    let mut items = Vec::with_capacity(AT_ONCE);
    while let Some(row) = sheet.next()? {
        let item = match row {
            Row::Sound(line) => admit::<K>(line, columns, context, &mut seen),
            Row::Broken(line, why) => Item::Refused(line, why),
        };
        if item.line() <= resumed {
            continue;
        }
        items.push(item);
        if items.len() == AT_ONCE {
            let batch = Batch { items: std::mem::take(&mut items), bytes: sheet.position() };
            if send.blocking_send(batch).is_err() {
                return Ok(());
            }
        }
    }
    drop(send.blocking_send(Batch { items, bytes: sheet.position() }));
    Ok(())
}

fn admit<K: Kind>(
    line: Line,
    columns: &Columns,
    context: &Context,
    seen: &mut HashMap<u64, u64>,
) -> Item<K::Row> {
    let mut reading = Reading::new(columns, &line);
    let admitted = K::admit(&mut reading, context);
    let (warnings, unread) = (reading.warnings(), reading.unread());
    let row = match admitted {
        Ok(row) => row,
        Err(why) => return Item::Refused(line, why),
    };
    let mut hasher = DefaultHasher::new();
    K::key(&row).hash(&mut hasher);
    let room = seen.len() < REMEMBERED;
    match seen.entry(hasher.finish()) {
        Entry::Occupied(first) => {
            let why = Refusals::of(K::FIELDS[0].name, format!("stands on line {} already", first.get()));
            return Item::Refused(line, why);
        }
        Entry::Vacant(place) if room => drop(place.insert(line.number)),
        Entry::Vacant(_) => (),
    }
    Item::Admitted(Admitted { number: line.number, row, original: line.original, warnings, unread })
}

impl<R> Item<R> {
    fn line(&self) -> u64 {
        match self {
            Self::Admitted(admitted) => admitted.number,
            Self::Refused(line, _) => line.number,
        }
    }
}

/// Keeps what was read.
struct Keeper<'a> {
    app: &'a App,
    context: Context,
    leave: Vec<&'static str>,
    progress: Option<Progress>,
    counts: Counts,
    at_once: usize,
}

impl Keeper<'_> {
    async fn keep_all<K: Kind>(
        &mut self,
        mut batches: mpsc::Receiver<Batch<K::Row>>,
        size: u64,
        witness: &mut dyn Witness,
    ) -> Result<(), ImportError> {
        while let Some(batch) = batches.recv().await {
            let mut waiting = VecDeque::from(batch.items);
            while !waiting.is_empty() {
                let now = waiting.len().min(self.at_once);
                let items: Vec<_> = waiting.drain(..now).collect();
                let began = Instant::now();
                self.keep::<K>(items, witness).await?;
                self.adapt(began.elapsed());
                if !waiting.is_empty() {
                    witness.progress(batch.bytes.min(size), size, &self.counts);
                }
            }
            witness.progress(batch.bytes.min(size), size, &self.counts);
        }
        Ok(())
    }

    fn adapt(&mut self, took: Duration) {
        if took > PATIENCE {
            self.at_once = (self.at_once / 2).max(AT_LEAST);
        } else if took < PATIENCE / 2 {
            self.at_once = (self.at_once * 3 / 2).min(AT_ONCE);
        }
    }

    /// Keeps some rows and the place after them, in one transaction.
    async fn keep<K: Kind>(
        &mut self,
        items: Vec<Item<K::Row>>,
        witness: &mut dyn Witness,
    ) -> Result<(), ImportError> {
        let Some(last) = items.last().map(Item::line) else { return Ok(()) };
        let mut counts = self.counts;
        counts.rows += items.len() as u64;
        let (mut rows, mut refused) = (Vec::with_capacity(items.len()), Vec::new());
        for item in items {
            match item {
                Item::Admitted(row) => rows.push(row),
                Item::Refused(line, why) => refused.push((line.number, line.original, why)),
            }
        }
        let txn = self.app.db.begin().await?;
        lock(&txn, Lock::Imports).await?;
        let mut warnings: Vec<(u64, Complaint)> = Vec::new();
        if !rows.is_empty() {
            let kept = K::keep(&txn, &self.context, &self.leave, &rows).await?;
            counts.added += kept.merged.added;
            counts.changed += kept.merged.changed;
            counts.same += kept.merged.same;
            warnings = kept.warnings;
            for (place, why) in kept.refused {
                let row = &mut rows[place];
                row.warnings.clear();
                refused.push((row.number, std::mem::take(&mut row.original), why));
            }
        }
        warnings.extend(
            rows.into_iter().flat_map(|row| row.warnings.into_iter().map(move |what| (row.number, what))),
        );
        warnings.sort_by_key(|(line, _)| *line);
        refused.sort_by_key(|(line, ..)| *line);
        counts.refused += refused.len() as u64;
        counts.warnings += warnings.len() as u64;
        for (line, cells, why) in &refused {
            witness.refused(*line, cells, why)?;
        }
        for (line, what) in &warnings {
            witness.warned(*line, what)?;
        }
        witness.settles()?;
        if let Some(progress) = &mut self.progress {
            progress.checkpoint = i64::try_from(last).unwrap_or(i64::MAX);
            progress.counts = serde_json::json!(counts);
            imports::checkpoint(&txn, progress).await?;
            txn.commit().await?;
        } else {
            txn.rollback().await?;
        }
        self.counts = counts;
        Ok(())
    }
}
