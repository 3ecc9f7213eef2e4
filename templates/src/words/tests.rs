//! Words are found, counted and written as a language wants them, and no page of the center has words of its own.

use super::*;
use crate::engine;

fn english() -> Arc<Words> {
    read().unwrap().remove(ENGLISH).unwrap()
}

/// The center's templates, which customers read.
fn of_the_center() -> impl Iterator<Item = (String, String)> {
    let all = engine::sources().unwrap();
    all.into_iter().filter(|(name, _)| name.starts_with("pages/center/") || name == "pages/_layout.html")
}

#[test]
fn days_and_numbers_are_written_as_the_language_writes_them() {
    let words = english();
    let day = NaiveDate::from_ymd_opt(2026, 3, 3).unwrap();
    assert_eq!(words.day(day), "3 March 2026");
    assert_eq!(words.say_with("minutes", &[("minutes", 1_250.into())]), "1,250 min");
    let hidden = pseudo().unwrap();
    assert_eq!(hidden.day(day), "3 March 2026");
    assert_eq!(hidden.say("yes"), "Ýéś");
}

#[test]
fn a_word_that_nobody_wrote_is_said_as_it_is_and_fails_a_template() {
    let words = english();
    assert_eq!(words.say("no-such-message"), "no-such-message");
    assert!(!words.has("no-such-message") && words.has("yes"));
}

#[test]
fn every_message_a_template_asks_for_exists() {
    let words = english();
    for (name, text) in engine::sources().unwrap() {
        for rest in text.split("say(key=\"").skip(1) {
            let key = rest.split('"').next().unwrap_or_default();
            assert!(words.has(key), "{name} asks for `{key}`, which stands in no file of templates/words/en");
        }
    }
}

#[test]
fn no_page_of_the_center_has_words_outside_the_message_files() {
    for (name, text) in of_the_center() {
        let own = own_words(&text);
        assert!(own.is_empty(), "{name} says {own:?} itself: put it into templates/words/en");
    }
}

/// What a template says itself: the text between its tags, and attributes that are read aloud or shown.
fn own_words(template: &str) -> Vec<String> {
    let plain = without(&without(&without(template, "{#", "#}"), "{%", "%}"), "{{", "}}");
    let mut own = Vec::new();
    for (place, part) in plain.split('<').enumerate() {
        let (tag, text) = if place == 0 { ("", part) } else { part.split_once('>').unwrap_or((part, "")) };
        for attribute in ["aria-label", "placeholder", "title", "alt"] {
            let value = tag.split_once(&format!(" {attribute}=\"")).map(|(_, rest)| rest);
            own.extend(value.and_then(|rest| rest.split('"').next()).filter(|text| is_said(text)));
        }
        own.extend(Some(text).filter(|text| is_said(text)));
    }
    own.into_iter().map(|text| text.trim().to_owned()).collect()
}

fn is_said(text: &str) -> bool {
    let entities = ["&amp;", "&nbsp;", "&middot;", "&lt;", "&gt;"];
    let text = entities.iter().fold(text.to_owned(), |text, entity| text.replace(entity, ""));
    text.chars().filter(|letter| letter.is_alphabetic()).count() > 1
}

fn without(text: &str, open: &str, close: &str) -> String {
    let mut parts = text.split(open);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once(close).map_or("", |(_, rest)| rest))
}

#[test]
fn the_search_for_own_words_finds_them_in_text_and_in_labels() {
    assert_eq!(own_words("<p class=\"muted\">Hello</p>{{ say(key=\"yes\") }}"), ["Hello"]);
    assert_eq!(own_words("<nav aria-label=\"Main\">{% if a %}·{% endif %}</nav>"), ["Main"]);
    assert!(own_words("<a href=\"/learn\">{{ a }} &middot; {{ b }}</a>").is_empty());
}
