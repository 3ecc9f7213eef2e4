use crate::Predicate;

/// Questions as people write them; each is also how it is printed.
const PRINTED: &[&str] = &[
    "size in 10..49",
    "size > 20",
    "size < 20",
    "size >= 20",
    "size <= 20",
    "size is 20",
    "size band is \"10-24\"",
    "class is small",
    "class in (small, not-smb)",
    "stage is starting-up",
    "founded before 2024-01-01",
    "founded in 2020-01-01..2024-12-31",
    "founded within 365 days",
    "industry under \"23\"",
    "industry under (\"23\", \"31-33\")",
    "country is \"US\"",
    "country is not \"US\"",
    "country not in (\"US\", \"CA\")",
    "region is \"IN\"",
    "city is \"Gary\"",
    "partner is \"P1\"",
    "billing is vendor",
    "owns \"phones\"",
    "not owns \"backup\"",
    "seats of \"phones\" > 5",
    "active seats of \"phones\" < 3",
    "unused seats of \"phones\" > 2",
    "milestone \"first-call\" reached",
    "milestone \"first-call\" reached within 30 days",
    "renews within 90 days",
    "renews before 2027-01-01",
    "amount > 1000",
    "amount in 0.5..1000.25",
    "user type is learner",
    "user type in (learner, connector)",
    "level is starter",
    "role is \"owner\"",
    "needs \"fewer missed calls\"",
    "language is \"en\"",
    "consents to training",
    "opted in before 2026-01-01",
    "opted in within 30 days",
    "joined",
    "received any",
    "clicked any within 30 days",
    "opened any within 30 days",
    "replied within 90 days",
    "viewed \"slug\" within 30 days",
    "viewed any fix within 30 days",
    "completed any training",
    "completed \"slug\"",
    "completed any more than 2 times within 90 days",
    "completed any fewer than 1 time",
    "asked within 30 days",
    "answered within 90 days",
    "did not click any within 60 days",
    "did not open \"slug\"",
    "did not reply within 7 days",
    "in segment \"renewing-soon\"",
    "in journey \"welcome\"",
    "targeted is not actual",
    "targeted is actual",
    "targeted class is small",
    "targeted band is \"over-500\"",
    "trait \"plan\" is \"gold\"",
    "trait \"plan\" is not \"go\\\"l\\\\d\"",
    "exists region",
    "exists user type",
    "exists trait \"plan\"",
    "country in (\"A\", \"B\")",
    "everyone",
    "no one",
    "size > 1 and size < 9 or joined",
    "size > 1 and (size < 9 or joined)",
    "not (size > 1 and joined)",
    "not (size > 1 or not not joined)",
    "size in 10..49 and industry under \"23\" and owns \"phones\" and renews within 90 days and not completed any \
     training within 30 days and user type is learner",
];

/// Other ways to write some of them.
const ALSO: &[(&str, &str)] = &[
    ("SIZE BETWEEN 10 AND 49", "size in 10..49"),
    ("size more than 20", "size > 20"),
    ("(( joined ))", "joined"),
    ("joined within 30 days", "opted in within 30 days"),
    ("completed within 90 days more than 2 times", "completed any more than 2 times within 90 days"),
    ("completed any at least 3 times", "completed any more than 2 times"),
    ("completed any at most 2 times", "completed any fewer than 3 times"),
    ("renews within 1 day", "renews within 1 day"),
    ("size band is \"over 500\"", "size band is \"over-500\""),
    ("country is \"us\"", "country is \"US\""),
    ("needs \"Fewer missed calls\"", "needs \"fewer missed calls\""),
    ("country is not in (\"A\", \"B\")", "country not in (\"A\", \"B\")"),
    ("level is \"Getting by\"", "level is getting-by"),
    ("clicked", "clicked any"),
    ("industry is \"Construction\"", "industry under \"23\""),
    ("industry is not \"32\"", "not industry under \"31-33\""),
    ("industry in (\"offices of DENTISTS\", \"72\")", "industry under (\"6212\", \"72\")"),
];

#[test]
fn every_example_reads_and_prints_back_to_the_same_words() {
    for text in PRINTED {
        let question = Predicate::parse(text).unwrap_or_else(|error| panic!("{text}\n{error}"));
        assert_eq!(question.to_string(), *text);
    }
    for (written, printed) in ALSO {
        let question = Predicate::parse(written).unwrap_or_else(|error| panic!("{written}\n{error}"));
        assert_eq!(question.to_string(), *printed, "{written}");
    }
}

#[test]
fn json_and_text_make_the_same_tree() {
    for text in PRINTED {
        let question = Predicate::parse(text).expect("the example reads");
        let json = serde_json::to_string(&question).expect("a question is JSON");
        let back: Predicate = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}\n{error}"));
        assert_eq!(back, question, "{json}");
        let quoted = serde_json::Value::String((*text).to_owned());
        assert_eq!(serde_json::from_value::<Predicate>(quoted).expect("text stands for JSON"), question);
    }
}

