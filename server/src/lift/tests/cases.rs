//! What happens where a number is undefined, and where a question is wrong.

use serde_json::{Value, json};

use super::super::estimate::{METHODS, answer_lines};
use super::super::means::Grade;
use super::super::{Moments, Proportion, fisher, means, proportions, score};
use super::ask;

const NOBODY: Proportion = Proportion { events: 0, n: 0 };
const SOME: Proportion = Proportion { events: 3, n: 8 };
const TOO_MANY: Proportion = Proportion { events: 9, n: 8 };

#[test]
fn an_empty_side_gives_a_reason_and_no_number() {
    for (treatment, control) in [(NOBODY, SOME), (SOME, NOBODY), (NOBODY, NOBODY)] {
        let reason = proportions::diff_newcombe(treatment, control, 0.05).unwrap_err().to_string();
        assert!(reason.ends_with("side has no rows"), "{reason}");
        assert!(score::diff_miettinen_nurminen(treatment, control, 0.05).is_err());
        assert!(score::rr_miettinen_nurminen(treatment, control, 0.05).is_err());
        assert!(proportions::rr_katz(treatment, control, 0.05).is_err());
        assert!(fisher::p_fisher(treatment, control).is_err());
        assert!(proportions::p_z_pooled(treatment, control).is_err());
        assert!(means::welch(treatment.into(), control.into(), 0.05).is_err());
        assert!(means::p_pooled_variance(treatment.into(), control.into()).is_err());
    }
}

#[test]
fn more_events_than_rows_are_refused_with_both_numbers() {
    let answer = ask("diff_newcombe", &json!({ "treatment": TOO_MANY, "control": SOME }));
    assert_eq!(answer["result"], json!({ "estimate": null, "ci": null }));
    assert_eq!(answer["reason"], "the treatment side has 9 events in 8 rows; events can be at most n");
}

#[test]
fn an_alpha_outside_0_and_1_is_refused_by_every_method_that_takes_one() {
    for alpha in [0.0, 1.0, -0.1, 5.0] {
        let answer = ask("welch", &json!({ "treatment": SOME, "control": SOME, "alpha": alpha }));
        assert_eq!(answer["result"]["ci"], Value::Null);
        assert!(answer["reason"].as_str().unwrap().starts_with("alpha is "), "{answer}");
        assert!(score::diff_miettinen_nurminen(SOME, SOME, alpha).is_err());
        assert!(proportions::wilson(SOME, alpha).is_err());
    }
    assert!(proportions::wilson(SOME, f64::NAN).is_err());
}

#[test]
fn one_row_has_a_difference_but_no_range() {
    let one: Moments = [12.0].into_iter().collect();
    let many: Moments = [1.0, 2.0, 6.0].into_iter().collect();
    let found = means::welch(one, many, 0.05).unwrap();
    assert_eq!((found.estimate, found.ci, found.p_value), (Some(9.0), [None, None], None));
    assert!(found.reason.unwrap().to_string().contains("single row"));
    let ratio = means::ratio_log_delta(many, one, 0.05).unwrap();
    assert_eq!((ratio.estimate, ratio.ci), (Some(0.25), [None, None]));
}

#[test]
fn no_spread_has_a_difference_but_no_range() {
    let flat: Moments = [5.0, 5.0, 5.0].into_iter().collect();
    let flatter: Moments = [2.0, 2.0].into_iter().collect();
    let found = means::welch(flat, flatter, 0.05).unwrap();
    assert_eq!((found.estimate, found.se, found.ci), (Some(3.0), Some(0.0), [None, None]));
    assert!(found.reason.is_some());
    let ratio = means::ratio_log_delta(flat, flatter, 0.05).unwrap();
    assert_eq!((ratio.estimate, ratio.ci, ratio.p_value), (Some(2.5), [None, None], None));
    assert!(means::p_pooled_variance(flat, flat).is_err());
}

#[test]
fn amounts_beyond_all_measure_give_a_reason() {
    let huge: Moments = [1e300, -1e300].into_iter().collect();
    let small: Moments = [1.0, 2.0].into_iter().collect();
    assert!(means::welch(huge, small, 0.05).is_err());
    assert!(means::p_pooled_variance(huge, small).is_err());
}

#[test]
fn no_method_panics_or_prints_a_zero_when_asked_with_nothing() {
    for method in METHODS.iter().copied().flatten() {
        let answer = ask(method.name, &json!({}));
        assert_eq!(answer["result"], Value::Null, "{answer}");
        assert!(answer["error"].as_str().unwrap().starts_with(method.name), "{answer}");
    }
}

