//! Where things may lie.

use std::fs;

use super::tree::{children, root, rust, texts};

/// All that may lie at the top of the house.
const TOP: [&str; 19] = [
    ".ci",
    ".git",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "clippy.toml",
    "content",
    "deny.toml",
    "migrations",
    "rustfmt.toml",
    "segments",
    "server",
    "templates",
    "tests",
];

/// Lines of code that a file may have. It tells one story at a hundred; this is where it is two for certain.
const LINES: usize = 400;

#[test]
fn nothing_lies_outside_the_house() {
    let ignored = fs::read_to_string(root().join(".gitignore")).expect("there is a .gitignore");
    let ignored: Vec<_> = ignored.lines().map(str::trim).collect();
    for path in children(root()) {
        let name = path.file_name().expect("an entry has a name").to_string_lossy().into_owned();
        let end = path.extension().map(|end| format!("*.{}", end.to_string_lossy()));
        let passes = ignored.contains(&format!("/{name}").as_str())
            || end.is_some_and(|end| ignored.contains(&end.as_str()));
        assert!(TOP.contains(&name.as_str()) || passes, "{name} has no place at the top of the house");
    }
    for name in TOP {
        assert!(root().join(name).exists() || name == ".git", "{name} is missing at the top of the house");
    }
}

#[test]
fn a_file_tells_one_story() {
    for file in rust() {
        let lines = file.code().count();
        assert!(lines <= LINES, "{}: {lines} lines of code, {LINES} at most", file.path);
    }
}

#[test]
fn no_name_says_nothing() {
    for file in texts() {
        let idle = ["utils", "util", "helpers", "helper", "common", "manager", "misc"];
        let named = file.path.split(['/', '.']).find(|part| idle.contains(part));
        assert!(named.is_none(), "{}: what is it for?", file.path);
    }
}

#[test]
fn no_file_names_a_place_on_one_machine() {
    for file in texts() {
        for (line, text) in file.text.lines().enumerate() {
            for folder in ["home", "root", "Users", "work", "tmp"] {
                let path = format!("/{folder}/");
                let named = text.match_indices(&path).any(|(at, _)| {
                    !text[..at]
                        .ends_with(|before: char| before.is_alphanumeric() || "_-.}*)/".contains(before))
                });
                assert!(!named, "{}:{}: {path} is somewhere on one machine", file.path, line + 1);
            }
        }
    }
}
