//! The lift and what rests on it: the part of a report that is absent when there is no number.

use serde::Serialize;

use crate::charts::{Beside, Lift, Unit};

/// The numbers of a report.
#[derive(Debug, Clone, Serialize)]
pub struct Numbers {
    /// What the main measure did, as in "renewed".
    pub verb: String,
    /// The main measure's share on the comparison side, for the dots; `None` draws no dots.
    pub base_rate: Option<f64>,
    /// How sure we are of the main measure.
    pub band: RangeBand,
    /// Big words and small ones under the band: what it is worth, when the next reading is.
    pub worth: Vec<Worth>,
    /// What is compared, the main measure first.
    pub measures: Vec<Measure>,
    /// How the lift came about over the weeks; `None` while there are not two readings.
    pub over_time: Option<OverTime>,
    /// The counts behind the lift: "Renewed: 3,321 of 4,612 and 769 of 1,148."
    pub counts: String,
    /// Who gains most; `None` when no group is large enough to ask.
    pub groups: Option<Groups>,
}

/// The main measure's estimate with the ranges around it.
#[derive(Debug, Clone, Serialize)]
pub struct RangeBand {
    /// "More renewals per 100 customers".
    pub caption: String,
    /// What the measure is counted in.
    pub unit: Unit,
    /// The best guess.
    pub estimate: f64,
    /// One to three ranges around it, in any order.
    pub ranges: Vec<BandRange>,
    /// Under the left of the axis: "fewer renewed".
    pub below: String,
    /// Under the right of the axis: "more renewed".
    pub above: String,
    /// A sentence more: that none of the ranges touches zero, or that an early look has wider ones. Empty for none.
    pub note: String,
}

/// A range, named by how often ranges made this way catch the truth.
#[derive(Debug, Clone, Serialize)]
pub struct BandRange {
    /// 10, 16 or 19 times in 20.
    pub times_in_20: u8,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// "About 230" and "more renewals than without it, our estimate (95 to 372)".
#[derive(Debug, Clone, Serialize)]
pub struct Worth {
    /// The few words in large.
    pub big: String,
    /// The rest of the sentence.
    pub small: String,
}

/// One measure, both sides and the difference.
#[derive(Debug, Clone, Serialize)]
pub struct Measure {
    /// "Renewed".
    pub name: String,
    /// "Main measure, chosen before the start".
    pub hint: String,
    /// What it is counted in.
    pub unit: Unit,
    /// The program side's value.
    pub program: Option<f64>,
    /// The comparison side's value.
    pub comparison: Option<f64>,
    /// The difference and its range; `None` when it is not defined.
    pub lift: Option<Lift>,
    /// Why it is not defined; empty when it is.
    pub reason: String,
    /// What may be said of it, after allowing for the other measures.
    pub verdict: MeasureVerdict,
}

impl Measure {
    /// How the numbers of this row are written.
    pub(crate) fn written(&self) -> Beside<'_> {
        let lift = self.lift.into_iter().flat_map(Lift::numbers);
        self.unit.beside(lift.chain(self.program).chain(self.comparison))
    }
}

/// What may be said of one measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureVerdict {
    /// The range lies above zero, and still does after allowing for the other measures.
    ClearGain,
    /// The same below zero.
    ClearLoss,
    /// The range touches zero.
    NotClearYet,
    /// Too little, or too doubtful, to be read.
    DontLeanOnIt,
    /// The planned reading is still to come.
    TooEarly,
}

impl MeasureVerdict {
    /// The verdict's few words.
    pub fn label(self) -> &'static str {
        match self {
            Self::ClearGain => "Clear gain",
            Self::ClearLoss => "Clear loss",
            Self::NotClearYet => "Not clear yet",
            Self::DontLeanOnIt => "Don’t lean on it",
            Self::TooEarly => "Too early",
        }
    }

    pub(crate) fn tone(self) -> &'static str {
        match self {
            Self::ClearGain => "good",
            Self::ClearLoss => "bad",
            Self::NotClearYet => "",
            Self::DontLeanOnIt => "warn",
            Self::TooEarly => "info",
        }
    }

    pub(crate) fn icon(self) -> &'static str {
        match self {
            Self::ClearGain => "check",
            Self::ClearLoss | Self::DontLeanOnIt => "alert",
            Self::NotClearYet | Self::TooEarly => "",
        }
    }
}

/// The main measure's lift as it stood at each reading.
#[derive(Debug, Clone, Serialize)]
pub struct OverTime {
    /// The heading, which says what to see: "It settled by week 12".
    pub title: String,
    /// The same in one sentence, for those who cannot see the drawing.
    pub sentence: String,
    /// What it is counted in.
    pub unit: Unit,
    /// Two readings at least, evenly spaced, the earliest first.
    pub points: Vec<TimePoint>,
}

/// One reading of the past.
#[derive(Debug, Clone, Serialize)]
pub struct TimePoint {
    /// "Week 6".
    pub label: String,
    /// The lift as it stood.
    pub lift: Lift,
}

/// The lift by group of customers.
#[derive(Debug, Clone, Serialize)]
pub struct Groups {
    /// What one test of "do groups differ at all" says, as a sentence.
    pub differ: String,
    /// What the main measure is counted in.
    pub unit: Unit,
    /// The row for everyone; its range is shaded behind the others.
    pub everyone: GroupRow,
    /// Kind of business, size, …
    pub headings: Vec<GroupHeading>,
}

/// One way of dividing the customers.
#[derive(Debug, Clone, Serialize)]
pub struct GroupHeading {
    /// "Kind of business".
    pub name: String,
    /// The groups, in any order; the page sorts them by size.
    pub rows: Vec<GroupRow>,
}

/// One group.
#[derive(Debug, Clone, Serialize)]
pub struct GroupRow {
    /// "Dental & health".
    pub name: String,
    /// Families of the program side.
    pub program: u64,
    /// Families of the comparison side.
    pub comparison: u64,
    /// The lift; not drawn, whatever it holds, when either side has fewer than 50.
    pub lift: Option<Lift>,
    /// The estimate after pulling it towards everyone's; shown beside the raw one.
    pub shrunken: Option<f64>,
    /// Whether the range clears zero after allowing for many looks (Holm).
    pub clear: bool,
}

impl GroupRow {
    /// Fewer than this on either side, and a group is not drawn.
    pub const DRAWN_FROM: u64 = 50;

    pub(crate) fn is_large_enough(&self) -> bool {
        self.program.min(self.comparison) >= Self::DRAWN_FROM
    }
}
