//! How a number is written: thousands apart, a true minus sign, rates per 100, money in its currency.
//!
//! The same functions stand behind the filters of the same names, so that a
//! number looks alike wherever it is written.

use chrono::{DateTime, Utc};

/// U+2212, as wide as a plus sign. A hyphen would read as a dash.
const MINUS: char = '\u{2212}';

/// `5760` as `5,760`.
pub fn count(number: u64) -> String {
    thousands(&number.to_string())
}

/// A share between 0 and 1 with one place: `0.7201` as `72.0%`.
pub fn percent(share: f64) -> String {
    format!("{}%", plain(share * 100.0, 1))
}

/// A difference of two shares, signed, counted per 100: `0.0503` as `+5.0`.
pub fn per_100(difference: f64) -> String {
    signed(difference * 100.0, 1)
}

/// A number with so many places, a sign in front whichever it is: `−0.7`. Nothing is `0`, with no sign.
pub fn signed(number: f64, places: usize) -> String {
    with_plus(plain(number, places))
}

/// So many of something: `1 customer`, `2,400 customers`.
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// A share as a whole number out of 100, halves up. What the dots show and what the sentence beside them says.
pub fn out_of_100(share: f64) -> u32 {
    (0..=100_u32).rev().find(|whole| f64::from(*whole) <= share * 100.0 + 0.5).unwrap_or(0)
}

/// The same in words: `2`, and with a place where there would be none, `0.4`.
pub fn about_out_of_100(share: f64) -> String {
    match out_of_100(share) {
        0 if share >= 0.000_5 => plain(share * 100.0, 1),
        whole => whole.to_string(),
    }
}

/// Money in minor units as people write it: `148_600` of USD as `$1,486`, `4_150` as `$41.50`.
pub fn money(minor: f64, currency: &str) -> String {
    money_with(minor, currency, money_places([minor], currency))
}

/// How many places amounts have that stand beside each other: those of the currency, unless one of them is so large
/// that nobody asks for its cents.
pub(crate) fn money_places(minor: impl IntoIterator<Item = f64>, currency: &str) -> usize {
    let places = Currency::of(currency).places;
    let unit = 10_f64.powi(i32::from(places));
    let (largest, whole) = minor
        .into_iter()
        .map(|minor| minor / unit)
        .fold((0.0_f64, true), |(largest, whole), one| (largest.max(one.abs()), whole && one.fract() == 0.0));
    if largest < 100.0 && !whole { usize::from(places) } else { 0 }
}

/// Money with so many places.
pub(crate) fn money_with(minor: f64, currency: &str, places: usize) -> String {
    let Currency { symbol, places: of_unit } = Currency::of(currency);
    let written = plain(minor / 10_f64.powi(i32::from(of_unit)), places);
    match written.strip_prefix(MINUS) {
        Some(size) => format!("{MINUS}{symbol}{size}"),
        None => format!("{symbol}{written}"),
    }
}

/// A difference in money: `+$65`, `−$11`.
pub fn signed_money(minor: f64, currency: &str) -> String {
    with_plus(money(minor, currency))
}

/// A size in bytes: `640 bytes`, `12 KB`, `1.4 MB`.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", plain(bytes as f64 / 1e3, 0)),
        _ => format!("{} MB", plain(bytes as f64 / 1e6, 1)),
    }
}

/// A moment: `31 March 2026, 09:05 UTC`.
pub fn moment(at: DateTime<Utc>) -> String {
    at.format("%-d %B %Y, %H:%M UTC").to_string()
}

/// A plus before what is above nothing.
pub(crate) fn with_plus(written: String) -> String {
    let above = !written.starts_with(MINUS) && has_size(&written);
    if above { format!("+{written}") } else { written }
}

fn has_size(written: &str) -> bool {
    written.bytes().any(|byte| matches!(byte, b'1'..=b'9'))
}

