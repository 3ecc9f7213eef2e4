//! What must not get worse while renewals get better. Complaints and satisfaction are left out: nothing reports them yet.

use std::collections::HashMap;

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

/// People of this program's letters who took a consent back after the first one.
fn stops(basis: &Basis) -> Option<Guardrail> {
    let ours = basis.sent.iter().filter(|letter| basis.journeys.contains(&letter.journey_id));
    let mut readers: HashMap<_, _> = HashMap::new();
    for letter in ours {
        // In order of time, so the first one stays.
        readers.entry(letter.contact_id).or_insert(letter.handing_over_at);
    }
    let after = |person, first| basis.withdrawn.get(person).is_some_and(|at| at > first);
    let stopped = readers.iter().filter(|(person, first)| after(*person, *first)).count();
    let share = (!readers.is_empty()).then(|| stopped as f64 / readers.len() as f64)?;
    Some(Guardrail {
        name: "Stopped letters".to_owned(),
        finding: format!(
            "{} of {} ({}); our limit is {}",
            figures::count(stopped as u64),
            figures::counted(readers.len() as u64, "reader", "readers"),
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
