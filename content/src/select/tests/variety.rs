//! No two alike on one page.

use super::*;

#[test]
fn a_page_is_varied_while_there_is_a_choice() {
    let phones = |name: &str| piece(name, |item| item.products = vec!["phones".to_owned()]);
    let catalogue = shelf([
        phones("p1"),
        phones("p2"),
        phones("p3"),
        piece("b1", |item| (item.products, item.trades) = (vec!["backup".to_owned()], vec!["23".to_owned()])),
    ]);
    let profile = person(|person| ["phones", "backup"].iter().for_each(|product| own(person, product)));
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
fn one_piece_that_brings_two_things_leaves_a_place_to_the_best() {
    let expert = piece("expert", |item| {
        (item.author.kind, item.author.independent) = (AuthorKind::Expert, true);
        item.format = Format::Article;
    });
    let question =
        |name: &str| piece(name, |item| (item.kind, item.format) = (Kind::Community, Format::Question));
    let article = piece("article", |item| item.format = Format::Article);
    let catalogue = shelf([question("q"), expert, article, plain("lesson")]);
    let rules = [rule("r", Slot::Picks, Effect::Prefer, &["q"])];
    let choices = select(&anyone(), &catalogue, &rules, &[], &want(Slot::Picks, 3), now());
    let mut picked = names(&choices);
    picked.sort_unstable();
    assert_eq!(picked, ["expert", "lesson", "q"], "the expert's article is the piece to read as well");
}

#[test]
fn a_wish_brings_nothing_from_another_trade() {
    let foreign = piece("expert", |item| {
        (item.author.kind, item.author.independent) = (AuthorKind::Expert, true);
        item.trades = vec!["6212".to_owned()];
    });
    let catalogue = shelf([plain("a"), plain("b"), foreign]);
    let plumber = person(|person| person.account.industry = Some("238220".to_owned()));
    let mut picked = names(&select(&plumber, &catalogue, &[], &[], &want(Slot::Picks, 2), now())).join(" ");
    assert!(picked == "a b" || picked == "b a", "{picked}");
    let dentist = person(|person| person.account.industry = Some("621210".to_owned()));
    picked = names(&select(&dentist, &catalogue, &[], &[], &want(Slot::Picks, 2), now())).join(" ");
    assert!(picked.contains("expert"), "{picked}");
}
