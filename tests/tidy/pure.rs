//! What is worked out from what is handed in, and from nothing else.

use super::tree::{Text, rust};

/// Pure rooms. Where a file of a pure room is there to read or write, it is named as an exception, with the reason.
const PURE: [&str; 8] = [
    "segments/src",
    "content/src",
    "templates/src",
    "server/src/lift",
    "server/src/campaigns/verdict",
    "server/src/campaigns/verdict.rs",
    "server/src/journeys/step.rs",
    "server/src/demo/world",
];

/// Files in pure rooms that reach further, and why.
const REACHES: [(&str, &str); 1] =
    [("server/src/lift/report", "gathers what the report counts from the store")];

/// A clock, chance, a connection, a page, another thread's time.
const NEVER: [&str; 15] = [
    "sea_orm",
    "sqlx",
    "tokio",
    "axum",
    "lettre",
    "SystemTime",
    "Instant::now",
    "Utc::now",
    "Local::now",
    "Uuid::new_v4",
    "Uuid::now_v7",
    "rand::rng",
    "TcpStream",
    "std::process",
    "async fn",
];

/// These work on what they are given and open no file either.
const OPENS_NO_FILE: [&str; 4] =
    ["segments/src", "content/src/select", "content/src/select.rs", "server/src/lift"];

/// Who opens one all the same, and why.
const OPENS: [(&str, &str); 1] =
    [("server/src/lift/estimate/table.rs", "an input of `rapport estimate` may name a CSV file beside it")];

fn is_pure(file: &Text) -> bool {
    let reaches = |(place, _): &(&str, &str)| file.is_in(place) || file.path == format!("{place}.rs");
    PURE.iter().any(|place| file.is_in(place)) && !REACHES.iter().any(reaches)
}

#[test]
fn pure_files_stay_pure() {
    let mut seen = 0;
    for file in rust().filter(|file| is_pure(file)) {
        seen += 1;
        for (line, code) in file.shipped() {
            let strange = NEVER.iter().find(|word| code.contains(*word));
            assert!(strange.is_none(), "{}:{line}: {} has no place here", file.path, strange.unwrap_or(&""));
        }
    }
    assert!(seen > 100, "only {seen} files were read: has a room moved?");
}

#[test]
fn statistics_choices_and_questions_open_no_file() {
    let may = |file: &Text| OPENS.iter().any(|(path, _)| *path == file.path);
    for file in rust().filter(|file| is_pure(file) && !may(file)) {
        if !OPENS_NO_FILE.iter().any(|place| file.is_in(place)) {
            continue;
        }
        for (line, code) in file.shipped() {
            let opens =
                code.contains("std::fs") || code.contains("File::open") || code.contains("crate::store");
            assert!(!opens, "{}:{line}: hand in what it needs instead", file.path);
        }
    }
}

#[test]
fn a_migration_imports_nothing_of_ours() {
    for file in rust().filter(|file| file.is_in("migrations/src")) {
        for (line, code) in file.code() {
            let ours =
                ["segments::", "content::", "templates::", "server::"].iter().any(|name| code.contains(name));
            assert!(!ours, "{}:{line}: a migration names its own columns", file.path);
        }
    }
}

#[test]
fn every_migration_is_dated_and_listed_once() {
    let list = super::tree::file("migrations/src/lib.rs");
    let mut steps: Vec<_> = rust()
        .filter_map(|file| file.path.strip_prefix("migrations/src/")?.strip_suffix(".rs"))
        .filter(|name| *name != "lib")
        .collect();
    steps.sort_unstable();
    let mut at = 0;
    for name in steps {
        let dated =
            name.len() > 17 && name.starts_with('m') && name[1..9].bytes().all(|byte| byte.is_ascii_digit());
        assert!(dated, "migrations/src/{name}.rs: mYYYYMMDD_NNNNNN_what_it_does.rs");
        let entry = format!("{name}::Migration");
        assert_eq!(list.text.matches(&entry).count(), 1, "migrations/src/lib.rs lists {name} once");
        let place = list.text.find(&entry).expect("it was just counted");
        assert!(place > at, "migrations/src/lib.rs: {name} stands out of order");
        at = place;
    }
}
