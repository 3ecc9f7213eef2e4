//! What is out of order now, in words: of one product or of all.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use templates::Words;
use templates::center::IncidentLine;

use crate::app::App;
use crate::store::incidents::places::{self, Place};
use crate::store::incidents::{self, Incident};
use crate::web::error::PageError;
use crate::web::visitor::Reader;

/// What is out of order now where this reader may be; everything, for whom we do not know.
pub(super) async fn near(app: &App, reader: Option<&Reader>) -> Result<Vec<Incident>, PageError> {
    let open = incidents::current(app.db.read(), app.clock.now()).await?;
    let there = match reader {
        Some(reader) if !open.is_empty() => {
            places::of_account(app.db.read(), reader.customer.account).await?
        }
        _ => Place::default(),
    };
    Ok(open.into_iter().filter(|one| one.reaches(&there)).collect())
}

/// One incident as the page says it.
pub(super) fn line(
    words: &Words,
    product: Option<String>,
    incident: &Incident,
    zone: Tz,
    now: DateTime<Utc>,
) -> IncidentLine {
    let told = |at: DateTime<Utc>| moment(words, at, zone, now);
    let fix_by = incident.fix_by.map(|by| {
        let key = if by > now { "fix-by" } else { "fix-late" };
        words.say_with(key, &[("when", told(by).into())])
    });
    IncidentLine {
        product,
        place: incident.place.clone(),
        words: incident.words.clone(),
        since: words.say_with("fix-since", &[("when", told(incident.since).into())]),
        fix_by,
    }
}

/// "3:00 pm EST", with the day when it is not today.
fn moment(words: &Words, at: DateTime<Utc>, zone: Tz, now: DateTime<Utc>) -> String {
    let (there, today) = (at.with_timezone(&zone), now.with_timezone(&zone).date_naive());
    let time = format!("{} {}", words.time(there.time()), there.format("%Z"));
    if there.date_naive() == today {
        return time;
    }
    let day = words.short_day(there.date_naive());
    words.say_with("fix-day-and-time", &[("day", day.into()), ("time", time.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_by_the_clock_of_the_reader_and_with_its_day_when_it_is_another() {
        let templates = templates::Templates::new().unwrap();
        let words = templates.words(templates::ENGLISH);
        let now: DateTime<Utc> = "2026-03-03T12:00:00Z".parse().unwrap();
        let told = |at: &str, zone: Tz| moment(words, at.parse().unwrap(), zone, now);
        assert_eq!(told("2026-03-03T20:00:00Z", Tz::America__New_York), "3:00 pm EST");
        assert_eq!(told("2026-03-03T20:00:00Z", Tz::UTC), "8:00 pm UTC");
        assert_eq!(told("2026-03-05T09:30:00Z", Tz::UTC), "5 March, 9:30 am UTC");
    }
}
