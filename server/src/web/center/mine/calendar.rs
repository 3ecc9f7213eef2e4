//! The day on which something renews, for one's own calendar: an iCalendar file as RFC 5545 has it.

use std::fmt::Write;

use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;

/// A day to remember.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Day {
    /// What makes it the same day when the file is taken in again.
    pub id: Uuid,
    /// When.
    pub on: NaiveDate,
    /// What happens.
    pub summary: String,
    /// What that means.
    pub description: String,
}

/// Octets of a line at most, without what ends it.
const LINE: usize = 75;

/// The file.
pub(super) fn file(days: &[Day], made_at: DateTime<Utc>) -> String {
    let mut file = String::new();
    line(&mut file, "BEGIN:VCALENDAR");
    line(&mut file, "VERSION:2.0");
    line(&mut file, "PRODID:-//Rapport//Renewals//EN");
    line(&mut file, "METHOD:PUBLISH");
    for day in days {
        let after = day.on.checked_add_days(Days::new(1)).unwrap_or(day.on);
        line(&mut file, "BEGIN:VEVENT");
        line(&mut file, &format!("UID:{}", day.id.hyphenated()));
        line(&mut file, &format!("DTSTAMP:{}", made_at.format("%Y%m%dT%H%M%SZ")));
        line(&mut file, &format!("DTSTART;VALUE=DATE:{}", day.on.format("%Y%m%d")));
        line(&mut file, &format!("DTEND;VALUE=DATE:{}", after.format("%Y%m%d")));
        line(&mut file, &format!("SUMMARY:{}", text(&day.summary)));
        line(&mut file, &format!("DESCRIPTION:{}", text(&day.description)));
        line(&mut file, "TRANSP:TRANSPARENT");
        line(&mut file, "END:VEVENT");
    }
    line(&mut file, "END:VCALENDAR");
    file
}

/// Words as a value: what would end the value, or the line, is marked.
fn text(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\\' | ';' | ',' => text.extend(['\\', letter]),
            '\n' => text.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => text.push(letter),
        }
    }
    text
}

/// Writes a line, folded where it is too long, and never within a letter.
fn line(file: &mut String, content: &str) {
    let mut room = LINE;
    for letter in content.chars() {
        if letter.len_utf8() > room {
            file.push_str("\r\n ");
            room = LINE - 1;
        }
        room -= letter.len_utf8();
        file.push(letter);
    }
    write!(file, "\r\n").expect("a string takes all that is written");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_folded_at_75_octets_and_comes_back_whole() {
        let long = "Telefonanlage für zwölf Plätze; alle, die es gibt\nund noch \\ mehr".repeat(4);
        let day = Day {
            id: Uuid::from_u128(7),
            on: NaiveDate::from_ymd_opt(2026, 12, 31).unwrap(),
            summary: long.clone(),
            description: String::new(),
        };
        let made = "2026-03-03T12:00:00Z".parse().unwrap();
        let file = file(&[day], made);
        assert!(file.ends_with("END:VCALENDAR\r\n"));
        assert!(!file.replace("\r\n", "").contains(['\r', '\n']), "every line ends as it must");
        for line in file.split("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
        }
        let whole = file.replace("\r\n ", "");
        let summary = whole.lines().find_map(|line| line.strip_prefix("SUMMARY:")).unwrap();
        let marked = ["\\n", "\\;", "\\,", "\\\\"].into_iter().zip(["\n", ";", ",", "\\"]);
        let read = marked.fold(summary.to_owned(), |text, (mark, sign)| text.replace(mark, sign));
        assert_eq!(read, long);
        assert!(whole.contains("DTSTART;VALUE=DATE:20261231\r\n"));
        assert!(whole.contains("DTEND;VALUE=DATE:20270101\r\n"));
        assert!(whole.contains("DTSTAMP:20260303T120000Z\r\n"));
    }
}
