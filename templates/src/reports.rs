//! The leader's pages: one report for each program, and the list of them.
//!
//! The caller fills numbers and finished sentences; how they are written, laid
//! out and drawn is decided here. When a trust check stops the number, or
//! nothing is due yet, [`ReportPage::numbers`] is `None` and no lift appears.

use serde::Serialize;

use crate::charts::{Lift, Unit};
use crate::{Frame, RenderError, Templates};

mod drawing;
mod funnel;
mod hold;
mod index;
mod numbers;

pub use funnel::{FunnelHeading, FunnelPage, FunnelRow, FunnelShare};
pub use hold::{HoldForm, HoldNotice, HoldState};
pub use index::{ProgramRow, ReportsIndexPage};
pub use numbers::{
    BandRange, GroupHeading, GroupRow, Groups, Measure, MeasureVerdict, Numbers, OverTime, RangeBand,
    TimePoint, Worth,
};

/// Everything a lift report shows.
#[derive(Debug, Clone, Serialize)]
pub struct ReportPage {
    /// The program's name.
    pub program: String,
    /// Which reading this is: "Final reading, 31 March 2026".
    pub reading: String,
    /// That the program's letters pause, and what was decided about it; `None` when they never did.
    pub hold: Option<HoldNotice>,
    /// What the comparison group was drawn from, in one sentence: *invited* or *members*.
    pub design: String,
    /// The first thing a reader sees.
    pub answer: Answer,
    /// The lift and everything that rests on it; `None` when there is no number to show.
    pub numbers: Option<Numbers>,
    /// What the lead wrote down before the start, and what follows from it.
    pub decision: Option<Decision>,
    /// What else the program did: stops, complaints, satisfaction, seats given back.
    pub guardrails: Vec<Guardrail>,
    /// Whether the numbers can be trusted, line by line.
    pub trust: Vec<TrustLine>,
    /// What the letters did, on the program side alone.
    pub letters: Option<Letters>,
    /// From the ask to the habit.
    pub funnel: Option<Funnel>,
    /// Who was counted, ranges, methods: a term and a sentence each. Counts stand in [`Numbers::counts`].
    pub worked_out: Vec<WorkedOut>,
    /// The head of the assignment ledger at this reading, in hexadecimal.
    pub ledger_head: Option<String>,
    /// Where the same numbers are as a table.
    pub csv_href: String,
    /// Where the same numbers are for programs.
    pub json_href: String,
    /// The truth that the demo planted; `None` in a real house.
    pub planted: Option<Planted>,
}

/// The answer sentence and what stands right under it.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// Which of the eight answers this is; it decides colours, never words.
    pub state: AnswerState,
    /// "Yes, it works. Out of every 100 customers, about 5 more renewed."
    pub sentence: String,
    /// What was compared, or why there is no number, in one or two sentences.
    pub detail: String,
    /// "between 2 and 8 per 100"; `None` when there is no number.
    pub likely: Option<String>,
}

/// The answers a report can give, in the order in which they are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerState {
    /// A trust check that stops the number failed.
    Stopped,
    /// The whole open-ended range lies below zero.
    StopAndLook,
    /// Before the planned reading.
    TooEarly,
    /// The range lies above zero.
    Works,
    /// The range lies below zero.
    Worse,
    /// The range spans zero and the worthwhile gain is ruled out.
    LittleDifference,
    /// The range spans zero otherwise.
    CannotTell,
    /// Nobody's outcome is due yet.
    Empty,
}

impl AnswerState {
    /// The badge of this state: a few words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Stopped => "Don’t use yet",
            Self::StopAndLook => "Stop and look",
            Self::TooEarly => "Too early to say",
            Self::Works => "Clear gain",
            Self::Worse => "Clear loss",
            Self::LittleDifference => "Little or no difference",
            Self::CannotTell => "Not clear yet",
            Self::Empty => "Nothing due yet",
        }
    }

    /// The badge's colour.
    pub(crate) fn tone(self) -> &'static str {
        match self {
            Self::Works => "good",
            Self::Stopped | Self::StopAndLook | Self::Worse => "bad",
            Self::TooEarly | Self::Empty => "info",
            Self::LittleDifference | Self::CannotTell => "",
        }
    }

    /// Whether a range may be read as an answer, or is only how far we have come.
    pub(crate) fn is_early(self) -> bool {
        self == Self::TooEarly
    }
}

