//! "Stop and look" stops: a program's letters pause from the reading that says so until a lead decides.
//!
//! [`tick`] reads the report of every running program once a day, and again after a file of renewals was taken in. A
//! decision to go on stands for [`STANDS_DAYS`] days, whatever is read meanwhile; the first look after them pauses the
//! letters anew when the answer is still the same and new outcomes are in it. A decision to end them stands for good. Nothing here sends or plans:
//! whoever does finds the hold in the store.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DbErr;
use templates::{AnswerState, HoldNotice, HoldState};

use super::answer::date;
use super::page::counts;
use super::{Report, ReportError};
use crate::app::App;
use crate::store::holds::{self, Decided, Decision, Hold};
use crate::store::programs::{self, Kept};
use crate::store::{journeys, messages};

/// Days for which a decision to go on stands.
pub const STANDS_DAYS: i64 = 30;

/// Looks at every running program whose look is due, and holds its letters when they must pause. Answers how many holds
/// it opened. It may run at any time, twice, on any node: of several that look at once, one keeps what it saw.
pub async fn tick(app: &App) -> Result<u64, ReportError> {
    close_ended(app).await?;
    let mut opened = 0;
    for program in programs::all(app.db.read()).await? {
        if program.started_at.is_none() {
            continue;
        }
        // One program that cannot be read must not keep the others from being looked at.
        match look(app, &program).await {
            Ok(paused) => opened += u64::from(paused),
            Err(error) => {
                tracing::error!(error = %error, program.id = %program.id, "a program could not be looked at");
            }
        }
    }
    Ok(opened)
}

/// Looks at one program, when that is due. True when its letters pause because of it.
async fn look(app: &App, program: &Kept) -> Result<bool, ReportError> {
    let (db, now) = (app.db.read(), app.clock.now());
    let before = holds::looked_at(db, program.id).await?;
    let earlier = holds::of(db, program.id).await?;
    if !due(app, before, now).await? || !may_open(&earlier, now) {
        return Ok(false);
    }
    let report = Report::read(app, program, now.date_naive()).await?;
    let finding = report.finding();
    // What a lead has seen and decided on is not laid before them again.
    let news = earlier.iter().all(|hold| hold.finding != finding);
    let txn = app.db.begin().await?;
    let opened = holds::look(&txn, program.id, before, now).await?
        && report.answer.state == AnswerState::StopAndLook
        && news
        && holds::open(&txn, app.ids.next(), program.id, now, &finding).await?;
    txn.commit().await?;
    if opened {
        tracing::warn!(program.id = %program.id, "fewer seem to renew: its letters pause until a lead decides");
    }
    Ok(opened)
}

/// Once a day, and after renewals were taken in.
async fn due(app: &App, before: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let Some(before) = before else { return Ok(true) };
    Ok(before.date_naive() < now.date_naive() || holds::renewals_since(app.db.read(), before).await?)
}

/// Whether a finding may pause the letters now: none is in the way, and no decision to go on stands.
fn may_open(earlier: &[Hold], now: DateTime<Utc>) -> bool {
    let stands = |hold: &Hold| {
        hold.decided.as_ref().is_some_and(|decided| now < decided.at + TimeDelta::days(STANDS_DAYS))
    };
    !earlier.iter().any(|hold| hold.blocks() || stands(hold))
}

/// Keeps a lead's decision, and says whether it was the first. With [`Decision::End`] the program's journeys that have
/// begun stop, and what was planned is skipped; a letter in hand finishes.
pub async fn decide(app: &App, hold: &Hold, decided: &Decided) -> Result<bool, DbErr> {
    let txn = app.db.begin().await?;
    let first = holds::decide(&txn, hold.id, decided).await?;
    if first && decided.decision == Decision::End {
        journeys::stop_all(&txn, hold.program).await?;
        messages::skip_stopped(&txn, decided.at).await?;
    }
    txn.commit().await?;
    Ok(first)
}

/// The reason as it is kept, or what would be right.
pub fn reason(typed: &str) -> Result<String, String> {
    let because = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match because.chars().count() {
        0 => Err("Say why, in a sentence: whoever reads the report later wants to know.".to_owned()),
        1..=1000 => Ok(because),
        long => Err(format!("The reason should be at most 1,000 characters; it has {long}.")),
    }
}

/// Skips what came back to wait after its program's letters were ended: a letter in hand that could not be handed over.
async fn close_ended(app: &App) -> Result<(), DbErr> {
    if !messages::waits_in_stopped(app.db.read()).await? {
        return Ok(());
    }
    let txn = app.db.begin().await?;
    messages::skip_stopped(&txn, app.clock.now()).await?;
    txn.commit().await
}

/// What the report says on top of this program: that its letters pause, or what was decided last.
pub fn notice(hold: &Hold) -> HoldNotice {
    let since = date(hold.since.date_naive());
    let (state, sentence, detail) = match &hold.decided {
        None => (
            HoldState::Open,
            format!("Letters of this program have paused since {since}. A lead decides."),
            format!("The reading of that day: {}", hold.finding),
        ),
        Some(decided) => {
            let (state, to_do, follows) = match decided.decision {
                Decision::GoOn => {
                    let until = date((decided.at + TimeDelta::days(STANDS_DAYS)).date_naive());
                    (HoldState::GoesOn, "to go on", format!("The decision stands until {until}."))
                }
                Decision::End => {
                    (HoldState::Ended, "to end the letters", "What waited is never sent.".to_owned())
                }
            };
            let (day, because) = (date(decided.at.date_naive()), decided.because.trim_end_matches('.'));
            (
                state,
                format!("{} decided on {day} {to_do}: {because}.", decided.by),
                format!(
                    "{follows} The letters had paused on {since}. The reading of that day: {}",
                    hold.finding
                ),
            )
        }
    };
    HoldNotice { state, sentence, detail, form: None }
}

impl Report {
    /// What a hold keeps of this reading, in words.
    fn finding(&self) -> String {
        let likely = self.answer.likely.as_deref().unwrap_or("fewer");
        let counted = self.numbers.as_ref().map(|numbers| counts(numbers.main())).unwrap_or_default();
        format!(
            "{} Likely {likely}. {counted} Counted until {}.",
            self.answer.sentence,
            date(self.reading.counted_until)
        )
    }
}
