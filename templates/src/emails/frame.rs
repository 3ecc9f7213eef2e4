//! The words around a letter, in the letter's own language: one letter is read out by one voice.

use serde::Serialize;

use super::source::shipped;
use crate::Words;

/// What the frame says itself.
#[derive(Debug, Serialize)]
pub(super) struct FrameWords {
    yes: String,
    no: String,
    talk: String,
    search: String,
    choices: String,
    stop: String,
    leave: String,
    why_this: String,
}

impl FrameWords {
    pub fn of(words: &Words) -> Self {
        Self {
            yes: words.say("yes"),
            no: words.say("not-really"),
            talk: words.say("item-rather-talk"),
            search: words.say("letter-search"),
            choices: words.say("stop-choose"),
            stop: words.say("choices-stop"),
            leave: words.say("letter-leave"),
            why_this: words.say("letter-why-this"),
        }
    }
}

/// The greeting, by name where there is one.
pub(super) fn greeting(words: &Words, first_name: Option<&str>) -> String {
    match first_name {
        Some(name) => words.say_with("notice-hello-name", &[("name", name.into())]),
        None => words.say("notice-hello"),
    }
}

/// A frame of ours with the pieces in place that every frame has.
pub(super) fn pieced(frame: &str, kind: &str) -> String {
    ["head", "question", "foot"].into_iter().fold(frame.to_owned(), |frame, piece| {
        let mark = format!("[[ {piece} ]]");
        if frame.contains(&mark) {
            frame.replace(&mark, shipped(&format!("_frame/{piece}.{kind}")).trim_end())
        } else {
            frame
        }
    })
}
