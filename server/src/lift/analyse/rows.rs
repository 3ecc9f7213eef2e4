//! The one reading of the file: counts and moments by arm, stratum and group.

use std::collections::HashMap;
use std::io::Read;

use super::units::{Unit, Units};
use super::{Question, Unreadable};
use crate::lift::arms::{Moments, Proportion};
use crate::lift::covariate::Joint;

/// More arms than this, and it is the wrong column.
const MOST_ARMS: usize = 50;
/// More groups in a column than this, and no table of them can be read.
const MOST_GROUPS: usize = 1_000;

/// Everything that was gathered.
pub struct Gathered {
    /// Rows of the file.
    pub rows: u64,
    /// Labels of the arms, in the order in which they appear.
    pub arms: Vec<String>,
    /// All units.
    pub all: Cell,
    /// By stratum.
    pub strata: Groups,
    /// By segment column, in the order asked for.
    pub segments: Vec<Groups>,
    /// For each outcome, whether it holds nothing but 0 and 1.
    pub zero_one: Vec<bool>,
}

/// The values of one grouping column and what was gathered under each.
#[derive(Default)]
pub struct Groups {
    /// Values in the order in which they appear.
    pub names: Vec<String>,
    /// One cell a value.
    pub cells: Vec<Cell>,
    known: HashMap<String, usize>,
}

/// Tallies of one group of units, by arm and outcome.
#[derive(Default, Clone)]
pub struct Cell {
    arms: Vec<Vec<Tally>>,
}

/// One outcome in one arm.
#[derive(Default, Clone, Copy)]
pub struct Tally {
    /// Count, mean and spread, together with the covariate's.
    pub joint: Joint,
    /// Units with more than 0: for money, the buyers.
    pub positive: u64,
}

impl Tally {
    /// Count, mean and spread.
    pub fn moments(&self) -> Moments {
        self.joint.outcome()
    }

    /// As a rate; right only for an outcome of 0 and 1.
    pub fn proportion(&self) -> Proportion {
        Proportion { events: self.positive, n: self.moments().n() }
    }
}

impl Cell {
    /// One outcome in one arm, empty when no such unit was met.
    pub fn tally(&self, arm: usize, outcome: usize) -> Tally {
        self.arms.get(arm).and_then(|outcomes| outcomes.get(outcome)).copied().unwrap_or_default()
    }

    fn add(&mut self, arm: usize, outcomes: &[f64], covariate: f64) {
        if self.arms.len() <= arm {
            self.arms.resize(arm + 1, Vec::new());
        }
        let tallies = &mut self.arms[arm];
        tallies.resize(outcomes.len(), Tally::default());
        for (tally, value) in tallies.iter_mut().zip(outcomes) {
            tally.joint.push(*value, covariate);
            tally.positive += u64::from(*value > 0.0);
        }
    }
}

impl Groups {
    fn at(&mut self, name: &str) -> usize {
        if let Some(at) = self.known.get(name) {
            return *at;
        }
        let at = self.names.len();
        self.names.push(name.to_owned());
        self.cells.push(Cell::default());
        self.known.insert(name.to_owned(), at);
        at
    }
}

/// Where the asked columns stand in a record.
struct Places {
    arm: usize,
    outcomes: Vec<usize>,
    unit: Option<usize>,
    strata: Option<usize>,
    covariate: Option<usize>,
    segments: Vec<usize>,
}

/// Reads the file from top to bottom.
pub fn read(file: impl Read, question: &Question) -> Result<Gathered, Unreadable> {
    let mut reader = csv::Reader::from_reader(file);
    let places = Places::find(reader.headers()?, question)?;
    let mut gathered = Gathered {
        rows: 0,
        arms: Vec::new(),
        all: Cell::default(),
        strata: Groups::default(),
        segments: question.segments.iter().map(|_| Groups::default()).collect(),
        zero_one: vec![true; question.outcomes.len()],
    };
    let mut units = Units::default();
    let (mut record, mut outcomes, mut groups) = (csv::StringRecord::new(), Vec::new(), Vec::new());
    while reader.read_record(&mut record)? {
        let row = Row { record: &record, question, line: record.position().map_or(0, csv::Position::line) };
        gathered.rows += 1;
        let arm = gathered.arm(&row, places.arm)?;
        gathered.outcomes(&row, &places, &mut outcomes)?;
        gathered.groups(&row, &places, &mut groups)?;
        let covariate = covariate(&row, &places)?;
        match places.unit {
            None => gathered.add(arm, &groups, &outcomes, covariate),
            Some(place) => {
                let unit = Unit::new(arm, row.line, &groups, &outcomes, covariate);
                units.add(&row, place, unit, &gathered.arms)?;
            }
        }
    }
    units.into_gathered(&mut gathered);
    Ok(gathered)
}

