//! The truth: what the program changed, known because both outcomes of every family are.

use serde::Serialize;

use super::{Side, World};

/// What a perfect report would say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Truth {
    /// Families whose first term plus grace has passed on the day of the reading.
    pub due_families: usize,
    /// How many of these join when asked.
    pub joined_if_asked: usize,
    /// How many of these join without being asked.
    pub joined_unasked: usize,
    /// The share that renews when everybody is asked.
    pub renewal_program: f64,
    /// The share that renews when nobody is.
    pub renewal_comparison: f64,
    /// The first minus the second; times 100 it is points.
    pub renewal_difference: f64,
    /// Revenue per due family in cents when everybody is asked, zeros included.
    pub revenue_program: f64,
    /// Revenue per due family in cents when nobody is.
    pub revenue_comparison: f64,
    /// The first minus the second.
    pub revenue_difference: f64,
    /// The first over the second; not there when nothing was booked.
    pub revenue_ratio: Option<f64>,
}

impl World {
    /// The mean, over due families, of the outcome as program side minus the outcome as comparison
    /// side. Those who never join dilute it, as they dilute every honest report.
    pub fn truth(&self) -> Truth {
        let (mut due, mut asked, mut unasked) = (0_usize, 0, 0);
        let (mut renewed, mut revenue) = ([0_u32; 2], [0_i64; 2]);
        for family in &self.families {
            for (place, side) in [Side::Program, Side::Comparison].into_iter().enumerate() {
                let Some(outcome) = self.outcome(family, side) else { continue };
                renewed[place] += u32::from(outcome.renewed);
                revenue[place] += outcome.revenue;
            }
            if self.due(family).is_some() {
                due += 1;
                asked += usize::from(!family.joins(Side::Program).is_empty());
                unasked += usize::from(!family.joins(Side::Comparison).is_empty());
            }
        }
        let families = due.max(1) as f64;
        let [renewal_program, renewal_comparison] = renewed.map(|count| f64::from(count) / families);
        let [revenue_program, revenue_comparison] = revenue.map(|cents| cents as f64 / families);
        Truth {
            due_families: due,
            joined_if_asked: asked,
            joined_unasked: unasked,
            renewal_program,
            renewal_comparison,
            renewal_difference: renewal_program - renewal_comparison,
            revenue_program,
            revenue_comparison,
            revenue_difference: revenue_program - revenue_comparison,
            revenue_ratio: (revenue_comparison > 0.0).then(|| revenue_program / revenue_comparison),
        }
    }
}
