//! The report as the page draws it.

use templates::{AnswerState, Measure, ProgramRow, RangeBand, ReportPage, Unit, Worth, figures};

use super::answer::{date, per_100};
use super::holds::notice;
use super::{Measured, Numbers, Report};
use crate::store::comparison::Design;
use crate::store::programs::Mode;

impl Report {
    /// Everything the page shows.
    pub fn page(&self) -> ReportPage {
        let address = format!("/reports/{}", self.program);
        ReportPage {
            program: self.title.clone(),
            reading: self.reading_in_words(),
            hold: self.hold.as_ref().map(notice),
            design: self.design_in_words().to_owned(),
            answer: self.answer.clone(),
            numbers: self.numbers.as_ref().map(|numbers| self.drawn(numbers)),
            decision: Some(self.decision.clone()),
            guardrails: self.guardrails.clone(),
            trust: self.trust.clone(),
            letters: self.letters.clone(),
            funnel: self.funnel.clone(),
            worked_out: self.worked_out.clone(),
            ledger_head: self.ledger_head.clone(),
            csv_href: format!("{address}.csv{}", self.day()),
            json_href: format!("{address}.json{}", self.day()),
            planted: self.planted.clone(),
        }
    }

    /// What the comparison group was drawn from, and so what is measured.
    pub fn design_in_words(&self) -> &'static str {
        match self.design {
            None => "No comparison group has been drawn yet.",
            Some(Design::Invited) => {
                "The comparison group was drawn before anyone was asked to join, so this measures the whole program."
            }
            Some(Design::Members) => {
                "The comparison group was drawn among members, so this measures the letters and picks."
            }
        }
    }

    fn day(&self) -> String {
        format!("?as-of={}", self.reading.as_of)
    }

    /// "Final reading, 31 March 2026".
    pub fn reading_in_words(&self) -> String {
        let (early, mode) = (self.reading.early, self.reading.mode);
        match (early, mode) {
            (true, _) => format!("Look of {}", date(self.reading.counted_until)),
            (false, Mode::OpenEnded) => format!("Reading of {}", date(self.reading.counted_until)),
            (false, _) => format!("Final reading, {}", date(self.reading.counted_until)),
        }
    }

    /// One line of the list of programs.
    pub fn row(&self) -> ProgramRow {
        ProgramRow {
            title: self.title.clone(),
            href: format!("/reports/{}", self.program),
            sentence: self.answer.sentence.clone(),
            state: self.answer.state,
            measure: "Renewed".to_owned(),
            unit: Unit::Rate,
            lift: self.lift(),
            next_reading: match (self.reading.early, self.reading.mode) {
                (true, _) if self.reading.as_of < self.reading.planned_on => date(self.reading.planned_on),
                (true, _) => format!("Once renewals are known up to {}", date(self.reading.planned_on)),
                (false, Mode::OpenEnded) => "Any day".to_owned(),
                (false, Mode::Planned | Mode::YearBand) => String::new(),
            },
        }
    }

    fn drawn(&self, numbers: &Numbers) -> templates::Numbers {
        let main = numbers.main();
        let estimate = main.lift.map_or(0.0, |lift| lift.estimate);
        let state = self.answer.state;
        templates::Numbers {
            verb: "renewed".to_owned(),
            base_rate: main.comparison.value,
            band: RangeBand {
                caption: "More renewals per 100 customers".to_owned(),
                unit: Unit::Rate,
                estimate,
                ranges: numbers.ranges.clone(),
                below: "fewer renewed".to_owned(),
                above: "more renewed".to_owned(),
                note: band_note(numbers, self.reading.early, self.reading.mode),
            },
            worth: self.worth(numbers, state),
            measures: numbers.measures.iter().map(measure).collect(),
            over_time: numbers.over_time.clone(),
            counts: counts(main),
            groups: numbers.groups.clone(),
        }
    }

    fn worth(&self, numbers: &Numbers, state: AnswerState) -> Vec<Worth> {
        let mut worth = Vec::new();
        let one = |big: String, small: String| Worth { big, small };
        if matches!(state, AnswerState::Works | AnswerState::Worse) {
            let extra = numbers.extra_renewals;
            let word = if extra.estimate < 0.0 { "fewer" } else { "more" };
            let many = whole(extra.estimate);
            let renewals = if many == "1" { "renewal" } else { "renewals" };
            worth.push(one(
                format!("About {many} {word}"),
                format!("{renewals} than without it, our estimate ({})", ends(extra)),
            ));
            let all = numbers.extra_if_everyone;
            if state == AnswerState::Works {
                worth.push(one(
                    format!("About {} more", whole(all.estimate)),
                    format!("if the comparison group had it too ({})", ends(all)),
                ));
            }
        }
        if self.reading.early {
            let days = (self.reading.planned_on - self.reading.as_of).num_days();
            let small = match days {
                ..1 => "once renewals are known up to then".to_owned(),
                1 => "tomorrow".to_owned(),
                2..14 => format!("in {days} days"),
                _ => format!("in {} weeks", days / 7),
            };
            worth.push(one(format!("Planned reading: {}", date(self.reading.planned_on)), small));
        }
        worth
    }
}

fn band_note(numbers: &Numbers, early: bool, mode: Mode) -> String {
    if early {
        return "Early looks use wider ranges, so that looking often does no harm.".to_owned();
    }
    let touches = numbers.ranges.iter().any(|range| range.low <= 0.0 && range.high >= 0.0);
    let zero = match (touches, numbers.ranges.len()) {
        (false, 1) => "It does not touch 0.",
        (false, _) => "None of them touches 0.",
        (true, 1) => "It spans 0.",
        (true, _) => "The widest spans 0.",
    };
    match mode {
        Mode::Planned => zero.to_owned(),
        Mode::YearBand | Mode::OpenEnded => format!("{zero} It is wide enough for any number of looks."),
    }
}

/// "Renewed: 3,321 of 4,612 and 769 of 1,148."
pub fn counts(main: &Measured) -> String {
    let side = |side: super::Side| {
        format!(
            "{} of {}",
            figures::signed(side.total, 0).trim_start_matches('+'),
            figures::count(side.families)
        )
    };
    format!("Renewed: {} and {}.", side(main.program), side(main.comparison))
}

fn measure(measured: &Measured) -> Measure {
    Measure {
        name: measured.name.clone(),
        hint: match measured.ratio {
            Some(ratio) => format!(
                "{}; {:.2} times as much, {:.2} to {:.2}{}",
                measured.hint,
                ratio.lift.estimate,
                ratio.lift.low,
                ratio.lift.high,
                match ratio.grade {
                    crate::lift::means::Grade::A => "",
                    crate::lift::means::Grade::B => " (40 to 99 buyers compared)",
                    crate::lift::means::Grade::C => " (under 40 buyers compared: an idea only)",
                }
            ),
            None => measured.hint.clone(),
        },
        unit: measured.unit.clone(),
        program: measured.program.value,
        comparison: measured.comparison.value,
        lift: measured.lift,
        reason: measured.reason.clone(),
        verdict: measured.verdict,
    }
}

fn whole(value: f64) -> String {
    if value.abs() < 0.95 {
        return per_100(value.abs() / 100.0);
    }
    figures::signed(value.abs(), 0).trim_start_matches('+').to_owned()
}

fn ends(lift: templates::Lift) -> String {
    let one = |value: f64| figures::signed(value, 0).trim_start_matches('+').to_owned();
    if lift.high < 0.0 {
        return format!("{} to {}", one(-lift.high), one(-lift.low));
    }
    format!("{} to {}", one(lift.low), one(lift.high))
}
