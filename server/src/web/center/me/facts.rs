//! `/me/facts/{fact}`: one fact, changed, taken away, or put back as it was.

use std::collections::{BTreeMap, BTreeSet};

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use segments::{Level, Profile, UserType};
use serde::Deserialize;
use templates::center::{FactAnswer, FactChoice, FactPage, Problem};
use templates::{Frame, Words};

use super::super::welcome::Question;
use super::super::{around, frame};
use crate::app::App;
use crate::shelf::Shelf;
use crate::store::audience;
use crate::store::told::own::{self, Own};
use crate::store::told::{self, Fact, Said};
use crate::web::error::{PageError, Plain};
use crate::web::forms::{Button, Checked};
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// Where the answers are said to come from.
const SOURCE: &str = "me";
/// Letters of an answer in words.
const LONGEST: usize = 100;
/// Needs at most.
const MOST_NEEDS: usize = 20;
/// The parts of the world whose time zones are named by a city.
const CONTINENTS: [&str; 9] =
    ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// The reader.
    Own(Own),
    /// Their business.
    Business(Question),
}

impl About {
    fn find(word: &str) -> Result<Self, PageError> {
        let of_business = [Question::Life, Question::Trade, Question::Size];
        let business = of_business.into_iter().find(|question| question.about() == word);
        let own = Own::find(word).map(Self::Own);
        own.or(business.map(Self::Business)).ok_or(PageError::NotFound)
    }

    fn word(self) -> &'static str {
        match self {
            Self::Own(own) => own.word(),
            Self::Business(question) => question.about(),
        }
    }

    /// The question of the welcome that asks the same, where there is one.
    fn question(self) -> Option<Question> {
        match self {
            Self::Own(Own::Level) => Some(Question::Level),
            Self::Own(Own::UserType) => Some(Question::Way),
            Self::Own(_) => None,
            Self::Business(question) => Some(question),
        }
    }
}

/// What the form says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    value: Vec<String>,
    other: String,
}

/// Asks for one fact.
pub async fn ask(
    State(app): State<App>,
    visit: Visit,
    shelf: Shelf,
    Path(fact): Path<String>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let about = About::find(&fact)?;
    let profile = profile(&app, &reader).await?;
    let holds: BTreeSet<String> = match about {
        About::Own(Own::Needs) => profile.needs.clone(),
        About::Own(own) => value(&profile, own).into_iter().collect(),
        About::Business(_) => {
            let told = told::latest(app.db.read(), reader.customer.account, reader.customer.id).await?;
            let told = told.into_iter().find(|kept| kept.fact == fact).map(|kept| kept.value);
            told.map(|value| if value.is_empty() { "other".to_owned() } else { value }).into_iter().collect()
        }
    };
    let frame = frame(&app, &visit, Some(&reader));
    let page = page(&app, &frame, &shelf, &reader, about, &holds, Vec::new());
    Ok(Html(app.templates.center_fact(&frame, &page)?))
}

/// Keeps an answer.
pub async fn change(
    State(app): State<App>,
    visit: Visit,
    shelf: Shelf,
    Path(fact): Path<String>,
    reader: Reader,
    Checked(answer): Checked<Answer>,
) -> Result<Response, PageError> {
    let about = About::find(&fact)?;
    match sound(&app, about, &answer) {
        Ok(Sound::Own(own, value)) => {
            commit(&app, &reader, own, Act::Say(value)).await?;
        }
        Ok(Sound::Business(fact)) => {
            let (id, at, who) = (app.ids.next(), app.clock.now(), reader.customer.clone());
            let write = app.db.group().commit(move |txn| {
                let (fact, who) = (fact.clone(), who.clone());
                let said = Said { id, account: who.account, contact: who.id, at, source: SOURCE };
                Box::pin(async move { told::say(txn, said, &fact).await })
            });
            write.await?;
        }
        Err(problem) => {
            let frame = frame(&app, &visit, Some(&reader));
            let words = app.templates.words(&frame.language).say(problem);
            let typed = answer.value.iter().chain([&answer.other]).filter(|typed| !typed.is_empty());
            let typed = typed.cloned().collect();
            let problems = vec![Problem { field: "value", words }];
            let page = page(&app, &frame, &shelf, &reader, about, &typed, problems);
            let html = Html(app.templates.center_fact(&frame, &page)?);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Extension(Plain), html).into_response());
        }
    }
    Ok(Redirect::to(&format!("/me?changed={}", about.word())).into_response())
}

