//! Who joined: the effect on those who joined because they were asked, and the way from the ask to the habit.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use templates::{Funnel, FunnelStep, Lift};
use uuid::Uuid;

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

/// Days in which somebody comes back, or does not.
const BACK_WITHIN: TimeDelta = TimeDelta::days(30);

/// From the ask to the habit: families of the program side that were asked, each step a part of the one before.
///
/// Where members are drawn after joining, it begins with having joined: of those who were asked and did not, nobody is
/// on a side.
pub fn funnel(basis: &Basis) -> Option<Funnel> {
    let among_members = basis.design == Some(Design::Members);
    let sides = basis.sides();
    let asked: HashSet<_> = sides
        .into_iter()
        .filter(|(family, comparison)| !comparison && (among_members || basis.asked.contains_key(family)))
        .map(|(family, _)| family)
        .collect();
    if asked.is_empty() {
        return None;
    }
    let mut people: HashMap<Uuid, Uuid> = HashMap::new();
    people.extend(
        basis.people.iter().filter_map(|(person, account)| Some((*person, *basis.family_of.get(account)?))),
    );
    let families = |members: &dyn Fn(&Uuid) -> bool, among: &HashSet<Uuid>| -> HashSet<Uuid> {
        let found = people.iter().filter(|(person, family)| among.contains(*family) && members(person));
        found.map(|(_, family)| *family).collect()
    };
    // Who had joined before they were asked did not say yes to that. Among members it begins with joining.
    let said_yes = |person: &Uuid| {
        if among_members {
            return basis.joined.contains_key(person);
        }
        let asked = people.get(person).and_then(|family| basis.asked.get(family));
        basis.joined.get(person).zip(asked).is_some_and(|(joined, asked)| joined >= asked)
    };
    let joined = families(&said_yes, &asked);
    let first = first_lessons(basis);
    let finished = families(&|person| first.contains_key(person), &joined);
    let returned = came_back(basis, &first);
    let back = families(&|person| returned.contains(person), &finished);
    let step =
        |label: &str, families: usize| FunnelStep { label: label.to_owned(), families: families as u64 };
    let mut steps = if among_members {
        vec![step("Joined", joined.len())]
    } else {
        vec![step("Asked to join", asked.len()), step("Said yes", joined.len())]
    };
    steps.push(step("Finished a first lesson", finished.len()));
    steps.push(step("Came back within 30 days", back.len()));
    Some(Funnel {
        steps,
        warning:
            "Customers of the program side, each counted once. Don’t compare people inside this funnel: keen \
                  customers say yes more often. Only the random comparison above shows cause."
                .to_owned(),
    })
}

fn first_lessons(basis: &Basis) -> HashMap<Uuid, DateTime<Utc>> {
    let mut first = HashMap::new();
    for act in basis.acts.iter().filter(|act| act.kind == "completed") {
        first.entry(act.contact_id).or_insert(act.at);
    }
    first
}

/// People who did something in the center on a later day, soon after their first lesson.
fn came_back(basis: &Basis, first: &HashMap<Uuid, DateTime<Utc>>) -> HashSet<Uuid> {
    let own =
        basis.acts.iter().filter(|act| matches!(act.kind.as_str(), "completed" | "viewed" | "signed-in"));
    let later = own.filter(|act| {
        first
            .get(&act.contact_id)
            .is_some_and(|at| act.at.date_naive() > at.date_naive() && act.at - *at <= BACK_WITHIN)
    });
    later.map(|act| act.contact_id).collect()
}
