mod properties;

use chrono::{NaiveDate, TimeDelta};
use segments::{AccountId, Billing, ContactId, EventKind, Level, Licence, Predicate, Purpose, UserType};
use uuid::Uuid;

use super::*;
use crate::{
    names::{AuthorKind, Format, Kind},
    slug::Slug,
};

fn now() -> DateTime<Utc> {
    "2026-06-15T12:00:00Z".parse().unwrap()
}

fn days_ago(days: i64) -> DateTime<Utc> {
    now() - TimeDelta::days(days)
}

fn slug(name: &str) -> Slug {
    Slug::parse(name).unwrap()
}

/// A quick training for everyone, changed as the case wants it.
fn piece(name: &str, change: impl FnOnce(&mut Item)) -> Item {
    let source = "---\ntitle: T\nkind: training\nformat: quick\nsummary: S.\nminutes: 5\nlevel: starter\n\
                  language: en\nauthor: {name: A, kind: vendor, independent: false, paid: true}\n\
                  checked_on: 2026-06-01\nreview: none\nwords: [w]\n---\nText.\n\n## Step\n\n**Do it now:** go.\n";
    let mut item = Item::parse(&format!("library/{name}.md"), source).unwrap();
    item.title = format!("The {name}");
    change(&mut item);
    item
}

fn plain(name: &str) -> Item {
    piece(name, |_| {})
}

fn lesson(name: &str) -> Item {
    piece(name, |item| (item.format, item.minutes) = (Format::Lesson, 25))
}

fn fix(name: &str, product: &str) -> Item {
    piece(name, |item| {
        (item.kind, item.format, item.products) = (Kind::Support, Format::Fix, vec![product.to_owned()]);
    })
}

fn shelf(items: impl IntoIterator<Item = Item>) -> Catalogue {
    Catalogue::new(items).unwrap()
}

fn person(change: impl FnOnce(&mut Profile)) -> Profile {
    let mut profile = Profile::blank(
        ContactId::from(Uuid::from_u128(7)),
        AccountId::from(Uuid::from_u128(8)),
        "maria@dental.example",
    );
    change(&mut profile);
    profile
}

fn anyone() -> Profile {
    person(|_| {})
}

fn own(profile: &mut Profile, product: &str) {
    profile.account.licences.push(Licence {
        product: product.to_owned(),
        seats: None,
        starts_on: None,
        renews_on: NaiveDate::from_ymd_opt(2027, 1, 1).unwrap(),
        amount: None,
        currency: None,
        billed_by: Billing::Vendor,
        lapsed: false,
    });
}

fn rule(name: &str, slot: Slot, effect: Effect, items: &[&str]) -> Rule {
    Rule {
        slug: slug(name),
        name: format!("Rule {name}"),
        slot,
        when: Predicate::everyone(),
        effect,
        items: items.iter().map(|item| slug(item)).collect(),
        filter: None,
        weight: 50,
        reason: "We say so.".to_owned(),
        because: format!("Because of {name}."),
        file: format!("rules/{name}.toml"),
        source: String::new(),
    }
}

fn past(item: &str, act: Act, at: DateTime<Utc>) -> Past {
    Past { item: slug(item), act, at }
}

fn want(slot: Slot, count: usize) -> [Wanted; 1] {
    [Wanted { slot, count }]
}

fn names(choices: &[Choice]) -> Vec<&str> {
    choices.iter().map(|choice| choice.item.as_str()).collect()
}

