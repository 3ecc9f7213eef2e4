//! The picture of a question, as staff see it, and taking it down without its question.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{Redirect, Response};

use super::{Said, act, find};
use crate::app::App;
use crate::store::moderation::Act;
use crate::store::pictures;
use crate::web::center::pictures::sent;
use crate::web::error::PageError;
use crate::web::forms::Checked;
use crate::web::visitor::Staff;

/// Shows it, whatever became of it and of its question.
pub async fn show(
    State(app): State<App>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let (db, question) = (app.db.read(), find(&app, &slug).await?);
    let picture = pictures::of_question(db, &question).await?.ok_or(PageError::NotFound)?;
    sent(&headers, &picture.hash, pictures::bytes(db, question.account, picture.id)).await
}

/// Takes it down; the question stays.
pub async fn hide(
    State(app): State<App>,
    staff: Staff,
    Path(slug): Path<String>,
    Checked(said): Checked<Said>,
) -> Result<Redirect, PageError> {
    act(&app, &staff, &slug, &Said { reply: String::new(), ..said }, Act::HidePicture).await
}

/// Puts it back.
pub async fn put_back(
    State(app): State<App>,
    staff: Staff,
    Path(slug): Path<String>,
    Checked(said): Checked<Said>,
) -> Result<Redirect, PageError> {
    act(&app, &staff, &slug, &Said { reply: String::new(), ..said }, Act::ShowPicture).await
}
