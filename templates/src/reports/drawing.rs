//! What a report's numbers look like: each written in its unit, each drawing laid out.

use serde::Serialize;

use super::{AnswerState, Funnel, GroupRow, Groups, Letters, Measure, Numbers, OverTime, Planted, RangeBand};
use super::{ReportPage, TrustKind};
use crate::charts::{Dots, Lift, Scale, Tick, Unit, Whisker, out_of_100};
use crate::figures;

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
struct DotsDrawing {
    without: Dots,
    with: Dots,
    moved: String,
}

impl DotsDrawing {
    fn of(numbers: &Numbers) -> Option<Self> {
        let gain = Some(numbers.band.estimate).filter(|_| numbers.band.unit == Unit::Rate)?;
        let (without, with) = out_of_100(numbers.base_rate?, gain);
        let moved = match (with.filled.checked_sub(without.filled), without.filled.abs_diff(with.filled)) {
            (Some(0), _) => "as many".to_owned(),
            (Some(more), _) => format!("{more} more"),
            (None, fewer) => format!("{fewer} fewer"),
        };
        Some(Self { without, with, moved })
    }
}

#[derive(Debug, Serialize)]
struct BandDrawing {
    ticks: Vec<Tick>,
    zero: f64,
    dot: f64,
    likely: String,
    estimate: String,
    ranges: Vec<BandRect>,
}

#[derive(Debug, Serialize)]
struct BandRect {
    times_in_20: u8,
    class: &'static str,
    place: &'static str,
    x: f64,
    width: f64,
    written: String,
}

impl BandDrawing {
    fn of(band: &RangeBand) -> Self {
        let ends = band.ranges.iter().flat_map(|range| [range.low, range.high]);
        let scale = Scale::around(ends.chain([band.estimate]));
        let mut ranges: Vec<_> = band.ranges.iter().collect();
        ranges.sort_by_key(|range| std::cmp::Reverse(range.times_in_20));
        let between = |low, high| {
            format!("{} to {}{}", band.unit.difference(low), band.unit.difference(high), band.unit.suffix())
        };
        let draw = |range: &&super::BandRange| BandRect {
            times_in_20: range.times_in_20,
            class: match range.times_in_20 {
                17.. => "b95",
                11..=16 => "b80",
                _ => "b50",
            },
            place: match range.times_in_20 {
                17.. => "outer",
                11..=16 => "middle",
                _ => "inner",
            },
            x: scale.at(range.low),
            width: width(scale, range.low, range.high),
            written: between(range.low, range.high),
        };
        Self {
            ticks: scale.ticks(&band.unit),
            zero: scale.at(0.0),
            dot: scale.at(band.estimate),
            likely: ranges.first().map(|widest| between(widest.low, widest.high)).unwrap_or_default(),
            estimate: format!("{}{}", band.unit.difference(band.estimate), band.unit.suffix()),
            ranges: ranges.iter().map(draw).collect(),
        }
    }
}

