//! What may answer a question already: below its field, and for the script that asks while it is typed.

use axum::extract::{Query, State};
use axum::{Extension, Json};
use content::search::{Asked, Hit, LONGEST, SearchKind};
use serde::Serialize;
use templates::{Frame, Words};

use super::super::frame;
use super::Asks;
use crate::app::App;
use crate::finding::Finder;
use crate::shelf::Shelf;
use crate::web::error::PageError;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// Where the script asks.
pub const SIMILAR: &str = "/ask/new/similar";
/// So many at most.
const MOST: usize = 5;

/// What the script shows, in finished words.
#[derive(Debug, Serialize)]
pub struct Near {
    /// How many there are, to be said.
    said: String,
    links: Vec<NearLink>,
}

/// One of them.
#[derive(Debug, Serialize)]
struct NearLink {
    kind: String,
    title: String,
    href: String,
}

/// What may answer the words that were typed so far.
pub async fn show(
    State(app): State<App>,
    Extension(finder): Extension<Finder>,
    shelf: Shelf,
    visit: Visit,
    Query(asks): Query<Asks>,
    reader: Option<Reader>,
) -> Result<Json<Near>, PageError> {
    let frame = frame(&app, &visit, reader.as_ref());
    let words = app.templates.words(&frame.language);
    let near = to(&app, &finder, &shelf, &frame, &asks.q).await?;
    let link = |hit: Hit| NearLink {
        kind: kind(words, hit.kind),
        title: hit.title.into_iter().map(|piece| piece.text).collect(),
        href: hit.path,
    };
    Ok(Json(Near {
        said: words.say_with("asking-near", &[("count", near.len().into())]),
        links: near.into_iter().map(link).collect(),
    }))
}

/// What may answer these words already, the nearest first.
pub(super) async fn to(
    app: &App,
    finder: &Finder,
    shelf: &Shelf,
    frame: &Frame,
    title: &str,
) -> Result<Vec<Hit>, PageError> {
    let text: String = title.chars().take(LONGEST).collect();
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let asked = Asked { text, page: 1, language: frame.language.clone(), ..Asked::default() };
    let found = finder.of(app, shelf).await?.find(&asked).map_err(anyhow::Error::from)?;
    let mut near = if found.hits.is_empty() { found.nearest } else { found.hits };
    near.truncate(MOST);
    Ok(near)
}

fn kind(words: &Words, kind: SearchKind) -> String {
    words.say(match kind {
        SearchKind::Lesson => "kind-lesson",
        SearchKind::Fix => "kind-fix",
        SearchKind::Reading => "kind-reading",
        SearchKind::Question => "kind-question",
    })
}