/// The decision written before the start.
#[derive(Debug, Clone, Serialize)]
pub struct Decision {
    /// The words after "You said: ", such as "extend if at least 3 more in 100 renew".
    pub said: String,
    /// When it was written: "Written on 1 October 2025, before the first letter."
    pub written: String,
    /// The words after "The numbers say: ", such as "extend" or "nothing yet".
    pub numbers_say: String,
    /// "Worth its cost: about $41 for each extra renewal (25 to 98).", or that the cost is not known.
    pub worth_its_cost: String,
}

/// One thing that must not get worse.
#[derive(Debug, Clone, Serialize)]
pub struct Guardrail {
    /// "Stopped letters".
    pub name: String,
    /// "1.2% of members".
    pub finding: String,
    /// Whether it held.
    pub ok: bool,
}

/// One trust check.
#[derive(Debug, Clone, Serialize)]
pub struct TrustLine {
    /// What was asked, in plain words: "Groups were split fairly".
    pub line: String,
    /// The number: "Planned 80 to 20, got 80.1 to 19.9."
    pub finding: String,
    /// What to do about it; empty when there is nothing to do.
    pub to_do: String,
    /// What a failure means.
    pub kind: TrustKind,
    /// Whether the check passed.
    pub ok: bool,
}

/// What a failed trust check does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TrustKind {
    /// There is no number until it is mended.
    StopsTheNumber,
    /// The number stands, with this beside it.
    Note,
    /// Nothing was asked that could fail, or it could not be asked: told, with no mark for or against.
    Neutral,
}

/// What the letters did among those who let us see.
#[derive(Debug, Clone, Serialize)]
pub struct Letters {
    /// Who was counted: "Among the 1,228 members who let us see opens and clicks (72% of …)."
    pub coverage: String,
    /// Responded, opened by a person, opened by machines.
    pub rows: Vec<LetterRow>,
}

/// One thing people, or their machines, did with letters.
#[derive(Debug, Clone, Serialize)]
pub struct LetterRow {
    /// "Responded".
    pub name: String,
    /// What counts: "Replied, or came to the resource center from a letter".
    pub hint: String,
    /// How many did.
    pub people: u64,
    /// Of how many.
    pub of: u64,
    /// The range around the share, both between 0 and 1.
    pub likely: Option<(f64, f64)>,
    /// What to make of it: "One in four". Empty for nothing.
    pub in_short: String,
    /// Opens: mail apps open by themselves, so the page says "Don’t lean on it" whatever `in_short` holds.
    pub dont_lean: bool,
}

/// The way from the ask to the habit.
#[derive(Debug, Clone, Serialize)]
pub struct Funnel {
    /// "Asked to join", "Joined when asked", …, with how many.
    pub steps: Vec<FunnelStep>,
    /// What not to read out of it.
    pub warning: String,
}

/// One step of the funnel.
#[derive(Debug, Clone, Serialize)]
pub struct FunnelStep {
    /// "Joined when asked".
    pub label: String,
    /// How many customers came this far, of how many; of nobody for the step that the others begin with.
    pub customers: FunnelShare,
}

/// One line of how the report was worked out.
#[derive(Debug, Clone, Serialize)]
pub struct WorkedOut {
    /// "Who was counted".
    pub term: String,
    /// The sentence.
    pub text: String,
}

/// The demo's planted truth beside what was found.
#[derive(Debug, Clone, Serialize)]
pub struct Planted {
    /// What a made-up world is, and how the truth was planted.
    pub intro: String,
    /// One row for each measure.
    pub rows: Vec<PlantedRow>,
}

/// One measure's truth beside its estimate.
#[derive(Debug, Clone, Serialize)]
pub struct PlantedRow {
    /// The measure.
    pub name: String,
    /// What it is counted in.
    pub unit: Unit,
    /// The true mean difference over the families that are due.
    pub truth: f64,
    /// What was found.
    pub found: Lift,
}

impl Templates {
    /// Draws the report of one program.
    pub fn report(&self, frame: &Frame, page: &ReportPage) -> Result<String, RenderError> {
        let drawing = drawing::Drawing::of(page);
        self.drawn_page("pages/reports/show.html", frame, page, &drawing)
    }
}
