//! The numbers of this room, checked against others' and against themselves.

mod analyse;
mod cases;
mod coverage;
mod golden;
mod hillstrom;
mod plan;
mod properties;

use std::path::Path;

use serde_json::{Value, json};

use super::estimate::answer_lines;

/// Puts one question through the same door as the command does.
fn ask(method: &str, inputs: &Value) -> Value {
    ask_in(Path::new(""), method, inputs)
}

fn ask_in(folder: &Path, method: &str, inputs: &Value) -> Value {
    let line = json!({ "id": "q", "method": method, "inputs": inputs }).to_string();
    let mut out = Vec::new();
    answer_lines(line.as_bytes(), folder, &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

/// Says where `got` differs from `want`, if anywhere. Extra parts of `got` are no difference.
fn difference(got: &Value, want: &Value, abs: f64, rel: f64) -> Option<String> {
    match want {
        Value::Object(parts) => parts
            .iter()
            .find_map(|(name, part)| Some(format!("{name}: {}", difference(&got[name], part, abs, rel)?))),
        Value::Array(items) => {
            let same_length = got.as_array().is_some_and(|got| got.len() == items.len());
            let differs = |(at, item): (usize, &Value)| difference(&got[at], item, abs, rel);
            if same_length {
                items.iter().enumerate().find_map(differs)
            } else {
                Some(format!("got {got}, want {want}"))
            }
        }
        Value::Number(number) => {
            let want = number.as_f64().unwrap();
            let near = got.as_f64().is_some_and(|got| (got - want).abs() <= abs + rel * want.abs());
            (!near).then(|| format!("got {got}, want {want}"))
        }
        _ => (got != want).then(|| format!("got {got}, want {want}")),
    }
}
