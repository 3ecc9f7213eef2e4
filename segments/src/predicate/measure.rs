//! Tests of numbers, dates and counts. Every bound is inside the range it closes.

use std::fmt;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// The longest span, in days, that a question may look back or ahead.
const MAX_DAYS: u32 = 36_500;

/// The largest number that a question may ask about.
pub(crate) const MAX_NUMBER: i64 = 1_000_000_000_000;

/// A test of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Numbers<T> {
    /// Between the two, both included.
    In(T, T),
    /// More than.
    More(T),
    /// Less than.
    Fewer(T),
    /// This much or more.
    AtLeast(T),
    /// This much or less.
    AtMost(T),
    /// Exactly.
    Is(T),
}

impl<T> Numbers<T> {
    /// The same test of another kind of number.
    pub(crate) fn map<U>(self, number: impl Fn(T) -> U) -> Numbers<U> {
        match self {
            Self::In(from, to) => Numbers::In(number(from), number(to)),
            Self::More(than) => Numbers::More(number(than)),
            Self::Fewer(than) => Numbers::Fewer(number(than)),
            Self::AtLeast(least) => Numbers::AtLeast(number(least)),
            Self::AtMost(most) => Numbers::AtMost(number(most)),
            Self::Is(exactly) => Numbers::Is(number(exactly)),
        }
    }
}

impl<T: Copy + Ord + Default + fmt::Display> Numbers<T> {
    /// Whether the number passes.
    pub fn holds(self, number: T) -> bool {
        match self {
            Self::In(from, to) => from <= number && number <= to,
            Self::More(than) => number > than,
            Self::Fewer(than) => number < than,
            Self::AtLeast(least) => number >= least,
            Self::AtMost(most) => number <= most,
            Self::Is(exactly) => number == exactly,
        }
    }

    /// Refuses what no count could pass, and what is larger than the text form can say.
    pub(crate) fn check(self) -> Result<(), String>
    where
        T: TooLarge,
    {
        let zero = T::default();
        match self {
            Self::In(number, _)
            | Self::In(_, number)
            | Self::More(number)
            | Self::Fewer(number)
            | Self::AtLeast(number)
            | Self::AtMost(number)
            | Self::Is(number)
                if number.is_too_large() =>
            {
                Err(format!("{number} is too large; at most {MAX_NUMBER} can be asked for"))
            }
            Self::In(from, to) if from > to => {
                Err(format!("nothing lies in {from}..{to}: write the smaller number first, {to}..{from}"))
            }
            Self::Fewer(than) if than <= zero => Err(format!("nothing is less than {than}")),
            Self::In(number, _)
            | Self::More(number)
            | Self::AtLeast(number)
            | Self::AtMost(number)
            | Self::Is(number)
                if number < zero =>
            {
                Err(format!("{number} is below zero, and what is counted here never is"))
            }
            _ => Ok(()),
        }
    }
}

/// Numbers that a question may not name, because nothing is that large.
pub(crate) trait TooLarge {
    /// Whether this is one.
    fn is_too_large(&self) -> bool;
}

impl TooLarge for i64 {
    fn is_too_large(&self) -> bool {
        *self > MAX_NUMBER
    }
}

impl TooLarge for Amount {
    fn is_too_large(&self) -> bool {
        self.0 / 1000 > MAX_NUMBER
    }
}

/// How often something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Times {
    /// More than so many times.
    More(u32),
    /// Fewer than so many times, never included.
    Fewer(u32),
}

impl Times {
    /// Whether the count passes.
    pub fn holds(self, count: usize) -> bool {
        match self {
            Self::More(than) => count > than as usize,
            Self::Fewer(than) => count < than as usize,
        }
    }

    pub(crate) fn check(self) -> Result<(), String> {
        match self {
            Self::Fewer(0) => Err("nothing happens fewer than 0 times".to_owned()),
            Self::More(n) | Self::Fewer(n) if n > 1_000_000 => Err(format!("{n} times is out of reach")),
            _ => Ok(()),
        }
    }
}

/// A test of a date or a moment. Days begin at midnight UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// Earlier than this day.
    Before(NaiveDate),
    /// Later than this day.
    After(NaiveDate),
    /// From the first day to the second, both included.
    In(NaiveDate, NaiveDate),
    /// So many days back from now, or ahead for what is to come.
    Within(u32),
}

