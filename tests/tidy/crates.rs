//! What each crate may lean on.

use super::tree::{FOLDERS, file};

/// Crates of the house that each may use. Imports run downward only.
const DOWNWARD: [(&str, &[&str]); 6] = [
    ("segments", &[]),
    ("migrations", &[]),
    ("content", &["segments"]),
    ("templates", &["content", "segments"]),
    ("server", &["content", "migrations", "segments", "templates"]),
    ("tests", &["content", "migrations", "segments", "server", "templates"]),
];

/// Connections, pages and mail are the server's business.
const FOR_THE_SERVER: [&str; 9] =
    ["axum", "lettre", "rand", "reqwest", "sea-orm", "sqlx", "tokio", "tower", "tower-http"];

/// The names that a crate's Cargo.toml lists under any kind of dependencies.
fn dependencies(folder: &str) -> Vec<&'static str> {
    let mut listed = Vec::new();
    let mut inside = false;
    for line in file(&format!("{folder}/Cargo.toml")).text.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if inside && !line.starts_with('#') {
            listed.extend(line.split(['.', ' ', '=']).next().filter(|name| !name.is_empty()));
        }
    }
    listed
}

#[test]
fn crates_lean_downward_only() {
    for (folder, below) in DOWNWARD {
        for name in dependencies(folder) {
            let is_ours = DOWNWARD.iter().any(|(ours, _)| *ours == name);
            assert!(!is_ours || below.contains(&name), "{folder} may not lean on {name}");
        }
    }
}

#[test]
fn every_crate_has_its_floor() {
    for folder in FOLDERS.into_iter().filter(|folder| *folder != ".ci") {
        assert!(DOWNWARD.iter().any(|(name, _)| *name == folder), "{folder} has no floor");
        let inherits = file(&format!("{folder}/Cargo.toml")).text.contains("[lints]\nworkspace = true");
        assert!(inherits, "{folder} does not take the lints of the house");
    }
}

#[test]
fn who_what_and_looks_know_nothing_of_connections_pages_and_mail() {
    for folder in ["segments", "content", "templates"] {
        let strangers: Vec<_> =
            dependencies(folder).into_iter().filter(|name| FOR_THE_SERVER.contains(name)).collect();
        assert!(strangers.is_empty(), "{folder} leans on {strangers:?}");
    }
}

#[test]
fn versions_stand_in_one_place() {
    for (folder, _) in DOWNWARD {
        let manifest = file(&format!("{folder}/Cargo.toml"));
        let own: Vec<_> = manifest.text.lines().filter(|line| line.contains("version = \"")).collect();
        assert!(
            own.is_empty(),
            "{}: these versions belong in the workspace's Cargo.toml: {own:?}",
            manifest.path
        );
    }
}
