//! `/ask/{slug}`: one question, of a customer or of the library, and what readers do with it.

use axum::Extension;
use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::TimeDelta;
use content::markdown::{self, LONGEST_POST, MarkdownError};
use serde::Deserialize;
use templates::center::Problem;
use uuid::Uuid;

use super::{frame, items};
use crate::app::App;
use crate::community::{answering, one_line, tidy};
use crate::ids;
use crate::shelf::Shelf;
use crate::store::moderation::{self, Report};
use crate::store::questions::{self, AskedOf, Question, State as Stands};
use crate::store::{following, replies};
use crate::web::caller::{Caller, limit};
use crate::web::error::{PageError, Plain};
use crate::web::forms::{Checked, Open};
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

mod draw;
pub(crate) mod helped;

/// Reports an hour from one network, or of one person.
const REPORTS_AN_HOUR: i32 = 30;
/// Letters of a report.
const LONGEST_REPORT: usize = 500;

/// What the reader just did.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Noted {
    pub(super) noted: String,
}

/// Shows a question: one of the library where there is one of this name, or else one of a customer.
pub async fn show(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    here: OriginalUri,
    Path(slug): Path<String>,
    Query(noted): Query<Noted>,
    reader: Option<Reader>,
) -> Result<Response, PageError> {
    if shelf.catalogue.get(&slug).is_some() {
        return Ok(items::show(State(app), shelf, visit, here, Path(slug), reader).await?.into_response());
    }
    let question = questions::find(app.db.read(), &slug).await?.ok_or(PageError::NotFound)?;
    if let (Stands::Merged, Some(into)) = (question.state, &question.merged_into) {
        return Ok(Redirect::to(&format!("/ask/{into}")).into_response());
    }
    let reader = reader.as_ref();
    if !may_read(&question, reader) {
        return Err(PageError::NotFound);
    }
    let frame = frame(&app, &visit, reader);
    let page = draw::page(&app, &shelf, &frame, reader, &question, &noted.noted).await?;
    Ok(Html(app.templates.center_question(&frame, &page)?).into_response())
}

/// Who asked reads their question whatever became of it; everybody else what is public.
pub(super) fn may_read(question: &Question, reader: Option<&Reader>) -> bool {
    question.is_public() || is_asker(question, reader)
}

/// Whether this reader asked it.
pub(super) fn is_asker(question: &Question, reader: Option<&Reader>) -> bool {
    reader.is_some_and(|reader| {
        reader.customer.id == question.contact && reader.customer.account == question.account
    })
}

/// The question that this reader may read, and do something with.
async fn find(app: &App, slug: &str, reader: Option<&Reader>) -> Result<Question, PageError> {
    let question = questions::find(app.db.read(), slug).await?.ok_or(PageError::NotFound)?;
    let stands = matches!(question.state, Stands::Open | Stands::Answered | Stands::Solved);
    (stands && may_read(&question, reader)).then_some(question).ok_or(PageError::NotFound)
}

/// A reply as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Written {
    body: String,
}

/// Posts a reply.
pub async fn reply(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    Path(slug): Path<String>,
    caller: Caller,
    reader: Reader,
    Checked(Written { body }): Checked<Written>,
) -> Result<Response, PageError> {
    let question = find(&app, &slug, Some(&reader)).await?;
    let text = tidy(&body);
    let problem = match markdown::post_to_html(&text) {
        Err(MarkdownError::TooDeep) => Some("ask-problem-deep"),
        Err(_) => Some("ask-problem-reply"),
        Ok(_) if text.is_empty() => Some("ask-problem-reply"),
        Ok(_) => None,
    };
    if let Some(key) = problem {
        let frame = frame(&app, &visit, Some(&reader));
        let said = app.templates.words(&frame.language).say_with(key, &[("most", LONGEST_POST.into())]);
        let mut page = draw::page(&app, &shelf, &frame, Some(&reader), &question, "").await?;
        page.typed = body;
        page.problems = vec![Problem { field: "body", words: said }];
        let html = Html(app.templates.center_question(&frame, &page)?);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Extension(Plain), html).into_response());
    }
    let by = questions::asker(app.db.read(), reader.customer.id).await?.ok_or(PageError::NotFound)?;
    let posted = answering::reply(&app, &question, &by, &text, &caller.network()).await?;
    Ok(Redirect::to(&format!("{}#{}", question.path(), draw::anchor(posted.id))).into_response())
}

