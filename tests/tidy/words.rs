//! The message files and the house agree: every message is said somewhere, and whatever is said is written.

use std::collections::BTreeSet;

use super::tree::{rust, texts};

/// The keys of the English files.
fn written() -> BTreeSet<&'static str> {
    let mut keys = BTreeSet::new();
    for file in texts().iter().filter(|file| file.is_in("templates/words/en")) {
        for line in file.text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            let (key, _) = line.split_once(" =").unwrap_or_else(|| panic!("`{line}` is no message"));
            assert!(keys.insert(key), "the message {key} stands twice");
        }
    }
    keys
}

#[test]
fn every_message_is_said_somewhere() {
    let askers = || texts().iter().filter(|file| file.is_in("templates/pages")).chain(rust());
    // `format!("level-{level}")` says every message that begins with `level-`.
    let begins = |key: &str, text: &str| {
        key.match_indices('-').any(|(at, _)| text.contains(&format!("\"{}{{", &key[..=at])))
    };
    let said =
        |key: &str| askers().any(|file| file.text.contains(&format!("\"{key}\"")) || begins(key, &file.text));
    let silent: Vec<_> = written().into_iter().filter(|key| !said(key)).collect();
    assert!(silent.is_empty(), "nobody says these messages: {silent:#?}");
}

#[test]
fn every_message_that_code_says_is_written() {
    let written = written();
    for file in rust().filter(|file| file.is_in("server")) {
        for call in [".say(\"", ".say_with(\""] {
            for rest in file.text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                assert!(written.contains(key), "{} says `{key}`, which no file of words has", file.path);
            }
        }
    }
}
