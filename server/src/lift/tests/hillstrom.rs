//! The published experiment, where its data stand beside the repository.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::super::analyse::{Question, analyse, write_words};
use super::super::estimate::METHODS;
use super::{ask_in, difference};

/// The folder of reference data, beside the repository.
fn data(skipped: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    if folder.join("hillstrom-expected.json").is_file() {
        return Some(folder);
    }
    eprintln!("SKIPPED {skipped}: ../shared/data/hillstrom-expected.json is not there");
    None
}

#[test]
fn every_published_case_agrees() {
    let Some(folder) = data("all published cases; only our own in golden.jsonl were held against") else {
        return;
    };
    let text = std::fs::read_to_string(folder.join("hillstrom-expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    let mut missing = Vec::new();
    let mut wrong = Vec::new();
    for case in expected["cases"].as_array().unwrap() {
        let method = case["method"].as_str().unwrap();
        if !METHODS.iter().copied().flatten().any(|shipped| shipped.name == method) {
            missing.push(method);
            continue;
        }
        let answer = ask_in(&folder, method, &case["inputs"]);
        let (abs, rel) = (case["tol"]["abs"].as_f64().unwrap(), case["tol"]["rel"].as_f64().unwrap());
        if let Some(differs) = difference(&answer["result"], &case["expected"], abs, rel) {
            wrong.push(format!("{}: {differs} {}", case["id"], answer["error"]));
        }
    }
    assert!(missing.is_empty(), "methods that are not shipped: {missing:?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_published_lift_comes_out_of_the_file_itself() {
    let Some(folder) = data("the published file; no lift was worked out from its rows") else { return };
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let question = Question {
        arm: "segment".to_owned(),
        control: "No E-Mail".to_owned(),
        outcomes: names(&["visit", "conversion", "spend"]),
        ..Question::default()
    };
    let file = std::fs::File::open(folder.join("hillstrom.csv")).unwrap();
    let mut out = Vec::new();
    write_words(&analyse(file, &question).unwrap(), "hillstrom.csv", &question, &mut out).unwrap();
    let said = String::from_utf8(out).unwrap();
    let mens: Vec<&str> = said.lines().filter(|line| line.contains("Mens E-Mail")).collect();
    assert!(mens[1].contains("+7.66    7.00 to 8.32"), "{said}");
    assert!(mens[3].contains("2.18    1.63 to 2.92"), "{said}");
}
