//! "Not now" under the one thing to do next, and its undo.

use axum::extract::{Path, State};
use axum::response::Redirect;
use chrono::{DateTime, Utc};
use content::Past;
use segments::Profile;
use templates::Words;
use templates::center::Noted;
use uuid::Uuid;

use super::shown::learner;
use crate::app::App;
use crate::shelf::Shelf;
use crate::store::choices;
use crate::web::error::PageError;
use crate::web::forms::{Button, Checked};
use crate::web::visitor::Reader;

/// Keeps something away from the reader for a while.
pub async fn create(
    State(app): State<App>,
    Path(choice): Path<String>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let id = set(&app, &reader, &choice, Some(app.clock.now())).await?;
    Ok(Redirect::to(&format!("/?put-off={id}#next")))
}

/// Lets it come again.
pub async fn undo(
    State(app): State<App>,
    Path(choice): Path<String>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    set(&app, &reader, &choice, None).await?;
    Ok(Redirect::to("/#next"))
}

async fn set(app: &App, reader: &Reader, choice: &str, at: Option<DateTime<Utc>>) -> Result<Uuid, PageError> {
    let id: Uuid = choice.parse().map_err(|_| PageError::NotFound)?;
    let who = learner(reader);
    let txn = app.db.begin().await?;
    let theirs = choices::put_off(&txn, who.account, who.contact, id, at).await?;
    txn.commit().await?;
    if theirs { Ok(id) } else { Err(PageError::NotFound) }
}

/// That something was put off, for how long, and the way back; nothing when it is not put off any more.
pub(super) async fn noted(
    app: &App,
    words: &Words,
    shelf: &Shelf,
    profile: &Profile,
    choice: &str,
) -> Result<Option<Noted>, PageError> {
    let Ok(id) = choice.parse::<Uuid>() else { return Ok(None) };
    let (account, contact) = (profile.account.id.uuid(), profile.id.uuid());
    let kept = choices::find(app.db.read(), account, contact, id).await?;
    let away =
        |kept: &choices::Kept| profile.put_off.iter().any(|(item, _)| item == kept.choice.item.as_str());
    let item = kept.filter(away).and_then(|kept| shelf.catalogue.get(kept.choice.item.as_str()));
    Ok(item.map(|item| {
        let values = [("title", (&item.title).into()), ("days", Past::SHOWN_DAYS.into())];
        Noted {
            words: words.say_with("home-put-off", &values),
            undo_action: Some(format!("/why/{id}/not-now/undo")),
        }
    }))
}
