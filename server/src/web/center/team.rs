//! `/team`: giving a lesson or a shelf to a colleague of the same company, and seeing it done where they agreed.
//!
//! Who gets something finds it on their own page. No letter is written, and of a colleague whom we do not know nothing is
//! kept: there is only a link to pass on.

use std::collections::BTreeSet;

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono_tz::Tz;
use segments::Email;
use serde::Deserialize;
use templates::center::{Choosable, Given, Moment, Noted, PlaceKind, Problem, Received, TeamPage};
use templates::{Frame, Words};
use uuid::Uuid;

use super::keeping;
use super::shown::learner;
use super::times;
use super::{around, frame};
use crate::app::App;
use crate::learning::shelves as keep;
use crate::profiles::families::is_public;
use crate::shelf::Shelf;
use crate::store::gifts::{self, Colleague, Gift};
use crate::store::progress::Learner;
use crate::store::shelves::{self, Thing};
use crate::store::{finishes, pieces};
use crate::web::error::{PageError, Plain};
use crate::web::forms::{Button, Checked};
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// For so long a link opens that is made for a colleague whom we do not know.
const LINK_DAYS: i64 = 30;

/// What stands behind the `?` of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// An item that is about to be given.
    item: String,
    /// A shelf that is about to be given.
    shelf: String,
    /// The gift that was just made.
    gave: String,
    /// The link that was just made.
    link: String,
    /// What was just taken back.
    back: String,
    /// From whom.
    from: String,
}

/// Shows what a reader was given and gave.
pub async fn show(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    Query(asked): Query<Asked>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let frame = frame(&app, &visit, Some(&reader));
    let page = page(&app, &frame, &shelf, &reader, &asked).await?;
    Ok(Html(app.templates.center_team(&frame, &page)?))
}

async fn page(
    app: &App,
    frame: &Frame,
    shelf: &Shelf,
    reader: &Reader,
    asked: &Asked,
) -> Result<TeamPage, PageError> {
    let words = app.templates.words(&frame.language);
    let (db, who) = (app.db.read(), learner(reader));
    let zone = times::zone(Some(reader));
    let given_by_me = gifts::given(db, who).await?;
    let links = keeping::links(app, words, shelf, (who, zone), None, asked.link.parse().ok()).await?;
    let chosen = if asked.shelf.is_empty() {
        format!("item:{}", asked.item)
    } else {
        format!("shelf:{}", asked.shelf)
    };
    let colleagues = gifts::colleagues(db, who).await?;
    Ok(TeamPage {
        around: around(app, Some(reader), Some(PlaceKind::Saved)),
        received: received(app, words, shelf, (who, zone)).await?,
        given: given(app, words, shelf, (who, zone), &given_by_me).await?,
        things: things(app, shelf, who, &chosen).await?,
        colleagues: colleagues
            .iter()
            .map(|one| Choosable { value: one.id.to_string(), label: one.name.clone(), chosen: false })
            .collect(),
        domain: domains(app, reader).await?.into_iter().next(),
        link: links.into_iter().find(|link| link.new),
        note: match just_given(app, words, &given_by_me, &asked.gave).await? {
            Some(note) => Some(note),
            None => just_taken_back(app, words, shelf, &colleagues, asked, who).await?,
        },
        ..TeamPage::default()
    })
}

/// "Ana finds it on their page."
async fn just_given(
    app: &App,
    words: &Words,
    given: &[Gift],
    gave: &str,
) -> Result<Option<Noted>, PageError> {
    let Some(gift) = given.iter().find(|gift| gift.id.to_string() == gave) else { return Ok(None) };
    let name = shelves::first_name(app.db.read(), gift.receiver).await?;
    Ok(name.map(|name| Noted {
        words: words.say_with("team-gave", &[("name", name.into())]),
        undo_action: Some(format!("/team/{}/end", gift.id)),
    }))
}

/// "Ana does not find “Front desk” on their page any more."
async fn just_taken_back(
    app: &App,
    words: &Words,
    shelf: &Shelf,
    colleagues: &[Colleague],
    asked: &Asked,
    who: Learner,
) -> Result<Option<Noted>, PageError> {
    let Some(from) = colleagues.iter().find(|one| one.id.to_string() == asked.from) else { return Ok(None) };
    let Some(thing) = thing_of(app, shelf, who, &asked.back).await? else { return Ok(None) };
    let Some((title, _)) = keeping::thing(app, shelf, who, &thing).await? else { return Ok(None) };
    let values = [("name", (&from.name).into()), ("title", title.into())];
    Ok(Some(Noted {
        words: words.say_with("team-taken-back", &values),
        undo_action: Some(format!("/team/restore?back={}&from={}", value_of(&thing), from.id)),
    }))
}

/// What a value of the form stands for, as long as it is there and the reader's to give.
async fn thing_of(app: &App, shelf: &Shelf, who: Learner, value: &str) -> Result<Option<Thing>, PageError> {
    Ok(match value.split_once(':') {
        Some(("item", name)) => {
            keeping::item(app, shelf, name).map(|item| Thing::Item(item.slug.to_string()))
        }
        Some(("shelf", id)) => match id.parse() {
            Ok(id) => shelves::own(app.db.read(), who, id).await?.map(|own| Thing::Shelf(own.id)),
            Err(_) => None,
        },
        _ => None,
    })
}

