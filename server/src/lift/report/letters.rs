//! What the letters did, on the program side alone. Never lift.
//!
//! Answers count for everyone who got a letter; what is only seen through links and pictures, among those who let us see.

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
    let row = |name: &str, hint: &str, people: &HashSet<Uuid>, of: usize, dont_lean| {
        let (people, of) = (people.len() as u64, of as u64);
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
            "{} of the program side got a letter, and {} of them let us see opens and clicks.",
            figures::counted(first.len() as u64, "person", "people"),
            figures::percent(seen.len() as f64 / first.len() as f64)
        ),
        rows: vec![
            row(
                "Responded",
                "Replied, sent a form, signed in or finished a lesson after a letter, or came from one where we may see it",
                &did.responded,
                first.len(),
                false,
            ),
            row("Opened by a person", "As far as one can tell", &did.by_person, seen.len(), true),
            row(
                "Opened by machines only",
                "Mail apps and scanners, on their own",
                machines,
                seen.len(),
                true,
            ),
            row(
                "Opened, unclear by whom",
                "Loaded through a mail service that hides who asked",
                unclear,
                seen.len(),
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
        for act in &basis.acts {
            let Some(got) = first.get(&act.contact_id) else { continue };
            if matches!(act.kind.as_str(), "opened" | "clicked") && !seen.contains(&act.contact_id) {
                continue;
            }
            let ours = act.message_id.is_some_and(|letter| ours.contains(&letter));
            let after = *got < act.at;
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
