mod parts;

use super::*;
use crate::finding::Severity;

const WHOLE: &str = "---
title: Greet callers
kind: training                  # a comment
format: quick
summary: A short greeting.
minutes: 6
level: starter
user_types: [learner]
stages: [starting-up, growing]
products: [phones]
trades: [\"6212\", 23]
needs: [fewer missed calls]
language: en
author: {name: Lakeshore team, kind: vendor, independent: false, paid: true}
checked_on: 2026-05-04
expires_on: 2027-05-04
review: starter library, not reviewed by an expert
words: [greeting, answering machine]
follow_up: send-calls
related: [calls-go-astray]
---
Before the first step.

## Set your hours

Open it.

```
## not a step
```

## Record it ##

**Do it now:** press the button.
";

/// What is wrong with a file, as `line: sentence`.
fn wrong(file: &str, source: &str) -> Vec<String> {
    let Err(Refused(findings)) = Item::parse(file, source) else { return Vec::new() };
    let told = |finding: &crate::finding::Finding| {
        assert_eq!((finding.file.as_str(), finding.severity), (file, Severity::Error));
        assert!(finding.right.ends_with(['.', '?']), "{finding}");
        format!(
            "{}: {}",
            finding.line.map_or_else(|| "-".to_owned(), |line| line.to_string()),
            finding.sentence
        )
    };
    findings.iter().map(told).collect()
}

fn changed(from: &str, to: &str) -> Vec<String> {
    assert!(WHOLE.contains(from), "{from}");
    wrong("library/greet.md", &WHOLE.replacen(from, to, 1))
}

#[test]
fn a_whole_file_becomes_an_item() {
    let item = Item::parse("library/greet-callers.md", WHOLE).unwrap();
    assert_eq!(item.slug.as_str(), "greet-callers");
    assert_eq!((item.kind, item.format, item.minutes), (Kind::Training, Format::Quick, 6));
    assert_eq!(item.trades, ["6212", "23"]);
    assert_eq!(item.stages, [Stage::StartingUp, Stage::Growing]);
    assert_eq!(item.expires_on, NaiveDate::from_ymd_opt(2027, 5, 4));
    assert_eq!(item.follow_up.as_ref().unwrap().as_str(), "send-calls");
    assert_eq!(item.path(), "/learn/greet-callers");
    assert_eq!(item.body_line, 22);
    assert_eq!(item.source, WHOLE);
    assert!(!item.by_independent_expert());
}

#[test]
fn steps_are_split_at_their_headings_and_know_their_line() {
    let item = Item::parse("library/greet.md", WHOLE).unwrap();
    assert_eq!(item.intro, "Before the first step.");
    let steps: Vec<_> = item.steps.iter().map(|step| (step.title.as_str(), step.line)).collect();
    assert_eq!(steps, [("Set your hours", 24), ("Record it", 32)]);
    assert!(item.steps[0].body.contains("## not a step"), "what stands in a code block is text");
}

#[test]
fn a_wrong_field_is_named_with_its_line_and_what_would_be_right() {
    for (from, to, told) in [
        ("level: starter", "level: beginner", "7: `level` says \"beginner\"."),
        ("title: Greet callers\n", "", "-: `title` is missing."),
        ("title: Greet callers", "title: \"\"", "2: `title` holds no text."),
        ("minutes: 6", "minutes: six", "6: `minutes` is not a whole number."),
        ("minutes: 6", "minutes: 0", "6: `minutes` says 0."),
        ("minutes: 6", "minutes: 11", "6: `minutes` is over 10 for a quick training."),
        ("kind: training", "kind: support", "4: `format` says \"quick\", which no support item is."),
        ("[learner]", "[learner, expert]", "8: `user_types` says \"expert\"."),
        ("23]", "\"2x\"]", "11: `trades` holds something that is no NAICS prefix."),
        ("independent: false", "independent: no-one", "14: `author.independent` is neither true nor false."),
        ("2026-05-04", "4 May 2026", "15: `checked_on` says \"4 May 2026\"."),
        ("follow_up: send-calls", "follow_up: Send calls", "19: `follow_up` says \"Send calls\"."),
        ("words:", "word:", "18: `word` is not a field we know."),
        ("review: starter library, not reviewed by an expert\n", "", "-: `review` is missing."),
    ] {
        assert_eq!(changed(from, to), [told], "{from} → {to}");
    }
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let source = WHOLE.replace("level: starter", "level: x").replace("minutes: 6", "minutes: x");
    assert_eq!(wrong("library/greet.md", &source).len(), 2);
}

#[test]
fn a_misspelt_field_gets_the_nearest_name() {
    let source = WHOLE.replace("summary:", "sumary:");
    let Err(Refused(findings)) = Item::parse("library/greet.md", &source) else { panic!("it was taken") };
    assert!(findings.iter().any(|finding| finding.right == "Did you mean `summary`?"), "{findings:?}");
}

#[test]
fn the_shape_must_fit_the_kind() {
    let fix = WHOLE.replace("kind: training", "kind: support").replace("format: quick", "format: fix");
    assert_eq!(wrong("library/greet.md", &fix), ["-: `symptom` is missing."]);
    let stepless = WHOLE.replace("## ", "### ");
    assert_eq!(wrong("library/greet.md", &stepless), ["-: A quick without a `## ` heading has no steps."]);
}

#[test]
fn a_fix_says_what_does_not_work_by_a_word_of_the_list_and_nothing_else_does() {
    let fix = WHOLE.replace("kind: training", "kind: support").replace("format: quick", "format: fix");
    let fix = fix.replace("words:", "symptom: It is silent.\nwords:");
    let grouped = |group: &str| fix.replace("words:", &format!("group: {group}\nwords:"));
    let item = |source: &str| Item::parse("library/greet.md", source).unwrap();
    assert_eq!((item(&fix).group, item(&grouped("sign-in")).group), (None, Some(Trouble::SignIn)));
    let Err(Refused(findings)) = Item::parse("library/greet.md", &grouped("phone")) else { panic!("taken") };
    assert_eq!((findings[0].line, findings[0].sentence.as_str()), (Some(19), "`group` says \"phone\"."));
    let list = "Write calls, connection, sign-in, mail, files, money, bookings or website.";
    assert_eq!(findings[0].right, list);
    assert_eq!(changed("words:", "group: calls\nwords:"), ["18: `group` stands on an item that is no fix."]);
}

#[test]
fn what_is_no_item_at_all_is_refused_with_what_one_looks_like() {
    for (file, source, told) in [
        ("library/greet.md", "Hello", "1: There is no front matter."),
        ("library/greet.md", "", "1: There is no front matter."),
        ("library/greet.md", "---\ntitle: x\n", "1: The front matter never ends."),
        ("library/greet.md", "---\n# nothing\n---\nx", "1: The front matter holds no fields."),
        (
            "library/greet.md",
            "---\na: &x 1\n---\nx",
            "2: The front matter uses a sign of YAML (`&`, `*` or `!`); a text that begins so needs quotes.",
        ),
        ("library/greet.md", "---\na:\n- - - x\n---\nx", "3: The front matter nests lists in lists."),
        (
            "library/greet.md",
            "---\na: [[[[[[[[[x]]]]]]]]]\n---\nx",
            "2: The front matter nests lists in lists.",
        ),
    ] {
        assert_eq!(wrong(file, source), [told]);
    }
    assert_eq!(wrong("library/Greet.md", WHOLE).len(), 1);
    assert_eq!(
        wrong("library/greet.md", &format!("{WHOLE}{}", "x".repeat(200_000))),
        ["-: The file is over 200,000 bytes."]
    );
    let long = format!("---\ntitle: {}\n---\nx", "x".repeat(8_000));
    assert_eq!(wrong("library/greet.md", &long), ["1: The front matter is over 8,000 bytes."]);
    let broken = wrong("library/greet.md", "---\ntitle: a: b\n---\nx");
    assert!(broken[0].contains("is not sound YAML"), "{broken:?}");
}

proptest::proptest! {
    #[test]
    fn no_file_however_broken_stops_the_parser(at in 0..WHOLE.len(), cut in 0..40_usize, noise in "[\\PC\\n]{0,12}") {
        let end = (at + cut).min(WHOLE.len());
        let source = format!("{}{noise}{}", &WHOLE[..at], &WHOLE[end..]);
        if let Err(Refused(findings)) = Item::parse("library/greet.md", &source) {
            proptest::prop_assert!(!findings.is_empty());
        }
    }
}
