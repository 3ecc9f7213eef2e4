//! The funnel as one CSV: a row for each step of each kind of customer.

use serde::Serialize;

use super::{Reading, Row, STEPS};

#[derive(Debug, Serialize)]
struct Line<'a> {
    table: &'a str,
    name: String,
    step: &'a str,
    count: u64,
    of: Option<u64>,
    share: Option<f64>,
    says: &'a str,
}

impl Reading {
    /// Writes every count.
    pub fn csv(&self) -> String {
        let mut out = ::csv::Writer::from_writer(Vec::new());
        let everyone = ("Everyone", std::slice::from_ref(&self.everyone));
        let headings = self.headings.iter().map(|heading| (heading.name, heading.rows.as_slice()));
        for (table, rows) in std::iter::once(everyone).chain(headings) {
            for line in rows.iter().flat_map(|row| lines(table, row)) {
                out.serialize(line).expect("a row of plain values can be written");
            }
        }
        String::from_utf8(out.into_inner().expect("writing to memory does not fail"))
            .expect("all cells are text")
    }
}

fn lines<'a>(table: &'a str, row: &Row) -> Vec<Line<'a>> {
    let whole =
        |step, count| Line { table, name: cell(&row.name), step, count, of: None, share: None, says: "" };
    let mut lines = vec![whole("Asked", row.asked), whole("Joined unasked", row.unasked)];
    lines.extend(STEPS.iter().map(|(name, step)| {
        let step = step(row);
        let says = if step.of > 0 && step.share.is_none() { "too few for a percentage" } else { "" };
        Line { of: Some(step.of), share: step.share, says, ..whole(name, step.count) }
    }));
    lines
}

/// Text that a spreadsheet would run as a formula is made plain.
fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
