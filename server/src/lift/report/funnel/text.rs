//! The funnel on a terminal.

use std::io::{self, Write};

use super::{Reading, Row, STEPS, Step, WARNING};
use crate::lift::figures::{count, table};

impl Reading {
    /// Writes the funnel in words and lined-up figures.
    pub fn write_words(&self, out: &mut impl Write) -> io::Result<()> {
        if self.is_empty() {
            return writeln!(
                out,
                "Nobody has been asked to join, and nobody has joined. Asks are brought in with: rapport import asks FILE.csv"
            );
        }
        writeln!(out, "From the ask to the habit, {}", self.as_of.format("%-d %B %Y, %H:%M UTC"))?;
        writeln!(out, "Customers, each counted once. {}\n", self.design_in_words())?;
        let mut rows = vec![heading(""), line(&self.everyone)];
        for one in &self.headings {
            rows.push(Vec::new());
            rows.push(heading(one.name));
            rows.extend(one.rows.iter().map(line));
        }
        table(out, 1, &rows)?;
        writeln!(
            out,
            "\nOf fewer than {} there is a count and no percentage. Who has not had the time yet is left out of \"of\".",
            self.no_percentage_under
        )?;
        writeln!(out, "{WARNING}")
    }
}

fn heading(name: &str) -> Vec<String> {
    let fixed = [name, "asked", "joined", "unasked"];
    let timed = ["confirmed", "trained in 24 h", "in 7 days", "back in 30 days"];
    fixed.into_iter().chain(timed).map(str::to_owned).collect()
}

fn line(row: &Row) -> Vec<String> {
    let mut cells = vec![row.name.clone(), count(row.asked)];
    cells.extend(STEPS.iter().map(|(_, step)| share(step(row))));
    cells.insert(3, count(row.unasked));
    cells
}

fn share(step: Step) -> String {
    match step.share {
        Some(share) => format!("{} of {} ({:.1}%)", count(step.count), count(step.of), share * 100.0),
        None if step.of == 0 => "-".to_owned(),
        None => format!("{} of {}", count(step.count), count(step.of)),
    }
}
