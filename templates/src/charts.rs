//! Where things stand in a drawing: pure arithmetic from numbers to percent of the width.
//!
//! The pictures themselves are SVG in `pages/_charts.html`; every word around
//! them is HTML. Zero is always inside a drawing, whatever the numbers are.

use serde::Serialize;

use crate::figures;

/// What a measure is counted in; it decides how its numbers are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A share between 0 and 1. Differences are written per 100.
    Rate,
    /// Money in minor units of this currency, such as `USD`.
    Money(String),
    /// A plain number, such as days or seats.
    Number,
}

impl Unit {
    /// How to write these numbers beside each other, each with as many places as the others.
    pub fn beside(&self, numbers: impl IntoIterator<Item = f64>) -> Beside<'_> {
        let places = match self {
            Self::Money(currency) => figures::money_places(numbers, currency),
            Self::Rate | Self::Number => 1,
        };
        Beside { unit: self, places }
    }

    /// A lift as it is written: the difference, and its range.
    pub fn lift(&self, lift: Lift) -> [String; 2] {
        let written = self.beside(lift.numbers());
        [written.difference(lift.estimate) + self.suffix(), written.range(lift.low, lift.high)]
    }

    /// What follows a difference: ` per 100`, or nothing.
    pub fn suffix(&self) -> &'static str {
        match self {
            Self::Rate => " per 100",
            Self::Money(_) | Self::Number => "",
        }
    }

    /// A tick's label: without places where the step has none.
    fn tick(&self, at: f64, step: f64) -> String {
        match self {
            _ if at.abs() < step / 2.0 => "0".to_owned(),
            Self::Rate => figures::signed(at * 100.0, usize::from(step < 0.01)),
            Self::Money(currency) => figures::signed_money(at, currency),
            Self::Number => figures::signed(at, usize::from(step < 1.0)),
        }
    }
}

/// Writes numbers that stand beside each other: what one of them shows of its cents, all do.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    unit: &'a Unit,
    places: usize,
}

impl Beside<'_> {
    /// One side's value: `72.0%`, `$1,486`.
    pub fn value(self, value: f64) -> String {
        match self.unit {
            Unit::Rate => figures::percent(value),
            Unit::Money(currency) => figures::money_with(value, currency, self.places),
            Unit::Number => figures::signed(value, self.places).trim_start_matches('+').to_owned(),
        }
    }

    /// A difference of two sides, signed and without its unit's name: `+5.0`, `+$65`.
    pub fn difference(self, difference: f64) -> String {
        match self.unit {
            Unit::Rate => figures::per_100(difference),
            Unit::Money(currency) => {
                figures::with_plus(figures::money_with(difference, currency, self.places))
            }
            Unit::Number => figures::signed(difference, self.places),
        }
    }

    /// Both ends of a range: `−$11 to +$141`.
    pub fn range(self, low: f64, high: f64) -> String {
        format!("{} to {}", self.difference(low), self.difference(high))
    }
}

/// From a value to its place across a drawing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    low: f64,
    high: f64,
}

/// A named place on an axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Tick {
    pub at: f64,
    pub label: String,
}

impl Scale {
    /// Takes in every number given, and zero, with a little air on both sides.
    pub fn around(numbers: impl IntoIterator<Item = f64>) -> Self {
        let finite = numbers.into_iter().filter(|number| number.is_finite());
        let (low, high) = finite.fold((0.0_f64, 0.0_f64), |(low, high), one| (low.min(one), high.max(one)));
        let span = if high > low { high - low } else { 1.0 };
        // Zero needs room to be read as a line, not as the frame: a sixth of the width at least.
        let air = span * 0.08;
        Self { low: (low - air).min(-span / 5.0), high: (high + air).max(span / 5.0) }
    }

    /// Percent of the width, with two places: enough for 10,000 pixels.
    pub fn at(self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        (share.clamp(0.0, 1.0) * 10_000.0).round() / 100.0
    }

    /// Round numbers across the axis, zero among them, at most seven.
    pub fn ticks(self, unit: &Unit) -> Vec<Tick> {
        let step = round_step((self.high - self.low) / 6.5);
        let first = (self.low / step).ceil();
        let places = (0..8).map(|index| (first + f64::from(index)) * step);
        places
            .take_while(|value| *value <= self.high)
            .map(|value| Tick { at: self.at(value), label: unit.tick(value, step) })
            // A label in the very corner would hang over the edge of a phone.
            .filter(|tick| (3.0..=97.0).contains(&tick.at))
            .collect()
    }
}

/// The next of 1, 2, 5, 10, 20 … at or above a width.
fn round_step(width: f64) -> f64 {
    let power = 10_f64.powf(width.log10().floor());
    let lead = width / power;
    power * [1.0, 2.0, 5.0].into_iter().find(|step| lead <= *step + 1e-9).unwrap_or(10.0)
}

/// One interval on a line: two ends and a dot, each in percent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Whisker {
    pub zero: f64,
    pub low: f64,
    pub high: f64,
    pub dot: f64,
}

/// An estimate with the range around it, in the unit of its measure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Lift {
    /// The best guess: program side minus comparison side.
    pub estimate: f64,
    /// The lower end of the range.
    pub low: f64,
    /// The upper end of the range.
    pub high: f64,
}

impl Lift {
    /// The estimate and both ends.
    pub fn numbers(self) -> [f64; 3] {
        [self.estimate, self.low, self.high]
    }

    pub(crate) fn on(self, scale: Scale) -> Whisker {
        Whisker {
            zero: scale.at(0.0),
            low: scale.at(self.low),
            high: scale.at(self.high),
            dot: scale.at(self.estimate),
        }
    }

