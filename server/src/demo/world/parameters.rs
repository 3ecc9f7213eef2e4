//! What the maker of a world decides, and what chance is left to decide.

use chrono::{Days, NaiveDate};

use crate::store::comparison::Design;

/// Everything a world is built from. Two worlds with equal parameters are equal.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    /// The only source of chance.
    pub seed: u64,
    /// How many customer companies there are.
    pub accounts: usize,
    /// What the comparison side is kept out of. In the members design everybody is asked, families are drawn when they
    /// join, and the effect is that of the letters and picks.
    pub design: Design,
    /// The day of the draw. Every licence term ends within the year after it.
    pub start: NaiveDate,
    /// How many days after `start` the report is read: families whose renewal date plus grace does not
    /// lie after that day are due.
    pub read_after_days: u64,
    /// How long after its due date a renewal still counts.
    pub grace_days: u64,
    /// The renewal rate nobody did anything for, on average over licence terms.
    pub base_renewal_rate: f64,
    /// Out of 100 terms of families that joined before the decision, how many more renew because
    /// they joined. Negative numbers plant a harm.
    pub effect_renewal_points: f64,
    /// What such a term pays when it renews, over what it would have paid without the program.
    pub effect_revenue_ratio: f64,
    /// Out of 100 seats of families that joined, how many more are in use.
    pub effect_usage_points: f64,
    /// The share of families of which somebody joins when asked.
    pub ask_join_rate: f64,
    /// The share of families of which somebody joins without having been asked. They would join
    /// when asked, too.
    pub unasked_join_rate: f64,
    /// Once somebody of a family has joined: the share of the other contacts who follow.
    pub colleague_join_rate: f64,
    /// The share of joining people who allow tracking.
    pub tracking_rate: f64,
    /// The share of joining people who finish a first lesson by themselves.
    pub lesson_rate: f64,
    /// The share of people whose mail program fetches pictures by itself (Apple's privacy cover).
    pub prefetch_rate: f64,
    /// The share of accounts whose mail gateway follows every link before delivering.
    pub scanner_rate: f64,
    /// The share of letters answered by pressing stop.
    pub stop_rate: f64,
    /// The share of accounts that a partner looks after.
    pub partner_rate: f64,
    /// The share of accounts tied to an earlier one by parent, domain, shared address or billing id.
    pub tie_rate: f64,
}

impl Parameters {
    /// The world of `rapport demo`.
    pub fn default_for(seed: u64, accounts: usize) -> Self {
        Self {
            seed,
            accounts,
            design: Design::Invited,
            start: NaiveDate::from_ymd_opt(2025, 9, 1).expect("1 September is a day"),
            read_after_days: 365,
            grace_days: 60,
            base_renewal_rate: 0.70,
            effect_renewal_points: 8.0,
            effect_revenue_ratio: 1.10,
            effect_usage_points: 6.0,
            ask_join_rate: 0.68,
            unasked_join_rate: 0.05,
            colleague_join_rate: 0.35,
            tracking_rate: 0.72,
            lesson_rate: 0.55,
            prefetch_rate: 0.38,
            scanner_rate: 0.12,
            stop_rate: 0.006,
            partner_rate: 0.12,
            tie_rate: 0.06,
        }
    }

    /// The day on which the report is read.
    pub fn read_on(&self) -> NaiveDate {
        self.start + Days::new(self.read_after_days)
    }
}
