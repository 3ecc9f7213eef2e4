//! What a report rests on: the store asked once, and the few things that every part of the report needs.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use templates::Lift;
use uuid::Uuid;

use super::compare::{ALPHA, Sides, rates};
use super::families::{Family, Gathered, Rows, gather, later};
use super::{Reading, ReportError, audience, funnel};
use crate::app::App;
use crate::lift::arms::{Estimate, Proportion, multiplier};
use crate::lift::looking::{any_time_multiplier, obf_band};
use crate::lift::power::n_at;
use crate::shelf::Shelf;
use crate::store;
use crate::store::comparison::{self, Design};
use crate::store::outcomes::{self, Act, Assigned, Feed, Letter};
use crate::store::programs::{Kept, Mode, Program};

/// Days by which the renewals feed may lie behind the reading.
pub const LATE_DAYS: i64 = 14;

/// What a report rests on.
#[derive(Debug)]
pub struct Basis {
    /// The program.
    pub program: Program,
    /// When it started.
    pub started_at: Option<DateTime<Utc>>,
    /// What the comparison side is kept out of; nothing before the draw.
    pub design: Option<Design>,
    /// The day asked for.
    pub as_of: NaiveDate,
    /// How far the renewals feed reaches.
    pub feed: Option<Feed>,
    /// The day up to which outcomes are counted.
    pub until: NaiveDate,
    /// Every first assignment.
    pub assigned: Vec<Assigned>,
    /// The family of each account.
    pub family_of: HashMap<Uuid, Uuid>,
    /// Families with a term due.
    pub gathered: Gathered,
    /// Those of them that count, in the order of the ledger.
    pub counted: Vec<Family>,
    /// The main measure.
    pub renewed: Sides<Proportion>,
    /// The ledger's length, or the line where it breaks.
    pub ledger: Result<i64, i64>,
    /// The last line of the ledger.
    pub ledger_head: Option<String>,
    /// What the audience asks for that the program itself may change.
    pub moved_by_it: Vec<String>,
    /// Comparison families that were found to have joined, and when that was found.
    pub crossed: HashMap<Uuid, DateTime<Utc>>,
    /// Every letter of the house that left, or may have left.
    pub sent: Vec<Letter>,
    /// This program's journeys.
    pub journeys: HashSet<Uuid>,
    /// What people did.
    pub acts: Vec<Act>,
    /// People who allow us to see what they open.
    pub tracked: HashSet<Uuid>,
    /// People who took a consent back, and when they last did.
    pub withdrawn: HashMap<Uuid, DateTime<Utc>>,
    /// Everyone, with their home account.
    pub people: Vec<(Uuid, Uuid)>,
    /// When people joined.
    pub joined: HashMap<Uuid, DateTime<Utc>>,
    /// When families were asked to join.
    pub asked: HashMap<Uuid, DateTime<Utc>>,
    /// From the ask to the habit.
    pub funnel: funnel::Reading,
}

