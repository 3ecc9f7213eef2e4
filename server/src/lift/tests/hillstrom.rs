//! The published experiment, where its data stand beside the repository.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::super::estimate::METHODS;
use super::{ask_in, difference};

/// The folder of reference data, beside the repository.
fn data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    if folder.join("hillstrom-expected.json").is_file() {
        return Some(folder);
    }
    eprintln!("skipped: ../shared/data/hillstrom-expected.json is not there");
    None
}

#[test]
fn every_published_case_of_a_shipped_method_agrees() {
    let Some(folder) = data() else { return };
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
    eprintln!("not shipped, so not checked: {missing:?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
