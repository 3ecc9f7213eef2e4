use super::*;
use crate::{
    finding::Severity,
    starter::{Library, Source},
};

const GREET: &str = "---
title: Greet callers
kind: training
format: quick
summary: A short greeting.
minutes: 6
level: starter
products: [phones]
language: en
author: {name: Lakeshore team, kind: vendor, independent: false, paid: true}
checked_on: 2026-05-04
review: starter library, not reviewed by an expert
words: [greeting]
follow_up: send-calls
related: [send-calls]
---

Callers hang up. See [how to send calls](/learn/send-calls).

## Set your hours

Open the page.

**Do it now:** set your hours.
";

const RULE: &str = r#"name = "Phones first"
slot = "next-win"
when = 'owns "phones"'
effect = "prefer"
items = ["greet-callers"]
weight = 60
reason = "Calls are felt every day."
because = "You have phones."
"#;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 15).unwrap()
}

/// Lints one changed item beside its sound follow-up, and one changed rule.
fn told(item: impl Fn(&str) -> String, rule: impl Fn(&str) -> String) -> Vec<String> {
    let other = GREET.replace("Greet callers", "Send calls").replace("send-calls", "greet-callers");
    let files = [
        ("library/greet-callers.md", item(GREET)),
        ("library/send-calls.md", other),
        ("rules/phones-first.toml", rule(RULE)),
    ];
    let sources = files.map(|(file, text)| Source { file: file.to_owned(), text });
    let products = ["phones".to_owned(), "backup".to_owned()];
    let findings = lint(&Library::read(sources), Some(&products), today());
    let told = findings.iter().map(|finding| {
        assert!(finding.right.ends_with(['.', '?']), "{finding}");
        let line = finding.line.map_or_else(|| "-".to_owned(), |line| line.to_string());
        format!("{}:{line}: {}: {}", finding.file, finding.severity, finding.sentence)
    });
    told.collect()
}

fn same(text: &str) -> String {
    text.to_owned()
}

#[test]
fn a_sound_library_has_no_findings() {
    assert_eq!(told(same, same), Vec::<String>::new());
}

#[test]
fn each_fault_of_an_item_is_found_at_its_line() {
    let hard = "Organizational administrators should subsequently operationalize communications configuration methodologies.";
    let long = format!("Open the page. {}", "Press the key now. ".repeat(25));
    let cases: &[(&str, &str, &str)] = &[
        (
            "related: [send-calls]",
            "related: [send-cals]",
            "15: error: `related` names \"send-cals\", and there is no such item.",
        ),
        (
            "follow_up: send-calls",
            "follow_up: greet-callers",
            "14: error: `follow_up` names the item itself.",
        ),
        (
            "/learn/send-calls)",
            "/learn/nothing)",
            "18: error: The link /learn/nothing leads nowhere: there is \"nothing\", and there is no such item.",
        ),
        (
            "/learn/send-calls)",
            "/fix/send-calls/2#top)",
            "18: error: The link /fix/send-calls/2#top leads to the wrong place.",
        ),
        (
            "checked_on: 2026-05-04",
            "checked_on: 2024-12-14",
            "11: warning: It was last checked on 2024-12-14, over 18 months ago.",
        ),
        ("checked_on: 2026-05-04", "checked_on: 2026-06-16", "11: error: `checked_on` lies in the future."),
        (
            "review:",
            "expires_on: 2026-06-14\nreview:",
            "12: warning: Its last day has passed; nobody sees it.",
        ),
        ("words: [greeting]\n", "", "-: warning: There are no search words."),
        ("[phones]", "[phone]", "8: error: There is no product phone: nobody may see this."),
        ("[phones]", "[phones, tv]", "8: warning: There is no product tv."),
        (
            "**Do it now:** set your hours.",
            "Set your hours.",
            "20: warning: The step “Set your hours” gives nothing to do.",
        ),
        (
            "review:",
            "glossary:\n  page: What is open.\n  Router: The box.\nreview:",
            "12: warning: It explains “Router” and never uses it.",
        ),
        (
            "Open the page.",
            "Open the page.\n\n![A door](../drawings/door.svg)",
            "20: error: The step “Set your hours” shows the drawing \"door\", and there is none.",
        ),
        ("Open the page.", &long, "20: error: The step “Set your hours” has 109 words."),
        (
            "Greet callers",
            "Send calls",
            "send-calls.md:2: warning: library/greet-callers.md has the same title.",
        ),
    ];
    for (from, to, finding) in cases {
        assert!(GREET.contains(from), "{from}");
        let mut found = told(|text| text.replacen(from, to, 1), same);
        found.retain(|line| !line.starts_with("rules/"));
        let wanted = if finding.starts_with("send") {
            format!("library/{finding}")
        } else {
            format!("library/greet-callers.md:{finding}")
        };
        assert_eq!(found, [wanted], "{from} → {to}");
    }
    let found = told(|text| text.replace("Callers hang up.", hard), same);
    assert!(
        found.iter().any(|line| line.contains(":17: error: It is hard to read: reading ease ")),
        "{found:?}"
    );
}

#[test]
fn a_text_that_is_years_at_school_away_is_an_error_in_english_only() {
    let long = format!("We {} go home.", "see the dog and the cat and ".repeat(40));
    let grade = |text: &str| text.replace("Callers hang up.", &long);
    assert!(told(grade, same).iter().any(|line| line.contains("years at school")));
    assert_eq!(told(|text| grade(text).replace("language: en", "language: de"), same), Vec::<String>::new());
}

