//! All programs at a glance: one answer to a line.

use serde::Serialize;

use super::AnswerState;
use crate::charts::{Lift, Unit, Whisker};
use crate::{Frame, RenderError, Templates};

/// The list of programs.
#[derive(Debug, Clone, Serialize)]
pub struct ReportsIndexPage {
    /// One row for each program; the caller orders them.
    pub programs: Vec<ProgramRow>,
}

/// One program.
#[derive(Debug, Clone, Serialize)]
pub struct ProgramRow {
    /// Its name.
    pub title: String,
    /// Where its report is.
    pub href: String,
    /// The answer sentence of its report, word for word.
    pub sentence: String,
    /// Which of the answers that is.
    pub state: AnswerState,
    /// The main measure's name: "Renewed".
    pub measure: String,
    /// What the main measure is counted in.
    pub unit: Unit,
    /// The main measure's lift; not shown when the state allows no number.
    pub lift: Option<Lift>,
    /// When it is read next, in words; empty when it is finished.
    pub next_reading: String,
}

#[derive(Debug, Serialize)]
struct IndexDrawing {
    rows: Vec<RowDrawing>,
    zero: f64,
}

#[derive(Debug, Serialize)]
struct RowDrawing {
    label: &'static str,
    tone: &'static str,
    mark: &'static str,
    difference: String,
    likely: String,
    whisker: Option<Whisker>,
}

impl IndexDrawing {
    fn of(page: &ReportsIndexPage) -> Self {
        let shown = |row: &ProgramRow| {
            row.lift.filter(|_| !matches!(row.state, AnswerState::Stopped | AnswerState::Empty))
        };
        let lifts: Vec<_> = page.programs.iter().map(shown).collect();
        let whiskers = Lift::share_zero(&lifts);
        let zero = whiskers.iter().flatten().next().map_or(0.0, |drawn| drawn.zero);
        let draw = |((row, lift), whisker): ((&ProgramRow, Option<Lift>), Option<Whisker>)| {
            let [difference, likely] = lift.map(|lift| row.unit.lift(lift)).unwrap_or_default();
            RowDrawing {
                label: row.state.label(),
                tone: row.state.tone(),
                mark: match row.state {
                    AnswerState::Works => "",
                    AnswerState::Worse | AnswerState::StopAndLook => "l",
                    _ => "u",
                },
                difference,
                likely,
                whisker,
            }
        };
        Self { rows: page.programs.iter().zip(lifts).zip(whiskers).map(draw).collect(), zero }
    }
}

impl Templates {
    /// Draws the list of programs.
    pub fn reports_index(&self, frame: &Frame, page: &ReportsIndexPage) -> Result<String, RenderError> {
        self.drawn_page("pages/reports/list.html", frame, page, &IndexDrawing::of(page))
    }
}
