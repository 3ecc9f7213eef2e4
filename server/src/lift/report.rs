//! The lift report of one program: one reading of the store, from which page, CSV, JSON and command line all come.
//!
//! [`Report::read`] asks the store once; everything after it is pure. When a check stops the number, no part of the
//! report holds one: the reason stands there instead.

mod answer;
mod audience;
mod basis;
mod compare;
mod csv;
mod decision;
mod families;
pub mod funnel;
mod groups;
mod guardrails;
pub mod holds;
mod joining;
mod letters;
mod numbers;
mod page;
mod planted;
#[cfg(test)]
mod tests;
mod text;
mod trust;
mod working;

use chrono::NaiveDate;
use serde::Serialize;
use templates::{
    Answer, AnswerState, Decision, Funnel, Guardrail, Letters, Lift, Planted, TrustLine, WorkedOut,
};

use self::answer::Grounds;
use self::basis::Basis;
use crate::app::App;
use crate::store::audience::ResolveError;
use crate::store::comparison::Design;
use crate::store::holds::{self as kept_holds, Hold};
use crate::store::programs::{Kept, Mode};

pub use self::numbers::{Measured, Numbers, Ratio, Side};

/// Everything that is said of one program on one day.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Form of this document; always `rapport.report.lift/1`.
    pub schema: &'static str,
    /// The program's name in files and addresses.
    pub program: String,
    /// What people read.
    pub title: String,
    /// Which reading this is.
    pub reading: Reading,
    /// What the comparison side is kept out of; nothing before the draw.
    pub design: Option<Design>,
    /// The last time the program's letters paused, and what a lead decided; nothing when they never paused.
    pub hold: Option<Hold>,
    /// The answer.
    pub answer: Answer,
    /// The lift and what rests on it; nothing when there is no number to show.
    pub numbers: Option<Numbers>,
    /// The decision written first, and what the numbers say to it.
    pub decision: Decision,
    /// What must not get worse.
    pub guardrails: Vec<Guardrail>,
    /// Whether the numbers can be trusted.
    pub trust: Vec<TrustLine>,
    /// What the letters did, on the program side alone.
    pub letters: Option<Letters>,
    /// From the ask to the habit, on the program side alone.
    pub funnel: Option<Funnel>,
    /// How it was worked out.
    pub worked_out: Vec<WorkedOut>,
    /// The last line of the assignment ledger, in hexadecimal.
    pub ledger_head: Option<String>,
    /// The truth, in a made-up world.
    pub planted: Option<Planted>,
}

/// Which reading of a program this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The day it was asked for.
    pub as_of: NaiveDate,
    /// The day up to which outcomes are final and known: what is counted.
    pub counted_until: NaiveDate,
    /// The date fixed before the start.
    pub planned_on: NaiveDate,
    /// How ranges are made.
    pub mode: Mode,
    /// Whether this look is before the date.
    pub early: bool,
    /// The day the program started, and with it everything above was fixed.
    pub started_on: Option<NaiveDate>,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The database failed.
    #[error("we could not read what happened")]
    Store(#[from] sea_orm::DbErr),
    /// The program's audience cannot be asked for.
    #[error("we could not ask who the program is for")]
    Audience(#[from] ResolveError),
    /// The demo's planted truth cannot be read.
    #[error("{0}")]
    Planted(String),
}

impl Report {
    /// Reads everything there is to say of this program on this day.
    pub async fn read(app: &App, program: &Kept, as_of: NaiveDate) -> Result<Self, ReportError> {
        let basis = Basis::read(app, program, as_of).await?;
        let planted = planted::read(&app.settings.data_dir)?;
        let hold = kept_holds::of(app.db.read(), program.id).await?.into_iter().next();
        Ok(Self { hold, ..Self::of(&basis, planted.as_ref()) })
    }

    fn of(basis: &Basis, planted: Option<&planted::Truth>) -> Self {
        let checks = trust::checks(basis);
        let stopped = trust::stopped(&checks);
        let numbers = if stopped.is_some() { None } else { Numbers::of(basis) };
        let answer = answer::answer(&grounds(basis, stopped, numbers.as_ref()));
        let shown = answer.state != AnswerState::Stopped;
        let nothing_yet = matches!(answer.state, AnswerState::Stopped | AnswerState::Empty);
        let numbers = numbers.filter(|_| !nothing_yet);
        Self {
            schema: "rapport.report.lift/1",
            program: basis.program.name.clone(),
            title: basis.program.title.clone(),
            reading: basis.reading(),
            design: basis.design,
            hold: None,
            decision: decision::decision(basis, answer.state, numbers.as_ref()),
            guardrails: if nothing_yet { Vec::new() } else { guardrails::guardrails(basis) },
            trust: checks,
            letters: letters::letters(basis).filter(|_| shown),
            funnel: basis.funnel.of_program_side().filter(|_| shown),
            worked_out: working::lines(basis, numbers.as_ref()),
            ledger_head: basis.ledger_head.clone(),
            planted: numbers.as_ref().zip(planted).map(|(numbers, truth)| truth.beside(numbers)),
            numbers,
            answer,
        }
    }

    /// The difference in renewals with its range, where there is a number.
    pub fn lift(&self) -> Option<Lift> {
        self.numbers.as_ref()?.main().lift
    }
}

fn grounds(basis: &Basis, stopped: Option<(String, String)>, numbers: Option<&Numbers>) -> Grounds {
    Grounds {
        stopped,
        counted: basis.counted.len() as u64,
        next_final: basis.next_final(),
        no_number: numbers.is_none().then(|| basis.no_number()).flatten(),
        early: basis.early(),
        planned_on: basis.program.reading.on,
        planned: basis.year(),
        open_ended: numbers.and_then(|_| basis.open_ended()),
        lift: numbers.and_then(|numbers| numbers.main().lift),
        worthwhile: basis.worthwhile(),
        needed: numbers.and_then(|_| basis.still_needed()),
        design: basis.design.unwrap_or(Design::Invited),
    }
}
