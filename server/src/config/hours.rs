//! Hours of a week, as settings hold them.

use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, de};

/// Hours such as `mon-fri 09:00-17:00 America/New_York`; the default is never.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hours(Option<Span>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Span {
    days: (Weekday, Weekday),
    from: NaiveTime,
    to: NaiveTime,
    zone: Tz,
}

impl Hours {
    /// Until when, by the clock there, when this moment lies inside: `17:00 EST`.
    pub fn until(&self, now: DateTime<Utc>) -> Option<String> {
        let span = self.0.as_ref()?;
        let there = now.with_timezone(&span.zone);
        let (first, last) = span.days;
        let day = there.weekday().days_since(first);
        let inside = day <= last.days_since(first) && (span.from..span.to).contains(&there.time());
        inside.then(|| format!("{} {}", span.to.format("%H:%M"), there.format("%Z")))
    }
}

impl FromStr for Hours {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Ok(Self(None));
        }
        let wrong = || format!("`{text}` should be like mon-fri 09:00-17:00 America/New_York");
        let [days, hours, zone] = text.split_whitespace().collect::<Vec<_>>()[..] else {
            return Err(wrong());
        };
        let (first, last) = days.split_once('-').unwrap_or((days, days));
        let (from, to) = hours.split_once('-').ok_or_else(wrong)?;
        let day = |word: &str| word.parse::<Weekday>().map_err(|_| wrong());
        let time = |word: &str| NaiveTime::parse_from_str(word, "%H:%M").map_err(|_| wrong());
        let span = Span {
            days: (day(first)?, day(last)?),
            from: time(from)?,
            to: time(to)?,
            zone: zone.parse().map_err(|_| wrong())?,
        };
        if span.from < span.to { Ok(Self(Some(span))) } else { Err(wrong()) }
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_there_on_these_days_between_these_hours_by_the_clock_there() {
        let hours: Hours = "mon-fri 09:00-17:00 America/New_York".parse().unwrap();
        let until = |at: &str| hours.until(at.parse().unwrap());
        assert_eq!(until("2026-03-03T15:00:00Z").as_deref(), Some("17:00 EST"));
        assert_eq!(until("2026-03-03T13:59:59Z"), None, "before nine");
        assert_eq!(until("2026-03-03T22:00:00Z"), None, "five is over");
        assert_eq!(until("2026-03-07T15:00:00Z"), None, "a Saturday");
        assert_eq!(Hours::default().until("2026-03-03T15:00:00Z".parse().unwrap()), None);
        let weekend: Hours = "sat-mon 09:00-10:00 UTC".parse().unwrap();
        assert!(weekend.until("2026-03-08T09:30:00Z".parse().unwrap()).is_some(), "a Sunday");
        assert!(weekend.until("2026-03-03T09:30:00Z".parse().unwrap()).is_none(), "a Tuesday");
    }

    #[test]
    fn hours_that_are_none_are_refused() {
        for text in [
            "mon-fri",
            "mon-fri 9-17 UTC",
            "mon-fri 17:00-09:00 UTC",
            "day 09:00-17:00 UTC",
            "mon 09:00-17:00 Mars",
        ] {
            assert!(text.parse::<Hours>().is_err(), "{text}");
        }
        assert_eq!("".parse::<Hours>(), Ok(Hours::default()));
    }
}
