//! Cells of a spreadsheet: what one would run as a formula is written with a `'` before it, and read without.

use std::borrow::Cow;

/// Makes a cell harmless for a program that runs formulas. [`read`] undoes it.
pub fn write(cell: &str) -> Cow<'_, str> {
    if runs(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// The cell as it was before [`write`].
pub fn read(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| runs(rest)).unwrap_or(cell)
}

/// Whether what stands after any `'` begins like a formula.
fn runs(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\0'])
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn what_would_run_is_defused_and_comes_back_as_it_was() {
        for cell in ["=1+1", "+1", "-10.00", "@SUM(A1)", "\tx", "'=1", "''-1"] {
            assert!(write(cell).starts_with('\''), "{cell}");
            assert_eq!(read(&write(cell)), cell);
        }
        for cell in ["", "plain", "'quoted'", "1-2", "O'Neil"] {
            assert_eq!(write(cell), cell);
            assert_eq!(read(cell), cell);
        }
    }
}