#[test]
fn counts_beyond_all_measure_give_a_reason_from_every_method() {
    let side = json!({ "events": u64::MAX, "n": u64::MAX });
    let many = json!({ "events": 1_u64 << 40, "n": 1_u64 << 50 });
    for method in METHODS.iter().copied().flatten() {
        let answer = ask(
            method.name,
            &json!({ "treatment": side, "control": side, "events": 1, "n": u64::MAX, "n_star": 10 }),
        );
        assert!(answer.get("reason").is_some() || answer.get("error").is_some(), "{answer}");
        ask(method.name, &json!({ "treatment": many, "control": many, "n_star": 10 }));
    }
}

#[test]
fn a_bad_line_is_named_and_the_others_are_answered() {
    let lines = [
        r#"{"id":1,"method":"wilson","inputs":{"events":1,"n":4}}"#,
        "",
        r#"{"id":2,"method":"wilsen","inputs":{"events":1,"n":4}}"#,
        "not json",
        r#"{"id":4,"method":"wilson","inputs":{"events":1.5,"n":4}}"#,
        r#"{"id":5,"method":"wilson","inputs":{"events":0,"n":0}}"#,
    ];
    let mut out = Vec::new();
    let tally = answer_lines(lines.join("\n").as_bytes(), "".as_ref(), &mut out).unwrap();
    assert_eq!((tally.answered, tally.refused), (2, 3));
    let answers: Vec<Value> = out.split(|byte| *byte == b'\n').flat_map(serde_json::from_slice).collect();
    assert_eq!(answers[0]["result"]["estimate"], 0.25);
    assert_eq!(answers[1]["line"], 3);
    assert_eq!(answers[1]["error"], r#"there is no method "wilsen"; did you mean "wilson"?"#);
    assert_eq!((&answers[2]["line"], &answers[2]["id"]), (&json!(4), &Value::Null));
    assert_eq!(answers[3]["error"], "wilson: `inputs.events` is 1.5; it must be a whole number, 0 or more");
    assert_eq!(answers[4]["reason"], "the counted side has no rows");
}

#[test]
fn a_csv_cell_that_is_no_number_is_named_by_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("orders.csv"), "side,paid\nT,10\nC,\"4\"\nT,ten\n").unwrap();
    let asked = |inputs: Value| {
        let answer = super::ask_in(folder.path(), "welch", &inputs);
        answer["error"].as_str().unwrap_or_default().to_owned()
    };
    let sides = json!({ "csv": "orders.csv", "arm_column": "side", "metric": "paid" });
    assert_eq!(asked(sides.clone()), r#"welch: orders.csv line 4, column "paid": "ten" is no number"#);
    let mut near = sides.clone();
    near["metric"] = json!("paed");
    assert_eq!(asked(near), r#"welch: orders.csv has no column "paed"; did you mean "paid"?"#);
    let mut arm = sides;
    arm["control_arm"] = json!("K");
    assert_eq!(asked(arm), r#"welch: column "side" never holds "K""#);
    assert!(asked(json!({ "csv": "none.csv" })).starts_with("welch: cannot read "));
}

#[test]
fn a_stratum_with_one_side_only_is_named() {
    let rows = json!([["north", "T", 1], ["north", "C", 0], ["south", "T", 1]]);
    let answer = ask("post_stratified", &json!({ "columns": ["stratum", "arm", "y"], "rows": rows }));
    assert_eq!(answer["result"]["estimate"], Value::Null);
    assert!(answer["reason"].as_str().unwrap().contains("\"south\""), "{answer}");
}

#[test]
fn shares_that_differ_by_stratum_do_not_move_the_stratified_difference() {
    // The example of the design: share 10 % then 50 %, +8 points in each, +12.8 pooled.
    let stratum = |name: &str, t: (u64, u64), c: (u64, u64)| super::super::strata::Stratum {
        name: name.to_owned(),
        treatment: Proportion { events: t.0, n: t.1 }.into(),
        control: Proportion { events: c.0, n: c.1 }.into(),
    };
    let strata =
        [stratum("first", (7_020, 9_000), (700, 1_000)), stratum("second", (2_900, 5_000), (2_500, 5_000))];
    let found = super::super::strata::post_stratified(&strata, 0.05).unwrap().estimate.unwrap();
    assert!((found - 0.08).abs() < 1e-12, "{found}");
}

#[test]
fn grades_turn_at_forty_and_a_hundred_buyers() {
    let grades = [0, 39, 40, 99, 100].map(Grade::of);
    assert_eq!(grades, [Grade::C, Grade::C, Grade::B, Grade::B, Grade::A]);
}