/// Days from one to another, both included; open where there is none.
pub(crate) type DaySpan = (Option<NaiveDate>, Option<NaiveDate>);
/// Moments from one (included) until another (not included).
pub(crate) type MomentSpan = (Option<DateTime<Utc>>, DateTime<Utc>);

impl When {
    /// The days meant, for something that lies in the past.
    pub(crate) fn days_back(self, today: NaiveDate) -> DaySpan {
        match self {
            Self::Before(day) => (None, day.pred_opt()),
            Self::After(day) => (day.succ_opt(), None),
            Self::In(from, to) => (Some(from), Some(to)),
            Self::Within(days) => (today.checked_sub_days(Days::new(days.into())), Some(today)),
        }
    }

    /// The days meant, for something that is to come: never before today.
    pub(crate) fn days_ahead(self, today: NaiveDate) -> DaySpan {
        let (from, to) = match self {
            Self::Within(days) => (None, today.checked_add_days(Days::new(days.into()))),
            other => other.days_back(today),
        };
        (Some(from.map_or(today, |from| from.max(today))), to)
    }

    /// The moments meant; what lies after `now` has not happened yet. None means any moment up to now.
    pub(crate) fn moments(when: Option<Self>, now: DateTime<Utc>) -> MomentSpan {
        let past = now + TimeDelta::microseconds(1);
        let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
        match when {
            None => (None, past),
            Some(Self::Within(days)) => (Some(now - TimeDelta::days(days.into())), past),
            Some(other) => {
                let (from, to) = other.days_back(now.date_naive());
                let until = to.and_then(|to| to.succ_opt()).map(midnight);
                (from.map(midnight), until.map_or(past, |until| until.min(past)))
            }
        }
    }

    pub(crate) fn check(self) -> Result<(), String> {
        let sound = NaiveDate::from_ymd_opt(1000, 1, 1)..NaiveDate::from_ymd_opt(9999, 1, 1);
        let day = |day: NaiveDate| {
            if sound.contains(&Some(day)) { Ok(()) } else { Err(format!("{day} is not a usable date")) }
        };
        match self {
            Self::Before(on) | Self::After(on) => day(on),
            Self::In(from, to) if from > to => {
                Err(format!("no day lies in {from}..{to}: write the earlier day first, {to}..{from}"))
            }
            Self::In(from, to) => day(from).and_then(|()| day(to)),
            Self::Within(0) => Err("within 0 days holds for nothing; the least is 1".to_owned()),
            Self::Within(days) if days > MAX_DAYS => {
                Err(format!("{days} days is too long; at most {MAX_DAYS} (a hundred years)"))
            }
            Self::Within(_) => Ok(()),
        }
    }
}

/// Whether a day lies in the span.
pub(crate) fn day_in((from, to): DaySpan, day: NaiveDate) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

/// Whether a moment lies in the span.
pub(crate) fn moment_in((from, until): MomentSpan, at: DateTime<Utc>) -> bool {
    from.is_none_or(|from| from <= at) && at < until
}

/// An amount of money in whole units of whatever currency the account pays in, kept in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Amount(i64);

impl Amount {
    /// From thousandths of a unit.
    pub const fn from_thousandths(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// In thousandths of a unit.
    pub const fn thousandths(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (units, rest) = (self.0 / 1000, (self.0 % 1000).unsigned_abs());
        if rest == 0 {
            return write!(f, "{units}");
        }
        let digits = format!("{rest:03}");
        let sign = if self.0 < 0 && units == 0 { "-" } else { "" };
        write!(f, "{sign}{units}.{}", digits.trim_end_matches('0'))
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> Self {
        amount.to_string()
    }
}

impl TryFrom<String> for Amount {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        let wrong = || format!("`{written}` is not an amount; write 1000 or 1000.50");
        let (units, rest) = written.split_once('.').unwrap_or((&written, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if units.is_empty() || units.len() > 12 || rest.len() > 3 || !digits(units) || !digits(rest) {
            return Err(wrong());
        }
        let units: i64 = units.parse().map_err(|_| wrong())?;
        let rest: i64 = format!("{rest:0<3}").parse().map_err(|_| wrong())?;
        Ok(Self(units * 1000 + rest))
    }
}
