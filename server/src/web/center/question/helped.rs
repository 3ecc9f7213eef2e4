//! "Did the answer help?", under every answer of ours. No sign-in needed.

use axum::extract::{Path, State};
use axum::response::Redirect;
use uuid::Uuid;

use super::super::feedback::{self, Asked};
use super::super::useful::Tapped;
use super::{draw, find};
use crate::app::App;
use crate::store::feedback::About;
use crate::store::replies::{self, Author, Reply};
use crate::web::caller::Caller;
use crate::web::error::PageError;
use crate::web::forms::Open;

/// Keeps what somebody says of an answer. A yes leads back to it, and counts as "useful" for somebody we know; a no leads
/// to what would be better.
pub async fn create(
    State(app): State<App>,
    Path((slug, reply)): Path<(String, Uuid)>,
    caller: Caller,
    Open { reader, form }: Open<Tapped>,
) -> Result<Redirect, PageError> {
    let reader = reader.as_ref();
    let question = find(&app, &slug, reader).await?;
    let answer = replies::find(app.db.read(), &question, reply).await?;
    let answer = answer.filter(|answer| answer.is_shown() && is_ours(answer)).ok_or(PageError::NotFound)?;
    let yes = feedback::is_yes(&form.answer)?;
    let (anchor, path) = (draw::anchor(answer.id), question.path());
    let asked = Asked { about: About::Answer, page: path.clone(), item: None, step: Some(anchor.clone()) };
    let id = feedback::keep(&app, reader, caller, asked, yes, "").await?;
    if !yes {
        return Ok(Redirect::to(&format!("/feedback/{id}")));
    }
    if let Some(reader) = reader {
        let (person, now) = (reader.customer.id, app.clock.now());
        app.db
            .group()
            .commit(move |txn| {
                let question = question.clone();
                Box::pin(async move { replies::mark_useful(txn, &question, reply, person, now).await })
            })
            .await?;
    }
    Ok(Redirect::to(&format!("{path}?noted={}#{anchor}", noted(&anchor))))
}

/// Whether somebody who works here wrote it.
pub(super) fn is_ours(reply: &Reply) -> bool {
    matches!(reply.author, Author::Staff { .. })
}

/// What the address says to whoever has just said that this answer helped.
pub(super) fn noted(anchor: &str) -> String {
    format!("helped-{anchor}")
}
