//! `/console/community`: what waits for an answer, what was reported, and everything that can be done to a question.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Redirect, Response};
use content::markdown;
use serde::Deserialize;

use super::framed;
use crate::app::App;
use crate::community::moderating::{self, Because};
use crate::community::{drafting, one_line, tidy};
use crate::store::moderation::Act;
use crate::store::questions::{self, Question, State as Stands};
use crate::store::replies::{self, Reply};
use crate::web::error::{PageError, Plain};
use crate::web::forms::Checked;
use crate::web::frame::Visit;
use crate::web::visitor::Staff;

mod draw;
pub(crate) mod picture;

/// Where it is.
pub(crate) const HERE: &str = "/console/community";
/// Letters of a reason.
const LONGEST_WHY: usize = 500;

/// What a form says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    reply: String,
    why: String,
    into: String,
    body: String,
}

impl Said {
    fn because(&self, staff: &Staff) -> Result<Because, PageError> {
        let why: String = one_line(&self.why).chars().take(LONGEST_WHY).collect();
        if why.is_empty() {
            return Err(PageError::Form(vec!["Say why: it is kept beside what was done.".to_owned()]));
        }
        Ok(Because { staff: staff.member.id, why })
    }
}

/// Shows what waits.
pub async fn list(State(app): State<App>, visit: Visit, staff: Staff) -> Result<Html<String>, PageError> {
    let page = draw::list(&app, &staff).await?;
    Ok(Html(app.templates.community(&framed(&app, &visit, &staff), &page)?))
}

/// Shows one question.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path(slug): Path<String>,
) -> Result<Html<String>, PageError> {
    let question = find(&app, &slug).await?;
    let page = draw::question(&app, &staff, &question).await?;
    Ok(Html(app.templates.community_question(&framed(&app, &visit, &staff), &page)?))
}

async fn find(app: &App, slug: &str) -> Result<Question, PageError> {
    questions::find(app.db.read(), slug).await?.ok_or(PageError::NotFound)
}

/// The reply that a form is about, if it is about one.
async fn about(app: &App, question: &Question, reply: &str) -> Result<Option<Reply>, PageError> {
    if reply.is_empty() {
        return Ok(None);
    }
    let id = reply.parse().map_err(|_| PageError::NotFound)?;
    replies::find(app.db.read(), question, id).await?.map(Some).ok_or(PageError::NotFound)
}

/// Answers for the house.
pub async fn answer(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path(slug): Path<String>,
    Checked(said): Checked<Said>,
) -> Result<Response, PageError> {
    let question = find(&app, &slug).await?;
    let body = tidy(&said.body);
    if body.is_empty() || markdown::post_to_html(&body).is_err() {
        let problem = "Write an answer of 5,000 letters at most, without deeply nested lists.";
        let mut page = draw::question(&app, &staff, &question).await?;
        (page.problem, page.typed) = (Some(problem.to_owned()), said.body);
        let html = Html(app.templates.community_question(&framed(&app, &visit, &staff), &page)?);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Extension(Plain), html).into_response());
    }
    if !matches!(question.state, Stands::Open | Stands::Answered | Stands::Solved) {
        return Err(PageError::NotFound);
    }
    moderating::answer(&app, &question, &staff.member, &body).await?;
    Ok(back(&question).into_response())
}

/// Takes a question or a reply down.
pub async fn hide(
    State(app): State<App>,
    staff: Staff,
    Path(slug): Path<String>,
    Checked(said): Checked<Said>,
) -> Result<Redirect, PageError> {
    act(&app, &staff, &slug, &said, Act::Hide).await
}

/// Puts it back.
pub async fn unhide(
    State(app): State<App>,
    staff: Staff,
    Path(slug): Path<String>,
    Checked(said): Checked<Said>,
) -> Result<Redirect, PageError> {
    act(&app, &staff, &slug, &said, Act::Show).await
}

/// Shows what waited for a person to look at it.
pub async fn publish(
    State(app): State<App>,
    staff: Staff,
    Path(slug): Path<String>,
    Checked(said): Checked<Said>,
) -> Result<Redirect, PageError> {
    act(&app, &staff, &slug, &said, Act::Publish).await
}

/// Looks at the author's posts first from now on.
pub async fn ban(
    State(app): State<App>,
    staff: Staff,
    Path(slug): Path<String>,
    Checked(said): Checked<Said>,
) -> Result<Redirect, PageError> {
    act(&app, &staff, &slug, &said, Act::Ban).await
}

/// Shows the author's posts at once again.
pub async fn unban(
    State(app): State<App>,
    staff: Staff,
    Path(slug): Path<String>,
    Checked(said): Checked<Said>,
) -> Result<Redirect, PageError> {
    act(&app, &staff, &slug, &said, Act::Unban).await
}

/// Leaves what was reported as it is.
pub async fn settle(
    State(app): State<App>,
    staff: Staff,
    Path(slug): Path<String>,
    Checked(said): Checked<Said>,
) -> Result<Redirect, PageError> {
    act(&app, &staff, &slug, &said, Act::Settle).await
}

async fn act(app: &App, staff: &Staff, slug: &str, said: &Said, act: Act) -> Result<Redirect, PageError> {
    let question = find(app, slug).await?;
    let reply = about(app, &question, &said.reply).await?;
    // Whoever else did it in the meantime is not overruled; the page shows how it stands.
    moderating::act(app, &question, reply.as_ref(), act, &said.because(staff)?).await?;
    Ok(back(&question))
}

/// Joins a question to another one.
pub async fn merge(
    State(app): State<App>,
    staff: Staff,
    Path(slug): Path<String>,
    Checked(said): Checked<Said>,
) -> Result<Redirect, PageError> {
    let question = find(&app, &slug).await?;
    let into = said.into.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let wrong = || {
        let right =
            "Give the address of another question that customers see, such as /ask/the-other-question.";
        PageError::Form(vec![right.to_owned()])
    };
    let into = questions::find(app.db.read(), into).await?.ok_or_else(wrong)?;
    let merged = moderating::merge(&app, &question, &into, &said.because(&staff)?).await?;
    if merged { Ok(back(&into)) } else { Err(wrong()) }
}

/// Hands out the draft of a fix, made of a reply.
pub async fn fix(
    State(app): State<App>,
    staff: Staff,
    Path(slug): Path<String>,
    Checked(said): Checked<Said>,
) -> Result<Response, PageError> {
    let question = find(&app, &slug).await?;
    let reply = about(&app, &question, &said.reply).await?.ok_or(PageError::NotFound)?;
    moderating::act(&app, &question, Some(&reply), Act::Fix, &said.because(&staff)?).await?;
    let today = app.clock.now().date_naive();
    let draft = drafting::fix(&question, &reply, &app.settings.vendor.name, today);
    let headers = [
        (CONTENT_TYPE, "text/markdown; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", draft.name)),
    ];
    Ok((headers, draft.text).into_response())
}

fn back(question: &Question) -> Redirect {
    Redirect::to(&format!("{HERE}/{}", question.slug))
}