    /// Draws each of these on a scale of its own, but with one common place for zero.
    pub(crate) fn share_zero(lifts: &[Option<Self>]) -> Vec<Option<Whisker>> {
        let reach = |lift: &Self| lift.low.abs().max(lift.high.abs()).max(f64::MIN_POSITIVE);
        let scaled = |lift: &Self| {
            let unit = reach(lift);
            Self { estimate: lift.estimate / unit, low: lift.low / unit, high: lift.high / unit }
        };
        let scaled: Vec<_> = lifts.iter().map(|lift| lift.as_ref().map(scaled)).collect();
        let scale = Scale::around(scaled.iter().flatten().flat_map(|lift| [lift.low, lift.high]));
        scaled.into_iter().map(|lift| lift.map(|lift| lift.on(scale))).collect()
    }
}

/// A hundred dots, from the bottom left: some filled, some of those the gain or the loss.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Dots {
    pub filled: u32,
    pub dots: Vec<Dot>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Dot {
    pub x: u32,
    pub y: u32,
    pub kind: &'static str,
}

/// What the dots of both sides are, when the comparison side is at `base` and the program side `gain` away.
pub(crate) fn out_of_100(base: f64, gain: f64) -> (Dots, Dots) {
    let without = figures::out_of_100(base);
    // The picture says what the sentence says: base and gain are rounded, and their sum follows.
    let moved = figures::out_of_100(gain.abs());
    let with = if gain < 0.0 { without.saturating_sub(moved) } else { (without + moved).min(100) };
    let program = |place| match place {
        _ if place < with.min(without) => "dt",
        _ if place < with => "dx",
        _ if place < without => "dl",
        _ => "d0",
    };
    let comparison = |place| if place < without { "dc" } else { "d0" };
    (grid(without, comparison), grid(with, program))
}

fn grid(filled: u32, kind: impl Fn(u32) -> &'static str) -> Dots {
    let dot = |place| Dot { x: 10 + place % 10 * 20, y: 190 - place / 10 * 20, kind: kind(place) };
    Dots { filled, dots: (0..100).map(dot).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_is_in_view_whatever_the_numbers_are() {
        for (low, high) in [(0.02, 0.08), (-0.09, -0.03), (-0.01, 0.01), (0.0, 0.0), (1e6, 2e6)] {
            let scale = Scale::around([low, high]);
            let zero = scale.at(0.0);
            assert!((5.0..=95.0).contains(&zero), "{low} to {high}: zero at {zero}");
            assert!(scale.at(low) <= scale.at(high));
            assert!(scale.ticks(&Unit::Rate).iter().any(|tick| tick.label == "0"), "{low} to {high}");
            assert!(scale.ticks(&Unit::Rate).len() <= 7);
        }
    }

    #[test]
    fn numbers_that_are_not_numbers_do_not_bend_the_drawing() {
        let scale = Scale::around([f64::NAN, f64::INFINITY, 0.05]);
        assert!(scale.at(0.05) > scale.at(0.0) && scale.at(0.05) < 100.0);
    }

    #[test]
    fn ticks_are_round_numbers_in_the_unit_of_the_measure() {
        let labels = |unit: &Unit, low, high| {
            Scale::around([low, high]).ticks(unit).into_iter().map(|tick| tick.label).collect::<Vec<_>>()
        };
        assert_eq!(labels(&Unit::Rate, 0.021, 0.081), ["0", "+2", "+4", "+6", "+8"]);
        let money = labels(&Unit::Money("USD".into()), -1_100.0, 14_100.0);
        assert_eq!(money, ["0", "+$50", "+$100"]);
    }

    #[test]
    fn numbers_beside_each_other_have_as_many_places() {
        let money = Unit::Money("USD".to_owned());
        let row = |estimate, low, high| money.lift(Lift { estimate, low, high });
        assert_eq!(row(21_950.0, 8_737.0, 35_100.0), ["+$220", "+$87 to +$351"]);
        assert_eq!(row(2_150.0, -1_100.0, 5_399.0), ["+$21.50", "\u{2212}$11.00 to +$53.99"]);
        assert_eq!(row(6_500.0, -1_100.0, 9_900.0), ["+$65", "\u{2212}$11 to +$99"]);
        assert_eq!(money.beside([4_150.0, 148_600.0]).value(4_150.0), "$42");
    }

    #[test]
    fn measures_of_different_size_share_their_zero() {
        let rate = Lift { estimate: 0.05, low: 0.021, high: 0.081 };
        let revenue = Lift { estimate: 6_500.0, low: -1_100.0, high: 14_100.0 };
        let drawn = Lift::share_zero(&[Some(rate), None, Some(revenue)]);
        let (first, last) = (drawn[0].as_ref().unwrap(), drawn[2].as_ref().unwrap());
        assert!(drawn[1].is_none());
        assert_eq!(first.zero.to_bits(), last.zero.to_bits());
        assert!(first.low > first.zero, "a range above zero is drawn above zero");
        assert!(last.low < last.zero && last.high > last.zero, "a range that spans zero is drawn across it");
    }

    #[test]
    fn the_dots_say_what_the_sentence_says() {
        let kinds = |dots: &Dots, kind| dots.dots.iter().filter(|dot| dot.kind == kind).count();
        let (without, with) = out_of_100(0.666, 0.048);
        assert_eq!((without.filled, with.filled), (67, 72));
        assert_eq!((kinds(&with, "dt"), kinds(&with, "dx"), kinds(&with, "d0")), (67, 5, 28));

        let (without, with) = out_of_100(0.67, -0.03);
        assert_eq!((without.filled, with.filled), (67, 64));
        assert_eq!((kinds(&with, "dt"), kinds(&with, "dl"), kinds(&with, "d0")), (64, 3, 33));

        let (_, all) = out_of_100(0.99, 0.05);
        assert_eq!(all.filled, 100);
    }
}
