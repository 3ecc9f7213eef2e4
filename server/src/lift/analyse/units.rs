//! Rows that belong to one unit, joined before they are counted.

use std::collections::HashMap;

use super::Unreadable;
use super::rows::{Gathered, Row};

/// One unit whose rows are still coming in.
pub struct Unit {
    arm: usize,
    line: u64,
    groups: Vec<usize>,
    covariate: f64,
    sums: Vec<f64>,
    highest: Vec<f64>,
}

/// The units met so far, in their order.
#[derive(Default)]
pub struct Units {
    known: HashMap<String, usize>,
    met: Vec<Unit>,
}

impl Unit {
    /// A unit as its first row shows it.
    pub fn new(arm: usize, line: u64, groups: &[usize], outcomes: &[f64], covariate: f64) -> Self {
        Self {
            arm,
            line,
            groups: groups.to_vec(),
            covariate,
            sums: outcomes.to_vec(),
            highest: outcomes.to_vec(),
        }
    }
}

impl Units {
    /// Adds a row to its unit, which must be the same in everything but the outcomes.
    pub fn add(&mut self, row: &Row, place: usize, new: Unit, arms: &[String]) -> Result<(), Unreadable> {
        let (column, name) = (row.question.unit.as_deref().unwrap_or_default(), row.cell(place));
        if name.is_empty() {
            return Err(row.wrong(column, "is empty; every row needs its unit"));
        }
        let Some(at) = self.known.get(name) else {
            self.known.insert(name.to_owned(), self.met.len());
            self.met.push(new);
            return Ok(());
        };
        let unit = &mut self.met[*at];
        let line = unit.line;
        if unit.arm != new.arm {
            let (first, second) = (&arms[unit.arm], &arms[new.arm]);
            let what = format!(
                "\"{name}\" is in \"{second}\" here and in \"{first}\" on line {line}; a unit belongs to one arm"
            );
            return Err(row.wrong(column, what));
        }
        if unit.groups != new.groups || unit.covariate.total_cmp(&new.covariate).is_ne() {
            let what = format!(
                "\"{name}\" has another stratum, segment or covariate here than on line {line}; a unit has one of each"
            );
            return Err(row.wrong(column, what));
        }
        for ((sum, highest), value) in unit.sums.iter_mut().zip(&mut unit.highest).zip(&new.sums) {
            *sum += value;
            *highest = highest.max(*value);
        }
        Ok(())
    }

    /// Counts each unit once: amounts as their sum, 0/1 as "at least once".
    pub fn into_gathered(self, gathered: &mut Gathered) {
        for unit in self.met {
            let values: Vec<f64> = (0..unit.sums.len())
                .map(|at| if gathered.zero_one[at] { unit.highest[at] } else { unit.sums[at] })
                .collect();
            gathered.add(unit.arm, &unit.groups, &values, unit.covariate);
        }
    }
}
