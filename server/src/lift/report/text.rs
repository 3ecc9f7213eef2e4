//! The report on a terminal: the answer first, then what it rests on.

use std::io::{self, Write};

use templates::{FunnelShare, Lift, Planted, TrustKind, figures};

use super::answer::{between, date};
use super::holds::notice;
use super::page::counts;
use super::{Measured, Numbers, Report};
use crate::lift::figures::table;

impl Report {
    /// Writes the report in words and lined-up figures.
    pub fn write_words(&self, out: &mut impl Write) -> io::Result<()> {
        if let Some(hold) = &self.hold {
            writeln!(out, "{}\n", notice(hold).sentence)?;
        }
        writeln!(out, "{}\n{}\n", self.title, self.reading_in_words())?;
        writeln!(out, "{}", self.answer.sentence)?;
        match &self.answer.likely {
            Some(likely) if self.reading.early => writeln!(out, "So far the range runs {likely}.")?,
            Some(likely) => writeln!(out, "Likely {likely}.")?,
            None => {}
        }
        writeln!(out, "{}", self.answer.detail)?;
        writeln!(out, "{}\n", self.design_in_words())?;
        if let Some(numbers) = &self.numbers {
            self.write_numbers(numbers, out)?;
        }
        if let Some(planted) = &self.planted {
            write_planted(planted, out)?;
        }
        writeln!(out, "You said: {}.", self.decision.said)?;
        writeln!(out, "The numbers say: {}. {}\n", self.decision.numbers_say, self.decision.worth_its_cost)?;
        self.write_trust(out)?;
        self.write_people(out)?;
        writeln!(out, "Counted until {}.", date(self.reading.counted_until))
    }

    fn write_numbers(&self, numbers: &Numbers, out: &mut impl Write) -> io::Result<()> {
        let mut rows = vec![heading(["", "program", "comparison", "difference", "likely", ""])];
        rows.extend(numbers.measures.iter().map(measure));
        table(out, 1, &rows)?;
        writeln!(out, "  {}", counts(numbers.main()))?;
        if let Some(lift) = numbers.joined_effect.lift {
            writeln!(out, "  Among those who joined because they were asked: {}.", between(lift))?;
        }
        for row in self.page().numbers.iter().flat_map(|drawn| &drawn.worth) {
            writeln!(out, "  {} {}", row.big, row.small)?;
        }
        writeln!(out)
    }

    fn write_trust(&self, out: &mut impl Write) -> io::Result<()> {
        if self.trust.is_empty() {
            return Ok(());
        }
        writeln!(out, "Can this be trusted?")?;
        for line in &self.trust {
            let mark = match (line.ok, line.kind) {
                (_, TrustKind::Neutral) => "    ",
                (true, _) => "ok  ",
                (false, TrustKind::Note) => "note",
                (false, TrustKind::StopsTheNumber) => "STOP",
            };
            let to_do = if line.to_do.is_empty() { String::new() } else { format!(" {}", line.to_do) };
            writeln!(out, "  {mark}  {}: {}{to_do}", line.line, line.finding)?;
        }
        for guardrail in &self.guardrails {
            let mark = if guardrail.ok { "ok  " } else { "note" };
            writeln!(out, "  {mark}  {}: {}", guardrail.name, guardrail.finding)?;
        }
        writeln!(out)
    }

    fn write_people(&self, out: &mut impl Write) -> io::Result<()> {
        if let Some(letters) = &self.letters {
            writeln!(out, "What the letters did (never lift). {}", letters.coverage)?;
            let rows: Vec<_> = letters
                .rows
                .iter()
                .map(|row| {
                    let likely = row.likely.map_or_else(String::new, |(low, high)| {
                        format!("{} to {}", figures::percent(low), figures::percent(high))
                    });
                    let lean = if row.dont_lean { "don’t lean on it" } else { "" };
                    let people = format!("{} of {}", figures::count(row.people), figures::count(row.of));
                    vec![row.name.clone(), people, likely, lean.to_owned()]
                })
                .collect();
            table(out, 1, &rows)?;
            writeln!(out)?;
        }
        if let Some(funnel) = &self.funnel {
            let steps: Vec<_> =
                funnel.steps.iter().map(|step| format!("{} {}", step.label, of(step.customers))).collect();
            writeln!(out, "{}. {}\n", steps.join(" > "), funnel.warning)?;
        }
        Ok(())
    }
}

/// "17 of 92", or "92" of what the others are a part of.
fn of(step: FunnelShare) -> String {
    let count = figures::count(step.count);
    if step.count == step.of { count } else { format!("{count} of {}", figures::count(step.of)) }
}

fn measure(measured: &Measured) -> Vec<String> {
    let lift = measured.lift;
    let sides = [measured.program.value, measured.comparison.value];
    let beside =
        measured.unit.beside(lift.into_iter().flat_map(Lift::numbers).chain(sides.into_iter().flatten()));
    let side = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| beside.value(value));
    let unit = |value: f64| format!("{}{}", beside.difference(value), measured.unit.suffix());
    vec![
        measured.name.clone(),
        side(measured.program.value),
        side(measured.comparison.value),
        lift.map_or_else(|| measured.reason.clone(), |lift| unit(lift.estimate)),
        lift.map_or_else(String::new, |lift| beside.range(lift.low, lift.high)),
        measured.verdict.label().to_owned(),
    ]
}

fn write_planted(planted: &Planted, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "A made-up world. {}", planted.intro)?;
    let mut rows = vec![heading(["", "planted truth", "found", "likely", "", ""])];
    rows.extend(planted.rows.iter().map(|row| {
        let beside = row.unit.beside(row.found.numbers().into_iter().chain([row.truth]));
        let unit = |value: f64| format!("{}{}", beside.difference(value), row.unit.suffix());
        let inside = (row.found.low..=row.found.high).contains(&row.truth);
        vec![
            row.name.clone(),
            unit(row.truth),
            unit(row.found.estimate),
            beside.range(row.found.low, row.found.high),
            if inside { "the range holds the truth" } else { "the range misses the truth" }.to_owned(),
        ]
    }));
    table(out, 1, &rows)?;
    writeln!(out)
}

fn heading(words: [&str; 6]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}
