use super::*;

const WHOLE: &str = r#"# A rule.
name = "New to it, has phones"
slot = "next-win"
when = 'level is starter and owns "phones"'
effect = "prefer"
items = ["greet-callers"]
weight = 66
reason = "Calls are felt every day."
because = "You have phones, and you told us you are new to this."

[filter]
kind = "training"
format = ["quick", "lesson"]
trades = ["62"]
"#;

fn wrong(source: &str) -> Vec<String> {
    let Err(Refused(findings)) = Rule::parse("rules/first-win.toml", source) else { return Vec::new() };
    let told = |finding: &crate::finding::Finding| {
        format!(
            "{}: {}",
            finding.line.map_or_else(|| "-".to_owned(), |line| line.to_string()),
            finding.sentence
        )
    };
    findings.iter().map(told).collect()
}

#[test]
fn a_whole_file_becomes_a_rule() {
    let rule = Rule::parse("rules/first-win.toml", WHOLE).unwrap();
    assert_eq!(rule.slug.as_str(), "first-win");
    assert_eq!((rule.slot, rule.effect, rule.weight), (Slot::NextWin, Effect::Prefer, 66));
    assert_eq!(rule.when, Predicate::parse("level is starter and owns \"phones\"").unwrap());
    let filter = rule.filter.unwrap();
    assert_eq!(
        (filter.kind, filter.format.len(), filter.trades),
        (vec![Kind::Training], 2, vec!["62".to_owned()])
    );
    assert_eq!(rule.source, WHOLE);
}

#[test]
fn a_wrong_field_is_named_with_its_line() {
    for (from, to, told) in [
        ("slot = \"next-win\"", "slot = \"nextwin\"", "3: `slot` says \"nextwin\"."),
        ("effect = \"prefer\"", "effect = \"like\"", "5: `effect` says \"like\"."),
        ("weight = 66", "weight = 101", "7: `weight` says 101."),
        ("weight = 66\n", "", "-: `weight` is missing."),
        ("because =", "becuase =", "9: `becuase` is not a field we know."),
        ("trades = [\"62\"]", "trade = [\"62\"]", "14: `filter.trade` is not a field we know."),
        ("kind = \"training\"", "kind = \"lesson\"", "12: `filter.kind` says \"lesson\"."),
        ("greet-callers", "Greet callers", "6: `items` says \"Greet callers\"."),
    ] {
        assert!(WHOLE.contains(from), "{from}");
        let told_now = wrong(&WHOLE.replacen(from, to, 1));
        assert_eq!(told_now.first().map(String::as_str), Some(told), "{told_now:?}");
    }
}

#[test]
fn a_question_that_cannot_be_read_is_told_at_its_line() {
    let told = wrong(&WHOLE.replace("level is starter", "lvel is starter"));
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("4: `when` holds a question we cannot read: "), "{told:?}");
}

#[test]
fn a_rule_without_items_and_filter_means_nothing_and_is_refused() {
    let (head, _) = WHOLE.split_once("\n[filter]").unwrap();
    let source = head.replace("items = [\"greet-callers\"]\n", "");
    assert_eq!(wrong(&source), ["-: `items` is missing, and so is a filter."]);
}

#[test]
fn a_rule_that_lets_in_or_keeps_out_needs_no_weight() {
    for effect in ["require", "exclude"] {
        let source = WHOLE.replace("weight = 66\n", "").replace("\"prefer\"", &format!("\"{effect}\""));
        assert_eq!(wrong(&source), Vec::<String>::new());
    }
}

#[test]
fn unsound_toml_is_told_at_its_line() {
    let told = wrong(&WHOLE.replace("weight = 66", "weight = "));
    assert!(told.len() == 1 && told[0].starts_with("7: This is not sound TOML"), "{told:?}");
}

#[test]
fn a_filter_fits_items_on_every_line_that_is_given() {
    let source = "---\ntitle: T\nkind: training\nformat: quick\nsummary: S.\nminutes: 5\nlevel: starter\n\
                  trades: [\"6212\"]\nproducts: [phones, backup]\nlanguage: en\n\
                  author: {name: A, kind: vendor, independent: false, paid: true}\n\
                  checked_on: 2026-06-01\nreview: none\n---\n## Step\nText.\n";
    let item = Item::parse("library/a.md", source).unwrap();
    let list = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    let fits = |change: fn(&mut Filter)| {
        let mut filter = Filter { kind: vec![Kind::Training], ..Filter::default() };
        change(&mut filter);
        filter.fits(&item)
    };
    assert!(fits(|_| {}));
    assert!(fits(|filter| filter.format = vec![Format::Lesson, Format::Quick]));
    assert!(!fits(|filter| filter.format = vec![Format::Lesson]));
    assert!(!fits(|filter| filter.level = vec![segments::Level::Confident]));
    assert!(Filter { trades: list(&["62"]), ..Filter::default() }.fits(&item), "62 takes in 6212");
    assert!(!Filter { trades: list(&["621210"]), ..Filter::default() }.fits(&item));
    assert!(Filter { products: list(&["backup", "website"]), ..Filter::default() }.fits(&item));
    assert!(!Filter { products: list(&["website"]), ..Filter::default() }.fits(&item));
}

proptest::proptest! {
    #[test]
    fn no_file_however_broken_stops_the_parser(at in 0..WHOLE.len(), cut in 0..40_usize, noise in "[\\PC\\n]{0,12}") {
        let end = (at + cut).min(WHOLE.len());
        let source = format!("{}{noise}{}", &WHOLE[..at], &WHOLE[end..]);
        if let Err(Refused(findings)) = Rule::parse("rules/first-win.toml", &source) {
            proptest::prop_assert!(!findings.is_empty());
        }
    }
}
