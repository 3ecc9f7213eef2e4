//! What an answer has to be.

use std::collections::BTreeSet;

use segments::{Level, UserType};

use super::drawing::zones;
use super::{About, Answer};
use crate::app::App;
use crate::store::told::Fact;
use crate::store::told::business::Topic;
use crate::store::told::own::{self, Own};

/// Letters of an answer in words.
pub(super) const LONGEST: usize = 100;
/// Letters of a note for staff, as on the pages of the welcome.
pub(super) const LONGEST_NOTE: usize = 500;
/// Needs at most.
const MOST_NEEDS: usize = 20;

/// A sound answer.
pub(super) enum Sound {
    Own(Own, String),
    Business(Fact),
}

/// What an answer says, or the message that says what would be right.
pub(super) fn sound(app: &App, about: About, answer: &Answer) -> Result<Sound, &'static str> {
    let first = answer.value.first().map(String::as_str).unwrap_or_default();
    let one = |fits: bool, own| {
        if fits { Ok(Sound::Own(own, first.to_owned())) } else { Err("fact-problem-choose") }
    };
    match about {
        About::Business(Topic::Products) => {
            let words = words_of(first, LONGEST_NOTE).ok_or("fact-problem-note")?;
            Ok(Sound::Business(Fact::Products(words)))
        }
        About::Business(_) => {
            let fact = about.question().and_then(|question| question.fact(first));
            fact.map(Sound::Business).ok_or("fact-problem-choose")
        }
        About::Own(own @ Own::Level) => one(first.parse::<Level>().is_ok(), own),
        About::Own(own @ Own::UserType) => one(first.parse::<UserType>().is_ok(), own),
        About::Own(own @ Own::Language) => one(app.templates.speaks(first), own),
        About::Own(own @ Own::Timezone) => one(zones().values().flatten().any(|zone| *zone == first), own),
        About::Own(own @ (Own::FirstName | Own::LastName | Own::Role)) => {
            let words = words_of(first, LONGEST).ok_or("fact-problem-words")?;
            Ok(Sound::Own(own, words))
        }
        About::Own(own @ Own::Needs) => {
            let typed = answer.value.iter().map(String::as_str).chain(answer.other.split(';'));
            let typed: Vec<_> = typed.filter(|need| !need.trim().is_empty()).collect();
            let needs: Option<BTreeSet<_>> = typed
                .iter()
                .map(|need| words_of(&need.replace(';', " "), LONGEST).map(|need| segments::need(&need)))
                .collect();
            let needs = needs.filter(|needs| (1..=MOST_NEEDS).contains(&needs.len()));
            Ok(Sound::Own(own, own::needs(needs.ok_or("fact-problem-needs")?)))
        }
    }
}

/// Words as somebody typed them, as long as there are some and not too many.
fn words_of(typed: &str, longest: usize) -> Option<String> {
    let words: String = typed.trim().chars().filter(|letter| !letter.is_control()).collect();
    (1..=longest).contains(&words.chars().count()).then_some(words)
}
