//! Figures as people read them, and tables of them that line up.

use std::io::{self, Write};

/// A whole number with its thousands apart.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// An amount with two decimals, or four when it is under ten cents.
pub fn amount(value: f64) -> String {
    let decimals = if value != 0.0 && value.abs() < 0.095 { 4 } else { 2 };
    let text = format!("{value:.decimals$}");
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |text| ("-", text));
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    match whole.parse() {
        Ok(whole) => format!("{sign}{}{rest}", count(whole)),
        Err(_) => format!("{sign}{text}"),
    }
}

/// A change with its sign.
pub fn signed(text: String) -> String {
    if text.starts_with('-') { text } else { format!("+{text}") }
}

/// A chance as a p-value is written.
pub fn chance(p: Option<f64>) -> String {
    match p {
        None => MISSING.to_owned(),
        Some(p) if p < 0.0001 => "under 0.0001".to_owned(),
        Some(p) => format!("{p:.4}"),
    }
}

/// A range, open where it has no limit.
pub fn range([low, high]: [Option<f64>; 2], show: impl Fn(f64) -> String) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!("{} to {}", show(low), show(high)),
        (Some(low), None) => format!("{} and up", show(low)),
        (None, Some(high)) => format!("up to {}", show(high)),
        (None, None) => MISSING.to_owned(),
    }
}

/// What stands where a number is undefined.
pub const MISSING: &str = "cannot tell";

/// Writes rows whose columns line up: the first `left` columns to the left, numbers to the right.
///
/// Labels come from people's files: what would steer the terminal is not passed on.
pub fn table(out: &mut impl Write, left: usize, rows: &[Vec<String>]) -> io::Result<()> {
    let printable = |cell: &String| cell.replace(char::is_control, "\u{fffd}");
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(printable).collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    for row in &rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let gap = " ".repeat(width - cell.chars().count());
            let padded = if column < left { format!("  {cell}{gap}") } else { format!("  {gap}{cell}") };
            line.push_str(&padded);
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(count), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(
            [1234.5, -0.05, 0.0, -98_765.432].map(amount),
            ["1,234.50", "-0.0500", "0.00", "-98,765.43"]
        );
        assert_eq!([amount(0.5), amount(-0.5)].map(signed), ["+0.50", "-0.50"]);
        assert_eq!(range([Some(0.5), None], amount), "0.50 and up");
        assert_eq!([chance(Some(0.00001)), chance(None)], ["under 0.0001", "cannot tell"]);
    }

    #[test]
    fn columns_line_up_and_nothing_steers_the_terminal() {
        let rows = [vec!["\u{1b}".to_owned(), "10".to_owned()], vec!["bé".to_owned(), "9".to_owned()]];
        let mut out = Vec::new();
        table(&mut out, 1, &rows).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "  \u{fffd}   10\n  bé   9\n");
    }
}
