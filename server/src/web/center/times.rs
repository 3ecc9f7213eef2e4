//! Moments by the clock of whoever reads them.

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use templates::Words;
use templates::center::Moment;

use crate::web::visitor::Reader;

/// The reader's time zone; of a visitor, and where we do not know it, UTC.
pub(in crate::web) fn zone(reader: Option<&Reader>) -> Tz {
    known(reader.and_then(|reader| reader.customer.timezone.as_deref()))
}

/// The time zone of this name; UTC where there is none.
pub(in crate::web) fn known(name: Option<&str>) -> Tz {
    name.and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC)
}

/// The day of a moment.
pub(in crate::web) fn day(words: &Words, at: DateTime<Utc>, zone: Tz) -> String {
    words.day(at.with_timezone(&zone).date_naive())
}

/// The day of a moment, with its time and the zone for whoever points at it.
pub(in crate::web) fn moment(words: &Words, at: DateTime<Utc>, zone: Tz) -> Moment {
    let there = at.with_timezone(&zone);
    let (day, time) = (words.day(there.date_naive()), words.time(there.time()));
    let place = zone.name().replace('_', " ");
    let title = [("day", day.clone().into()), ("time", time.into()), ("zone", place.into())];
    Moment {
        said: day,
        at: there.to_rfc3339_opts(SecondsFormat::Secs, true),
        title: words.say_with("moment-title", &title),
    }
}

/// A sentence with the day of a moment in it.
pub(in crate::web) fn saying(words: &Words, key: &str, at: DateTime<Utc>, zone: Tz) -> Moment {
    let moment = moment(words, at, zone);
    let said = words.say_with(key, &[("day", moment.said.as_str().into())]);
    Moment { said, ..moment }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_by_the_clock_of_the_reader_and_names_the_zone() {
        let templates = templates::Templates::new().unwrap();
        let words = templates.words(templates::ENGLISH);
        let at = "2026-03-04T01:30:00Z".parse().unwrap();
        let there = moment(words, at, Tz::America__New_York);
        assert_eq!(there.said, "3 March 2026");
        assert_eq!(there.at, "2026-03-03T20:30:00-05:00");
        assert_eq!(there.title, "3 March 2026, 8:30 pm, America/New York");
        let here = saying(words, "saved-link-until", at, Tz::UTC);
        assert_eq!(
            (here.said.as_str(), here.at.as_str()),
            ("Opens until 4 March 2026", "2026-03-04T01:30:00Z")
        );
    }
}
