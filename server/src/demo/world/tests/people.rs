//! Who joins, what they agree to, and what they do with a letter.

use std::collections::{HashMap, HashSet};

use super::*;

#[test]
fn who_joins_unasked_also_joins_when_asked_and_no_later() {
    let world = world(2, 3_000);
    let mut unasked = 0;
    for family in &world.families {
        if let Some(alone) = family.joins(Side::Comparison).first() {
            let asked = family.joins(Side::Program).first().expect("an asked family joins, too");
            assert!(alone.channel.is_none());
            unasked += 1;
            assert!(asked.at <= alone.at);
        }
        let people: Vec<&str> = family
            .joins(Side::Program)
            .iter()
            .map(|join| world.contacts[join.contact].email.as_str())
            .collect();
        assert_eq!(people.len(), people.iter().collect::<HashSet<_>>().len(), "one person joins once");
    }
    assert!(unasked > 80, "{unasked}");
}

#[test]
fn a_receipt_names_purposes_wording_and_source_and_tracking_only_where_it_is_allowed() {
    let world = world(2, 2_000);
    let joins = world.families.iter().flat_map(|family| family.joins(Side::Program));
    let (mut tracked, mut all) = (0, 0);
    for join in joins {
        let receipt = world.join_consent(join.contact, join.channel, join.at);
        let row = world.contact_row(join.contact, Some(&receipt));
        let purposes = row.consent.split(';').map(str::parse::<segments::Purpose>);
        assert!(purposes.into_iter().all(|purpose| purpose.is_ok()), "{}", row.consent);
        assert!(row.consent.starts_with("training;support;community;product-news"));
        assert_eq!(row.consent.ends_with(";tracking"), world.contacts[join.contact].allows_tracking);
        assert_eq!(row.consent.ends_with(";tracking"), row.consent_wording.contains("which links I follow"));
        assert!(!row.consent_source.is_empty() && row.consent_at == Some(join.at));
        tracked += usize::from(world.contacts[join.contact].allows_tracking);
        all += 1;
    }
    assert!((0.68..0.76).contains(&share(tracked, all)), "{tracked} of {all} allow tracking");
}

#[test]
fn people_and_machines_react_and_a_machine_is_never_taken_for_a_person() {
    let world = world(1, 2_000);
    let mut seen = HashMap::new();
    for contact in 0..world.contacts.len() {
        let reactions = world.reactions(contact, 0);
        assert!(reactions.is_sorted_by_key(|reaction| reaction.after));
        for reaction in reactions {
            let name = match reaction.kind {
                ReactionKind::Click { link, hand } => {
                    assert!(link >= 1);
                    let quick = reaction.after < chrono::TimeDelta::seconds(5);
                    assert_eq!(quick, hand.is_machine(), "scanners click within seconds, people do not");
                    if hand.is_machine() { "scanner click" } else { "click" }
                }
                ReactionKind::Open(hand) if hand.is_machine() => "machine open",
                ReactionKind::Open(_) => "open",
                ReactionKind::Lesson => "lesson",
                ReactionKind::Reply => "reply",
                ReactionKind::Stop => "stop",
            };
            seen.entry(name).or_insert_with(HashSet::new).insert(contact);
        }
    }
    let rate = |name| share(seen[name].len(), world.contacts.len());
    assert!((0.30..0.50).contains(&rate("open")), "{}", rate("open"));
    assert!((0.08..0.18).contains(&rate("click")), "{}", rate("click"));
    assert!((0.08..0.15).contains(&rate("scanner click")), "{}", rate("scanner click"));
    assert!((0.02..0.09).contains(&rate("lesson")), "{}", rate("lesson"));
    assert!((0.001..0.02).contains(&rate("stop")) && (0.001..0.02).contains(&rate("reply")));
}
