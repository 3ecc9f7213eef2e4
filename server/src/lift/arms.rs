//! What goes into an estimate (a side's counts or moments) and what comes out.

use std::borrow::Cow;

use super::distributions::normal_quantile;

/// Why a number cannot be given. One plain sentence part, such as "the comparison side has no rows".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Undefined(pub Cow<'static, str>);

impl From<&'static str> for Undefined {
    fn from(reason: &'static str) -> Self {
        Self(Cow::Borrowed(reason))
    }
}

impl From<String> for Undefined {
    fn from(reason: String) -> Self {
        Self(Cow::Owned(reason))
    }
}

/// How many of one side's rows had the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Proportion {
    /// Rows with the event.
    pub events: u64,
    /// All rows of the side.
    pub n: u64,
}

impl Proportion {
    /// The share of rows with the event.
    pub fn rate(self) -> f64 {
        self.events as f64 / self.n as f64
    }

    /// Refuses a side that cannot be: no rows, or more events than rows.
    pub fn checked(self, side: &str) -> Result<Self, Undefined> {
        let Self { events, n } = self;
        if n == 0 {
            return Err(format!("the {side} side has no rows").into());
        }
        countable(n, side)?;
        if events > n {
            return Err(
                format!("the {side} side has {events} events in {n} rows; events can be at most n").into()
            );
        }
        Ok(self)
    }
}

/// Refuses more rows than an `f64` counts one by one.
fn countable(n: u64, side: &str) -> Result<(), Undefined> {
    if n <= 1 << f64::MANTISSA_DIGITS {
        return Ok(());
    }
    Err(format!("the {side} side has {n} rows, more than can be told apart").into())
}

/// Refuses two sides of which either cannot be.
pub(super) fn both(treatment: Proportion, control: Proportion) -> Result<(), Undefined> {
    treatment.checked("treatment")?;
    control.checked("control").map(drop)
}

/// Count, mean and spread of one side's amounts, gathered one at a time (Welford), so that large values lose nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moments {
    n: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// A side already summed up: its count, mean and n-1 variance (of no meaning when `n` is 1).
    pub fn new(n: u64, mean: f64, variance: f64) -> Self {
        Self { n, mean, squares: variance * (n.saturating_sub(1)) as f64 }
    }

    /// Takes in one more amount.
    pub fn push(&mut self, value: f64) {
        self.n += 1;
        let before = value - self.mean;
        self.mean += before / self.n as f64;
        self.squares += before * (value - self.mean);
    }

    /// Both sides as one.
    #[must_use]
    pub fn merged(self, other: Self) -> Self {
        let n = self.n.saturating_add(other.n);
        if n == 0 {
            return self;
        }
        let apart = other.mean - self.mean;
        let weight = other.n as f64 / n as f64;
        Self {
            n,
            mean: self.mean + apart * weight,
            squares: self.squares + other.squares + apart * apart * weight * self.n as f64,
        }
    }

    /// How many rows.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The mean, 0 while there are no rows.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The sum of all amounts.
    pub fn sum(&self) -> f64 {
        self.mean * self.n as f64
    }

    /// The n-1 variance; not there under two rows.
    pub fn variance(&self) -> Option<f64> {
        (self.n > 1).then(|| self.squares.max(0.0) / (self.n - 1) as f64)
    }

    /// The variance of the mean.
    pub fn variance_of_mean(&self) -> Option<f64> {
        self.variance().map(|variance| variance / self.n as f64)
    }

    /// Refuses a side without rows, or with numbers that no rows can have.
    pub fn checked(self, side: &str) -> Result<Self, Undefined> {
        if self.n == 0 {
            return Err(format!("the {side} side has no rows").into());
        }
        countable(self.n, side)?;
        if !self.mean.is_finite() || !self.squares.is_finite() {
            return Err(format!("the {side} side's amounts are too large to work with").into());
        }
        if self.squares < 0.0 {
            return Err(format!("the {side} side's variance is below 0").into());
        }
        Ok(self)
    }
}

impl FromIterator<f64> for Moments {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut moments = Self::default();
        values.into_iter().for_each(|value| moments.push(value));
        moments
    }
}

impl From<Proportion> for Moments {
    fn from(side: Proportion) -> Self {
        if side.n == 0 {
            return Self::default();
        }
        let rate = side.rate();
        Self { n: side.n, mean: rate, squares: side.n as f64 * rate * (1.0 - rate) }
    }
}

/// A number with the range it is likely in. What is undefined or unbounded is `None`, and `reason` says why.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Estimate {
    /// The number itself: a rate, a difference or a ratio.
    pub estimate: Option<f64>,
    /// Lower and upper limit of the range.
    pub ci: [Option<f64>; 2],
    /// Standard error (of the logarithm, for a log-scale ratio).
    pub se: Option<f64>,
    /// Degrees of freedom behind the range.
    pub df: Option<f64>,
    /// Two-sided p-value of no effect.
    pub p_value: Option<f64>,
    /// Why a part is missing.
    pub reason: Option<Undefined>,
}

impl Estimate {
    /// A number and its range.
    pub fn between(estimate: f64, low: f64, high: f64) -> Self {
        Self { ci: [finite(low), finite(high)], ..Self::point(estimate) }
    }

    /// A number that has no range, yet.
    pub fn point(estimate: f64) -> Self {
        Self { estimate: finite(estimate), ..Self::default() }
    }

    /// Says why a part is missing.
    #[must_use]
    pub fn because(self, reason: impl Into<Undefined>) -> Self {
        Self { reason: Some(reason.into()), ..self }
    }
}

impl From<Undefined> for Estimate {
    fn from(reason: Undefined) -> Self {
        Self::default().because(reason)
    }
}

/// Keeps a number only if it is one.
pub(super) fn finite(value: f64) -> Option<f64> {
    Some(value).filter(|value| value.is_finite())
}

/// The two-sided normal multiplier of `alpha`: 1.96 for 0.05.
pub fn multiplier(alpha: f64) -> Result<f64, Undefined> {
    checked_alpha(alpha).map(|alpha| -normal_quantile(alpha / 2.0))
}

/// Refuses an alpha that is no chance of error.
pub(super) fn checked_alpha(alpha: f64) -> Result<f64, Undefined> {
    if alpha > 0.0 && alpha < 1.0 {
        return Ok(alpha);
    }
    Err(format!("alpha is {alpha}; it must lie between 0 and 1, 0.05 for a 95 % range").into())
}
