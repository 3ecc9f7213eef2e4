//! How cells become sound values, where a kind needs more than a parser of `segments`.

use chrono::{DateTime, Datelike, NaiveDate, SubsecRound, Utc};
use segments::{Email, nearest};

use super::kind::Context;

/// An identifier in the files of the vendor.
pub(super) fn reference(cell: &str) -> Result<String, &'static str> {
    if cell.len() > 200 { Err("has more than 200 bytes; identifiers are short") } else { Ok(cell.to_owned()) }
}

/// Words on one line.
pub(super) fn words(cell: &str) -> Result<String, &'static str> {
    if cell.len() > 500 { Err("has more than 500 bytes") } else { Ok(cell.to_owned()) }
}

/// A text of any length that a cell may have.
#[expect(clippy::unnecessary_wraps, reason = "it stands where a parser stands")]
pub(super) fn text(cell: &str) -> Result<String, std::convert::Infallible> {
    Ok(cell.to_owned())
}

/// A whole number of people, seats or days.
pub(super) fn count(cell: &str) -> Result<i32, String> {
    let whole = cell.strip_suffix(".0").unwrap_or(cell);
    ungrouped(whole)
        .and_then(|digits| digits.parse::<i32>().ok())
        .ok_or_else(|| format!("`{cell}` is no count; write a whole number such as 12"))
}

/// Digits without what sets thousands apart: a comma or a blank is that only where groups of three follow. In `99,50`
/// the comma is a decimal point, and nobody should guess.
fn ungrouped(written: &str) -> Option<String> {
    let groups: Vec<_> = written.split([',', ' ']).collect();
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let (first, rest) = groups.split_first()?;
    let grouped = rest.is_empty() || first.len() <= 3 && rest.iter().all(|group| group.len() == 3);
    (grouped && groups.iter().all(digits)).then(|| groups.concat())
}

/// A code of a product that is known.
pub(super) fn product(cell: &str, context: &Context) -> Result<String, String> {
    let known = &context.products;
    if let Some(product) = known.iter().find(|product| product.code == cell) {
        return Ok(product.code.clone());
    }
    let lower = cell.to_lowercase();
    let names = known.iter().flat_map(|product| [product.code.as_str(), product.name.as_str()]);
    let close = nearest(&lower, names.clone()).or_else(|| {
        // A blank more or less is the most common slip of all.
        let bare = lower.replace(' ', "");
        names.clone().find(|name| name.to_lowercase().replace(' ', "") == bare)
    });
    let meant = close.map(|name| format!(" (did you mean `{name}`?)")).unwrap_or_default();
    Err(format!("there is no product called `{cell}`{meant}"))
}

/// The external id of a partner that is known.
pub(super) fn partner(cell: &str, context: &Context) -> Result<String, String> {
    if context.partners.contains(cell) {
        return Ok(cell.to_owned());
    }
    let meant = nearest(cell, context.partners.iter().map(String::as_str));
    let meant = meant.map(|name| format!(" (did you mean `{name}`?)")).unwrap_or_default();
    Err(format!("there is no partner called `{cell}`{meant}; import partners first"))
}

/// A time that is not in the future.
pub(super) fn past(at: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>, String> {
    if at > now { Err(format!("{at} lies in the future")) } else { Ok(at) }
}

/// A product that is known by its code or its name.
pub(super) fn product_or_name(cell: &str, context: &Context) -> Result<(), String> {
    let tidy = cell.to_lowercase();
    let named = context.products.iter().any(|product| product.name.to_lowercase() == tidy);
    if named { Ok(()) } else { product(cell, context).map(drop) }
}

/// The parts of a list in one cell.
pub(super) fn list(cell: Option<&str>) -> impl Iterator<Item = &str> {
    cell.unwrap_or_default().split(';').map(str::trim).filter(|part| !part.is_empty())
}

/// An industry of NAICS 2022, by code or title.
pub(super) fn industry(cell: &str) -> Result<String, segments::naics::NaicsError> {
    segments::naics::find(cell).map(|entry| entry.code.clone())
}

/// The domain of a company, lower case and without what a browser adds.
pub(super) fn domain(cell: &str) -> Result<String, String> {
    let lower = cell.to_lowercase();
    let bare = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    let bare = bare.split(['/', '?', '#']).next().unwrap_or_default();
    let bare = bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('.');
    // A domain is sound when mail could be sent to it.
    Email::parse(&format!("x@{bare}"))
        .map(|email| email.domain().to_owned())
        .map_err(|_| format!("`{cell}` is no domain; one looks like company.com"))
}

/// The day a company was founded; of a bare year, its first day.
pub(super) fn founded(cell: &str) -> Result<NaiveDate, String> {
    let year = cell.parse::<i32>().ok().filter(|year| (1800..=2200).contains(year));
    year.and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1)).map_or_else(|| date(cell), Ok)
}

/// A day, as year-month-day.
pub(super) fn date(cell: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(cell, "%Y-%m-%d")
        .ok()
        .filter(|date| (1800..=2200).contains(&date.year()))
        .ok_or_else(|| format!("`{cell}` is no date; write year-month-day, as in 2026-11-24"))
}

