//! Every choice says why, and what would have changed it.

use super::*;

#[test]
fn a_choice_says_what_would_have_changed_it() {
    let catalogue = shelf([plain("a"), piece("b", |item| item.level = Level::GettingBy)]);
    let profile = person(|person| person.level = Some(Level::Starter));
    let told = |rules: &[Rule]| {
        let choices = select(&profile, &catalogue, rules, &[], &want(Slot::NextWin, 1), now());
        (choices[0].item.to_string(), choices[0].counterfactual.clone().unwrap())
    };
    let slot = Slot::NextWin;
    assert_eq!(
        told(&[rule("r", slot, Effect::Prefer, &["b"])]),
        ("b".to_owned(), "Without the rule “Rule r”, “The a” would be first here.".to_owned())
    );
    assert_eq!(
        told(&[rule("x", slot, Effect::Exclude, &["a"])]),
        ("b".to_owned(), "Without the rule “Rule x”, “The a” would be first here.".to_owned())
    );
    assert_eq!(
        told(&[]),
        ("a".to_owned(), "No single rule decides this; “The b” came next, 20 points behind.".to_owned())
    );
}

#[test]
fn a_choice_made_for_variety_or_for_want_of_others_says_so() {
    let backup =
        piece("b", |item| (item.products, item.trades) = (vec!["backup".to_owned()], vec!["23".to_owned()]));
    let catalogue = shelf([plain("a1"), plain("a2"), backup]);
    let choices =
        select(&person(|person| own(person, "backup")), &catalogue, &[], &[], &want(Slot::Picks, 2), now());
    let told = choices[1].counterfactual.as_deref().unwrap();
    assert!(
        told.starts_with("On points “The a") && told.ends_with("it gave way so that the page is varied."),
        "{told}"
    );
    let choices = select(&anyone(), &shelf([plain("a")]), &[], &[], &want(Slot::Picks, 2), now());
    assert_eq!(choices[0].counterfactual.as_deref(), Some("No other item may stand here."));
}

#[test]
fn what_was_not_done_is_not_told_as_done() {
    let rules = ["not completed any training", "completed any training"].map(|when| {
        let when = Predicate::parse(when).unwrap();
        Rule { when, ..rule("r", Slot::Picks, Effect::Prefer, &["a"]) }
    });
    let mut profile = anyone();
    let facts = |profile: &Profile, rule: &Rule| {
        let rules = std::slice::from_ref(rule);
        let choices = select(profile, &shelf([plain("a")]), rules, &[], &want(Slot::Picks, 1), now());
        choices[0].facts.iter().map(|fact| fact.value.clone()).collect::<Vec<_>>()
    };
    assert!(facts(&profile, &rules[0]).is_empty());
    profile.events = vec![segments::Event {
        item: Some("z".to_owned()),
        item_words: vec![segments::ItemWord::Training],
        ..segments::Event::blank(EventKind::Completed, days_ago(2))
    }];
    assert_eq!(facts(&profile, &rules[1]), ["completed"]);
}

#[test]
fn the_customer_reads_one_plain_sentence_and_the_facts_behind_it() {
    let item = piece("a", |item| {
        (item.products, item.needs) = (vec!["phones".to_owned()], vec!["fewer missed calls".to_owned()]);
    });
    let catalogue = shelf([item]);
    let profile = person(|person| {
        own(person, "phones");
        person.level = Some(Level::Starter);
        person.account.employees = Some(12);
    });
    let choices = select(&profile, &catalogue, &[], &[], &want(Slot::NextWin, 1), now());
    assert_eq!(choices[0].because, "You have phones, and you are new to this.");

    let when = Predicate::parse("size in 10..49 and owns \"phones\"").unwrap();
    let rules = [Rule { when, ..rule("r", Slot::NextWin, Effect::Prefer, &["a"]) }];
    let choices = select(&profile, &catalogue, &rules, &[], &want(Slot::NextWin, 1), now());
    assert_eq!(choices[0].because, "Because of r.");
    let facts: Vec<_> =
        choices[0].facts.iter().map(|fact| (fact.label.as_str(), fact.value.as_str())).collect();
    assert_eq!(
        facts,
        [
            ("People in your business", "12"),
            ("What you have from us", "phones"),
            ("How you are with this", "new to this")
        ]
    );

    let watched = person(|person| {
        person.user_type = Some(UserType::Learner);
        person.user_type_source = Some(segments::TypeSource::Inferred);
    });
    let catalogue = shelf([piece("a", |item| item.user_types = vec![UserType::Learner])]);
    let choices = select(&watched, &catalogue, &[], &[], &want(Slot::NextWin, 1), now());
    assert_eq!(choices[0].because, "You seem to like to work things through yourself.");
    assert_eq!(choices[0].facts[0].label, "What you seem to like");

    let choices = select(&anyone(), &shelf([plain("b")]), &[], &[], &want(Slot::NextWin, 1), now());
    assert_eq!(choices[0].because, "A good place to start, whatever your business.");
    assert!(choices[0].facts.is_empty());
}

#[test]
fn the_marketer_reads_why_the_others_do_not_show() {
    let catalogue = shelf([plain("a"), plain("b"), plain("c"), lesson("long"), fix("f", "phones")]);
    let slot = Slot::NextWin;
    let rules = [rule("p", slot, Effect::Prefer, &["a"]), rule("x", slot, Effect::Exclude, &["c"])];
    let selection = explain(&anyone(), &catalogue, &rules, &[], &want(slot, 1), now());
    let told: Vec<_> =
        selection.considered.iter().map(|row| (row.item.as_str(), row.score, row.why_not.as_str())).collect();
    assert_eq!(
        told,
        [
            ("b", Some(5), "It is too like something on this page."),
            ("c", None, "The rule “Rule x” keeps it out."),
            ("f", None, "The next quick win is a training."),
            ("long", None, "A newcomer starts with a training of 10 minutes at most."),
        ]
    );
}

#[test]
fn a_kept_choice_is_read_back_as_it_was_written() {
    let catalogue = shelf([plain("a"), plain("b")]);
    let rules = [rule("r", Slot::NextWin, Effect::Prefer, &["a"])];
    let profile = person(|person| person.level = Some(Level::Starter));
    let choices = select(&profile, &catalogue, &rules, &[], &want(Slot::NextWin, 1), now());
    let json = serde_json::to_value(&choices).unwrap();
    insta::assert_json_snapshot!(json);
    assert_eq!(serde_json::from_value::<Vec<Choice>>(json).unwrap(), choices);
}
