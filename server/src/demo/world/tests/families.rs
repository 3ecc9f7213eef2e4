//! Families, found once more the slow way.

use std::collections::{HashMap, HashSet};

use super::*;

#[test]
fn families_are_the_connected_accounts_and_some_have_two_three_and_four() {
    let world = world(5, 3_000);
    let label = families_by_spreading(&world);
    let mut sizes = HashMap::new();
    for family in &world.families {
        let labels: HashSet<usize> = family.accounts.iter().map(|account| label[*account]).collect();
        assert_eq!(labels.len(), 1);
        assert_eq!(family.key, world.accounts[family.accounts[0]].external_id);
        *sizes.entry(family.accounts.len()).or_insert(0) += 1;
    }
    assert_eq!(world.families.len(), label.iter().collect::<HashSet<_>>().len());
    assert!(sizes[&1] > 2_500 && sizes[&2] > 80 && sizes[&3] > 2, "{sizes:?}");
    assert!(sizes.keys().all(|size| *size <= 4), "{sizes:?}");
    let drawn = ties::draw(&world.parameters);
    for tie in
        [ties::Tie::Parent(0), ties::Tie::Domain(0), ties::Tie::SharedAddress(0), ties::Tie::BillingId(0)]
    {
        let kind = std::mem::discriminant(&tie);
        assert!(drawn.iter().flatten().any(|tie| std::mem::discriminant(tie) == kind), "no {tie:?}");
    }
}

/// Families once more, the slow way: spread the smallest number along every shared mark until it rests.
fn families_by_spreading(world: &World) -> Vec<usize> {
    let mut label: Vec<usize> = (0..world.accounts.len()).collect();
    let mut marks: HashMap<String, Vec<usize>> = HashMap::new();
    for (number, row) in world.account_rows().enumerate() {
        let marks_of = [
            row.domain.map(|domain| format!("domain {domain}")),
            row.billing_id.map(|id| format!("billing {id}")),
            row.parent.map(|id| format!("account {id}")),
            Some(format!("account {}", row.external_id)),
        ];
        for mark in marks_of.into_iter().flatten() {
            marks.entry(mark).or_default().push(number);
        }
    }
    for contact in &world.contacts {
        marks.entry(format!("address {}", contact.email)).or_default().push(contact.account);
    }
    loop {
        let before = label.clone();
        for members in marks.values() {
            let least = members.iter().map(|member| label[*member]).min().expect("a mark has a member");
            for member in members {
                label[*member] = least;
            }
        }
        if label == before {
            return label;
        }
    }
}