/// Takes a fact away.
pub async fn remove(
    State(app): State<App>,
    Path(fact): Path<String>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let own = Own::find(&fact).ok_or(PageError::NotFound)?;
    commit(&app, &reader, own, Act::Say(String::new())).await?;
    Ok(Redirect::to(&format!("/me?removed={}", own.word())))
}

/// Puts a fact back as it was before the last change.
pub async fn undo(
    State(app): State<App>,
    Path(fact): Path<String>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let own = Own::find(&fact).ok_or(PageError::NotFound)?;
    commit(&app, &reader, own, Act::Undo).await?;
    Ok(Redirect::to(&format!("/me?undone={}", own.word())))
}

#[derive(Debug, Clone)]
enum Act {
    Say(String),
    Undo,
}

async fn commit(app: &App, reader: &Reader, own: Own, act: Act) -> Result<(), PageError> {
    let (id, at, who) = (app.ids.next(), app.clock.now(), reader.customer.clone());
    let write = app.db.group().commit(move |txn| {
        let (act, who) = (act.clone(), who.clone());
        let said = Said { id, account: who.account, contact: who.id, at, source: SOURCE };
        Box::pin(async move {
            match &act {
                Act::Say(value) => own::correct(txn, said, own, value).await,
                Act::Undo => own::undo(txn, said, own).await.map(drop),
            }
        })
    });
    Ok(write.await?)
}

/// A sound answer.
enum Sound {
    Own(Own, String),
    Business(Fact),
}

/// What an answer says, or the message that says what would be right.
fn sound(app: &App, about: About, answer: &Answer) -> Result<Sound, &'static str> {
    let first = answer.value.first().map(String::as_str).unwrap_or_default();
    let one = |fits: bool, own| {
        if fits { Ok(Sound::Own(own, first.to_owned())) } else { Err("fact-problem-choose") }
    };
    match about {
        About::Business(question) => question.fact(first).map(Sound::Business).ok_or("fact-problem-choose"),
        About::Own(own @ Own::Level) => one(first.parse::<Level>().is_ok(), own),
        About::Own(own @ Own::UserType) => one(first.parse::<UserType>().is_ok(), own),
        About::Own(own @ Own::Language) => one(app.templates.speaks(first), own),
        About::Own(own @ Own::Timezone) => one(zones().values().flatten().any(|zone| *zone == first), own),
        About::Own(own @ (Own::FirstName | Own::LastName | Own::Role)) => {
            let words = words_of(first).ok_or("fact-problem-words")?;
            Ok(Sound::Own(own, words))
        }
        About::Own(own @ Own::Needs) => {
            let typed = answer.value.iter().map(String::as_str).chain(answer.other.split(';'));
            let typed: Vec<_> = typed.filter(|need| !need.trim().is_empty()).collect();
            let needs: Option<BTreeSet<_>> = typed
                .iter()
                .map(|need| words_of(&need.replace(';', " ")).map(|need| segments::need(&need)))
                .collect();
            let needs = needs.filter(|needs| (1..=MOST_NEEDS).contains(&needs.len()));
            Ok(Sound::Own(own, own::needs(needs.ok_or("fact-problem-needs")?)))
        }
    }
}

/// Words as somebody typed them, as long as there are some and not too many.
fn words_of(typed: &str) -> Option<String> {
    let words: String = typed.trim().chars().filter(|letter| !letter.is_control()).collect();
    (1..=LONGEST).contains(&words.chars().count()).then_some(words)
}

fn page(
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
        About::Own(Own::FirstName) => FactAnswer::Words { value: typed(), autocomplete: "given-name" },
        About::Own(Own::LastName) => FactAnswer::Words { value: typed(), autocomplete: "family-name" },
        _ => FactAnswer::Words { value: typed(), autocomplete: "organization-title" },
    }
}

/// Time zones by the part of the world.
fn zones() -> BTreeMap<&'static str, Vec<&'static str>> {
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
pub(super) fn city(zone: &str) -> String {
    zone.split_once('/').map_or(zone, |(_, city)| city).replace('_', " ").replace('/', ", ")
}

/// What is known of a fact, as the store has it.
pub(super) fn value(profile: &Profile, own: Own) -> Option<String> {
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

async fn profile(app: &App, reader: &Reader) -> Result<Profile, PageError> {
    let profiles = audience::load_profiles(app.db.read(), &[reader.customer.id], app.clock.now()).await?;
    profiles.into_iter().next().ok_or(PageError::NotFound)
}