/// The number with its thousands apart and a true minus; rounded first, so that no `−0` is left.
fn plain(number: f64, places: usize) -> String {
    let written = format!("{number:.places$}");
    let (size, below) = match written.strip_prefix('-') {
        Some(size) => (size, has_size(size)),
        None => (written.as_str(), false),
    };
    let (whole, rest) =
        size.split_once('.').map_or((size, String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    format!("{}{}{rest}", if below { MINUS.to_string() } else { String::new() }, thousands(whole))
}

fn thousands(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

struct Currency {
    symbol: String,
    places: u8,
}

impl Currency {
    /// The sign people know it by; the three letters for the rest. ISO 4217 says how many places.
    fn of(code: &str) -> Self {
        let symbol = match code {
            "USD" => "$",
            "EUR" => "€",
            "GBP" => "£",
            "CAD" => "CA$",
            "AUD" => "A$",
            "NZD" => "NZ$",
            "JPY" => "¥",
            "INR" => "₹",
            other => return Self { symbol: format!("{other}\u{a0}"), places: places(other) },
        };
        Self { symbol: symbol.to_owned(), places: places(code) }
    }
}

fn places(code: &str) -> u8 {
    u8::try_from(segments::money::minor_digits(code)).expect("no currency has more than 3 places")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_written_per_100_with_its_sign() {
        assert_eq!(per_100(0.0503), "+5.0");
        assert_eq!(per_100(-0.0007), "\u{2212}0.1");
        assert_eq!(per_100(-0.000_04), "0.0");
        assert_eq!(percent(0.720_06), "72.0%");
        assert_eq!(signed(12_345.678, 2), "+12,345.68");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(count(7), "7");
        assert_eq!(count(999), "999");
        assert_eq!(count(5760), "5,760");
        assert_eq!(count(1_234_567), "1,234,567");
    }

    #[test]
    fn money_is_written_in_its_own_currency() {
        assert_eq!(money(148_600.0, "USD"), "$1,486");
        assert_eq!(money(4_150.0, "USD"), "$41.50");
        assert_eq!(money(4_100.0, "EUR"), "€41");
        assert_eq!(money(-1_234_567.0, "GBP"), "\u{2212}£12,346");
        assert_eq!(money(1_486.0, "JPY"), "¥1,486");
        assert_eq!(money(2_500_000.0, "CHF"), "CHF\u{a0}25,000");
        assert_eq!(money(1_500_000.0, "KWD"), "KWD\u{a0}1,500");
        assert_eq!(money(1_500_000.0, "KMF"), "KMF\u{a0}1,500,000", "it has no smaller unit");
        assert_eq!(signed_money(6_500.0, "USD"), "+$65");
        assert_eq!(signed_money(-1_100.0, "USD"), "\u{2212}$11");
        assert_eq!(signed_money(0.0, "USD"), "$0");
    }

    #[test]
    fn one_is_no_plural() {
        assert_eq!(counted(1, "customer", "customers"), "1 customer");
        assert_eq!(counted(2_400, "customer", "customers"), "2,400 customers");
        assert_eq!(counted(0, "customer", "customers"), "0 customers");
    }

    #[test]
    fn out_of_100_is_whole_and_in_words_never_nothing_where_there_is_something() {
        assert_eq!([0.0, 0.004, 0.015, 0.025, 0.999, 1.0].map(out_of_100), [0, 0, 2, 3, 100, 100]);
        assert_eq!([0.0, 0.004, 0.015, 0.025].map(about_out_of_100), ["0", "0.4", "2", "3"]);
    }

    #[test]
    fn a_size_is_written_for_people() {
        assert_eq!(size(640), "640 bytes");
        assert_eq!(size(12_400), "12 KB");
        assert_eq!(size(1_440_000), "1.4 MB");
    }

    #[test]
    fn a_moment_names_its_zone() {
        let at = DateTime::from_timestamp(1_774_947_900, 0).unwrap();
        assert_eq!(moment(at), "31 March 2026, 09:05 UTC");
    }
}
