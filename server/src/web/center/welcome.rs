//! `/welcome`: five questions, one a page, one tap each. What was skipped can be asked for again by coming back.

use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use segments::{Level, SizeBand, Stage, UserType};
use serde::Deserialize;
use templates::center::{Link, MessagePage, Sign, WelcomeAnswer, WelcomePage, WelcomeProducts};

use super::me::facts;
use super::{around, ask, frame, home};
use crate::app::App;
use crate::shelf::Shelf;
use crate::store::told::business::Topic;
use crate::store::told::{self, Fact, Said};
use crate::store::{licences, products};
use crate::web::browser::Browser;
use crate::web::error::PageError;
use crate::web::forms::{Button, Checked};
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// Where the answers are said to come from.
const SOURCE: &str = "welcome";
/// Where it ends.
const FIRST: &str = "/welcome/first";
/// The longest correction that is kept.
const LONGEST: usize = 500;
/// Trades by the beginning of their NAICS codes, as the library has them.
pub(super) const TRADES: [&str; 10] =
    ["23", "44", "722", "621", "5412", "5411", "8121", "8111", "5617", "7139"];

/// The questions, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    Life,
    Trade,
    Size,
    Level,
    Way,
}

impl Question {
    pub(super) const ALL: [Self; 5] = [Self::Life, Self::Trade, Self::Size, Self::Level, Self::Way];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Life => "life",
            Self::Trade => "trade",
            Self::Size => "size",
            Self::Level => "level",
            Self::Way => "way",
        }
    }

    fn find(word: &str) -> Result<Self, PageError> {
        Self::ALL.into_iter().find(|question| question.word() == word).ok_or(PageError::NotFound)
    }

    /// From 1.
    fn number(self) -> usize {
        1 + Self::ALL.iter().position(|one| *one == self).unwrap_or_default()
    }

    /// Where the next one is, or the end.
    fn next(self) -> String {
        Self::ALL
            .get(self.number())
            .map_or_else(|| FIRST.to_owned(), |next| format!("/welcome/{}", next.word()))
    }

    /// The answers there are, as they are posted and as the store has them.
    pub(super) fn answers(self) -> Vec<&'static str> {
        match self {
            Self::Life => [Stage::StartingUp, Stage::Established, Stage::Growing].map(Stage::as_str).to_vec(),
            Self::Trade => TRADES.into_iter().chain(["other"]).collect(),
            Self::Size => SizeBand::ALL.iter().map(|band| band.as_str()).collect(),
            Self::Level => Level::ALL.iter().map(|level| level.as_str()).collect(),
            Self::Way => UserType::ALL.iter().map(|way| way.as_str()).collect(),
        }
    }

    /// What an answer says; nothing when it is none of ours.
    pub(super) fn fact(self, answer: &str) -> Option<Fact> {
        let answer = self.answers().into_iter().find(|known| *known == answer)?;
        Some(match self {
            Self::Life => Fact::Stage(answer.parse().ok()?),
            Self::Trade if answer == "other" => Fact::Trade(String::new()),
            Self::Trade => Fact::Trade(answer.to_owned()),
            Self::Size => Fact::Size(answer.parse().ok()?),
            Self::Level => Fact::Level(answer.parse().ok()?),
            Self::Way => Fact::UserType(answer.parse().ok()?),
        })
    }

    /// The name of the fact it is about.
    pub(super) fn about(self) -> &'static str {
        match self {
            Self::Life => "stage",
            Self::Trade => "industry",
            Self::Size => "employees",
            Self::Level => "level",
            Self::Way => "user-type",
        }
    }
}

/// Begins with the first question.
pub async fn begin(_: Reader, visit: Visit) -> Redirect {
    Redirect::to(&format!("/welcome/life{}", visit.told()))
}

/// Whether a correction has just been noted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Noted {
    noted: Option<String>,
}

/// Shows one question.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(question): Path<String>,
    Query(noted): Query<Noted>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let question = Question::find(&question)?;
    let frame = frame(&app, &visit, Some(&reader));
    let words = app.templates.words(&frame.language);
    let (account, contact) = (reader.customer.account, reader.customer.id);
    let told = told::latest(app.db.read(), account, contact).await?;
    let given = told.iter().find(|kept| kept.fact == question.about()).map(|kept| kept.value.as_str());
    let given = if given == Some("") { Some("other") } else { given };
    let name = question.word();
    let answers = question.answers().into_iter().map(|value| WelcomeAnswer {
        value: value.to_owned(),
        label: words.say(&format!("welcome-{name}-{value}")),
        given: given == Some(value),
    });
    let greeting = (question == Question::Life).then(|| match &reader.customer.first_name {
        Some(first) => words.say_with("welcome-greeting", &[("name", first.into())]),
        None => words.say("welcome-greeting-nameless"),
    });
    let products = match question {
        Question::Life => products_of(&app, account, &frame.way_back, noted.noted.is_some()).await?,
        _ => None,
    };
    let page = WelcomePage {
        around: around(&app, Some(&reader), None),
        greeting,
        number: question.number(),
        of: Question::ALL.len(),
        question: words.say(&format!("welcome-{name}")),
        hint: words.say(&format!("welcome-{name}-hint")),
        action: format!("/welcome/{name}{}", frame.way_back),
        answers: answers.collect(),
        skip_href: format!("{}{}", question.next(), frame.way_back),
        products,
    };
    Ok(Html(app.templates.center_welcome(&frame, &page)?))
}