#[test]
fn a_mistake_is_named_with_its_place_and_what_was_probably_meant() {
    let mistakes = [
        (
            "sise in 10..49",
            "line 1, column 1: there is no fact called `sise`; did you mean `size`?\n  sise in 10..49\n  ^^^^",
        ),
        (
            "joined and\n  user type is lerner",
            "line 2, column 16: there is no user type called `lerner`; it is one of learner, connector, collaborator; \
             did you mean `learner`?\n    user type is lerner\n                 ^^^^^^",
        ),
        (
            "size in 49..10",
            "line 1, column 1: nothing lies in 49..10: write the smaller number first, 10..49",
        ),
        (
            "owns phones",
            "line 1, column 6: expected the code of a product in quotes, such as \"phones\", found `phones`",
        ),
        (
            "joined annd joined",
            "expected `and`, `or` or the end of the question, found `annd`; did you mean `and`?",
        ),
        ("(joined", "line 1, column 8: expected `)`, the question ends here"),
        ("", "line 1, column 1: the question is empty; `everyone` asks for everyone"),
        ("founded before 2024-02-30", "line 1, column 16: `2024-02-30` is not a day of the calendar"),
        ("owns \"phones", "line 1, column 6: this quoted text has no end"),
        ("size < 0", "nothing is less than 0"),
        ("renews within 0 days", "within 0 days holds for nothing"),
        ("renews in 2026-02-01..2026-01-01", "write the earlier day first"),
        ("completed any fewer than 0 times", "nothing happens fewer than 0 times"),
        ("did not complete \"x\"", "expected `open`, `click` or `reply`"),
        ("viewed any trainning", "did you mean `training`?"),
        ("exists regoin", "did you mean `region`?"),
        ("industry under \"99\"", "no industry of NAICS 2022 has the code 99"),
        ("industry is \"Constructoin\"", "did you mean \"Construction\" (23)"),
        ("size % 3", "`%` has no meaning here"),
    ];
    for (text, expected) in mistakes {
        let error = Predicate::parse(text).expect_err(text).to_string();
        assert!(error.contains(expected), "{text}:\n{error}\nshould say\n{expected}");
    }
}

#[test]
fn a_question_that_is_too_deep_too_long_or_too_large_is_refused() {
    let nested = |levels: usize| format!("{}joined{}", "not ".repeat(levels), "");
    assert!(Predicate::parse(&nested(11)).is_ok());
    assert!(Predicate::parse(&nested(12)).expect_err("13 levels").message.contains("12 levels"));
    let parentheses = format!("{}joined{}", "(".repeat(4000), ")".repeat(4000));
    assert!(Predicate::parse(&parentheses).is_err());
    let wide = |parts: usize| vec!["joined"; parts].join(" and ");
    assert!(Predicate::parse(&wide(199)).is_ok());
    assert!(Predicate::parse(&wide(200)).expect_err("201 parts").message.contains("200 parts"));
    assert!(Predicate::parse(&" ".repeat(9000)).expect_err("9000 bytes").message.contains("bytes"));
    let list = |values: usize| format!("country in ({})", vec!["\"US\""; values].join(", "));
    assert!(Predicate::parse(&list(200)).is_ok());
    assert!(Predicate::parse(&list(201)).expect_err("201 values").message.contains("too long"));
    let deep = format!("{}{{\"owns\": \"x\"}}{}", "{\"not\": ".repeat(12), "}".repeat(12));
    assert!(serde_json::from_str::<Predicate>(&deep).is_err());
}

#[test]
fn what_text_cannot_say_json_may_not_say_either() {
    for (json, expected) in [
        (r#"{"unused-seats": {"of": "phones", "is": {"fewer": -3}}}"#, "nothing is less than -3"),
        (r#"{"unused-seats": {"of": "phones", "is": {"in": [-5, -1]}}}"#, "-5 is below zero"),
        (r#"{"size": {"more": 1000000000001}}"#, "is too large"),
        (r#"{"seats": {"of": "phones", "is": {"in": [1, 9000000000000]}}}"#, "is too large"),
        (r#"{"seats": {"of": "phones", "is": {"more": 1}, "within": 3}}"#, "unknown field `within`"),
        (r#"{"milestone": {"name": "first-call", "wen": {"within": 3}}}"#, "unknown field `wen`"),
        (r#"{"joined": {"whn": {"within": 3}}}"#, "unknown field `whn`"),
        (r#"{"trait": {"name": "plan", "is": ["gold"], "not": true}}"#, "unknown field `not`"),
    ] {
        let error = serde_json::from_str::<Predicate>(json).expect_err(json).to_string();
        assert!(error.contains(expected), "{json}: {error}");
    }
    let over = r#"{"unused-seats": {"of": "phones", "is": {"fewer": 0}}}"#;
    let over: Predicate = serde_json::from_str(over).expect("more may be used than sold");
    assert_eq!(Predicate::parse(&over.to_string()).expect("it reads back"), over);
}

#[test]
fn the_deepest_trees_read_back_whatever_they_are_made_of() {
    let leaf = || Predicate::parse("joined").expect("it reads");
    // Every way to stack and, or and not, as the bits of a number say; the deepest has as many levels as may be.
    for levels in 1..crate::predicate::MAX_DEPTH {
        for bits in 0..3_usize.pow(levels.min(7).try_into().expect("it is small")) {
            let mut question = leaf();
            let mut left = bits;
            for _ in 0..levels {
                question = match left % 3 {
                    0 => Predicate::Not(Box::new(question)),
                    1 => Predicate::All(vec![leaf(), question]),
                    _ => Predicate::Any(vec![question, leaf()]),
                };
                left /= 3;
            }
            let text = question.to_string();
            let back = Predicate::parse(&text).unwrap_or_else(|error| panic!("{text}\n{error}"));
            assert_eq!(back, question, "{text}");
        }
    }
}

#[test]
fn the_names_in_json_stay_as_they_are() {
    let lines: Vec<_> = PRINTED
        .iter()
        .map(|text| {
            let question = Predicate::parse(text).expect("the example reads");
            format!("{text}\n    {}", serde_json::to_string(&question).expect("a question is JSON"))
        })
        .collect();
    insta::assert_snapshot!("json", lines.join("\n"));
}
