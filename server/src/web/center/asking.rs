//! `/ask/new`: one field first, what there is already, then the rest, then a look at it, then it is posted.
//!
//! Whoever is not signed in loses nothing: their words wait by their browser until they are.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::TimeDelta;
use content::Item;
use content::markdown;
use content::search::Hit;
use segments::Level;
use serde::Deserialize;
use serde_json::json;
use templates::center::{
    AskChoice, AskingDoors, AskingPage, AskingPreview, AskingStep, Field, PictureView, PlaceKind, Similar,
};
use templates::{Frame, Words as Language};

use super::ask::{self, named};
use super::pictures::{self, Taken};
use super::search::{badge, pieces};
use super::{around, frame, shown};
use crate::app::App;
use crate::community::asking::{self, Words};
use crate::community::{one_line, tidy};
use crate::doors::Secret;
use crate::finding::Finder;
use crate::shelf::Shelf;
use crate::store::following;
use crate::store::questions::{self, AskedOf};
use crate::web::browser::{Browser, remember};
use crate::web::caller::{Caller, allowed};
use crate::web::error::{PageError, Plain};
use crate::web::forms::Bringing;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

pub(crate) mod similar;
mod typed;

pub use typed::Typed;
use typed::is_fix;

/// Where it is.
pub const NEW: &str = "/ask/new";
/// Words of visitors from one network that are kept in an hour.
const DRAFTS_AN_HOUR: i32 = 30;

/// What a link to the form brings along.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asks {
    #[serde(alias = "title")]
    q: String,
    details: String,
    tried: String,
    product: String,
    problem: String,
    level: String,
    #[serde(alias = "to")]
    asked_of: String,
}

/// Shows the first field; or, with a question, what there is already and the rest; or words that were kept.
pub async fn show(
    State(app): State<App>,
    Extension(finder): Extension<Finder>,
    shelf: Shelf,
    visit: Visit,
    browser: Browser,
    Query(asks): Query<Asks>,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let reader = reader.as_ref();
    let frame = frame(&app, &visit, reader);
    let words = app.templates.words(&frame.language);
    let mut typed = Typed {
        title: one_line(&asks.q),
        details: brought(words, &asks),
        product: asks.product,
        problem: asks.problem,
        level: asks.level,
        asked_of: asks.asked_of,
        ..Typed::default()
    };
    let mut from_before = false;
    if typed == Typed::default()
        && let Some(kept) = kept(&app, &browser).await?
    {
        (typed, from_before) = (kept, true);
    }
    let at =
        if typed.title.is_empty() && typed.details.is_empty() { AskingStep::First } else { AskingStep::Rest };
    let picture = pictures::waiting(&app, reader, &browser, &typed).await?;
    let form = form(&app, &finder, &shelf, &frame, reader, &typed).await?;
    let page = AskingPage { at, from_before, picture, ..form };
    Ok(Html(app.templates.center_asking(&frame, &page)?))
}