/// A tap.
#[derive(Debug, Deserialize)]
pub struct Tap {
    answer: String,
}

/// Keeps an answer and goes on.
pub async fn answer(
    State(app): State<App>,
    visit: Visit,
    Path(question): Path<String>,
    reader: Reader,
    Checked(Tap { answer }): Checked<Tap>,
) -> Result<Redirect, PageError> {
    let question = Question::find(&question)?;
    let fact = question.fact(&answer).ok_or(PageError::NotFound)?;
    keep(&app, &reader, &fact).await?;
    Ok(Redirect::to(&format!("{}{}", question.next(), visit.told())))
}

/// What is not right about the products.
#[derive(Debug, Deserialize)]
pub struct Correction {
    words: String,
}

/// Keeps a note for staff; nothing changes by itself.
pub async fn correct(
    State(app): State<App>,
    visit: Visit,
    reader: Reader,
    Checked(Correction { words }): Checked<Correction>,
) -> Result<Redirect, PageError> {
    let words: String = words.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    if words.is_empty() {
        return Ok(Redirect::to(&format!("/welcome/life{}", visit.told())));
    }
    keep(&app, &reader, &Fact::Products(words)).await?;
    let way_back = visit.told().replace('?', "&");
    Ok(Redirect::to(&format!("/welcome/life?noted=1{way_back}")))
}

/// Takes the note back.
pub async fn take_back(
    State(app): State<App>,
    visit: Visit,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    facts::take_back(&app, &reader, Topic::Products).await?;
    Ok(Redirect::to(&format!("/welcome/life{}", visit.told())))
}

/// The end: back where they were when they began to join, or the first quick win that fits, already open. Whoever began
/// a question before they joined is led back to it first.
pub async fn first(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    browser: Browser,
    reader: Reader,
) -> Result<Response, PageError> {
    let begun = ask::draft(&app, &browser).await?;
    if let (None, Some(way)) = (&begun, visit.way_back()) {
        return Ok(Redirect::to(way.path()).into_response());
    }
    let first = home::first_win(&app, &shelf, &reader).await?.unwrap_or_else(|| "/".to_owned());
    let Some(begun) = begun else { return Ok(Redirect::to(&first).into_response()) };
    let frame = frame(&app, &visit, Some(&reader));
    let words = app.templates.words(&frame.language);
    let page = MessagePage {
        around: around(&app, Some(&reader), None),
        sign: Sign::Check,
        title: words.say("welcome-question-title"),
        lines: vec![begun.label, words.say("welcome-question-words")],
        button: None,
        next: Some(Link { label: words.say("welcome-question-go-on"), href: begun.href }),
        other: Some(Link { label: words.say("welcome-question-first-win"), href: first }),
    };
    Ok(Html(app.templates.center_message(&frame, &page)?).into_response())
}

async fn keep(app: &App, reader: &Reader, fact: &Fact) -> Result<(), PageError> {
    let (id, at) = (app.ids.next(), app.clock.now());
    let (account, contact, fact) = (reader.customer.account, reader.customer.id, fact.clone());
    app.db
        .group()
        .commit(move |txn| {
            let fact = fact.clone();
            let said = Said { id, account, contact, at, source: SOURCE };
            Box::pin(async move { told::say(txn, said, &fact).await })
        })
        .await?;
    Ok(())
}

async fn products_of(
    app: &App,
    account: uuid::Uuid,
    way_back: &str,
    noted: bool,
) -> Result<Option<WelcomeProducts>, PageError> {
    let held = licences::products_of(app.db.read(), account).await?;
    let known = products::all(app.db.read()).await?;
    let name = |code: String| {
        let found = known.iter().find(|product| product.code == code);
        found.map_or(code, |product| product.name.clone())
    };
    let names: Vec<_> = held.into_iter().map(name).collect();
    Ok((!names.is_empty()).then(|| WelcomeProducts {
        names,
        action: format!("/welcome/products{way_back}"),
        noted,
        undo_action: format!("/welcome/products/undo{way_back}"),
    }))
}
