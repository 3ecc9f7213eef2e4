//! What a report's numbers look like: each written in its unit, each drawing laid out.

use serde::Serialize;

use self::answer::{BandDrawing, DotsDrawing};
use self::groups::GroupsDrawing;
use self::trend::TrendDrawing;
use super::{AnswerState, Funnel, Letters, Measure, Planted, ReportPage, TrustKind};
use crate::charts::{Lift, Scale, Whisker};
use crate::figures;

mod answer;
mod groups;
mod trend;

/// Everything that a report's template needs beside the page itself.
#[derive(Debug, Serialize)]
pub(super) struct Drawing {
    label: &'static str,
    tone: &'static str,
    early: bool,
    trust: TrustDrawing,
    dots: Option<DotsDrawing>,
    band: Option<BandDrawing>,
    measures: Vec<MeasureDrawing>,
    measures_zero: f64,
    trend: Option<TrendDrawing>,
    groups: Option<GroupsDrawing>,
    letters: Vec<LetterDrawing>,
    funnel: Vec<FunnelDrawing>,
    planted: Vec<PlantedDrawing>,
}

impl Drawing {
    pub fn of(page: &ReportPage) -> Self {
        let state = page.answer.state;
        // Whatever was handed in: a stopped or an empty report shows no number.
        let silent = matches!(state, AnswerState::Stopped | AnswerState::Empty);
        let numbers = page.numbers.as_ref().filter(|_| !silent);
        let measures = numbers.map(|numbers| measures(&numbers.measures)).unwrap_or_default();
        Self {
            label: state.label(),
            tone: state.tone(),
            early: state.is_early(),
            trust: TrustDrawing::of(page),
            dots: numbers.filter(|_| !state.is_early()).and_then(DotsDrawing::of),
            band: numbers.map(|numbers| BandDrawing::of(&numbers.band)),
            measures_zero: measures
                .iter()
                .find_map(|row| row.whisker.as_ref())
                .map_or(0.0, |drawn| drawn.zero),
            measures,
            trend: numbers.and_then(|numbers| numbers.over_time.as_ref()).and_then(TrendDrawing::of),
            groups: numbers.and_then(|numbers| numbers.groups.as_ref()).map(GroupsDrawing::of),
            letters: page
                .letters
                .as_ref()
                .filter(|_| state != AnswerState::Stopped)
                .map(letters)
                .unwrap_or_default(),
            funnel: page
                .funnel
                .as_ref()
                .filter(|_| state != AnswerState::Stopped)
                .map(funnel)
                .unwrap_or_default(),
            planted: page.planted.as_ref().filter(|_| !silent).map(planted).unwrap_or_default(),
        }
    }
}

/// The trust list in one badge.
#[derive(Debug, Serialize)]
struct TrustDrawing {
    tone: &'static str,
    icon: &'static str,
    verdict: String,
    short: String,
}

impl TrustDrawing {
    fn of(page: &ReportPage) -> Self {
        let failed = |kind| page.trust.iter().filter(|line| !line.ok && line.kind == kind).count();
        match (failed(TrustKind::StopsTheNumber), failed(TrustKind::Note)) {
            (0, 0) => Self::new("good", "shield", "Yes", "Nothing stops this number"),
            (0, 1) => Self::new("good", "shield", "Yes, with one note", "Nothing stops this number, 1 note"),
            (0, notes) => Self {
                verdict: format!("Yes, with {notes} notes"),
                short: format!("Nothing stops this number, {notes} notes"),
                ..Self::new("good", "shield", "", "")
            },
            (1, _) => Self::new("bad", "alert", "No, one check stops the number", "1 check stops the number"),
            (stops, _) => Self {
                verdict: format!("No, {stops} checks stop the number"),
                short: format!("{stops} checks stop the number"),
                ..Self::new("bad", "alert", "", "")
            },
        }
    }

    fn new(tone: &'static str, icon: &'static str, verdict: &str, short: &str) -> Self {
        Self { tone, icon, verdict: verdict.to_owned(), short: short.to_owned() }
    }
}