/// A thing as the form has it.
fn value_of(thing: &Thing) -> String {
    match thing {
        Thing::Item(item) => format!("item:{item}"),
        Thing::Shelf(id) => format!("shelf:{id}"),
    }
}

/// The endings of addresses that belong to the reader's company alone.
async fn domains(app: &App, reader: &Reader) -> Result<Vec<String>, PageError> {
    let own = Email::parse(&reader.customer.email).ok().map(|email| email.domain().to_owned());
    let company = gifts::domain(app.db.read(), reader.customer.account).await?;
    let mut all: Vec<String> = company.into_iter().chain(own).filter(|domain| !is_public(domain)).collect();
    all.dedup();
    Ok(all)
}

async fn received(
    app: &App,
    words: &Words,
    shelf: &Shelf,
    (who, zone): (Learner, Tz),
) -> Result<Vec<Received>, PageError> {
    let db = app.db.read();
    let done = finishes::completed(db, who).await?;
    let mut all = Vec::new();
    for gift in gifts::received(db, who).await? {
        let giver = Learner { contact: gift.giver, ..who };
        let Some((title, href)) = keeping::thing(app, shelf, giver, &gift.thing).await? else { continue };
        let at = times::moment(words, gift.at, zone);
        let day = at.said.clone();
        let line = match shelves::first_name(db, gift.giver).await? {
            Some(name) => words.say_with("team-from", &[("name", name.into()), ("day", day.into())]),
            None => words.say_with("team-from-somebody", &[("day", day.into())]),
        };
        let (of, in_all) = how_far(app, shelf, giver, &gift.thing, &done).await?;
        all.push(Received {
            title,
            href,
            line: Moment { said: line, ..at },
            done: in_all > 0 && of == in_all,
            agreed: gift.agreed,
            agree_action: format!("/team/{}/agree", gift.id),
        });
    }
    Ok(all)
}

async fn given(
    app: &App,
    words: &Words,
    shelf: &Shelf,
    (who, zone): (Learner, Tz),
    gifts: &[Gift],
) -> Result<Vec<Given>, PageError> {
    let db = app.db.read();
    let mut all = Vec::new();
    for gift in gifts {
        let there = keeping::thing(app, shelf, who, &gift.thing).await?;
        let at = times::moment(words, gift.at, zone);
        let day = at.said.clone();
        let line = match shelves::first_name(db, gift.receiver).await? {
            Some(name) => words.say_with("team-given-to", &[("name", name.into()), ("day", day.into())]),
            None => words.say_with("team-given-to-somebody", &[("day", day.into())]),
        };
        let mut done = false;
        let state = if gift.agreed {
            let receiver = Learner { contact: gift.receiver, ..who };
            let theirs = finishes::completed(db, receiver).await?;
            let (of, in_all) = how_far(app, shelf, who, &gift.thing, &theirs).await?;
            done = in_all > 0 && of == in_all;
            match (done, of) {
                (true, _) => words.say("team-done"),
                (false, 0) => words.say("team-not-done"),
                (false, of) => words.say_with("team-done-of", &[("done", of.into()), ("of", in_all.into())]),
            }
        } else {
            words.say("team-private")
        };
        all.push(Given {
            title: there.map_or_else(|| words.say("team-gone"), |(title, _)| title),
            line: Moment { said: line, ..at },
            state,
            done,
            end_action: format!("/team/{}/end", gift.id),
        });
    }
    Ok(all)
}

/// How many of the items of a gift are among those that somebody did, and how many there are.
async fn how_far(
    app: &App,
    shelf: &Shelf,
    giver: Learner,
    thing: &Thing,
    done: &BTreeSet<String>,
) -> Result<(usize, usize), PageError> {
    Ok(match thing {
        Thing::Item(item) => (usize::from(done.contains(item)), 1),
        Thing::Shelf(id) => {
            let on = pieces::on_shelf(app.db.read(), giver, *id).await?;
            let there = || on.iter().filter(|piece| keeping::item(app, shelf, &piece.item).is_some());
            (there().filter(|piece| done.contains(&piece.item)).count(), there().count())
        }
    })
}

/// What the reader can give: their shelves, what stands on them, and what they came with.
async fn things(app: &App, shelf: &Shelf, who: Learner, chosen: &str) -> Result<Vec<Choosable>, PageError> {
    let own = keeping::own(app, shelf, who).await?;
    let mut names: BTreeSet<&str> = own.pieces.values().flatten().map(|piece| piece.item.as_str()).collect();
    names.extend(chosen.strip_prefix("item:"));
    let shelves = own.shelves.iter().map(|one| (format!("shelf:{}", one.id), one.title.clone()));
    let items = names.into_iter().filter_map(|name| keeping::item(app, shelf, name));
    let items = items.map(|item| (format!("item:{}", item.slug), item.title.clone()));
    let choosable = |(value, label): (String, String)| Choosable { chosen: value == chosen, value, label };
    Ok(shelves.chain(items).map(choosable).collect())
}