impl Basis {
    /// Asks the store.
    pub async fn read(app: &App, kept: &Kept, as_of: NaiveDate) -> Result<Self, ReportError> {
        let db = app.db.read();
        let program = kept.program.clone();
        let today = as_of == app.clock.now().date_naive();
        let end_of_day = later(as_of, 1).and_time(NaiveTime::MIN).and_utc();
        let (assigned, head) = outcomes::assigned(db).await?;
        let people = outcomes::people(db).await?;
        let design = comparison::draw(db).await?.map(|draw| draw.design);
        let rows = Rows {
            audience: audience::families(app, kept, &assigned, end_of_day).await?,
            accounts: outcomes::accounts(db).await?,
            licences: outcomes::licences(db).await?,
            endings: outcomes::endings(db, as_of).await?,
            uses: outcomes::uses(db, as_of).await?,
            people,
            assigned,
        };
        let feed = outcomes::feed(db, as_of).await?;
        let gathered = gather(&rows, &program);
        let last = match program.reading.mode {
            Mode::Planned | Mode::YearBand => as_of.min(program.reading.on),
            Mode::OpenEnded => as_of,
        };
        let until = feed.map_or(last, |feed| last.min(feed.reaches));
        let counted: Vec<_> =
            gathered.families.iter().filter(|family| family.closes <= until).cloned().collect();
        Ok(Self {
            started_at: kept.started_at,
            design,
            as_of,
            until,
            family_of: rows.accounts.iter().map(|account| (account.id, account.family_id)).collect(),
            renewed: rates(&counted, |family| Some(family.end.renewed())),
            counted,
            gathered,
            ledger: comparison::verify(db, &app.keys).await?,
            ledger_head: head.map(|hash| hexadecimal(&hash)),
            moved_by_it: audience::moved(app, kept, design).await?,
            crossed: outcomes::crossed(db, end_of_day).await?,
            sent: outcomes::letters(db, end_of_day).await?,
            journeys: outcomes::journeys_of(db, kept.id).await?,
            acts: outcomes::acts(db, end_of_day).await?,
            tracked: outcomes::allow_tracking(db).await?,
            withdrawn: outcomes::withdrawn(db, end_of_day).await?,
            people: rows.people.iter().map(|person| (person.id, person.account_id)).collect(),
            joined: rows
                .people
                .iter()
                .filter_map(|person| Some((person.id, person.opted_in_at.filter(|at| *at < end_of_day)?)))
                .collect(),
            asked: outcomes::asked(db, end_of_day).await?,
            funnel: funnel_until(app, if today { app.clock.now() } else { end_of_day }).await?,
            assigned: rows.assigned,
            feed,
            program,
        })
    }

    /// Which reading this is.
    pub fn reading(&self) -> Reading {
        Reading {
            as_of: self.as_of,
            counted_until: self.until,
            planned_on: self.program.reading.on,
            mode: self.program.reading.mode,
            early: self.early(),
            started_on: self.started_at.map(|at| at.date_naive()),
        }
    }

    /// Whether this look lies before the date fixed at the start, or what renewed is not known up to that date yet.
    ///
    /// So the planned look is one look: whoever asks again on a later day reads the same outcomes.
    pub fn early(&self) -> bool {
        let planned = self.program.reading.on;
        self.as_of < planned || self.feed.is_none_or(|feed| feed.reaches < planned)
    }

    /// Whether the feed lies too far behind for this reading.
    pub fn feed_is_late(&self) -> bool {
        let wanted = match self.program.reading.mode {
            Mode::Planned | Mode::YearBand => self.as_of.min(self.program.reading.on),
            Mode::OpenEnded => self.as_of,
        };
        self.feed.is_none_or(|feed| later(feed.reaches, LATE_DAYS) < wanted)
    }

    /// Families whose outcome is final by the date fixed at the start. Never those of later days: a range for any number
    /// of looks needs a number that does not follow the looks.
    pub fn year(&self) -> u64 {
        let end = self.program.reading.on;
        self.gathered.families.iter().filter(|family| family.closes <= end).count().max(1) as u64
    }

    /// The next day on which an outcome will be final.
    pub fn next_final(&self) -> Option<NaiveDate> {
        self.gathered.families.iter().map(|family| family.closes).filter(|day| *day > self.as_of).min()
    }

    /// Why there is no number, where waiting for the next outcome alone does not bring one.
    pub fn no_number(&self) -> Option<String> {
        if self.assigned.is_empty() {
            return Some("No customer has been put on a side yet.".to_owned());
        }
        if self.counted.is_empty() {
            return self.next_final().is_none().then(|| match self.gathered.families.len() {
                0 => "No customer that it is for has a renewal in sight.".to_owned(),
                _ => format!("No outcome was final by {}.", super::answer::date(self.until)),
            });
        }
        let found = self.multiplier().map(|wide| self.renewed.difference(wide));
        let reason = found.and_then(|found| found.reason).map(|reason| reason.to_string());
        reason.map(|reason| format!("No range can be given: {reason}."))
    }

