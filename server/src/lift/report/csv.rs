//! Every table of the report as one CSV: a row for each thing, the table named first.

use serde::Serialize;
use templates::{GroupRow, Lift, TrustKind, Unit};

use super::holds::notice;
use super::{Measured, Report};

/// One row. What a row does not have stays empty. Rates lie between 0 and 1, money is in minor units.
#[derive(Debug, Default, Serialize)]
struct Row {
    table: &'static str,
    name: String,
    program: Option<f64>,
    program_of: Option<u64>,
    comparison: Option<f64>,
    comparison_of: Option<u64>,
    difference: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    p_value: Option<f64>,
    unit: String,
    says: String,
    ok: Option<bool>,
}

impl Report {
    /// Writes every table of the report.
    pub fn csv(&self) -> String {
        let mut rows = vec![
            said("answer", "program", &self.title),
            said("answer", "reading", &self.reading_in_words()),
            said("answer", "design", self.design_in_words()),
            said("answer", "state", self.answer.state.label()),
            said("answer", "sentence", &self.answer.sentence),
            said("answer", "detail", &self.answer.detail),
        ];
        if let Some(hold) = &self.hold {
            let notice = notice(hold);
            let decision = hold.decided.as_ref().map_or("none yet", |decided| decided.decision.word());
            rows.extend([
                said("letters pause", "since", &hold.since.date_naive().to_string()),
                said("letters pause", "decision", decision),
                said("letters pause", "sentence", &notice.sentence),
                said("letters pause", "detail", &notice.detail),
            ]);
        }
        rows.extend(self.answer.likely.iter().map(|likely| said("answer", "likely", likely)));
        rows.extend([
            said("decision", "you said", &self.decision.said),
            said("decision", "the numbers say", &self.decision.numbers_say),
            said("decision", "cost", &self.decision.worth_its_cost),
        ]);
        self.number_rows(&mut rows);
        self.people_rows(&mut rows);
        rows.extend(self.trust.iter().map(|line| {
            let kind = match line.kind {
                TrustKind::StopsTheNumber => "trust, stops the number",
                TrustKind::Note => "trust, note",
                TrustKind::Neutral => "trust, told",
            };
            let ok = Some(line.ok).filter(|_| line.kind != TrustKind::Neutral);
            Row { ok, ..said(kind, &line.line, &format!("{} {}", line.finding, line.to_do)) }
        }));
        rows.extend(
            self.guardrails
                .iter()
                .map(|one| Row { ok: Some(one.ok), ..said("guardrail", &one.name, &one.finding) }),
        );
        rows.extend(self.worked_out.iter().map(|line| said("worked out", &line.term, &line.text)));
        rows.extend(self.ledger_head.iter().map(|head| said("worked out", "head of the ledger", head)));
        let mut out = csv::Writer::from_writer(Vec::new());
        for row in rows {
            out.serialize(row).expect("a row of plain values can be written");
        }
        String::from_utf8(out.into_inner().expect("writing to memory does not fail"))
            .expect("all cells are text")
    }

    fn number_rows(&self, rows: &mut Vec<Row>) {
        let Some(numbers) = &self.numbers else { return };
        rows.extend(numbers.measures.iter().map(measure));
        rows.extend(numbers.ranges.iter().map(|range| Row {
            table: "range",
            name: format!("{} times in 20", range.times_in_20),
            difference: numbers.main().lift.map(|lift| lift.estimate),
            low: Some(range.low),
            high: Some(range.high),
            unit: "rate".to_owned(),
            ..Row::default()
        }));
        rows.push(Row {
            unit: "renewals".to_owned(),
            ..ranged("worth", "more renewals", Some(numbers.extra_renewals))
        });
        rows.extend(numbers.cost_per_extra.map(|cost| Row {
            table: "worth",
            name: "cost of each extra renewal".to_owned(),
            difference: Some(cost.estimate),
            low: Some(cost.low),
            high: cost.high,
            unit: "minor units".to_owned(),
            ..Row::default()
        }));
        rows.push(Row {
            says: numbers.joined_effect.reason.clone(),
            unit: "rate".to_owned(),
            ..ranged("joined because asked", "Renewed", numbers.joined_effect.lift)
        });
        for point in numbers.over_time.iter().flat_map(|trend| &trend.points) {
            rows.push(Row { unit: "rate".to_owned(), ..ranged("over time", &point.label, Some(point.lift)) });
        }
        for heading in numbers.groups.iter().flat_map(|groups| &groups.headings) {
            rows.extend(heading.rows.iter().map(|row| group(&heading.name, row)));
        }
        for row in self.planted.iter().flat_map(|planted| &planted.rows) {
            rows.push(Row {
                unit: unit(&row.unit),
                ..ranged("made-up world, found", &row.name, Some(row.found))
            });
            rows.push(Row {
                table: "made-up world, truth",
                name: row.name.clone(),
                difference: Some(row.truth),
                unit: unit(&row.unit),
                ..Row::default()
            });
        }
    }

    fn people_rows(&self, rows: &mut Vec<Row>) {
        for row in self.letters.iter().flat_map(|letters| &letters.rows) {
            rows.push(Row {
                table: "letters, never lift",
                name: cell(&row.name),
                program: Some(row.people as f64),
                program_of: Some(row.of),
                low: row.likely.map(|(low, _)| low),
                high: row.likely.map(|(_, high)| high),
                unit: "people".to_owned(),
                says: if row.dont_lean { "Don’t lean on it".to_owned() } else { String::new() },
                ..Row::default()
            });
        }
        for step in self.funnel.iter().flat_map(|funnel| &funnel.steps) {
            rows.push(Row {
                table: "funnel, never lift",
                name: cell(&step.label),
                program: Some(step.customers.count as f64),
                program_of: Some(step.customers.of),
                unit: "customers".to_owned(),
                ..Row::default()
            });
        }
    }
}

fn measure(measured: &Measured) -> Row {
    Row {
        program: Some(measured.program.total),
        program_of: Some(measured.program.families),
        comparison: Some(measured.comparison.total),
        comparison_of: Some(measured.comparison.families),
        p_value: measured.p_value,
        unit: unit(&measured.unit),
        says: cell(&measured.reason),
        ..ranged("compared", &measured.name, measured.lift)
    }
}

fn group(heading: &str, row: &GroupRow) -> Row {
    Row {
        program_of: Some(row.program),
        comparison_of: Some(row.comparison),
        unit: "rate".to_owned(),
        says: if row.lift.is_none() { "fewer than 50 on one side".to_owned() } else { String::new() },
        ok: Some(row.clear),
        ..ranged("group, an idea only", &format!("{heading}: {}", row.name), row.lift)
    }
}

fn ranged(table: &'static str, name: &str, lift: Option<Lift>) -> Row {
    Row {
        table,
        name: cell(name),
        difference: lift.map(|lift| lift.estimate),
        low: lift.map(|lift| lift.low),
        high: lift.map(|lift| lift.high),
        ..Row::default()
    }
}

fn said(table: &'static str, name: &str, says: &str) -> Row {
    Row { table, name: cell(name), says: cell(says), ..Row::default() }
}

fn unit(unit: &Unit) -> String {
    match unit {
        Unit::Rate => "rate".to_owned(),
        Unit::Money(currency) => format!("{currency}, minor units"),
        Unit::Number => "number".to_owned(),
    }
}

/// Text that a spreadsheet would run as a formula is made plain.
fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
