//! The two pictures of the answer: a hundred dots, and the band of how sure we are.

use serde::Serialize;

use super::super::{BandRange, Numbers, RangeBand};
use super::width;
use crate::charts::{Dots, Scale, Tick, Unit, out_of_100};
use crate::figures;

#[derive(Debug, Serialize)]
pub(super) struct DotsDrawing {
    without: Dots,
    with: Dots,
    moved: String,
}

impl DotsDrawing {
    pub fn of(numbers: &Numbers) -> Option<Self> {
        let gain = Some(numbers.band.estimate).filter(|_| numbers.band.unit == Unit::Rate)?;
        let (without, with) = out_of_100(numbers.base_rate?, gain);
        let moved = match figures::about_out_of_100(gain.abs()) {
            none if none == "0" => "as many".to_owned(),
            some => format!("{some} {}", if gain < 0.0 { "fewer" } else { "more" }),
        };
        Some(Self { without, with, moved })
    }
}

#[derive(Debug, Serialize)]
pub(super) struct BandDrawing {
    ticks: Vec<Tick>,
    zero: f64,
    dot: f64,
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
    pub fn of(band: &RangeBand) -> Self {
        let ends = band.ranges.iter().flat_map(|range| [range.low, range.high]);
        let scale = Scale::around(ends.chain([band.estimate]));
        let mut ranges: Vec<_> = band.ranges.iter().collect();
        ranges.sort_by_key(|range| std::cmp::Reverse(range.times_in_20));
        let ends = ranges.iter().flat_map(|range| [range.low, range.high]);
        let beside = band.unit.beside(ends.chain([band.estimate]));
        let draw = |range: &&BandRange| BandRect {
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
            written: format!("{}{}", beside.range(range.low, range.high), band.unit.suffix()),
        };
        Self {
            ticks: scale.ticks(&band.unit),
            zero: scale.at(0.0),
            dot: scale.at(band.estimate),
            estimate: format!("{}{}", beside.difference(band.estimate), band.unit.suffix()),
            ranges: ranges.iter().map(draw).collect(),
        }
    }
}
