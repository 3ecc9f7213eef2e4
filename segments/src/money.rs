//! Money: whole minor units (cents) beside a three-letter currency, exact.

/// Currencies that have no minor unit.
pub(crate) const WITHOUT_MINOR: &[&str] = &[
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF",
    "XOF", "XPF",
];

/// Currencies whose minor unit is a thousandth.
pub(crate) const IN_THOUSANDTHS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// Decimal places of a currency: 2, but for the few that differ.
pub fn minor_digits(currency: &str) -> u32 {
    if WITHOUT_MINOR.contains(&currency) {
        0
    } else if IN_THOUSANDTHS.contains(&currency) {
        3
    } else {
        2
    }
}

/// How many thousandths of a unit one minor unit is.
pub(crate) fn thousandths_in_minor_unit(currency: &str) -> i64 {
    10_i64.pow(3 - minor_digits(currency))
}
