//! The effect on those who joined because they were asked.

use serde::Serialize;
use templates::Lift;

use super::basis::Basis;
use super::compare::rates;
use crate::lift::arms::Moments;
use crate::store::comparison::Design;

/// The difference in joining under which the effect on those who joined is not worked out.
const ENOUGH_JOINED: f64 = 0.1;

/// The effect on those who joined because they were asked (Wald's instrument).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JoinedEffect {
    /// The share of families that joined before their term ended, program side less comparison side.
    pub more_joined: Option<f64>,
    /// More renewed among those who joined because they were asked.
    pub lift: Option<Lift>,
    /// Why that is not said.
    pub reason: String,
}

/// Works the effect on those who joined out, `wide` standard errors wide on each side.
pub fn effect(basis: &Basis, wide: f64) -> JoinedEffect {
    let joined =
        |family: &super::families::Family| family.joined.is_some_and(|at| at.date_naive() <= family.due);
    let sides = rates(&basis.counted, |family| Some(joined(family)));
    let more = sides.program().rate() - sides.comparison().rate();
    let refused = |reason: &str| JoinedEffect {
        more_joined: Some(more).filter(|more| more.is_finite()),
        lift: None,
        reason: reason.to_owned(),
    };
    if basis.design != Some(Design::Invited) {
        return refused("Everyone counted had joined before the draw.");
    }
    if sides.shares_differ() {
        return refused(
            "Families were drawn with different shares, so the two sides are not set side by side whole.",
        );
    }
    if basis.early() {
        return refused("It is too early to say.");
    }
    if more.is_nan() || more < ENOUGH_JOINED {
        return refused("Asking made fewer than 10 more in 100 join, too few to say what joining does.");
    }
    let renewed = basis.renewed.program().rate() - basis.renewed.comparison().rate();
    let estimate = renewed / more;
    let spread = |comparison: bool| {
        let own = basis.counted.iter().filter(|family| family.comparison == comparison);
        let left = own.map(|family| {
            f64::from(u8::from(family.end.renewed())) - estimate * f64::from(u8::from(joined(family)))
        });
        left.collect::<Moments>().variance_of_mean()
    };
    let Some((program, comparison)) = spread(false).zip(spread(true)) else {
        return refused("A side has a single family, so there is no range.");
    };
    let se = (program + comparison).sqrt() / more;
    let lift = Lift { estimate, low: estimate - wide * se, high: estimate + wide * se };
    JoinedEffect { more_joined: Some(more), lift: Some(lift), reason: String::new() }
}
