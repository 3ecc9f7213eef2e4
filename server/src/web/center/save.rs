//! "Save to a shelf", from the page of an item.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use content::Item;
use serde::Deserialize;
use templates::Frame;
use templates::center::{PlaceKind, Problem, SavePage};

use super::shown::{self, learner};
use super::{around, frame, keeping, saved};
use crate::app::App;
use crate::learning::shelves as keep;
use crate::shelf::Shelf;
use crate::store::pieces::NewPiece;
use crate::store::shelves;
use crate::web::error::{PageError, Plain};
use crate::web::forms::Checked;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// What to save, and where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Saving {
    item: String,
    back: String,
    shelf: String,
    title: String,
}

/// Saves an item on a shelf, or on a new one where a name was typed.
pub async fn create(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    reader: Reader,
    Checked(form): Checked<Saving>,
) -> Result<Response, PageError> {
    let who = learner(&reader);
    let item = keeping::item(&app, &shelf, &form.item).ok_or(PageError::NotFound)?;
    let piece = NewPiece { item: item.slug.to_string(), version: shown::version(item) };
    let back = back(&form.back, &item.path());
    let title = keeping::name(&form.title);
    let mine = shelves::of_person(app.db.read(), who).await?;
    let named = mine.iter().find(|one| one.title.to_lowercase() == title.to_lowercase());
    let chosen = match named {
        Some(one) => Some(one.id),
        None if title.is_empty() && !form.shelf.is_empty() => Some(keeping::id(&form.shelf)?),
        None => None,
    };
    if let Some(id) = chosen {
        keeping::found(keep::save(&app, who, id, &piece).await?)?;
    } else {
        let frame = frame(&app, &visit, Some(&reader));
        let problem = saved::refusal(app.templates.words(&frame.language), &title, &mine);
        if let Some(problem) = problem {
            return refused(&app, &frame, &reader, item, &back, form.title, problem).await;
        }
        keep::make(&app, who, app.ids.next(), &title, &[piece]).await?;
    }
    let place = if back == "/" { "learn" } else { "save" };
    Ok(Redirect::to(&format!("{back}#{place}")).into_response())
}

/// The page an item was saved from, when it is the first page or one of the item's own.
fn back(asked: &str, path: &str) -> String {
    if asked == "/" {
        return asked.to_owned();
    }
    let step = asked.strip_prefix(path).and_then(|rest| rest.strip_prefix('/'));
    let plain = |step: &&str| {
        !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    step.filter(plain).map_or_else(|| path.to_owned(), |step| format!("{path}/{step}"))
}

async fn refused(
    app: &App,
    frame: &Frame,
    reader: &Reader,
    item: &Item,
    back: &str,
    typed: String,
    problem: Problem,
) -> Result<Response, PageError> {
    let form = keeping::save_box(app, Some(reader), item, back).await?.ok_or(PageError::NotFound)?;
    let page = SavePage {
        around: around(app, Some(reader), Some(PlaceKind::Saved)),
        title: item.title.clone(),
        form,
        typed,
        problems: vec![problem],
    };
    let html = Html(app.templates.center_save(frame, &page)?);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Extension(Plain), html).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saving_leads_back_to_the_item_or_the_first_page_and_nowhere_else() {
        let path = "/learn/greet";
        assert_eq!(back("/learn/greet/set-your-hours", path), "/learn/greet/set-your-hours");
        assert_eq!(back("/", path), "/", "from a card of the first page");
        for elsewhere in [
            "",
            "/saved",
            "//evil.example",
            "/learn/greeting",
            "/learn/greet/a/b",
            "/learn/greet/?x",
            "/learn/greet/",
        ] {
            assert_eq!(back(elsewhere, path), path, "{elsewhere}");
        }
    }
}
