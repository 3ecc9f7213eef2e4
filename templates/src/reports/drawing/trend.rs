//! The lift as it stood at each reading.

use serde::Serialize;

use super::super::OverTime;
use crate::charts::{Lift, Scale, Tick};

/// A line through the readings, in a box of 1000 by 200 that stretches to its place.
#[derive(Debug, Serialize)]
pub(super) struct TrendDrawing {
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
    pub fn of(trend: &OverTime) -> Option<Self> {
        let last = trend.points.last().filter(|_| trend.points.len() > 1)?;
        let scale = Scale::around(trend.points.iter().flat_map(|point| [point.lift.low, point.lift.high]));
        let beside = trend.unit.beside(trend.points.iter().flat_map(|point| point.lift.numbers()));
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
            last: beside.difference(last.lift.estimate),
            rows: trend
                .points
                .iter()
                .map(|point| TrendRow {
                    label: point.label.clone(),
                    estimate: beside.difference(point.lift.estimate),
                    likely: beside.range(point.lift.low, point.lift.high),
                })
                .collect(),
        })
    }
}

fn y(scale: Scale, value: f64) -> f64 {
    200.0 - scale.at(value) * 2.0
}
