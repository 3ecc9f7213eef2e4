//! From the ask to the habit, for everybody and by kind of customer.

use serde::Serialize;

use crate::{Frame, RenderError, Templates, figures};

/// The funnel.
#[derive(Debug, Clone, Serialize)]
pub struct FunnelPage {
    /// When it was read: "31 March 2026, 09:00 UTC".
    pub as_of: String,
    /// What the comparison side has to do with it.
    pub design: String,
    /// The names of the steps after the ask, in order.
    pub steps: Vec<String>,
    /// Everybody; nothing when nobody was asked and nobody joined.
    pub everyone: Option<FunnelRow>,
    /// By channel, source, size, kind of business and side.
    pub headings: Vec<FunnelHeading>,
    /// Of fewer than so many there is no percentage.
    pub no_percentage_under: u64,
    /// What not to read out of it.
    pub warning: String,
    /// The same reading as a table.
    pub csv_href: String,
    /// The same reading for programs.
    pub json_href: String,
}

/// One way of telling customers apart.
#[derive(Debug, Clone, Serialize)]
pub struct FunnelHeading {
    /// "How they were asked".
    pub name: String,
    /// What to know about it; empty for nothing.
    pub note: String,
    /// One row for each kind.
    pub rows: Vec<FunnelRow>,
}

/// How far one kind of customer came.
#[derive(Debug, Clone, Serialize)]
pub struct FunnelRow {
    /// "10 to 24 people".
    pub name: String,
    /// How many were asked.
    pub asked: u64,
    /// How many joined though nobody had asked them.
    pub unasked: u64,
    /// The steps after the ask, in order.
    pub steps: Vec<FunnelShare>,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct FunnelShare {
    /// How many.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// The share between 0 and 1; nothing when there are too few for one.
    pub share: Option<f64>,
}

#[derive(Debug, Serialize)]
struct FunnelDrawing {
    everyone: Option<RowDrawing>,
    headings: Vec<Vec<RowDrawing>>,
}

#[derive(Debug, Serialize)]
struct RowDrawing {
    asked: String,
    unasked: String,
    cells: Vec<CellDrawing>,
}

#[derive(Debug, Serialize)]
struct CellDrawing {
    main: String,
    small: String,
}

fn row(row: &FunnelRow) -> RowDrawing {
    RowDrawing {
        asked: figures::count(row.asked),
        unasked: figures::count(row.unasked),
        cells: row.steps.iter().map(|step| cell(*step)).collect(),
    }
}

impl FunnelShare {
    /// As it is written large, and small beside it: a percentage never stands without its count, and a small count stands
    /// without a percentage.
    pub(super) fn in_words(self) -> (String, String) {
        let of = format!("{} of {}", figures::count(self.count), figures::count(self.of));
        match self.share {
            Some(share) => (figures::percent(share), of),
            None if self.of == 0 => ("–".to_owned(), "none to count yet".to_owned()),
            None => (of, "too few for a percentage".to_owned()),
        }
    }
}

fn cell(step: FunnelShare) -> CellDrawing {
    let (main, small) = step.in_words();
    CellDrawing { main, small }
}

impl Templates {
    /// Draws the funnel.
    pub fn funnel(&self, frame: &Frame, page: &FunnelPage) -> Result<String, RenderError> {
        let drawing = FunnelDrawing {
            everyone: page.everyone.as_ref().map(row),
            headings: page.headings.iter().map(|heading| heading.rows.iter().map(row).collect()).collect(),
        };
        self.drawn_page("pages/reports/funnel.html", frame, page, &drawing)
    }
}