/// One record with its line, for errors that name both.
pub struct Row<'a> {
    record: &'a csv::StringRecord,
    /// What was asked.
    pub question: &'a Question,
    /// The line in the file.
    pub line: u64,
}

impl Row<'_> {
    /// The text in one place, empty where there is none.
    pub fn cell(&self, place: usize) -> &str {
        self.record.get(place).unwrap_or_default().trim()
    }

    fn number(&self, place: usize, column: &str) -> Result<f64, Unreadable> {
        let cell = self.cell(place);
        let value = cell.parse().ok().filter(|value: &f64| value.is_finite());
        let what = || format!("\"{cell}\" is no number; write 0 or 1, or an amount such as 1234.50");
        value.ok_or_else(|| self.wrong(column, what()))
    }

    /// What is wrong with the row, with its line and column.
    pub fn wrong(&self, column: &str, what: impl Into<String>) -> Unreadable {
        Unreadable::Cell { line: self.line, column: column.to_owned(), what: what.into() }
    }
}

impl Places {
    fn find(header: &csv::StringRecord, question: &Question) -> Result<Self, Unreadable> {
        let place = |name: &String| {
            let at = header.iter().position(|column| column.trim() == name);
            at.ok_or_else(|| Unreadable::no_column(name, header))
        };
        Ok(Self {
            arm: place(&question.arm)?,
            outcomes: question.outcomes.iter().map(place).collect::<Result<_, _>>()?,
            unit: question.unit.as_ref().map(place).transpose()?,
            strata: question.strata.as_ref().map(place).transpose()?,
            covariate: question.covariate.as_ref().map(place).transpose()?,
            segments: question.segments.iter().map(place).collect::<Result<_, _>>()?,
        })
    }
}

/// The covariate of a row, 0 where none was asked for.
fn covariate(row: &Row, places: &Places) -> Result<f64, Unreadable> {
    match (places.covariate, &row.question.covariate) {
        (Some(place), Some(column)) => row.number(place, column),
        _ => Ok(0.0),
    }
}

impl Gathered {
    fn arm(&mut self, row: &Row, place: usize) -> Result<usize, Unreadable> {
        let label = row.cell(place);
        if let Some(at) = self.arms.iter().position(|arm| arm == label) {
            return Ok(at);
        }
        if label.is_empty() {
            return Err(row.wrong(&row.question.arm, "is empty; every row needs the arm it was assigned to"));
        }
        if self.arms.len() == MOST_ARMS {
            let what = format!("the {}th label; this does not look like a column of arms", MOST_ARMS + 1);
            return Err(row.wrong(&row.question.arm, what));
        }
        self.arms.push(label.to_owned());
        Ok(self.arms.len() - 1)
    }

    #[expect(clippy::float_cmp, reason = "0 and 1 are exact in an `f64`, and nothing beside them is meant")]
    fn outcomes(&mut self, row: &Row, places: &Places, values: &mut Vec<f64>) -> Result<(), Unreadable> {
        values.clear();
        for (at, place) in places.outcomes.iter().enumerate() {
            let (column, cell) = (&row.question.outcomes[at], row.cell(*place));
            if cell.is_empty() {
                return Err(row.wrong(column, "is empty; write 0 where nothing happened"));
            }
            let value = row.number(*place, column)?;
            self.zero_one[at] &= value == 0.0 || value == 1.0;
            values.push(value);
        }
        Ok(())
    }

    /// The stratum first, if there is one, then each segment's value.
    fn groups(&mut self, row: &Row, places: &Places, found: &mut Vec<usize>) -> Result<(), Unreadable> {
        found.clear();
        if let (Some(place), Some(column)) = (places.strata, &row.question.strata) {
            found.push(limited(&mut self.strata, row, place, column)?);
        }
        for ((groups, place), column) in
            self.segments.iter_mut().zip(&places.segments).zip(&row.question.segments)
        {
            found.push(limited(groups, row, *place, column)?);
        }
        Ok(())
    }

    /// Counts one unit, under everything it belongs to.
    pub fn add(&mut self, arm: usize, groups: &[usize], outcomes: &[f64], covariate: f64) {
        self.all.add(arm, outcomes, covariate);
        let with_strata = groups.len() - self.segments.len();
        if with_strata == 1 {
            self.strata.cells[groups[0]].add(arm, outcomes, covariate);
        }
        for (column, group) in self.segments.iter_mut().zip(&groups[with_strata..]) {
            column.cells[*group].add(arm, outcomes, covariate);
        }
    }
}

fn limited(groups: &mut Groups, row: &Row, place: usize, column: &str) -> Result<usize, Unreadable> {
    let name = if row.cell(place).is_empty() { "(empty)" } else { row.cell(place) };
    let at = groups.at(name);
    if at == MOST_GROUPS {
        return Err(
            row.wrong(column, format!("more than {MOST_GROUPS} different values; groups must be few"))
        );
    }
    Ok(at)
}
