//! The funnel as its page draws it.

use templates::{Funnel, FunnelHeading, FunnelPage, FunnelRow, FunnelShare, FunnelStep};

use super::{Heading, Reading, Row, STEPS, Step, WARNING};
use crate::store::comparison::Design;

/// Where the page is; `.csv` and `.json` behind it give the same reading.
pub const ADDRESS: &str = "/reports/funnel";

impl Reading {
    /// Everything the page shows.
    pub fn page(&self) -> FunnelPage {
        let heading = |one: &Heading| FunnelHeading {
            name: one.name.to_owned(),
            note: one.note.to_owned(),
            rows: one.rows.iter().map(row).collect(),
        };
        FunnelPage {
            as_of: self.as_of.format("%-d %B %Y, %H:%M UTC").to_string(),
            design: self.design_in_words().to_owned(),
            steps: STEPS.iter().map(|(name, _)| (*name).to_owned()).collect(),
            everyone: (!self.is_empty()).then(|| row(&self.everyone)),
            headings: self.headings.iter().map(heading).collect(),
            no_percentage_under: self.no_percentage_under,
            warning: WARNING.to_owned(),
            csv_href: format!("{ADDRESS}.csv"),
            json_href: format!("{ADDRESS}.json"),
        }
    }
}

impl Reading {
    /// The program side as it stands in a program's report: the same counts under the same names.
    ///
    /// Where members are drawn after joining it begins with having joined: of those who were asked and did not, nobody is
    /// on a side.
    pub fn of_program_side(&self) -> Option<Funnel> {
        let row = self.program_side()?;
        let all = |count| Step { count, of: count, share: None };
        let (begins, first) = match self.design {
            Some(Design::Members) => (1, ("Joined", all(row.confirmed.of))),
            _ => (0, ("Asked to join", all(row.asked))),
        };
        let rest = STEPS.iter().skip(begins).map(|(name, step)| (*name, step(row)));
        let step =
            |(label, step): (&str, Step)| FunnelStep { label: label.to_owned(), customers: share(step) };
        Some(Funnel {
            steps: std::iter::once(first).chain(rest).map(step).collect(),
            warning: format!("Customers of the program side, each counted once. {WARNING}"),
        })
    }
}

fn share(step: Step) -> FunnelShare {
    FunnelShare { count: step.count, of: step.of, share: step.share }
}

fn row(row: &Row) -> FunnelRow {
    FunnelRow {
        name: row.name.clone(),
        asked: row.asked,
        unasked: row.unasked,
        steps: STEPS.iter().map(|(_, step)| share(step(row))).collect(),
    }
}