    /// How many standard errors wide the range of this look is.
    pub fn multiplier(&self) -> Option<f64> {
        let (n, year) = (self.counted.len() as f64, self.year() as f64);
        let found = match self.program.reading.mode {
            Mode::YearBand => obf_band(&[n / year], ALPHA).map(|band| band.z[0]),
            Mode::Planned if !self.early() => multiplier(ALPHA),
            Mode::Planned | Mode::OpenEnded => any_time_multiplier(n, year, ALPHA),
        };
        found.ok()
    }

    /// Whether this is the one look planned before the start, whose ranges are plain.
    pub fn is_the_planned_look(&self) -> bool {
        self.program.reading.mode == Mode::Planned && !self.early()
    }

    /// The range of this look in the open-ended mode.
    pub fn open_ended(&self) -> Option<Lift> {
        let wide = any_time_multiplier(self.counted.len() as f64, self.year() as f64, ALPHA).ok()?;
        lift(&self.renewed.difference(wide))
    }

    /// The smallest gain that is worth it, between 0 and 1.
    pub fn worthwhile(&self) -> f64 {
        self.program.worthwhile_gain / 100.0
    }

    /// Families still needed to see the worthwhile gain four times in five, with ranges as wide as the mode then makes
    /// them; never worked out from the gain seen.
    pub fn still_needed(&self) -> Option<u64> {
        let (program, comparison) = (self.renewed.program(), self.renewed.comparison());
        let ratio = program.n as f64 / comparison.n as f64;
        let base = comparison.rate();
        let hoped = base + self.worthwhile();
        let at = |wide: f64| {
            let needed = n_at(hoped, base, ratio, 0.8, wide, 1.0).ok()?;
            Some(needed.control + needed.treatment)
        };
        let needed = match self.program.reading.mode {
            Mode::Planned => at(multiplier(ALPHA).ok()?)?,
            Mode::YearBand => at(obf_band(&[1.0], ALPHA).ok()?.z[0])?,
            Mode::OpenEnded => {
                // The range is as wide as the number of families makes it, and so is that number: to and fro until it rests.
                let mut needed = at(multiplier(ALPHA).ok()?)?;
                for _ in 0..50 {
                    needed = at(any_time_multiplier(needed as f64, self.year() as f64, ALPHA).ok()?)?;
                }
                needed
            }
        };
        Some(needed.saturating_sub(program.n + comparison.n))
    }

    /// When the first person of each family joined.
    pub fn first_joined(&self) -> HashMap<Uuid, DateTime<Utc>> {
        let mut first: HashMap<Uuid, DateTime<Utc>> = HashMap::new();
        for (person, account) in &self.people {
            let joined = self.joined.get(person).zip(self.family_of.get(account));
            if let Some((at, family)) = joined {
                first.entry(*family).and_modify(|first| *first = (*first).min(*at)).or_insert(*at);
            }
        }
        first
    }

    /// The side of a family, by where its account was assigned.
    pub fn sides(&self) -> HashMap<Uuid, bool> {
        self.assigned.iter().map(|one| (one.family, one.comparison)).collect()
    }

    /// When the families were let go whose time on the comparison side was over.
    pub fn let_go(&self) -> HashMap<Uuid, DateTime<Utc>> {
        self.assigned.iter().filter_map(|one| Some((one.family, one.let_go?))).collect()
    }
}

/// The funnel as `/reports/funnel` shows it, as it stood at that moment.
async fn funnel_until(app: &App, until: DateTime<Utc>) -> Result<funnel::Reading, ReportError> {
    let library = Shelf::library(app.db.read()).await?;
    let facts = store::funnel::facts(app.db.read(), until).await?;
    Ok(funnel::Reading::of(&facts, &library.catalogue, until))
}

/// A difference with both ends of its range, or nothing.
pub fn lift(found: &Estimate) -> Option<Lift> {
    Some(Lift { estimate: found.estimate?, low: found.ci[0]?, high: found.ci[1]? })
}

fn hexadecimal(hash: &[u8]) -> String {
    hash.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}
