//! What the letters did, on the program side alone, among people who let us see it. Never lift.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use templates::{LetterRow, Letters, figures};
use uuid::Uuid;

use super::basis::Basis;
use super::compare::ALPHA;
use crate::lift::arms::Proportion;
use crate::lift::proportions::wilson;

/// Counts what people did with this program's letters; nothing when none has been sent.
pub fn letters(basis: &Basis) -> Option<Letters> {
    let sides = basis.sides();
    let mut first: HashMap<Uuid, DateTime<Utc>> = HashMap::new();
    let mut ours = HashSet::new();
    for letter in &basis.sent {
        let family = basis.family_of.get(&letter.account_id);
        let program = family.and_then(|family| sides.get(family)) == Some(&false);
        if program && letter.state == "sent" && basis.journeys.contains(&letter.journey_id) {
            first.entry(letter.contact_id).or_insert(letter.handing_over_at);
            ours.insert(letter.id);
        }
    }
    if first.is_empty() {
        return None;
    }
    let seen: HashSet<_> = first.keys().copied().filter(|person| basis.tracked.contains(person)).collect();
    let did = Did::of(basis, &seen, &first, &ours);
    let of = seen.len() as u64;
    let row = |name: &str, hint: &str, people: &HashSet<Uuid>, dont_lean| {
        let people = people.len() as u64;
        let range = wilson(Proportion { events: people, n: of }, ALPHA).ok();
        LetterRow {
            name: name.to_owned(),
            hint: hint.to_owned(),
            people,
            of,
            likely: range.and_then(|found| Some((found.ci[0]?, found.ci[1]?))),
            in_short: String::new(),
            dont_lean,
        }
    };
    let machines = &(&did.by_machine - &did.by_person);
    let unclear = &(&(&did.unclear - &did.by_person) - &did.by_machine);
    Some(Letters {
        coverage: format!(
            "Among the {} people of the program side who got a letter and let us see opens and clicks ({} of the {} \
             who got one).",
            figures::count(of),
            figures::percent(of as f64 / first.len() as f64),
            figures::count(first.len() as u64)
        ),
        rows: vec![
            row(
                "Responded",
                "Came to the resource center from a letter, replied, sent a form, signed in or finished a lesson after it",
                &did.responded,
                false,
            ),
            row("Opened by a person", "As far as one can tell", &did.by_person, true),
            row("Opened by machines only", "Mail apps and scanners, on their own", machines, true),
            row(
                "Opened, unclear by whom",
                "Loaded through a mail service that hides who asked",
                unclear,
                true,
            ),
        ],
    })
}

/// People by what they, or their machines, did.
#[derive(Default)]
struct Did {
    responded: HashSet<Uuid>,
    by_person: HashSet<Uuid>,
    by_machine: HashSet<Uuid>,
    unclear: HashSet<Uuid>,
}

impl Did {
    fn of(
        basis: &Basis,
        seen: &HashSet<Uuid>,
        first: &HashMap<Uuid, DateTime<Utc>>,
        ours: &HashSet<Uuid>,
    ) -> Self {
        let mut did = Self::default();
        for act in basis.acts.iter().filter(|act| seen.contains(&act.contact_id)) {
            let ours = act.message_id.is_some_and(|letter| ours.contains(&letter));
            let after = first.get(&act.contact_id).is_some_and(|at| *at < act.at);
            let who = match (act.kind.as_str(), act.verdict.as_deref()) {
                ("opened", Some("human")) if ours => &mut did.by_person,
                ("opened", Some("machine")) if ours => &mut did.by_machine,
                ("opened", _) if ours => &mut did.unclear,
                ("clicked", Some("human")) if ours => &mut did.responded,
                ("replied", _) if ours || (act.message_id.is_none() && after) => &mut did.responded,
                ("form" | "signed-in" | "completed", _) if after => &mut did.responded,
                _ => continue,
            };
            who.insert(act.contact_id);
        }
        did
    }
}
