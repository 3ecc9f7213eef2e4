//! What steps and tasks are called in addresses and in what is kept: their own words, so that what somebody did
//! outlives a new version of the lesson.

use std::collections::BTreeSet;

use content::{Item, Step};
use sha2::{Digest, Sha256};

/// A name is not longer than this.
const LONGEST: usize = 60;
/// Words that stand in the same place of an address.
const TAKEN: [&str; 3] = ["finish", "finished", "useful"];

/// The names of an item's steps, in order; no two are the same.
pub fn names(item: &Item) -> Vec<String> {
    unlike(item.steps.iter().map(|step| name(&step.title)), &TAKEN)
}

/// The names of a step's tasks, in order; no two are the same.
pub fn tasks(step: &Step) -> Vec<String> {
    unlike(step.do_it_now.iter().map(|task| name(task)), &[])
}

/// The place of the first step that is not done; the first one when all are.
pub fn first_undone(names: &[String], done: &BTreeSet<&str>) -> usize {
    names.iter().position(|name| !done.contains(name.as_str())).unwrap_or(0)
}

fn unlike(names: impl Iterator<Item = String>, taken: &[&str]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in names {
        let free = |name: &String| !all.contains(name) && !taken.contains(&name.as_str());
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let name = std::iter::once(name.clone()).chain(numbered).find(free);
        all.extend(name);
    }
    all
}

/// Words as a short name. Where letters had to be left out, the name says so by a mark of its own.
fn name(words: &str) -> String {
    let mut name = String::new();
    let mut whole = true;
    for letter in words.chars() {
        if letter.is_ascii_alphanumeric() {
            name.push(letter.to_ascii_lowercase());
        } else {
            whole = whole && !letter.is_alphanumeric();
            if !name.ends_with('-') {
                name.push('-');
            }
        }
    }
    let name = name.trim_matches('-');
    if whole && (1..=LONGEST).contains(&name.len()) {
        return name.to_owned();
    }
    let digest = Sha256::digest(words);
    let mark = u32::from_be_bytes(digest[..4].try_into().expect("a SHA-256 hash is longer"));
    let short = name[..name.len().min(LONGEST - 9)].trim_end_matches('-');
    [short, &format!("{mark:08x}")].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_fit_for_an_address_whatever_the_words() {
        assert_eq!(name("Set your hours"), "set-your-hours");
        assert_eq!(name("Press **Listen**, then “Use this”"), "press-listen-then-use-this");
        let long = name(&"word ".repeat(40));
        assert!(long.len() <= LONGEST && long.starts_with("word-word-"), "{long}");
        assert_ne!(long, name(&"word ".repeat(41)), "long names that begin alike stay apart");
        let other = name("Öffnungszeiten");
        assert!(other.starts_with("ffnungszeiten-"), "{other}");
        assert!(!name("設定").is_empty() && name("設定") != name("設"));
        assert!(name("?").bytes().all(|byte| byte.is_ascii_alphanumeric()) && !name("?").is_empty());
    }

    #[test]
    fn no_two_steps_share_a_name_and_none_takes_a_word_of_the_address() {
        let titles = ["Test it", "Test it", "Finished"];
        let names = unlike(titles.iter().map(|title| name(title)), &TAKEN);
        assert_eq!(names, ["test-it", "test-it-2", "finished-2"]);
    }

    #[test]
    fn a_reader_carries_on_at_the_first_step_that_is_not_done() {
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(first_undone(&names, &BTreeSet::new()), 0);
        assert_eq!(first_undone(&names, &BTreeSet::from(["a", "c"])), 1);
        assert_eq!(first_undone(&names, &BTreeSet::from(["a", "b", "c", "gone"])), 0);
    }
}
