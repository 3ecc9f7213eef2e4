//! When a number about other people may be shown: at least 20 answers from 10 businesses, each person counted once.

/// Answers that it takes.
pub const ANSWERS: i64 = 20;
/// Businesses that they come from.
pub const BUSINESSES: i64 = 10;

/// Whether so many answers from so many businesses make a number that may be shown.
pub const fn enough(answers: i64, businesses: i64) -> bool {
    answers >= ANSWERS && businesses >= BUSINESSES
}
