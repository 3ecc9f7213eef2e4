//! The better fit comes first, and between equals chance is fair.

use super::*;

#[test]
fn the_better_fit_comes_first() {
    type Case = (&'static str, fn(&mut Profile), fn(&mut Item), fn(&mut Item));
    let cases: &[Case] = &[
        (
            "level",
            |person| person.level = Some(Level::Confident),
            |item| item.level = Level::Confident,
            |_| {},
        ),
        (
            "user type",
            |person| person.user_type = Some(UserType::Connector),
            |item| item.user_types = vec![UserType::Connector],
            |_| {},
        ),
        (
            "trade",
            |person| person.account.industry = Some("621210".to_owned()),
            |item| item.trades = vec!["6212".to_owned()],
            |_| {},
        ),
        (
            "another trade",
            |person| person.account.industry = Some("238220".to_owned()),
            |_| {},
            |item| item.trades = vec!["6212".to_owned()],
        ),
        ("a trade nobody knows", |_| {}, |_| {}, |item| item.trades = vec!["6212".to_owned()]),
        (
            "needs",
            |person| person.needs = ["Fewer missed calls".to_owned()].into(),
            |item| item.needs = vec!["fewer missed calls".to_owned()],
            |_| {},
        ),
        ("product", |person| own(person, "phones"), |item| item.products = vec!["phones".to_owned()], |_| {}),
        (
            "stage",
            |person| person.account.said_stage = Some(segments::Stage::Growing),
            |item| item.stages = vec![segments::Stage::Growing],
            |item| item.stages = vec![segments::Stage::HandingOn],
        ),
    ];
    for (what, who, better, worse) in cases {
        for (good, bad) in [("a", "b"), ("b", "a")] {
            let catalogue = shelf([piece(good, better), piece(bad, worse)]);
            let choices = select(&person(who), &catalogue, &[], &[], &want(Slot::NextWin, 2), now());
            assert_eq!(choices[0].item.as_str(), good, "{what}");
        }
    }
}

#[test]
fn where_all_else_is_equal_each_item_gets_its_share_of_readers() {
    let catalogue = shelf([plain("a"), plain("b"), plain("c")]);
    let mut firsts = std::collections::BTreeMap::new();
    for reader in 0..300 {
        let profile = person(|person| person.id = ContactId::from(Uuid::from_u128(reader)));
        let choices = select(&profile, &catalogue, &[], &[], &want(Slot::NextWin, 1), now());
        *firsts.entry(choices[0].item.to_string()).or_insert(0) += 1;
        assert!(choices[0].reasons.iter().any(|reason| reason.step == ReasonStep::Tie));
    }
    assert!(firsts.len() == 3 && firsts.values().all(|share| (70..=130).contains(share)), "{firsts:?}");
}
