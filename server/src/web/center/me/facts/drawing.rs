//! The page that asks for one fact, with what it holds now.

use std::collections::{BTreeMap, BTreeSet};

use segments::Profile;
use templates::center::{FactAnswer, FactChoice, FactPage, Problem};
use templates::{Frame, Words};

use super::About;
use super::answering::{LONGEST, LONGEST_NOTE};
use crate::app::App;
use crate::shelf::Shelf;
use crate::store::told::own::Own;
use crate::web::center::around;
use crate::web::visitor::Reader;

/// The parts of the world whose time zones are named by a city.
const CONTINENTS: [&str; 9] =
    ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

pub(super) fn page(
    app: &App,
    frame: &Frame,
    shelf: &Shelf,
    reader: &Reader,
    about: About,
    holds: &BTreeSet<String>,
    problems: Vec<Problem>,
) -> FactPage {
    let words = app.templates.words(&frame.language);
    let (question, hint) = if let Some(question) = about.question() {
        let name = question.word();
        (words.say(&format!("welcome-{name}")), words.say(&format!("welcome-{name}-hint")))
    } else {
        let word = about.word();
        (words.say(&format!("fact-{word}")), words.say(&format!("fact-{word}-hint")))
    };
    FactPage {
        around: around(app, Some(reader), None),
        question,
        hint,
        action: format!("/me/facts/{}", about.word()),
        answer: answer(app, words, shelf, about, holds),
        problems,
        back_href: "/me".to_owned(),
    }
}

fn answer(app: &App, words: &Words, shelf: &Shelf, about: About, holds: &BTreeSet<String>) -> FactAnswer {
    let choice =
        |value: &str, label: String| FactChoice { value: value.to_owned(), label, on: holds.contains(value) };
    if let Some(question) = about.question() {
        let name = question.word();
        let label = |value: &str| words.say(&format!("welcome-{name}-{value}"));
        let answers = question.answers();
        return FactAnswer::One {
            choices: answers.into_iter().map(|value| choice(value, label(value))).collect(),
        };
    }
    let typed = || holds.iter().next().cloned().unwrap_or_default();
    let in_words = |autocomplete| FactAnswer::Words { value: typed(), autocomplete, longest: LONGEST };
    match about {
        About::Own(Own::Language) => {
            let languages = app.templates.languages();
            let name = |language: &str| app.templates.words(language).say("language-name");
            FactAnswer::One { choices: languages.map(|language| choice(language, name(language))).collect() }
        }
        About::Own(Own::Timezone) => {
            let group = |(continent, zones): (&'static str, Vec<&'static str>)| {
                (continent.to_owned(), zones.into_iter().map(|zone| choice(zone, city(zone))).collect())
            };
            FactAnswer::List { groups: zones().into_iter().map(group).collect() }
        }
        About::Own(Own::Needs) => {
            let known: BTreeSet<_> = shelf.catalogue.iter().flat_map(|item| &item.needs).collect();
            let others: Vec<_> = holds.iter().filter(|need| !known.contains(need)).cloned().collect();
            FactAnswer::Many {
                choices: known.into_iter().map(|need| choice(need, need.clone())).collect(),
                other: others.join("; "),
            }
        }
        About::Business(_) => {
            FactAnswer::Words { value: typed(), autocomplete: "off", longest: LONGEST_NOTE }
        }
        About::Own(Own::FirstName) => in_words("given-name"),
        About::Own(Own::LastName) => in_words("family-name"),
        About::Own(_) => in_words("organization-title"),
    }
}

/// Time zones by the part of the world.
pub(super) fn zones() -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut zones: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for zone in chrono_tz::TZ_VARIANTS {
        let name = zone.name();
        if let Some((continent, _)) = name.split_once('/').filter(|(place, _)| CONTINENTS.contains(place)) {
            zones.entry(continent).or_default().push(name);
        }
    }
    zones
}

/// The city that a time zone is named by.
pub(in crate::web::center::me) fn city(zone: &str) -> String {
    zone.split_once('/').map_or(zone, |(_, city)| city).replace('_', " ").replace('/', ", ")
}

/// What is known of a fact, as the store has it.
pub(in crate::web::center::me) fn value(profile: &Profile, own: Own) -> Option<String> {
    match own {
        Own::FirstName => profile.first_name.clone(),
        Own::LastName => profile.last_name.clone(),
        Own::Role => profile.role.clone(),
        Own::Language => profile.language.clone(),
        Own::Timezone => profile.timezone.clone(),
        Own::Level => profile.level.map(|level| level.as_str().to_owned()),
        Own::UserType => profile.user_type.map(|kind| kind.as_str().to_owned()),
        Own::Needs => {
            let needs: Vec<_> = profile.needs.iter().map(String::as_str).collect();
            (!needs.is_empty()).then(|| needs.join(", "))
        }
    }
}
