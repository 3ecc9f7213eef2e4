//! A few planned looks: how far out each must be, for the looks together to err no more than one would.

use super::arms::{Undefined, checked_alpha};
use super::distributions::{normal_above, normal_density, normal_quantile};

/// Points on which the walk between the bounds is followed; odd, for Simpson's rule.
const POINTS: usize = 401;
/// More looks than this are a continuous watch, for which there is the year band.
const MOST_LOOKS: usize = 50;

/// Below this a bound lies beyond what an `f64` tells apart.
const LEAST_SPENT: f64 = 1e-200;

/// How the allowed error is spent over the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spending {
    /// Little at first, most at the end (O'Brien and Fleming).
    OBrienFleming,
    /// With the third power of the information.
    Cubic,
}

/// The multiplier at each look, for looks at rising shares of the year's information (Lan and `DeMets`).
pub fn gst_bounds(information: &[f64], spending: Spending, alpha: f64) -> Result<Vec<f64>, Undefined> {
    let side = checked_alpha(alpha)? / 2.0;
    let rising = information.windows(2).all(|pair| pair[0] < pair[1]);
    if !rising || information.iter().any(|t| !(*t > 0.0 && *t <= 1.0)) || information.len() > MOST_LOOKS {
        return Err(format!("looks must rise within 0 and 1, at most {MOST_LOOKS} of them").into());
    }
    let (mut bounds, mut spent, mut walk) = (Vec::new(), 0.0, None::<Walk>);
    for &t in information {
        let spend = spending.by(t, side);
        if spend - spent < LEAST_SPENT {
            return Err(
                format!("at {t} of the year, or since the look before, there is no error to spend").into()
            );
        }
        let bound = match &walk {
            None => -normal_quantile(spend) * t.sqrt(),
            Some(walk) => walk.bound_that_spends(spend - spent, t),
        };
        walk = Some(Walk::within(bound, t, walk.as_ref()));
        spent = spend;
        bounds.push(bound / t.sqrt());
    }
    Ok(bounds)
}

impl Spending {
    /// The error spent on one side by share `t` of the year.
    fn by(self, t: f64, side: f64) -> f64 {
        match self {
            Self::OBrienFleming => 2.0 * normal_above(-normal_quantile(side / 2.0) / t.sqrt()),
            Self::Cubic => side * t.powi(3),
        }
    }
}

/// Where the score may be at one look, having stayed inside all bounds so far.
struct Walk {
    t: f64,
    places: Vec<f64>,
    /// Density times Simpson's weight at each place.
    masses: Vec<f64>,
}

impl Walk {
    fn within(bound: f64, t: f64, before: Option<&Self>) -> Self {
        let step = 2.0 * bound / (POINTS - 1) as f64;
        let places: Vec<f64> = (0..POINTS).map(|at| step.mul_add(at as f64, -bound)).collect();
        let density = |place: f64| match before {
            None => normal_density(place / t.sqrt()) / t.sqrt(),
            Some(before) => before.density(place, t),
        };
        let weight = |at: usize| match at {
            0 => step / 3.0,
            at if at == POINTS - 1 => step / 3.0,
            at if at % 2 == 1 => step * 4.0 / 3.0,
            _ => step * 2.0 / 3.0,
        };
        let masses = places.iter().enumerate().map(|(at, place)| density(*place) * weight(at)).collect();
        Self { t, places, masses }
    }

    fn density(&self, place: f64, t: f64) -> f64 {
        let spread = (t - self.t).sqrt();
        let from = |(was, mass): (&f64, &f64)| mass * normal_density((place - was) / spread) / spread;
        self.places.iter().zip(&self.masses).map(from).sum()
    }

    /// The bound above which the walk comes out at `t` with just the error that may be spent.
    fn bound_that_spends(&self, spend: f64, t: f64) -> f64 {
        let spread = (t - self.t).sqrt();
        let outside = |bound: f64| -> f64 {
            let from = |(was, mass): (&f64, &f64)| mass * normal_above((bound - was) / spread);
            self.places.iter().zip(&self.masses).map(from).sum()
        };
        let (mut low, mut high) = (0.0, 40.0);
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if outside(middle) > spend {
                low = middle;
            } else {
                high = middle;
            }
        }
        f64::midpoint(low, high)
    }
}