#[derive(Debug, Serialize)]
struct MeasureDrawing {
    name: String,
    hint: String,
    program: String,
    comparison: String,
    difference: String,
    likely: String,
    reason: String,
    whisker: Option<Whisker>,
    verdict: &'static str,
    tone: &'static str,
    icon: &'static str,
    mark: &'static str,
}

fn measures(measures: &[Measure]) -> Vec<MeasureDrawing> {
    let whiskers = Lift::share_zero(&measures.iter().map(|measure| measure.lift).collect::<Vec<_>>());
    let value = |measure: &Measure, value: Option<f64>| {
        value.map_or_else(|| "–".to_owned(), |value| measure.written().value(value))
    };
    let draw = |(measure, whisker): (&Measure, Option<Whisker>)| MeasureDrawing {
        name: measure.name.clone(),
        hint: measure.hint.clone(),
        program: value(measure, measure.program),
        comparison: value(measure, measure.comparison),
        difference: measure.lift.map_or_else(String::new, |lift| {
            format!("{}{}", measure.written().difference(lift.estimate), measure.unit.suffix())
        }),
        likely: measure.lift.map_or_else(String::new, |lift| measure.written().range(lift.low, lift.high)),
        reason: measure.reason.clone(),
        whisker,
        verdict: measure.verdict.label(),
        tone: measure.verdict.tone(),
        icon: measure.verdict.icon(),
        mark: match measure.verdict.tone() {
            "good" => "",
            "bad" => "l",
            "warn" => "q",
            _ => "u",
        },
    };
    measures.iter().zip(whiskers).map(draw).collect()
}

fn width(scale: Scale, low: f64, high: f64) -> f64 {
    ((scale.at(high) - scale.at(low)) * 100.0).round() / 100.0
}

#[derive(Debug, Serialize)]
struct LetterDrawing {
    name: String,
    hint: String,
    people: String,
    share: String,
    likely: String,
    in_short: String,
    dont_lean: bool,
}

fn letters(letters: &Letters) -> Vec<LetterDrawing> {
    let draw = |row: &super::LetterRow| LetterDrawing {
        name: row.name.clone(),
        hint: row.hint.clone(),
        people: format!("{} of {}", figures::count(row.people), figures::count(row.of)),
        share: share(row.people, row.of).map_or_else(|| "–".to_owned(), figures::percent),
        likely: row.likely.map_or_else(String::new, |(low, high)| {
            format!("{} and {}", figures::percent(low), figures::percent(high))
        }),
        in_short: if row.dont_lean { "Don’t lean on it".to_owned() } else { row.in_short.clone() },
        dont_lean: row.dont_lean,
    };
    letters.rows.iter().map(draw).collect()
}

fn share(part: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

#[derive(Debug, Serialize)]
struct FunnelDrawing {
    label: String,
    main: String,
    small: String,
    width: f64,
}

fn funnel(funnel: &Funnel) -> Vec<FunnelDrawing> {
    let draw = |(place, step): (usize, &super::FunnelStep)| {
        let of = step.customers;
        let (main, small) =
            if place == 0 { (figures::count(of.count), String::new()) } else { of.in_words() };
        let width = share(of.count, of.of).map_or(0.0, |share| (share * 1000.0).round() / 10.0);
        FunnelDrawing { label: step.label.clone(), main, small, width }
    };
    funnel.steps.iter().enumerate().map(draw).collect()
}

#[derive(Debug, Serialize)]
struct PlantedDrawing {
    name: String,
    truth: String,
    found: String,
    likely: String,
    caught: bool,
    whisker: Whisker,
    truth_at: f64,
}

fn planted(planted: &Planted) -> Vec<PlantedDrawing> {
    let draw = |row: &super::PlantedRow| {
        let scale = Scale::around([row.found.low, row.found.high, row.truth]);
        let beside = row.unit.beside(row.found.numbers().into_iter().chain([row.truth]));
        let written = |value| format!("{}{}", beside.difference(value), row.unit.suffix());
        PlantedDrawing {
            name: row.name.clone(),
            truth: written(row.truth),
            found: written(row.found.estimate),
            likely: beside.range(row.found.low, row.found.high),
            caught: (row.found.low..=row.found.high).contains(&row.truth),
            whisker: row.found.on(scale),
            truth_at: scale.at(row.truth),
        }
    };
    planted.rows.iter().map(draw).collect()
}
