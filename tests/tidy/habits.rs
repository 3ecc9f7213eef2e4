//! How the code is written.

use super::tree::rust;

/// Marks of unfinished or silenced work. They are put together here so that this file has none of them.
fn marks() -> Vec<String> {
    let mut marks = Vec::new();
    for word in ["todo!", "unimplemented!", "dbg!"] {
        marks.push(format!("{word}("));
    }
    for word in ["allow(", "ignore"] {
        marks.push(format!("#[{word}"));
        marks.push(format!("#![{word}"));
    }
    marks
}

#[test]
fn nothing_is_left_unfinished_or_silenced() {
    for file in rust() {
        for (line, code) in file.code() {
            let found = marks().into_iter().find(|mark| code.contains(mark));
            assert!(found.is_none(), "{}:{line}: {}", file.path, found.unwrap_or_default());
        }
    }
}

#[test]
fn no_comment_puts_work_off() {
    for file in rust() {
        for (at, line) in file.text.lines().enumerate() {
            let comment = line.split_once("//").map_or("", |(_, comment)| comment);
            let off = [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["XX", "X"].concat()];
            let found = off.iter().any(|word| comment.split(|c: char| !c.is_alphabetic()).any(|w| w == word));
            assert!(!found, "{}:{}: do it, or leave it out", file.path, at + 1);
        }
    }
}

#[test]
fn what_is_silenced_has_its_reason() {
    for file in rust() {
        let silenced =
            file.code().filter(|(_, code)| code.starts_with("#[expect(") || code.starts_with("#![expect("));
        for (line, _) in silenced {
            let rest = file.text.lines().skip(line - 1).take(6).collect::<Vec<_>>().join(" ");
            let attribute = rest.split(")]").next().unwrap_or_default();
            assert!(attribute.contains("reason = "), "{}:{line}: say why", file.path);
        }
    }
}

#[test]
fn a_file_opens_by_saying_what_it_is_for() {
    let beside = |path: &str| path.ends_with("/tests.rs"); // it says what the file above it says
    let silent: Vec<_> = rust()
        .filter(|file| !file.text.starts_with("//! ") && !beside(&file.path))
        .map(|file| file.path.as_str())
        .collect();
    assert!(silent.is_empty(), "the first line says what the file is for: {silent:#?}");
}
