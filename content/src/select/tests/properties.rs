//! What must hold for every reader, every catalogue and every set of rules.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// Items over every shape that matters to choosing.
fn items() -> impl Strategy<Value = Vec<Item>> {
    let shape =
        (0..5_u8, 0..3_usize, 0..3_u8, any::<bool>(), prop::option::of(0..20_i64), 0..12_u8, any::<bool>());
    prop::collection::vec(shape, 0..14).prop_map(|shapes| {
        let with_names = shapes.into_iter().enumerate();
        with_names.map(|(at, shape)| item(at, shape)).collect()
    })
}

type Shape = (u8, usize, u8, bool, Option<i64>, u8, bool);

fn item(at: usize, (shape, level, product, expert, lasts, next, spanish): Shape) -> Item {
    piece(&format!("i{at}"), |item| {
        (item.kind, item.format, item.minutes) = match shape {
            0 => (Kind::Training, Format::Quick, 5),
            1 => (Kind::Training, Format::Lesson, 30),
            2 => (Kind::Support, Format::Fix, 5),
            3 => (Kind::Community, Format::Question, 5),
            _ => (Kind::Training, Format::Article, 5),
        };
        item.level = Level::ALL[level];
        item.products = ["phones", "backup"].iter().take(product.into()).map(ToString::to_string).collect();
        if expert {
            (item.author.kind, item.author.independent) = (AuthorKind::Expert, true);
        }
        item.expires_on = lasts.map(|days| (now() + TimeDelta::days(days - 10)).date_naive());
        item.follow_up = Some(slug(&format!("i{next}")));
        if spanish && at.is_multiple_of(3) {
            item.language = "es".to_owned();
        }
    })
}

fn rules() -> impl Strategy<Value = Vec<Rule>> {
    let shape = (0..4_usize, 0..4_usize, prop::collection::vec(0..14_u8, 1..5), 1..=100_i32, 0..3_usize);
    prop::collection::vec(shape, 0..8).prop_map(|shapes| {
        let questions = [
            Predicate::everyone(),
            Predicate::parse("level is starter").unwrap(),
            Predicate::parse("owns \"phones\"").unwrap(),
        ];
        let made = shapes.into_iter().enumerate().map(|(at, (slot, effect, named, weight, when))| {
            let named: Vec<String> = named.iter().map(|at| format!("i{at}")).collect();
            let named: Vec<&str> = named.iter().map(String::as_str).collect();
            let base = rule(&format!("r{at}"), Slot::ALL[slot], Effect::ALL[effect], &named);
            Rule { weight, when: questions[when].clone(), ..base }
        });
        made.collect()
    })
}

fn people() -> impl Strategy<Value = Profile> {
    (any::<u128>(), prop::option::of(0..3_usize), any::<bool>(), any::<bool>()).prop_map(
        |(id, level, phones, letters)| {
            person(|person| {
                person.id = ContactId::from(Uuid::from_u128(id));
                person.level = level.map(|level| Level::ALL[level]);
                if phones {
                    own(person, "phones");
                }
                if letters {
                    person.consents.insert(Purpose::Training, days_ago(1));
                }
            })
        },
    )
}

fn histories() -> impl Strategy<Value = Vec<Past>> {
    let one = (
        0..14_u8,
        prop::sample::select(vec![Act::Shown, Act::PutOff, Act::Started, Act::Completed]),
        -2..30_i64,
    );
    prop::collection::vec(one.prop_map(|(at, act, days)| past(&format!("i{at}"), act, days_ago(days))), 0..12)
}

const PLACES: [Wanted; 4] = [
    Wanted { slot: Slot::NextWin, count: 2 },
    Wanted { slot: Slot::Fix, count: 3 },
    Wanted { slot: Slot::Picks, count: 3 },
    Wanted { slot: Slot::Letter, count: 2 },
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_shown_that_may_not_be(items in items(), rules in rules(), profile in people(), history in histories()) {
        let catalogue = shelf(items);
        let choices = select(&profile, &catalogue, &rules, &history, &PLACES, now());
        let done = |act: Act, of: &Item| history.iter().any(|past| past.item == of.slug && past.act == act && past.at <= now());
        for choice in &choices {
            let item = catalogue.get(choice.item.as_str()).unwrap();
            prop_assert!(!item.expired(now().date_naive()));
            prop_assert_eq!(&item.language, "en");
            prop_assert!(item.kind == Kind::Support || !done(Act::Completed, item));
            let holds = |rule: &&Rule| rule.slot == choice.slot && rule.when.matches(&profile, now());
            for rule in rules.iter().filter(holds) {
                prop_assert!(rule.effect != Effect::Exclude || !rule.means(item));
                prop_assert!(rule.effect != Effect::Require || rule.means(item));
            }
            if choice.slot == Slot::Letter {
                prop_assert!(item.kind == Kind::Training && profile.consents_to(Purpose::Training, now()));
            }
            if matches!(choice.slot, Slot::NextWin | Slot::Fix) && !item.products.is_empty() {
                prop_assert!(profile.account.in_force().any(|licence| item.products.contains(&licence.product)));
            }
        }
    }

    #[test]
    fn nothing_stands_twice_on_one_page(items in items(), rules in rules(), profile in people(), history in histories()) {
        let choices = select(&profile, &shelf(items), &rules, &history, &PLACES, now());
        let different: BTreeSet<&str> = names(&choices).into_iter().collect();
        prop_assert_eq!(different.len(), choices.len());
        let places: BTreeSet<_> = choices.iter().map(|choice| (choice.slot, choice.position)).collect();
        prop_assert_eq!(places.len(), choices.len());
    }

    #[test]
    fn a_newcomer_gets_nothing_long_that_they_did_not_begin(items in items(), rules in rules(), profile in people()) {
        let catalogue = shelf(items);
        for choice in select(&profile, &catalogue, &rules, &[], &want(Slot::NextWin, 2), now()) {
            prop_assert!(catalogue.get(choice.item.as_str()).unwrap().minutes <= 10);
        }
    }

    #[test]
    fn the_same_inputs_give_the_same_choices_in_any_order(items in items(), rules in rules(), profile in people(), history in histories()) {
        let backwards = |rules: &[Rule]| rules.iter().rev().cloned().collect::<Vec<_>>();
        let one = explain(&profile, &shelf(items.clone()), &rules, &history, &PLACES, now());
        let past: Vec<Past> = history.iter().rev().cloned().collect();
        let other = explain(&profile, &shelf(items.into_iter().rev()), &backwards(&rules), &past, &PLACES, now());
        prop_assert_eq!(one, other);
    }

    #[test]
    fn every_item_is_chosen_or_told_why_not_in_every_slot(items in items(), rules in rules(), profile in people(), history in histories()) {
        let catalogue = shelf(items);
        let selection = explain(&profile, &catalogue, &rules, &history, &PLACES, now());
        prop_assert_eq!(selection.choices.len() + selection.considered.len(), catalogue.len() * PLACES.len());
        for choice in &selection.choices {
            prop_assert!(choice.because.ends_with('.') && !choice.reasons.is_empty());
        }
    }
}