/// What to give, and to whom.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Giving {
    thing: String,
    to: String,
    email: String,
}

/// What to do with a form that was complete.
enum Wish {
    Give(Thing, Uuid),
    Link(Thing),
}

/// Gives something to a colleague, or makes a link to pass on to one whom we do not know.
pub async fn create(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    reader: Reader,
    Checked(form): Checked<Giving>,
) -> Result<Response, PageError> {
    let who = learner(&reader);
    let frame = frame(&app, &visit, Some(&reader));
    let words = app.templates.words(&frame.language);
    match read(&app, words, &shelf, &reader, &form).await? {
        Ok(Wish::Give(thing, receiver)) => {
            let gift = keep::give(&app, who, receiver, thing).await?;
            Ok(Redirect::to(&format!("/team?gave={gift}")).into_response())
        }
        Ok(Wish::Link(thing)) => {
            let link = keep::share(&app, who, thing, LINK_DAYS).await?;
            Ok(Redirect::to(&format!("/team?link={link}")).into_response())
        }
        Err(problem) => {
            let mut page = page(&app, &frame, &shelf, &reader, &Asked::default()).await?;
            page.things.iter_mut().for_each(|one| one.chosen = one.value == form.thing);
            page.colleagues.iter_mut().for_each(|one| one.chosen = one.value == form.to);
            page.typed = form.email;
            page.problems = vec![problem];
            let html = Html(app.templates.center_team(&frame, &page)?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Extension(Plain), html).into_response())
        }
    }
}

/// What the form asks for, or what is wrong with it.
async fn read(
    app: &App,
    words: &Words,
    shelf: &Shelf,
    reader: &Reader,
    form: &Giving,
) -> Result<Result<Wish, Problem>, PageError> {
    let (db, who) = (app.db.read(), learner(reader));
    let thing = thing_of(app, shelf, who, &form.thing).await?;
    let problem = |field, words: String| Ok(Err(Problem { field, words }));
    let Some(thing) = thing else { return problem("thing", words.say("team-problem-thing")) };
    let domains = domains(app, reader).await?;
    if form.to.is_empty() && !form.email.trim().is_empty() && !domains.is_empty() {
        let theirs = Email::parse(&form.email)
            .is_ok_and(|email| domains.iter().any(|domain| domain.as_str() == email.domain()));
        if theirs {
            return Ok(Ok(Wish::Link(thing)));
        }
        return problem("email", words.say_with("team-problem-email", &[("domain", (&domains[0]).into())]));
    }
    let colleagues = gifts::colleagues(db, who).await?;
    if let Some(colleague) = colleagues.iter().find(|one| one.id.to_string() == form.to) {
        return Ok(Ok(Wish::Give(thing, colleague.id)));
    }
    let field = if colleagues.is_empty() { "email" } else { "to" };
    problem(field, words.say("team-problem-to"))
}

/// Whether who gave it may see it done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Agreed {
    agree: String,
}

/// Lets who gave something see when it is done, or no longer.
pub async fn agree(
    State(app): State<App>,
    Path(gift): Path<String>,
    reader: Reader,
    Checked(form): Checked<Agreed>,
) -> Result<Redirect, PageError> {
    let id = keeping::id(&gift)?;
    let since = (form.agree == "yes").then(|| app.clock.now());
    let txn = app.db.begin().await?;
    let there = gifts::agree(&txn, learner(&reader), id, since).await?;
    txn.commit().await?;
    keeping::found(there)?;
    Ok(Redirect::to("/team#received"))
}

/// Takes back what the reader gave.
pub async fn end(
    State(app): State<App>,
    Path(gift): Path<String>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let (id, who) = (keeping::id(&gift)?, learner(&reader));
    let given = gifts::given(app.db.read(), who).await?;
    let gift = given.into_iter().find(|gift| gift.id == id).ok_or(PageError::NotFound)?;
    let txn = app.db.begin().await?;
    let there = gifts::take_back(&txn, who, id).await?;
    txn.commit().await?;
    keeping::found(there)?;
    Ok(Redirect::to(&format!("/team?back={}&from={}", value_of(&gift.thing), gift.receiver)))
}

/// Undoes it. Whether the giver may see that it is done is asked anew.
pub async fn restore(
    State(app): State<App>,
    shelf: Shelf,
    Query(asked): Query<Asked>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let who = learner(&reader);
    let thing = thing_of(&app, &shelf, who, &asked.back).await?.ok_or(PageError::NotFound)?;
    let colleagues = gifts::colleagues(app.db.read(), who).await?;
    let receiver = colleagues.iter().find(|one| one.id.to_string() == asked.from);
    let receiver = receiver.ok_or(PageError::NotFound)?.id;
    keep::give_again(&app, who, receiver, thing).await?;
    Ok(Redirect::to("/team#given"))
}
