//! Small cases of our own, worked out elsewhere: `golden.jsonl` says for each with what.
//!
//! Every line is also a question that `rapport estimate` answers.

use serde_json::Value;

use super::super::estimate::METHODS;
use super::{ask, difference};

/// Methods worked out outside this house, or by hand.
const CASES: &str = include_str!("golden.jsonl");

fn cases() -> impl Iterator<Item = Value> {
    CASES.lines().map(|line| serde_json::from_str(line).unwrap())
}

#[test]
fn every_case_comes_out_as_it_did_elsewhere() {
    let wrong: Vec<String> = cases()
        .filter_map(|case| {
            let answer = ask(case["method"].as_str().unwrap(), &case["inputs"]);
            let (abs, rel) = (case["tol"]["abs"].as_f64().unwrap(), case["tol"]["rel"].as_f64().unwrap());
            let differs = difference(&answer["result"], &case["expected"], abs, rel)?;
            Some(format!("{}: {differs} {}", case["id"], answer["error"]))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_method_has_a_case() {
    let asked: Vec<String> = cases().map(|case| case["method"].as_str().unwrap().to_owned()).collect();
    for method in METHODS.iter().copied().flatten() {
        assert!(asked.iter().any(|name| name == method.name), "{} has no case", method.name);
    }
}