/// A point in time with its offset, or a day, which begins at midnight UTC.
pub(super) fn time(cell: &str) -> Result<DateTime<Utc>, String> {
    let time = DateTime::parse_from_rfc3339(cell).map(|time| time.to_utc()).ok();
    let day = || date(cell).ok().map(|date| date.and_time(chrono::NaiveTime::MIN).and_utc());
    time.or_else(day).map(|time| time.trunc_subsecs(6)).ok_or_else(|| {
        format!("`{cell}` is no time; write it with its offset, as in 2026-11-24T09:30:00Z, or a date")
    })
}

/// A currency of three letters.
pub(super) fn currency(cell: &str) -> Result<String, String> {
    let upper = cell.to_uppercase();
    if upper.len() == 3 && upper.bytes().all(|byte| byte.is_ascii_uppercase()) {
        Ok(upper)
    } else {
        Err(format!("`{cell}` is no currency; write its three letters, as in USD"))
    }
}

/// The largest amount that anybody means, in minor units.
const MAX_AMOUNT: i64 = 1_000_000_000_000;

/// An amount in the minor unit of a currency (two decimals when it is not said).
pub(super) fn money(cell: &str, currency: Option<&str>) -> Result<i64, String> {
    let wrong = || {
        format!("`{cell}` is no amount; write it as in 1234.50 or 1,234.50, with a point before the cents")
    };
    let digits = segments::money::minor_digits(currency.unwrap_or("USD")) as usize;
    let (negative, bare) = cell.strip_prefix('-').map_or((false, cell), |bare| (true, bare.trim_start()));
    let (whole, part) = bare.split_once('.').unwrap_or((bare, ""));
    let kept = part.trim_end_matches('0');
    let whole =
        ungrouped(whole).filter(|_| part.bytes().all(|byte| byte.is_ascii_digit())).ok_or_else(wrong)?;
    if kept.len() > digits {
        return Err(format!("`{cell}` has more decimals than the currency has ({digits})"));
    }
    let amount = format!("{whole}{kept:0<digits$}").parse().ok().filter(|amount| *amount <= MAX_AMOUNT);
    let amount: i64 =
        amount.ok_or_else(|| format!("`{cell}` is more than anybody pays; is it in another unit?"))?;
    Ok(if negative { -amount } else { amount })
}

/// A country, by its two letters.
pub(super) fn country(cell: &str) -> Result<String, String> {
    let upper = cell.to_uppercase();
    if upper.len() == 2 && upper.bytes().all(|byte| byte.is_ascii_uppercase()) {
        Ok(upper)
    } else {
        Err(format!("`{cell}` is no country; write its two letters, as in US"))
    }
}

/// A language, by its tag.
pub(super) fn language(cell: &str) -> Result<String, String> {
    let parts: Vec<_> = cell.split(['-', '_']).collect();
    let first = (2..=3).contains(&parts[0].len()) && parts[0].bytes().all(|byte| byte.is_ascii_alphabetic());
    let rest = parts[1..]
        .iter()
        .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if first && rest {
        let spelt: Vec<_> = parts.iter().enumerate().map(|(place, part)| subtag(place, part)).collect();
        Ok(spelt.join("-"))
    } else {
        Err(format!("`{cell}` is no language tag; write one as in en or pt-BR"))
    }
}

/// A part of a language tag as it is usually spelt: `pt-BR`, `zh-Hant-TW`. Questions compare letter by letter.
fn subtag(place: usize, part: &str) -> String {
    let lower = part.to_ascii_lowercase();
    match part.len() {
        2 if place > 0 => lower.to_ascii_uppercase(),
        4 if place > 0 => lower[..1].to_ascii_uppercase() + &lower[1..],
        _ => lower,
    }
}

/// A time zone, by its IANA name.
pub(super) fn timezone(cell: &str) -> Result<String, String> {
    cell.parse::<chrono_tz::Tz>().map(|zone| zone.name().to_owned()).map_err(|_| {
        let meant = nearest(cell, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
        let meant = meant.map(|name| format!(" (did you mean `{name}`?)")).unwrap_or_default();
        format!("there is no time zone called `{cell}`{meant}; write one as in America/New_York")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_sets_thousands_apart_and_nothing_else() {
        for (cell, amount) in [
            ("1,234.50", 123_450),
            ("1 234 567", 123_456_700),
            ("-10", -1_000),
            ("99.5", 9_950),
            ("1234", 123_400),
        ] {
            assert_eq!(money(cell, None), Ok(amount), "{cell}");
        }
        for cell in
            ["99,50", "1,5", "1.234,50", "1,23,456", "1234,567", ",500", "1,", "--1", "", "1e3", "10 000 0"]
        {
            assert!(money(cell, None).is_err(), "{cell}");
        }
        assert_eq!((count("1,500"), count("12.0"), count("0")), (Ok(1_500), Ok(12), Ok(0)));
        for cell in ["1,5", "-3", "12.5", "1,2,3", ""] {
            assert!(count(cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn an_amount_beyond_all_bounds_is_refused() {
        assert_eq!(money("10,000,000,000", None), Ok(MAX_AMOUNT));
        assert!(money("10,000,000,000.01", None).is_err());
        assert!(money("-9223372036854775807", Some("JPY")).is_err());
        assert!(money("99999999999999999999999", None).is_err());
    }

    #[test]
    fn a_language_is_spelt_as_questions_spell_it() {
        for (cell, tag) in [
            ("EN", "en"),
            ("en_gb", "en-GB"),
            ("PT-br", "pt-BR"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("es-419", "es-419"),
        ] {
            assert_eq!(language(cell), Ok(tag.to_owned()), "{cell}");
        }
    }
}
