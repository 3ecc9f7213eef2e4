//! `/me/facts/{fact}`: one fact, changed, taken away, or put back as it was.

use std::collections::BTreeSet;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use segments::Profile;
use serde::Deserialize;
use templates::center::Problem;

use super::super::frame;
use super::super::welcome::Question;
use crate::app::App;
use crate::shelf::Shelf;
use crate::store::audience;
use crate::store::told::business::{self, Topic, Undone};
use crate::store::told::own::{self, Own};
use crate::store::told::{self, Fact, Said};
use crate::web::error::{PageError, Plain};
use crate::web::forms::{Button, Checked};
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

mod answering;
mod drawing;

use answering::{Sound, sound};
use drawing::page;
pub(super) use drawing::{city, value};

/// Where the answers are said to come from.
const SOURCE: &str = "me";
/// In an address: a colleague has answered since, and it stays as they said.
pub(super) const COLLEAGUE: &str = "colleague";
/// In an address: a file has changed it since, and it stays as the file says.
const BY_RECORDS: &str = "records";

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// The reader.
    Own(Own),
    /// Their business.
    Business(Topic),
}

impl About {
    fn find(word: &str) -> Result<Self, PageError> {
        let own = Own::find(word).map(Self::Own);
        own.or(Topic::find(word).map(Self::Business)).ok_or(PageError::NotFound)
    }

    fn word(self) -> &'static str {
        match self {
            Self::Own(own) => own.word(),
            Self::Business(topic) => topic.word(),
        }
    }

    /// The question of the welcome that asks the same, where there is one.
    fn question(self) -> Option<Question> {
        match self {
            Self::Own(Own::Level) => Some(Question::Level),
            Self::Own(Own::UserType) => Some(Question::Way),
            Self::Business(Topic::Stage) => Some(Question::Life),
            Self::Business(Topic::Trade) => Some(Question::Trade),
            Self::Business(Topic::Size) => Some(Question::Size),
            Self::Own(_) | Self::Business(Topic::Products) => None,
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
        About::Business(topic) => {
            let told = told::latest(app.db.read(), reader.customer.account, reader.customer.id).await?;
            let told = told.into_iter().find(|kept| kept.fact == fact).map(|kept| kept.value);
            let other = |value: String| if value.is_empty() { "other".to_owned() } else { value };
            told.map(|value| if topic == Topic::Products { value } else { other(value) })
                .into_iter()
                .collect()
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
        Ok(Sound::Business(fact)) => tell(&app, &reader, fact).await?,
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
    let about = About::find(&fact)?;
    match about {
        About::Own(own) => commit(&app, &reader, own, Act::Say(String::new())).await?,
        About::Business(Topic::Products) => tell(&app, &reader, Fact::Products(String::new())).await?,
        About::Business(_) => return Err(PageError::NotFound),
    }
    Ok(Redirect::to(&format!("/me?removed={}", about.word())))
}

/// Puts a fact back as it was before the last change, or says who has changed it since.
pub async fn undo(
    State(app): State<App>,
    Path(fact): Path<String>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let about = About::find(&fact)?;
    let undone = match about {
        About::Own(own) => {
            commit(&app, &reader, own, Act::Undo).await?;
            Undone::Back
        }
        About::Business(topic) => take_back(&app, &reader, topic).await?,
    };
    Ok(Redirect::to(&match undone {
        Undone::Back | Undone::Nothing => format!("/me?undone={}", about.word()),
        Undone::ColleagueSince => format!("/me?stays={COLLEAGUE}"),
        Undone::RecordsSince => format!("/me?stays={BY_RECORDS}"),
    }))
}

/// Keeps what somebody says of their business.
async fn tell(app: &App, reader: &Reader, fact: Fact) -> Result<(), PageError> {
    let (id, at, who) = (app.ids.next(), app.clock.now(), reader.customer.clone());
    let write = app.db.group().commit(move |txn| {
        let (fact, who) = (fact.clone(), who.clone());
        let said = Said { id, account: who.account, contact: who.id, at, source: SOURCE };
        Box::pin(async move { told::say(txn, said, &fact).await })
    });
    Ok(write.await?)
}

/// Takes back what somebody said of their business last.
pub(in crate::web::center) async fn take_back(
    app: &App,
    reader: &Reader,
    topic: Topic,
) -> Result<Undone, PageError> {
    let (id, at, who) = (app.ids.next(), app.clock.now(), reader.customer.clone());
    let write = app.db.group().commit(move |txn| {
        let who = who.clone();
        let said = Said { id, account: who.account, contact: who.id, at, source: SOURCE };
        Box::pin(async move { business::undo(txn, said, topic).await })
    });
    Ok(write.await?)
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

async fn profile(app: &App, reader: &Reader) -> Result<Profile, PageError> {
    let profiles = audience::load_profiles(app.db.read(), &[reader.customer.id], app.clock.now()).await?;
    profiles.into_iter().next().ok_or(PageError::NotFound)
}