fn width(scale: Scale, low: f64, high: f64) -> f64 {
    ((scale.at(high) - scale.at(low)) * 100.0).round() / 100.0
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
    let value =
        |unit: &Unit, value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| unit.value(value));
    let draw = |(measure, whisker): (&Measure, Option<Whisker>)| MeasureDrawing {
        name: measure.name.clone(),
        hint: measure.hint.clone(),
        program: value(&measure.unit, measure.program),
        comparison: value(&measure.unit, measure.comparison),
        difference: measure.lift.map_or_else(String::new, |lift| {
            format!("{}{}", measure.unit.difference(lift.estimate), measure.unit.suffix())
        }),
        likely: measure.lift.map_or_else(String::new, |lift| between(&measure.unit, lift)),
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

fn between(unit: &Unit, lift: Lift) -> String {
    format!("{} to {}", unit.difference(lift.low), unit.difference(lift.high))
}

/// A line through the readings, in a box of 1000 by 200 that stretches to its place.
#[derive(Debug, Serialize)]
struct TrendDrawing {
    line: String,
    band: String,
    zero: f64,
    ticks: Vec<Tick>,
    last: String,
    rows: Vec<TrendRow>,
}

#[derive(Debug, Serialize)]
struct TrendRow {
    label: String,
    estimate: String,
    likely: String,
}

impl TrendDrawing {
    fn of(trend: &OverTime) -> Option<Self> {
        let last = trend.points.last().filter(|_| trend.points.len() > 1)?;
        let scale = Scale::around(trend.points.iter().flat_map(|point| [point.lift.low, point.lift.high]));
        let step = 1000.0 / (trend.points.len() - 1) as f64;
        let place =
            |(index, value): (usize, f64)| format!("{:.0},{:.1}", index as f64 * step, y(scale, value));
        let along =
            |end: fn(&Lift) -> f64| trend.points.iter().map(move |point| end(&point.lift)).enumerate();
        let upper = along(|lift| lift.high).map(place).collect::<Vec<_>>();
        let mut lower = along(|lift| lift.low).map(place).collect::<Vec<_>>();
        lower.reverse();
        Some(Self {
            line: along(|lift| lift.estimate).map(place).collect::<Vec<_>>().join(" "),
            band: [upper, lower].concat().join(" "),
            zero: y(scale, 0.0),
            ticks: scale
                .ticks(&trend.unit)
                .into_iter()
                .map(|tick| Tick { at: 100.0 - tick.at, ..tick })
                .collect(),
            last: trend.unit.difference(last.lift.estimate),
            rows: trend
                .points
                .iter()
                .map(|point| TrendRow {
                    label: point.label.clone(),
                    estimate: trend.unit.difference(point.lift.estimate),
                    likely: between(&trend.unit, point.lift),
                })
                .collect(),
        })
    }
}

fn y(scale: Scale, value: f64) -> f64 {
    200.0 - scale.at(value) * 2.0
}

#[derive(Debug, Serialize)]
struct GroupsDrawing {
    ticks: Vec<Tick>,
    shade_from: f64,
    shade_width: f64,
    headings: Vec<HeadingDrawing>,
    everyone: GroupDrawing,
    diamond: Option<String>,
    left_out: bool,
}

#[derive(Debug, Serialize)]
struct HeadingDrawing {
    name: String,
    rows: Vec<GroupDrawing>,
}

#[derive(Debug, Serialize)]
struct GroupDrawing {
    name: String,
    sizes: String,
    estimate: String,
    likely: String,
    shrunken: String,
    whisker: Option<Whisker>,
    clear: bool,
}

impl GroupsDrawing {
    fn of(groups: &Groups) -> Self {
        let rows = || groups.headings.iter().flat_map(|heading| &heading.rows).chain([&groups.everyone]);
        let drawn = rows().filter(|row| row.is_large_enough()).filter_map(|row| row.lift);
        let scale = Scale::around(drawn.flat_map(|lift| [lift.low, lift.high]));
        let all = groups.everyone.lift.filter(|_| groups.everyone.is_large_enough());
        let heading = |heading: &super::GroupHeading| {
            let mut rows: Vec<_> = heading.rows.iter().collect();
            rows.sort_by_key(|row| std::cmp::Reverse(row.program + row.comparison));
            let rows = rows.into_iter().map(|row| GroupDrawing::of(row, &groups.unit, scale)).collect();
            HeadingDrawing { name: heading.name.clone(), rows }
        };
        Self {
            ticks: scale.ticks(&groups.unit),
            shade_from: all.map_or(0.0, |lift| scale.at(lift.low)),
            shade_width: all.map_or(0.0, |lift| width(scale, lift.low, lift.high)),
            headings: groups.headings.iter().map(heading).collect(),
            everyone: GroupDrawing::of(&groups.everyone, &groups.unit, scale),
            diamond: all.map(|lift| {
                let x = |value| scale.at(value) * 10.0;
                format!(
                    "{:.1},17 {:.1},8 {:.1},17 {:.1},26",
                    x(lift.low),
                    x(lift.estimate),
                    x(lift.high),
                    x(lift.estimate)
                )
            }),
            left_out: rows().any(|row| !row.is_large_enough()),
        }
    }
}

impl GroupDrawing {
    fn of(row: &GroupRow, unit: &Unit, scale: Scale) -> Self {
        let lift = row.lift.filter(|_| row.is_large_enough());
        Self {
            name: row.name.clone(),
            sizes: format!("{} in, {} compared", figures::count(row.program), figures::count(row.comparison)),
            estimate: lift.map_or_else(String::new, |lift| unit.difference(lift.estimate)),
            likely: lift.map_or_else(String::new, |lift| between(unit, lift)),
            shrunken: row
                .shrunken
                .filter(|_| lift.is_some())
                .map_or_else(String::new, |value| unit.difference(value)),
            whisker: lift.map(|lift| lift.on(scale)),
            clear: row.clear,
        }
    }
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
    people: String,
    share: String,
    width: f64,
}

fn funnel(funnel: &Funnel) -> Vec<FunnelDrawing> {
    let all = funnel.steps.first().map_or(0, |step| step.people);
    let draw = |step: &super::FunnelStep| {
        let share = share(step.people, all).unwrap_or(0.0);
        FunnelDrawing {
            label: step.label.clone(),
            people: figures::count(step.people),
            share: format!("{:.0}%", share * 100.0),
            width: (share.min(1.0) * 1000.0).round() / 10.0,
        }
    };
    funnel.steps.iter().map(draw).collect()
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
        let written = |value| format!("{}{}", row.unit.difference(value), row.unit.suffix());
        PlantedDrawing {
            name: row.name.clone(),
            truth: written(row.truth),
            found: written(row.found.estimate),
            likely: between(&row.unit, row.found),
            caught: (row.found.low..=row.found.high).contains(&row.truth),
            whisker: row.found.on(scale),
            truth_at: scale.at(row.truth),
        }
    };
    planted.rows.iter().map(draw).collect()
}
