//! What must not get worse while renewals get better. Complaints are left out: nothing reports them yet.

use std::collections::HashSet;

use templates::{Guardrail, figures};

use super::basis::{Basis, lift};
use super::compare::rates;
use super::families::End;

/// A share of stops above this is too many.
const STOPS_UNDER: f64 = 0.02;

/// The guardrails that can be read.
pub fn guardrails(basis: &Basis) -> Vec<Guardrail> {
    [stops(basis), given_back(basis)].into_iter().flatten().collect()
}

/// People of this program's letters who took a consent back.
fn stops(basis: &Basis) -> Option<Guardrail> {
    let ours = basis.sent.iter().filter(|letter| basis.journeys.contains(&letter.journey_id));
    let readers: HashSet<_> = ours.map(|letter| letter.contact_id).collect();
    let stopped = readers.intersection(&basis.withdrawn).count();
    let share = (!readers.is_empty()).then(|| stopped as f64 / readers.len() as f64)?;
    Some(Guardrail {
        name: "Stopped letters".to_owned(),
        finding: format!(
            "{} of {} readers ({}), against {} agreed",
            figures::count(stopped as u64),
            figures::count(readers.len() as u64),
            figures::percent(share),
            figures::percent(STOPS_UNDER)
        ),
        ok: share <= STOPS_UNDER,
    })
}

/// Families that renewed for less.
fn given_back(basis: &Basis) -> Option<Guardrail> {
    let sides = rates(&basis.counted, |family| Some(family.end == End::RenewedForLess));
    let (program, comparison) = (sides.program(), sides.comparison());
    let found = lift(&sides.difference(basis.multiplier()?))?;
    Some(Guardrail {
        name: "Renewed for less".to_owned(),
        finding: format!(
            "{} in the program, {} in the comparison group",
            figures::percent(program.rate()),
            figures::percent(comparison.rate())
        ),
        ok: found.low <= 0.0,
    })
}
