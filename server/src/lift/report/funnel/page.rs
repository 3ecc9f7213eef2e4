//! The funnel as its page draws it.

use templates::{FunnelHeading, FunnelPage, FunnelRow, FunnelShare};

use super::{Heading, Reading, Row, STEPS, Step, WARNING};

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

fn row(row: &Row) -> FunnelRow {
    let share = |step: Step| FunnelShare { count: step.count, of: step.of, share: step.share };
    FunnelRow {
        name: row.name.clone(),
        asked: row.asked,
        unasked: row.unasked,
        steps: STEPS.iter().map(|(_, step)| share(step(row))).collect(),
    }
}