#[test]
fn a_question_without_an_answer_is_found() {
    let ask = |text: &str| {
        text.replace("kind: training", "kind: community").replace("format: quick", "format: question")
    };
    assert_eq!(
        told(ask, same),
        [
            "library/greet-callers.md:17: error: The question has no answer.",
            "library/send-calls.md:18: error: The link /learn/greet-callers leads to the wrong place.",
            "rules/phones-first.toml:2: error: It can never do anything: none of its items can stand in next-win.",
        ]
    );
}

#[test]
fn each_fault_of_a_rule_is_found() {
    for (from, to, finding) in [
        (
            "[\"greet-callers\"]",
            "[\"greet-callers\", \"greet\"]",
            "5: error: It names \"greet\", and there is no such item.",
        ),
        (
            "items = [\"greet-callers\"]",
            "filter = { kind = \"support\" }",
            "-: error: It can never do anything: no item fits it.",
        ),
        (
            "\"next-win\"",
            "\"fix\"",
            "2: error: It can never do anything: none of its items can stand in fix.",
        ),
    ] {
        assert!(RULE.contains(from), "{from}");
        let found = told(same, |text| text.replacen(from, to, 1));
        assert_eq!(found, [format!("rules/phones-first.toml:{finding}")]);
    }
}

#[test]
fn a_refused_file_is_among_the_findings_and_the_rest_is_still_looked_at() {
    let found = told(|text| text.replace("minutes: 6", "minutes: six"), same);
    assert_eq!(found[0], "library/greet-callers.md:6: error: `minutes` is not a whole number.");
    assert!(
        found.iter().any(|line| line.starts_with("library/send-calls.md:14: error: `follow_up` names")),
        "{found:?}"
    );
}

#[test]
fn two_files_of_one_name_are_a_finding() {
    let sources = ["library/a/greet-callers.md", "library/greet-callers.md"]
        .map(|file| Source { file: file.to_owned(), text: GREET.to_owned() });
    let library = Library::read(sources);
    assert_eq!(library.catalogue.len(), 1);
    assert_eq!(library.findings.len(), 1);
    assert_eq!(library.findings[0].severity, Severity::Error);
    assert_eq!(
        library.findings[0].sentence,
        "\"greet-callers\" is already the name of library/a/greet-callers.md."
    );
}

#[test]
fn a_question_about_something_that_is_not_there_is_found() {
    let asks = |text: &str| {
        text.replace("owns \"phones\"", "viewed \"greet-caller\" or owns \"phone\" or in segment \"tiny\"")
    };
    assert_eq!(
        told(same, asks),
        [
            "rules/phones-first.toml:3: error: Its question asks about \"greet-caller\", and there is no such item.",
            "rules/phones-first.toml:3: error: Its question asks about \"phone\", and there is no such product.",
            "rules/phones-first.toml:3: error: Its question asks about the segment \"tiny\", and there is none of that name.",
        ]
    );
}

/// Lints sound items beside one more file.
fn beside(file: &str, text: &str) -> Vec<String> {
    let other = GREET.replace("Greet callers", "Send calls").replace("send-calls", "greet-callers");
    let files = [
        ("library/greet-callers.md", GREET.to_owned()),
        ("library/send-calls.md", other.replace("words:", "trades: [\"62\"]\nwords:")),
        (file, text.to_owned()),
    ];
    let library = Library::read(files.map(|(file, text)| Source { file: file.to_owned(), text }));
    lint(&library, None, today()).iter().map(ToString::to_string).collect()
}

#[test]
fn a_lay_word_that_leads_nowhere_is_found() {
    assert_eq!(beside("words/w.toml", "hello = [\"Greeting\", \"hang up\"]\n"), Vec::<String>::new());
    assert_eq!(
        beside("words/w.toml", "\nhello = [\"greting\"]\n"),
        [
            "words/w.toml:2: error: “hello” leads to “greting”, and no item uses that. Use words that stand in an item, such as \"greeting\"."
        ]
    );
}

#[test]
fn each_fault_of_a_shelf_is_found() {
    let shelf = |trades: &str, items: &str| {
        let text = format!("name = \"n\"\ntitle = \"T\"\ntrades = [{trades}]\nitems = [{items}]\n");
        beside("shelves/s.toml", &text)
    };
    assert_eq!(shelf("\"6212\"", "\"send-calls\", \"greet-callers\""), Vec::<String>::new());
    for (trades, items, told) in [
        (
            "",
            "\"greet-caller\"",
            "It names \"greet-caller\", and there is no such item. Did you mean \"greet-callers\"?",
        ),
        (
            "",
            "\"greet-callers\", \"greet-callers\"",
            "It holds \"greet-callers\" twice. Name each item once.",
        ),
        (
            "",
            "\"send-calls\"",
            "\"send-calls\" is for other trades than the shelf. Take it off the shelf, or write the shelf for its trade.",
        ),
        (
            "\"23\"",
            "\"send-calls\"",
            "\"send-calls\" is for other trades than the shelf. Take it off the shelf, or write the shelf for its trade.",
        ),
    ] {
        assert_eq!(shelf(trades, items), [format!("shelves/s.toml:4: error: {told}")]);
    }
}