/// What somebody tried before they came here stands in the details.
fn brought(words: &Language, asks: &Asks) -> String {
    let tried = tidy(&asks.tried);
    let tried = (!tried.is_empty()).then(|| format!("{}\n\n{tried}", words.say("asking-tried")));
    let parts = [Some(tidy(&asks.details)).filter(|details| !details.is_empty()), tried];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// A look at what was typed; back to the form; or posting it.
pub async fn create(
    State(app): State<App>,
    Extension(finder): Extension<Finder>,
    shelf: Shelf,
    visit: Visit,
    mut browser: Browser,
    caller: Caller,
    Bringing { reader, form: mut typed, file }: Bringing<Typed>,
) -> Result<Response, PageError> {
    let frame = frame(&app, &visit, reader.as_ref());
    let words = app.templates.words(&frame.language);
    let sender = (reader.as_ref(), &mut browser, caller);
    let taken = pictures::take(&app, words, sender, &mut typed, file).await?;
    let known = taken.secret.as_ref().map(|secret| remember(&app, secret));
    let asked = (reader, &browser, caller);
    let mut response = answer(&app, &finder, &shelf, &frame, asked, &typed, taken).await?;
    if let Some(cookie) = known {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn answer(
    app: &App,
    finder: &Finder,
    shelf: &Shelf,
    frame: &Frame,
    (reader, browser, caller): (Option<Reader>, &Browser, Caller),
    typed: &Typed,
    taken: Taken,
) -> Result<Response, PageError> {
    let words = app.templates.words(&frame.language);
    let sound = match typed.sound(words, &frame.language, shelf) {
        Ok(sound) if taken.problems.is_empty() => Ok(Words { picture: taken.chosen(typed), ..sound }),
        sound => Err([sound.err().unwrap_or_default(), taken.problems].concat()),
    };
    let picture = taken.picture;
    let (sound, reader) = match (sound, reader) {
        (Ok(_), reader) if typed.go == "edit" => {
            let page = form(app, finder, shelf, frame, reader.as_ref(), typed).await?;
            let html = app.templates.center_asking(frame, &AskingPage { picture, ..page })?;
            return Ok(Html(html).into_response());
        }
        (Ok(sound), Some(reader)) if typed.go == "post" => (sound, reader),
        (Ok(sound), reader) => {
            return look(app, shelf, frame, (reader.as_ref(), browser, caller), typed, &sound, picture).await;
        }
        (Err(problems), reader) => {
            let page = form(app, finder, shelf, frame, reader.as_ref(), typed).await?;
            let page = AskingPage { problems, picture, ..page };
            let html = Html(app.templates.center_asking(frame, &page)?);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Extension(Plain), html).into_response());
        }
    };
    let asker = questions::asker(app.db.read(), reader.customer.id).await?.ok_or(PageError::NotFound)?;
    let (_, slug) = asking::ask(app, &asker, &sound, &caller.network()).await?;
    if let Some(secret) = &browser.secret {
        forget(app, secret).await?;
    }
    Ok(Redirect::to(&format!("/ask/{slug}?noted=posted")).into_response())
}

/// Shows how it will look. A visitor's words are kept by their browser until they are signed in.
async fn look(
    app: &App,
    shelf: &Shelf,
    frame: &Frame,
    (reader, browser, caller): (Option<&Reader>, &Browser, Caller),
    typed: &Typed,
    sound: &Words,
    picture: Option<PictureView>,
) -> Result<Response, PageError> {
    let words = app.templates.words(&frame.language);
    let mut cookie = None;
    if reader.is_none()
        && allowed(app, "draft", &caller.network(), DRAFTS_AN_HOUR, TimeDelta::hours(1)).await?
    {
        let secret = browser.secret_or_new();
        keep(app, &secret, typed).await?;
        cookie = Some([(SET_COOKIE, remember(app, &secret))]);
    }
    let asker = match reader {
        Some(reader) => questions::asker(app.db.read(), reader.customer.id).await?,
        None => None,
    };
    let name = reader.and_then(|reader| reader.customer.first_name.as_deref());
    let asker = asker.as_ref();
    let seen = if sound.asked_of == AskedOf::Expert { "asking-seen-expert" } else { "asking-seen-all" };
    let level = sound.level.map(|level| words.say(&format!("level-{}", level.as_str())));
    let product = match &sound.product {
        Some(code) => Some(named(app).await?.remove(code).unwrap_or_else(|| code.clone())),
        None => None,
    };
    let problem =
        sound.problem.as_ref().and_then(|slug| shelf.catalogue.get(slug)).map(|item| item.title.clone());
    let page = AskingPage {
        around: around(app, reader, Some(PlaceKind::Ask)),
        at: AskingStep::Preview,
        title: sound.title.clone(),
        preview: Some(AskingPreview {
            who: ask::who(
                words,
                name,
                asker.and_then(|asker| asker.trade.as_deref()),
                asker.and_then(|asker| asker.size),
            ),
            details_html: markdown::post_to_html(&sound.details).map_err(anyhow::Error::from)?,
            chosen: [product, level, problem].into_iter().flatten().collect(),
            seen_by: words.say(seen),
        }),
        doors: doors(reader),
        kept: cookie.is_some(),
        carried: carried(typed),
        picture,
        ..AskingPage::default()
    };
    let html = Html(app.templates.center_asking(frame, &page)?);
    Ok(match cookie {
        Some(cookie) => (cookie, html).into_response(),
        None => html.into_response(),
    })
}

fn doors(reader: Option<&Reader>) -> Option<AskingDoors> {
    let doors = || AskingDoors { sign_in_href: "/sign-in".to_owned(), join_href: "/join".to_owned() };
    reader.is_none().then(doors)
}

fn carried(typed: &Typed) -> Vec<Field> {
    let said = typed.parts().into_iter().filter(|(_, value)| !value.is_empty());
    said.map(|(name, value)| Field { name: name.to_owned(), value: value.to_owned() }).collect()
}

/// The form with what was typed, and what there is already.
async fn form(
    app: &App,
    finder: &Finder,
    shelf: &Shelf,
    frame: &Frame,
    reader: Option<&Reader>,
    typed: &Typed,
) -> Result<AskingPage, PageError> {
    let words = app.templates.words(&frame.language);
    let choice =
        |value: &str, label: String, on: &str| AskChoice { value: value.to_owned(), label, on: value == on };
    let products = named(app).await?;
    let mut fixes: Vec<&Item> =
        shelf.catalogue.iter().filter(|item| is_fix(item) && shown::is_shown(app, item)).collect();
    fixes.sort_by_key(|item| item.symptom.clone());
    let own = match reader {
        Some(reader) => {
            questions::asker(app.db.read(), reader.customer.id).await?.and_then(|asker| asker.level)
        }
        None => None,
    };
    let level = typed.level().or(own).map_or("", |level| level.as_str());
    let symptom = |item: &&Item| item.symptom.clone().unwrap_or_else(|| item.title.clone());
    Ok(AskingPage {
        around: around(app, reader, Some(PlaceKind::Ask)),
        at: AskingStep::Rest,
        title: typed.title.clone(),
        details: typed.details.clone(),
        products: products.iter().map(|(code, name)| choice(code, name.clone(), &typed.product)).collect(),
        fixes: fixes.iter().map(|item| choice(item.slug.as_str(), symptom(item), &typed.problem)).collect(),
        levels: Level::ALL
            .iter()
            .map(|one| choice(one.as_str(), words.say(&format!("welcome-level-{}", one.as_str())), level))
            .collect(),
        asked_of: AskedOf::ALL
            .into_iter()
            .map(|one| {
                choice(one.word(), words.say(&format!("asking-of-{}", one.word())), typed.asked_of().word())
            })
            .collect(),
        follow: !typed.follow.is_empty(),
        picture_id: typed.picture.clone(),
        picture_alt: typed.picture_alt.clone(),
        similar: similar::to(app, finder, shelf, frame, &typed.title).await?.into_iter().map(near).collect(),
        doors: doors(reader),
        ..AskingPage::default()
    })
}

fn near(hit: Hit) -> Similar {
    Similar { kind: badge(hit.kind), title: pieces(hit.title), href: hit.path }
}

async fn keep(app: &App, secret: &Secret, typed: &Typed) -> Result<(), PageError> {
    let (hash, words, now) = (secret.hash(), json!(typed), app.clock.now());
    app.db
        .group()
        .commit(move |txn| {
            let (hash, words) = (hash.clone(), words.clone());
            Box::pin(async move { following::keep_draft(txn, hash, words, now).await })
        })
        .await?;
    Ok(())
}

/// Whether words wait by this browser.
pub(super) async fn waits(app: &App, browser: &Browser) -> Result<bool, PageError> {
    Ok(kept(app, browser).await?.is_some())
}

/// The words that this browser keeps.
async fn kept(app: &App, browser: &Browser) -> Result<Option<Typed>, PageError> {
    let Some(secret) = &browser.secret else { return Ok(None) };
    let words = following::draft(app.db.read(), &secret.hash()).await?;
    Ok(words.and_then(|words| serde_json::from_value(words).ok()))
}

async fn forget(app: &App, secret: &Secret) -> Result<(), PageError> {
    let hash = secret.hash();
    app.db
        .group()
        .commit(move |txn| {
            let hash = hash.clone();
            Box::pin(async move { following::drop_draft(txn, &hash).await })
        })
        .await?;
    Ok(())
}
