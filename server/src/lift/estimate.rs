//! `rapport estimate`: any number of a report, worked out again by anyone.
//!
//! JSON lines in, JSON lines out, in the same order: `{"id", "method", "inputs"}`
//! becomes `{"id", "result"}`. What is undefined is null, with a `reason` beside
//! it. A line that cannot be answered becomes an object with `line` and `error`,
//! and the lines after it are answered all the same.

mod inputs;
mod methods;
mod table;

use std::io::{self, BufRead, Read, Write};
use std::path::Path;

use serde_json::{Map, Value, json};

use self::inputs::{Inputs, Problem};
pub use self::methods::{METHODS, Method};
use self::table::Tables;

/// The longest line that is read: 64 MB, about a million inline values.
const LONGEST_LINE: u64 = 64 << 20;

/// How a run went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Lines with a result, undefined ones included.
    pub answered: u64,
    /// Lines that could not be answered.
    pub refused: u64,
}

/// Answers every line of `questions`; CSV files are looked for in `folder`.
pub fn answer_lines(mut questions: impl BufRead, folder: &Path, out: &mut impl Write) -> io::Result<Tally> {
    let (mut tables, mut tally, mut line, mut number) =
        (Tables::within(folder), Tally::default(), Vec::new(), 0);
    loop {
        line.clear();
        let read = (&mut questions).take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(tally);
        }
        number += 1;
        let answer = if !line.ends_with(b"\n") && read as u64 == LONGEST_LINE {
            skip_rest(&mut questions)?;
            Err((
                Value::Null,
                "the line is longer than 64 MB; name a CSV file instead of inline values".to_owned(),
            ))
        } else if line.trim_ascii().is_empty() {
            continue;
        } else {
            answer_line(&line, &mut tables)
        };
        match answer {
            Ok(answer) => {
                tally.answered += 1;
                writeln!(out, "{answer}")?;
            }
            Err((id, error)) => {
                tally.refused += 1;
                writeln!(out, "{}", json!({ "id": id, "result": null, "line": number, "error": error }))?;
            }
        }
    }
}

/// Answers one line, or gives its id, as far as it could be read, and what is wrong.
fn answer_line(line: &[u8], tables: &mut Tables) -> Result<Value, (Value, String)> {
    let form = r#"a line is {"id": "…", "method": "…", "inputs": {…}}"#;
    let question: Value =
        serde_json::from_slice(line).map_err(|error| (Value::Null, format!("not JSON: {error}; {form}")))?;
    let id = question.get("id").cloned().unwrap_or(Value::Null);
    let wrong = |error: String| (id.clone(), error);
    let name = question.get("method").and_then(Value::as_str);
    let name = name.ok_or_else(|| wrong(format!("`method` is missing or no text; {form}")))?;
    let method = methods::find(name).map_err(wrong)?;
    let empty = Map::new();
    let given = match question.get("inputs") {
        Some(Value::Object(given)) => given,
        None => &empty,
        Some(_) => return Err(wrong(format!("`inputs` is not an object; {form}"))),
    };
    let (result, reason) = match method.answer(&mut Inputs::new(given, tables)) {
        Ok((parts, reason)) => (Value::Object(parts), reason),
        Err(Problem::Undefined(reason)) => (method.nothing(), Some(reason)),
        Err(Problem::Wrong(error)) => return Err(wrong(format!("{name}: {error}"))),
    };
    let mut answer = json!({ "id": id, "result": result });
    if let Some(reason) = reason {
        answer["reason"] = Value::String(reason.to_string());
    }
    Ok(answer)
}

/// Reads on to the end of an endless line without keeping it.
fn skip_rest(questions: &mut impl BufRead) -> io::Result<()> {
    loop {
        let chunk = questions.fill_buf()?;
        let (end, used) = match chunk.iter().position(|byte| *byte == b'\n') {
            Some(at) => (true, at + 1),
            None => (chunk.is_empty(), chunk.len()),
        };
        questions.consume(used);
        if end {
            return Ok(());
        }
    }
}
