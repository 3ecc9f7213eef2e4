//! What rules do, and for whom.

use super::*;

#[test]
fn rules_prefer_require_exclude_and_pin() {
    let catalogue = shelf([plain("a"), plain("b"), plain("c")]);
    let first = |rules: &[Rule]| {
        let choices = select(&anyone(), &catalogue, rules, &[], &want(Slot::NextWin, 1), now());
        choices.first().map(|choice| choice.item.to_string())
    };
    let slot = Slot::NextWin;
    for item in ["a", "b", "c"] {
        assert_eq!(first(&[rule("r", slot, Effect::Prefer, &[item])]).as_deref(), Some(item));
        assert_eq!(first(&[rule("r", slot, Effect::Require, &[item])]).as_deref(), Some(item));
        let strong = Rule { weight: 99, ..rule("s", slot, Effect::Prefer, &["a", "b"]) };
        assert_eq!(first(&[strong, rule("p", slot, Effect::Pin, &[item])]).as_deref(), Some(item));
    }
    assert_eq!(first(&[rule("r", slot, Effect::Exclude, &["a", "b"])]).as_deref(), Some("c"));
    let both = [rule("r", slot, Effect::Require, &["a", "b"]), rule("s", slot, Effect::Require, &["b", "c"])];
    assert_eq!(first(&both).as_deref(), Some("b"), "what every rule requires");
    assert_eq!(first(&[rule("r", slot, Effect::Require, &["none"])]), None, "a slot may stay empty");
    let pins =
        [rule("p", slot, Effect::Pin, &["a"]), Rule { weight: 80, ..rule("q", slot, Effect::Pin, &["b"]) }];
    assert_eq!(first(&pins).as_deref(), Some("b"), "the heavier pin stands first");
    let torn = [rule("p", slot, Effect::Pin, &["a"]), rule("x", slot, Effect::Exclude, &["a", "c"])];
    assert_eq!(first(&torn).as_deref(), Some("b"), "what is kept out cannot be pinned");
}

#[test]
fn a_rule_works_in_its_slot_and_for_whom_its_question_holds() {
    let catalogue = shelf([plain("a"), plain("b")]);
    let pin = |item: &str| rule("r", Slot::NextWin, Effect::Pin, &[item]);
    let when = Predicate::parse("level is confident").unwrap();
    for item in ["a", "b"] {
        let not_for_them = Rule { when: when.clone(), ..pin(item) };
        let elsewhere = Rule { slot: Slot::Letter, ..pin(item) };
        let without = select(&anyone(), &catalogue, &[], &[], &want(Slot::NextWin, 1), now());
        let with = select(
            &anyone(),
            &catalogue,
            &[not_for_them.clone(), elsewhere],
            &[],
            &want(Slot::NextWin, 1),
            now(),
        );
        assert_eq!(with, without);
        let confident = person(|person| person.level = Some(Level::Confident));
        let theirs = select(&confident, &catalogue, &[not_for_them], &[], &want(Slot::NextWin, 1), now());
        assert_eq!(names(&theirs), [item]);
    }
}
