//! How the year's terms end, as the rows in which the billing system reports it.

use chrono::NaiveDate;
use serde::Serialize;

use super::outcomes::Ending;
use super::rows::money;
use super::{Side, World};

/// One row of a renewals file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are the import columns, which DESIGN.md section 4 names")]
pub struct RenewalRow<'a> {
    pub licence: &'a str,
    pub due_on: NaiveDate,
    pub outcome: Ending,
    pub decided_on: NaiveDate,
    #[serde(serialize_with = "money")]
    pub amount: i64,
}

impl World {
    /// Every renewal row of the year when `side_of` says where each family is (by its number), in
    /// the order in which they become known.
    pub fn renewal_rows(&self, side_of: impl Fn(usize) -> Side) -> Vec<RenewalRow<'_>> {
        let mut rows: Vec<RenewalRow<'_>> =
            (0..self.families.len()).flat_map(|family| self.renewals_for(family, side_of(family))).collect();
        rows.sort_by_key(|row| (row.decided_on, row.licence));
        rows
    }

    /// The renewal rows of one family on this side, in the order in which they become known.
    pub fn renewals_for(&self, family: usize, side: Side) -> Vec<RenewalRow<'_>> {
        let rows = self.families[family].licences.iter().filter_map(|&number| {
            let (licence, end) = (&self.licences[number], self.term_end(number, side));
            end.reported.then_some(RenewalRow {
                licence: &licence.external_id,
                due_on: licence.renews_on,
                outcome: end.ending,
                decided_on: end.decided_on,
                amount: end.amount,
            })
        });
        let mut rows: Vec<_> = rows.collect();
        rows.sort_by_key(|row| (row.decided_on, row.licence));
        rows
    }
}
