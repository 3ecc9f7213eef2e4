//! A file in, an answer out; and what a file is refused for.

use serde_json::{Value, json};

use super::super::analyse::{Question, analyse, write_words};

const ORDERS: &str = "\
company,side,size,came,paid
a,T,small,1,120.5
b,T,small,0,0
c,T,large,1,310
d,T,large,1,95
e,C,small,0,0
f,C,small,1,80
g,C,large,0,0
h,C,large,0,0
";

fn question() -> Question {
    Question {
        arm: "side".to_owned(),
        control: "C".to_owned(),
        outcomes: vec!["came".to_owned(), "paid".to_owned()],
        ..Question::default()
    }
}

fn answer(file: &str, question: &Question) -> Value {
    serde_json::to_value(analyse(file.as_bytes(), question).unwrap()).unwrap()
}

fn refusal(file: &str, question: &Question) -> String {
    analyse(file.as_bytes(), question).unwrap_err().to_string()
}

fn words(file: &str, question: &Question) -> String {
    let mut out = Vec::new();
    write_words(&analyse(file.as_bytes(), question).unwrap(), "orders.csv", question, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn an_outcome_of_0_and_1_is_a_rate_and_any_other_an_amount() {
    let found = answer(ORDERS, &question());
    let (came, paid) = (&found["comparisons"][0], &found["comparisons"][1]);
    assert_eq!((&came["kind"], &paid["kind"]), (&json!("rate"), &json!("amount")));
    assert_eq!(came["treatment"]["events"], 3);
    assert_eq!(came["difference"]["estimate"], 0.5);
    assert_eq!(came["test"]["method"], "p_fisher");
    assert_eq!(paid["treatment"]["mean"], 131.375);
    assert_eq!(paid["control"]["buyers"], 1);
    assert_eq!(paid["grade"], "C");
}

#[test]
fn a_file_and_estimate_give_the_same_numbers() {
    let found = answer(ORDERS, &question());
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("orders.csv"), ORDERS).unwrap();
    for comparison in found["comparisons"].as_array().unwrap() {
        for part in ["difference", "ratio", "ratio_check"] {
            let Some(method) = comparison[part]["method"].as_str() else { continue };
            let inputs =
                json!({ "csv": "orders.csv", "arm_column": "side", "metric": comparison["outcome"] });
            let again = super::ask_in(folder.path(), method, &inputs);
            let here = json!({ "estimate": comparison[part]["estimate"], "ci": comparison[part]["ci"] });
            assert_eq!(super::difference(&again["result"], &here, 0.0, 1e-14), None, "{method}");
        }
    }
}

#[test]
fn rows_of_a_unit_are_added_up_and_counted_once() {
    let file = "unit,side,came,paid\nu1,T,1,10\nu1,T,1,5\nu2,T,0,0\nu3,C,0,0\nu3,C,1,2\nu4,C,0,0\n";
    let found = answer(file, &Question { unit: Some("unit".to_owned()), ..question() });
    assert_eq!(found["rows"], 6);
    assert_eq!(found["split"]["arms"][0]["n"], 2);
    assert_eq!(found["comparisons"][0]["treatment"]["events"], 1);
    assert_eq!(found["comparisons"][0]["control"]["events"], 1);
    assert_eq!(found["comparisons"][1]["treatment"]["mean"], 7.5);
}

#[test]
fn a_unit_in_two_arms_is_refused_by_name_and_line() {
    let file = "unit,side,came,paid\nu1,T,1,10\nu2,C,0,0\nu1,C,0,0\n";
    let refused = refusal(file, &Question { unit: Some("unit".to_owned()), ..question() });
    assert_eq!(
        refused,
        r#"line 4, column "unit": "u1" is in "C" here and in "T" on line 2; a unit belongs to one arm"#
    );
}

#[test]
fn cells_that_do_not_fit_are_named_by_line_and_column() {
    let with = |cell: &str| ORDERS.replace("310", cell);
    assert_eq!(
        refusal(&with("lots"), &question()),
        r#"line 4, column "paid": "lots" is no number; write 0 or 1, or an amount such as 1234.50"#
    );
    assert_eq!(
        refusal(&with(""), &question()),
        r#"line 4, column "paid": is empty; write 0 where nothing happened"#
    );
    assert!(refusal(&with("NaN"), &question()).contains("\"NaN\" is no number"));
    assert!(
        refusal(&ORDERS.replace("c,T", "c,"), &question()).starts_with(r#"line 4, column "side": is empty"#)
    );
    assert!(refusal(&ORDERS.replace(",310", ""), &question()).contains("line: 4"));
}

#[test]
fn names_that_are_not_there_bring_the_nearest() {
    let near = Question { outcomes: vec!["payd".to_owned()], ..question() };
    assert_eq!(refusal(ORDERS, &near), r#"there is no column "payd"; did you mean "paid"?"#);
    let control = Question { control: "K".to_owned(), ..question() };
    assert_eq!(refusal(ORDERS, &control), r#"column "side" never holds "K"; it holds "T", "C""#);
    let weights = Question { weights: vec![("C".to_owned(), 1.0)], ..question() };
    assert!(refusal(ORDERS, &weights).contains("says nothing about \"T\""));
    assert!(refusal("side,came,paid\n", &question()).contains("no rows"));
    assert!(refusal("side,came,paid\nC,1,0\n", &question()).contains("nothing to compare"));
}

#[test]
fn strata_make_the_headline_the_stratified_difference() {
    let found = answer(ORDERS, &Question { strata: Some("size".to_owned()), ..question() });
    let difference = &found["comparisons"][0]["difference"];
    assert_eq!(difference["method"], "post_stratified");
    assert_eq!(difference["estimate"], 0.5); // small 0.5 - 0.5, large 1 - 0, half the companies each
    // Nothing is pooled beside it: the ratio and the test are of the same strata, the rest is left out with a reason.
    assert_eq!(found["comparisons"][0]["ratio"]["method"], "mh_risk_ratio");
    assert_eq!(found["comparisons"][0]["ratio"]["estimate"], 3.0); // (1*2 + 2*2) / 4 over (1*2 + 0*2) / 4
    for part in [&found["comparisons"][0]["ratio_check"], &found["comparisons"][1]["ratio"]] {
        assert_eq!(part["estimate"], Value::Null);
        assert!(part["reason"].as_str().unwrap().contains("not set side by side whole"), "{part}");
    }
    for comparison in found["comparisons"].as_array().unwrap() {
        assert_eq!(comparison["test"]["method"], "post_stratified");
    }
    let one_sided = ORDERS.replace("h,C,large", "h,C,huge");
    let found = answer(&one_sided, &Question { strata: Some("size".to_owned()), ..question() });
    assert_eq!(found["comparisons"][0]["difference"]["estimate"], Value::Null);
    assert!(found["comparisons"][0]["difference"]["reason"].as_str().unwrap().contains("\"huge\""));
}

#[test]
fn the_test_within_strata_is_not_fooled_by_unlike_shares() {
    // Nine in ten of the loyal stratum are in the program and a half of the other one; the program changes nothing.
    let rows =
        |arm: &str, size: &str, came: &str, times: usize| format!("x,{arm},{size},{came},1\n").repeat(times);
    let file = [
        "company,side,size,came,paid\n".to_owned(),
        rows("T", "small", "1", 720) + &rows("T", "small", "0", 180),
        rows("C", "small", "1", 80) + &rows("C", "small", "0", 20),
        rows("T", "large", "1", 100) + &rows("T", "large", "0", 400),
        rows("C", "large", "1", 100) + &rows("C", "large", "0", 400),
    ];
    let weights = vec![("T".to_owned(), 14.0), ("C".to_owned(), 6.0)];
    let question = Question {
        outcomes: vec!["came".to_owned()],
        covariate: Some("paid".to_owned()),
        segments: vec!["company".to_owned()],
        weights,
        ..question()
    };
    let pooled = answer(&file.concat(), &question);
    assert!(pooled["comparisons"][0]["test"]["p_value"].as_f64().unwrap() < 0.001, "pooled, it misleads");
    let question = Question { strata: Some("size".to_owned()), ..question };
    let within = answer(&file.concat(), &question);
    let came = &within["comparisons"][0];
    assert!(came["difference"]["estimate"].as_f64().unwrap().abs() < 1e-12);
    assert!((came["ratio"]["estimate"].as_f64().unwrap() - 1.0).abs() < 1e-12);
    assert!((came["test"]["p_value"].as_f64().unwrap() - 1.0).abs() < 1e-9);
    assert_eq!(came["sharpened"]["estimate"], Value::Null);
    assert_eq!(within["groups"], json!([]));
    assert_eq!(within["groups_reason"], "groups are not looked at within strata");
}

#[test]
fn groups_are_adjusted_for_each_other_and_a_one_sided_group_says_so() {
    let file = ORDERS.replace("a,T,small", "a,T,tiny");
    let found = answer(&file, &Question { segments: vec!["size".to_owned()], ..question() });
    let groups = found["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 6);
    let tiny = groups.iter().find(|group| group["value"] == "tiny").unwrap();
    assert_eq!(tiny["difference"]["estimate"], Value::Null);
    assert_eq!(tiny["difference"]["reason"], "the control side has no rows");
    assert_eq!(tiny["holm"], Value::Null);
    let tested: Vec<f64> = groups.iter().filter_map(|group| group["test"]["p_value"].as_f64()).collect();
    let holm: Vec<f64> = groups.iter().filter_map(|group| group["holm"].as_f64()).collect();
    assert_eq!(holm, super::super::many::holm(&tested).unwrap());
}

#[test]
fn a_broken_split_gives_the_reason_and_no_number() {
    let row = |arm: &str| format!("x,{arm},small,1,7777\n");
    let file = format!("company,side,size,came,paid\n{}{}", row("T").repeat(70), row("C").repeat(30));
    let groups = Question { segments: vec!["size".to_owned()], ..question() };
    let said = words(&file, &groups);
    assert!(said.contains("Don't use these numbers yet, so none are shown."), "{said}");
    assert!(!said.contains("7777") && !said.contains("7,777") && !said.contains("per 100"), "{said}");
    let found = answer(&file, &groups);
    assert_eq!((&found["comparisons"], &found["groups"]), (&json!([]), &json!([])));
    let weights = vec![("T".to_owned(), 7.0), ("C".to_owned(), 3.0)];
    let fair = words(&file, &Question { weights, ..question() });
    assert!(fair.contains("Yes: chance alone") && fair.contains("per 100"), "{fair}");
}

#[test]
fn words_say_what_is_not_known() {
    let file = "side,came,paid\nT,0,0\nT,0,0\nC,0,0\nC,0,0\n";
    let said = words(file, &question());
    assert!(said.contains("cannot tell"), "{said}");
    assert!(said.contains("T: the control side has no events, so the ratio has no upper limit."), "{said}");
    assert!(!said.contains("NaN") && !said.contains("inf"), "{said}");
}

#[test]
fn a_byte_order_mark_and_spaces_around_names_are_forgiven() {
    let file = "\u{feff}side , came,paid\nT ,1,2\nC, 0,1\n";
    let found = answer(file, &question());
    assert_eq!(found["comparisons"][0]["treatment"]["events"], 1);
}

#[test]
fn a_covariate_sharpens_the_difference_and_says_what_it_was_worth() {
    let file = "side,before,paid\nT,10,24\nT,20,41\nT,30,66\nC,12,20\nC,22,42\nC,28,51\n";
    let question =
        Question { outcomes: vec!["paid".to_owned()], covariate: Some("before".to_owned()), ..question() };
    let found = answer(file, &question);
    let rows: Vec<Value> =
        file.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>().into()).collect();
    let inputs = json!({ "columns": ["arm", "x", "y"], "rows": rows });
    let again = super::ask("cuped", &inputs);
    let here = &found["comparisons"][0]["sharpened"];
    for part in ["estimate", "ci", "variance_ratio"] {
        assert_eq!(super::difference(&again["result"][part], &here[part], 0.0, 1e-12), None, "{part}");
    }
    assert!(here["variance_ratio"].as_f64().unwrap() < 0.1, "{here}");
    assert!(words(file, &question).contains("less what \"before\" explains"));
    let blank = file.replace("T,20", "T,");
    assert!(refusal(&blank, &question).starts_with("line 3, column \"before\": \"\" is no number"));
    let flat = words("side,before,paid\nT,1,2\nT,1,4\nC,1,2\nC,1,3\n", &question);
    assert!(flat.contains("(the covariate is the same in every row, so it explains nothing)"), "{flat}");
}
