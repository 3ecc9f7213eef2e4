//! The floors inside `server`: a room uses what lies below it, and feature rooms never use each other.

use super::tree::{Text, rust};

/// The rooms of `server/src`, floor by floor from the ground. A new room gets its floor here.
const FLOORS: [&[&str]; 10] = [
    &["clock", "config", "ids", "mark"],
    &["keys"],
    &["tokens"],
    &["store"],
    &["app"],
    &["mail", "doors", "shelf"],
    FEATURES,
    &["web", "clockwork", "demo"],
    &["router"],
    &["cli"],
];

/// These meet in tables.
const FEATURES: &[&str] = &[
    "adoption",
    "campaigns",
    "catalogue",
    "community",
    "finding",
    "journeys",
    "learning",
    "lift",
    "notices",
    "partners",
    "profiles",
    "reconcile",
];

/// Who looks up all the same, and why that is right.
const LOOKS_UP: [(&str, &str, &str); 1] =
    [("web", "router", "a page shows the links that the list of addresses opens to this role")];

/// A room's name as it stands in the list.
fn listed(name: &str) -> Option<&'static str> {
    FLOORS.into_iter().flatten().find(|room| **room == name).copied()
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// The room that a file of `server/src` is part of.
fn room(file: &Text) -> Option<&str> {
    let path = file.path.strip_prefix("server/src/")?;
    let room = path.split('/').next()?.trim_end_matches(".rs");
    (!["main", "lib", "testing"].contains(&room)).then_some(room)
}

/// The rooms that one line names after `crate::`.
fn named(line: &str) -> Vec<&str> {
    let mut rooms = Vec::new();
    for (at, opening) in line.match_indices("crate::") {
        let rest = &line[at + opening.len()..];
        match rest.strip_prefix('{') {
            Some(group) => rooms.extend(outermost(group)),
            None => rooms.push(first_word(rest)),
        }
    }
    rooms
}

/// The first word of each part of a group such as `doors::{self, Secret}, store}`.
fn outermost(group: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let mut begin = 0;
    let mut words = Vec::new();
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                words.push(first_word(group[begin..at].trim()));
                begin = at + 1;
            }
            _ => {}
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn first_word(text: &str) -> &str {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default()
}

/// Every line of shipped code that uses another room: where, from which room, which one.
fn uses() -> Vec<(String, &'static str, &'static str)> {
    let mut found = Vec::new();
    for file in rust() {
        let Some(from) = room(file) else { continue };
        for (line, code) in statements(&file.shipped()) {
            let rooms = named(&code).into_iter().filter_map(listed);
            found
                .extend(rooms.filter(|to| *to != from).map(|to| (format!("{}:{line}", file.path), from, to)));
        }
    }
    found
}

/// Lines joined so that a `use` with its whole group is one, with the number of the first.
fn statements(lines: &[(usize, &str)]) -> Vec<(usize, String)> {
    let mut joined: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (line, code) in lines {
        match joined.last_mut() {
            Some((_, text)) if open => text.push_str(code),
            _ => {
                joined.push((*line, (*code).to_owned()));
                open = code.starts_with("use ") || code.starts_with("pub use ");
            }
        }
        open = open && !code.ends_with(';');
    }
    joined
}

#[test]
fn every_room_has_its_floor() {
    let lost: Vec<_> = rust().filter_map(room).filter(|room| floor(room).is_none()).collect();
    assert!(lost.is_empty(), "give these rooms of server/src a floor in tests/tidy/floors.rs: {lost:?}");
}

#[test]
fn a_room_uses_only_what_lies_below() {
    let may = |from: &str, to: &str| LOOKS_UP.iter().any(|(who, what, _)| *who == from && *what == to);
    let up: Vec<_> = uses()
        .into_iter()
        .filter(|(_, from, to)| floor(to) >= floor(from) && !may(from, to))
        .map(|(place, from, to)| format!("{place}: {from} uses {to}"))
        .collect();
    assert!(up.is_empty(), "{}", up.join("\n"));
}

#[test]
fn whoever_may_look_up_still_does() {
    for (from, to, _) in LOOKS_UP {
        let does = uses().iter().any(|(_, who, what)| *who == from && *what == to);
        assert!(does, "{from} no longer uses {to}: take it from the list");
    }
}

#[test]
fn nobody_climbs_out_of_a_room_by_super() {
    for file in rust().filter(|file| room(file).is_some()) {
        let steps =
            file.path.trim_start_matches("server/src/").trim_end_matches("/mod.rs").matches('/').count() + 1;
        let climb = "super::".repeat(steps);
        for (line, code) in file.shipped() {
            assert!(!code.contains(&climb), "{}:{line}: name the room from `crate::` instead", file.path);
        }
    }
}

#[test]
fn this_reader_sees_every_way_to_name_a_room() {
    assert_eq!(named("use crate::store::outbox::{self, Arrival};"), ["store"]);
    assert_eq!(named("use crate::{doors::{self, Secret}, store, web::Policy};"), ["doors", "store", "web"]);
    assert_eq!(named("let may = crate::router::opens(role, crate::web::PAUSE);"), ["router", "web"]);
}