/// Which reply is meant; empty is the question, or none.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct About {
    reply: String,
    why: String,
    follow: String,
}

impl About {
    fn reply(&self) -> Result<Option<Uuid>, PageError> {
        if self.reply.is_empty() {
            return Ok(None);
        }
        self.reply.parse().map(Some).map_err(|_| PageError::NotFound)
    }
}

/// "This solved it", or no longer: only the one who asked may say so.
pub async fn accept(
    State(app): State<App>,
    Path(slug): Path<String>,
    reader: Reader,
    Checked(about): Checked<About>,
) -> Result<Redirect, PageError> {
    let question = find(&app, &slug, Some(&reader)).await?;
    if !is_asker(&question, Some(&reader)) {
        return Err(PageError::Forbidden);
    }
    let kept = answering::accept(&app, &question, reader.customer.id, about.reply()?).await?;
    if kept { Ok(Redirect::to(&question.path())) } else { Err(PageError::NotFound) }
}

/// "Useful", once for each person, and not for one's own words.
pub async fn useful(
    State(app): State<App>,
    Path(slug): Path<String>,
    reader: Reader,
    Checked(about): Checked<About>,
) -> Result<Redirect, PageError> {
    let question = find(&app, &slug, Some(&reader)).await?;
    let (person, now) = (reader.customer.id, app.clock.now());
    let (author, reply) = match about.reply()? {
        None => (question.contact, Uuid::nil()),
        Some(id) => {
            let reply = replies::find(app.db.read(), &question, id).await?;
            let reply = reply.filter(replies::Reply::is_shown).ok_or(PageError::NotFound)?;
            (reply.author.id(), id)
        }
    };
    if author == person {
        return Err(PageError::Forbidden);
    }
    let marked = question.clone();
    app.db
        .group()
        .commit(move |txn| {
            let question = marked.clone();
            Box::pin(async move { replies::mark_useful(txn, &question, reply, person, now).await })
        })
        .await?;
    let at = if reply.is_nil() { String::new() } else { format!("#{}", draw::anchor(reply)) };
    Ok(Redirect::to(&format!("{}{at}", question.path())))
}

/// Hearing of replies by mail, or no more.
pub async fn follow(
    State(app): State<App>,
    Path(slug): Path<String>,
    reader: Reader,
    Checked(about): Checked<About>,
) -> Result<Redirect, PageError> {
    let question = find(&app, &slug, Some(&reader)).await?;
    let (person, now, path) = (reader.customer.id, app.clock.now(), question.path());
    let leaves = about.follow == "no";
    app.db
        .group()
        .commit(move |txn| {
            let question = question.clone();
            Box::pin(async move {
                if leaves {
                    following::leave(txn, &question, person).await
                } else {
                    following::follow(txn, &question, person, now).await
                }
            })
        })
        .await?;
    Ok(Redirect::to(&path))
}

/// Tells a moderator that something should not stand there. No sign-in needed.
pub async fn report(
    State(app): State<App>,
    Path(slug): Path<String>,
    caller: Caller,
    Open { reader, form: about }: Open<About>,
) -> Result<Redirect, PageError> {
    let question = find(&app, &slug, reader.as_ref()).await?;
    let network = caller.network();
    let who = reader.as_ref().map_or(network.as_slice(), |reader| reader.customer.id.as_bytes());
    limit(&app, "report", who, REPORTS_AN_HOUR, TimeDelta::hours(1)).await?;
    let (reply, now) = (about.reply()?, app.clock.now());
    if let Some(id) = reply
        && replies::find(app.db.read(), &question, id).await?.is_none()
    {
        return Err(PageError::NotFound);
    }
    let why: String = one_line(&about.why).chars().take(LONGEST_REPORT).collect();
    let contact = reader.as_ref().map(|reader| reader.customer.id);
    let id = match contact {
        // The same person says the same once.
        Some(contact) => ids::named(contact, "report", &format!("{}|{reply:?}|{why}", question.id)),
        None => ids::Ids::of_the_machine().next(),
    };
    let one = Report { account: question.account, id, question: question.id, reply, contact, why, at: now };
    app.db
        .group()
        .commit(move |txn| {
            let one = one.clone();
            Box::pin(async move { moderation::report(txn, &one).await })
        })
        .await?;
    Ok(Redirect::to(&format!("{}?noted=reported", question.path())))
}

/// Whether nobody but the one who asked and our experts see it.
fn is_private(question: &Question) -> bool {
    question.asked_of == AskedOf::Expert
}
