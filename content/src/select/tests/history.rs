//! What was begun, finished and shown.

use super::*;

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
fn what_somebody_put_off_stays_away_for_14_days_and_help_never_does() {
    let catalogue = shelf([plain("a"), plain("b"), fix("f", "phones")]);
    let profile = person(|person| own(person, "phones"));
    let after = |days: i64| {
        let history = [past("a", Act::PutOff, days_ago(days)), past("f", Act::PutOff, days_ago(days))];
        let slots = [want(Slot::NextWin, 1), want(Slot::Picks, 3), want(Slot::Fix, 1)].concat();
        let choices = select(&profile, &catalogue, &[], &history, &slots, now());
        choices.iter().map(|choice| choice.item.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(after(0), ["b", "f"]);
    assert_eq!(after(13), ["b", "f"]);
    let mut all = after(14);
    all.sort_unstable();
    assert_eq!(all, ["a", "b", "f"]);
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
