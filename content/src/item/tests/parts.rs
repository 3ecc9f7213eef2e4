//! The parts of a step that a page draws by themselves.

use super::*;

/// The one step of an item whose step holds this text.
fn step(text: &str) -> Step {
    let source = WHOLE.replace("Open it.\n", text);
    let mut item = Item::parse("library/greet.md", &source).unwrap_or_else(|wrong| panic!("{wrong}"));
    item.steps.remove(0)
}

const CHECK: &str = "### Quick check: What comes first?

- [ ] The hours
- [x] Who you are
- [ ] The weather

People hang up when they
are not sure.
";

#[test]
fn a_step_is_taken_apart_and_stays_whole() {
    let step = step(&format!(
        "Open **Phones**.\n\n> Thanks for calling.\n> We open at 9.\n\nRead it out.\n\n**Do it now:** set the hours\nand save.\n\n{CHECK}"
    ));
    assert_eq!(step.say_this, ["Thanks for calling.\nWe open at 9."]);
    assert_eq!(step.do_it_now, ["Set the hours and save."]);
    assert!(step.text.starts_with("Open **Phones**.\n\nRead it out."), "{}", step.text);
    assert!(!step.text.contains("Do it now") && !step.text.contains("Thanks"), "{}", step.text);
    assert!(step.body.contains("> We open at 9.") && step.body.ends_with("and save."), "{}", step.body);
    assert!(!step.body.contains("Quick check"), "the check is drawn by itself");

    let check = step.check.unwrap();
    assert_eq!((check.question.as_str(), check.answers.len()), ("What comes first?", 3));
    assert_eq!(check.right().text, "Who you are");
    // The second half of the step's text follows in the same file; the explanation runs to the step's end.
    assert!(
        check.explanation.starts_with("People hang up when they\nare not sure."),
        "{}",
        check.explanation
    );
}

#[test]
fn several_things_to_do_are_a_list_under_the_mark() {
    for list in [
        "**Do it now:**\n\n- open it\n- type your words,\n  then listen\n",
        "**Do it now:**\n1. open it\n2. type your words,\n   then listen\n",
        "**DO IT NOW:** open it\n- type your words, then listen\n",
    ] {
        assert_eq!(step(list).do_it_now, ["Open it", "Type your words, then listen"], "{list}");
    }
    assert_eq!(step("**Do it now:**\n\nOpen it, then\n").do_it_now, Vec::<String>::new());
}

#[test]
fn a_picture_from_our_drawings_is_the_drawing_of_the_step() {
    let step = step("Look.\n\n![Two doors](../drawings/two-doors.svg)\n\nGo.\n");
    assert_eq!(step.drawing.as_ref().map(Slug::as_str), Some("two-doors"));
    assert!(!step.body.contains("drawings") && step.body.starts_with("Look."), "{}", step.body);
    let other = |line: &str| self::step(line).drawing;
    assert_eq!(other("![x](/drawings/two-doors.svg)\n"), None);
    assert_eq!(other("![x](../drawings/Two doors.svg)\n"), None);
}

#[test]
fn what_stands_in_code_is_no_part() {
    let step = step("```\n> no quote\n\n**Do it now:** no task\n### Quick check: none\n```\n");
    assert!(step.say_this.is_empty() && step.do_it_now.is_empty() && step.check.is_none());
    assert!(step.text.contains("no task"), "{}", step.text);
}

#[test]
fn a_quick_check_that_cannot_be_answered_is_refused_at_its_line() {
    let told = |from: &str, to: &str| {
        assert!(CHECK.contains(from), "{from}");
        let check = CHECK.replacen(from, to, 1);
        // Put last, so that no other text stands under it.
        wrong("library/greet.md", &format!("{WHOLE}\n{check}"))
    };
    assert_eq!(told("hours", "times"), Vec::<String>::new());
    let at = 1 + WHOLE.lines().count() + 1;
    for (from, to, sentence) in [
        (" What comes first?", "", "The quick check asks nothing."),
        ("- [ ] The hours\n- [x] Who you are\n", "", "The quick check has 1 answers."),
        ("[x]", "[ ]", "The quick check has 0 right answers."),
        ("[ ]", "[X]", "The quick check has 2 right answers."),
        ("\nPeople hang up when they\nare not sure.\n", "", "The quick check does not say why."),
        ("are not sure.", "are not.\n\n**Do it now:** go.", "Something stands after the quick check."),
        ("are not sure.", "are not.\n\n### Quick check: Why?", "Something stands after the quick check."),
    ] {
        assert_eq!(told(from, to), [format!("{at}: {sentence}")], "{from} → {to}");
    }
    let fix = WHOLE.replace("kind: training", "kind: support").replace("format: quick", "format: fix");
    let fix = fix.replace("minutes: 6", "minutes: 6\nsymptom: It is silent.");
    assert_eq!(
        wrong("library/greet.md", &format!("{fix}\n{CHECK}")),
        ["33: A fix has no quick check."],
        "nobody is examined while something is broken"
    );
}

#[test]
fn outcomes_and_explained_words_are_read() {
    let more = "outcomes: [greet callers, test it]\nglossary:\n  greeting: What callers hear first.\n  After hours: \"Any time: you are closed.\"\n";
    let item = Item::parse("library/greet.md", &WHOLE.replace("words:", &format!("{more}words:"))).unwrap();
    assert_eq!(item.outcomes, ["greet callers", "test it"]);
    let told: Vec<_> = item.glossary.iter().map(|one| (one.word.as_str(), one.meaning.as_str())).collect();
    assert_eq!(
        told,
        [("After hours", "Any time: you are closed."), ("greeting", "What callers hear first.")]
    );
    assert_eq!(changed("words:", "glossary:\n  greeting:\nwords:"), ["19: `glossary.greeting` is missing."]);
    assert_eq!(
        changed("words:", "glossary: [greeting]\nwords:"),
        ["18: `glossary` is not a table of fields."]
    );
}