#[test]
fn only_those_who_may_see_an_item_get_it() {
    type Case = (&'static str, fn(&mut Item), fn(&mut Profile), Slot, bool);
    let needs_phones: fn(&mut Item) = |item| item.products = vec!["phones".to_owned()];
    let agreed: fn(&mut Profile) = |profile| {
        profile.consents.insert(Purpose::Training, days_ago(1));
    };
    let cases: &[Case] = &[
        ("for everyone", |_| {}, |_| {}, Slot::NextWin, true),
        (
            "in their language",
            |item| item.language = "es".to_owned(),
            |person| person.language = Some("es-MX".to_owned()),
            Slot::NextWin,
            true,
        ),
        ("in another language", |item| item.language = "es".to_owned(), |_| {}, Slot::NextWin, false),
        ("for what they have", needs_phones, |person| own(person, "phones"), Slot::NextWin, true),
        ("for what they do not have", needs_phones, |_| {}, Slot::NextWin, false),
        ("for what they do not have, to read", needs_phones, |_| {}, Slot::Picks, true),
        (
            "for what they no longer have",
            needs_phones,
            |person| {
                own(person, "phones");
                person.account.licences[0].lapsed = true;
            },
            Slot::NextWin,
            false,
        ),
        ("a letter they agreed to", |_| {}, agreed, Slot::Letter, true),
        ("a letter nobody agreed to", |_| {}, |_| {}, Slot::Letter, false),
        (
            "a letter about something else",
            |item| (item.kind, item.format) = (Kind::Community, Format::Question),
            agreed,
            Slot::Letter,
            false,
        ),
        (
            "on its last day",
            |item| item.expires_on = NaiveDate::from_ymd_opt(2026, 6, 15),
            |_| {},
            Slot::NextWin,
            true,
        ),
        (
            "after its last day",
            |item| item.expires_on = NaiveDate::from_ymd_opt(2026, 6, 14),
            |_| {},
            Slot::NextWin,
            false,
        ),
        (
            "something to read, as a quick win",
            |item| item.format = Format::Article,
            |_| {},
            Slot::NextWin,
            false,
        ),
        ("a training, as a fix", |_| {}, |_| {}, Slot::Fix, false),
    ];
    for (what, change, who, slot, shown) in cases {
        let catalogue = shelf([piece("a", change)]);
        let profile = person(who);
        let selection = explain(&profile, &catalogue, &[], &[], &want(*slot, 1), now());
        assert_eq!(names(&selection.choices), if *shown { vec!["a"] } else { vec![] }, "{what}");
        assert_eq!(selection.considered.len(), usize::from(!shown), "{what}: why not is told");
    }
}

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
fn a_newcomer_starts_with_a_quick_training() {
    let catalogue = shelf([lesson("long"), piece("quick", |item| item.minutes = 10), plain("done")]);
    let rules = [rule("r", Slot::NextWin, Effect::Pin, &["long"])];
    let first =
        |history: &[Past]| select(&anyone(), &catalogue, &rules, history, &want(Slot::NextWin, 1), now());
    assert_ne!(names(&first(&[])), ["long"], "not even a pin makes a newcomer's first training long");
    assert_eq!(names(&first(&[past("done", Act::Completed, days_ago(3))])), ["long"]);
    assert_eq!(
        names(&first(&[past("long", Act::Started, days_ago(3))])),
        ["long"],
        "what they began they may go on with"
    );
    assert_ne!(
        names(&first(&[past("done", Act::Completed, days_ago(-3))])),
        ["long"],
        "tomorrow has not happened"
    );
}

#[test]
fn the_follow_up_of_what_was_finished_last_comes_next() {
    let follow = |name: &str, next: &str| piece(name, |item| item.follow_up = Some(slug(next)));
    let catalogue = shelf([follow("a", "x"), follow("b", "y"), plain("x"), plain("y"), plain("z")]);
    let history = [past("a", Act::Completed, days_ago(2)), past("b", Act::Completed, days_ago(5))];
    let rules = [rule("r", Slot::NextWin, Effect::Prefer, &["z"])];
    let choices = select(&anyone(), &catalogue, &rules, &history, &want(Slot::NextWin, 1), now());
    assert_eq!(names(&choices), ["x"]);
    assert_eq!(choices[0].because, "You finished “The a”, and this comes next.");

    let begun = [past("z", Act::Started, days_ago(1))];
    let choices = select(&anyone(), &catalogue, &[], &begun, &want(Slot::NextWin, 1), now());
    assert_eq!(names(&choices), ["z"], "then comes what was begun");
}

#[test]
fn what_is_finished_is_not_offered_again_unless_it_is_support() {
    let catalogue = shelf([plain("a"), fix("f", "phones")]);
    let history = [past("a", Act::Completed, days_ago(300)), past("f", Act::Completed, days_ago(1))];
    let profile = person(|person| own(person, "phones"));
    assert_eq!(names(&select(&profile, &catalogue, &[], &history, &HOME, now())), ["f"]);
}

#[test]
fn what_was_shown_lately_stands_back_for_a_while() {
    let catalogue = shelf([piece("liked", |item| item.level = Level::Confident), plain("other")]);
    let profile = person(|person| person.level = Some(Level::Confident));
    let first = |days: i64| {
        let history = [past("liked", Act::Shown, days_ago(days))];
        let choices = select(&profile, &catalogue, &[], &history, &want(Slot::Picks, 1), now());
        choices[0].item.to_string()
    };
    assert_eq!(first(0), "liked", "a page looked at twice on one day stays the same");
    let yesterday = [past("other", Act::Shown, days_ago(1)), past("liked", Act::Shown, days_ago(1))];
    assert_eq!(
        names(&select(&profile, &catalogue, &[], &yesterday, &want(Slot::Picks, 1), now())),
        ["liked"]
    );
    let rules = [Rule { weight: 30, ..rule("r", Slot::Picks, Effect::Prefer, &["other"]) }];
    let second = select(&profile, &catalogue, &rules, &yesterday[1..], &want(Slot::Picks, 1), now());
    assert_eq!(names(&second), ["other"]);
    let again = select(
        &profile,
        &catalogue,
        &rules,
        &[past("liked", Act::Shown, days_ago(14))],
        &want(Slot::Picks, 1),
        now(),
    );
    assert_eq!(names(&again), ["liked"], "after 14 days it counts no more");
}

#[test]
fn a_page_is_varied_while_there_is_a_choice() {
    let phones = |name: &str| piece(name, |item| item.products = vec!["phones".to_owned()]);
    let catalogue = shelf([
        phones("p1"),
        phones("p2"),
        phones("p3"),
        piece("b1", |item| item.products = vec!["backup".to_owned()]),
    ]);
    let profile = person(|person| own(person, "phones"));
    let choices = select(&profile, &catalogue, &[], &[], &want(Slot::NextWin, 2), now());
    assert_eq!(choices.len(), 2, "what is left is better than an empty place");
    let choices = select(&profile, &catalogue, &[], &[], &want(Slot::Picks, 2), now());
    assert_eq!(choices[1].item.as_str(), "b1", "the second is unlike the first, though it fits less");

    let both = [Wanted { slot: Slot::NextWin, count: 1 }, Wanted { slot: Slot::Picks, count: 3 }];
    let choices = select(&profile, &catalogue, &[], &[], &both, now());
    let mut seen = names(&choices);
    seen.sort_unstable();
    assert_eq!(seen, ["b1", "p1", "p2", "p3"], "nothing stands twice on one page");
}

#[test]
fn picks_hold_a_lesson_an_independent_expert_and_something_to_read() {
    let liked = |name: &str| {
        piece(name, |item| {
            (item.kind, item.format, item.level) = (Kind::Community, Format::Question, Level::Confident);
        })
    };
    let expert = piece("expert", |item| {
        (item.author.kind, item.author.independent) = (AuthorKind::Expert, true);
        (item.kind, item.format) = (Kind::Community, Format::Question);
    });
    let article = piece("article", |item| (item.kind, item.format) = (Kind::Community, Format::Article));
    let catalogue = shelf([liked("q1"), liked("q2"), liked("q3"), expert, article, plain("lesson")]);
    let profile = person(|person| person.level = Some(Level::Confident));
    let picks = |count| {
        let choices = select(&profile, &catalogue, &[], &[], &want(Slot::Picks, count), now());
        let mut names: Vec<String> = choices.iter().map(|choice| choice.item.to_string()).collect();
        names.sort();
        names
    };
    assert_eq!(picks(3), ["article", "expert", "lesson"]);
    assert_eq!(picks(2), ["expert", "lesson"], "with less room, the expert stays");
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
    let backup = piece("b", |item| item.products = vec!["backup".to_owned()]);
    let catalogue = shelf([plain("a1"), plain("a2"), backup]);
    let choices = select(&anyone(), &catalogue, &[], &[], &want(Slot::Picks, 2), now());
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

#[test]
fn the_events_of_a_profile_tell_what_was_begun_and_finished() {
    let profile = person(|person| {
        let event = |kind, item: &str, days| segments::Event {
            item: Some(item.to_owned()),
            ..segments::Event::blank(kind, days_ago(days))
        };
        person.events = vec![
            event(EventKind::Viewed, "a", 3),
            event(EventKind::Completed, "b", 2),
            event(EventKind::Clicked, "c", 1),
            event(EventKind::Viewed, "No such name", 1),
        ];
    });
    assert_eq!(
        Past::of(&profile),
        [past("a", Act::Started, days_ago(3)), past("b", Act::Completed, days_ago(2))]
    );
}
