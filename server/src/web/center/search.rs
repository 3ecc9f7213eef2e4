//! `/search`: one list over everything, in the customer's own words.

use axum::extract::{Query, State};
use axum::response::Html;
use axum::{Extension, Json};
use chrono::TimeDelta;
use content::search::{Asked, Found, Hit, LAST_PAGE, LONGEST, PAGE, Piece, SearchKind};
use serde::{Deserialize, Serialize};
use templates::center::{Around, Instead, Marked, PickKind, SearchKinds, SearchPage, SearchResult, Turn};

use super::{around, asking, frame};
use crate::app::App;
use crate::finding::{self, Finder};
use crate::shelf::Shelf;
use crate::store::{limits, unanswered};
use crate::web::error::PageError;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// Where the form leads.
pub const SEARCH: &str = "/search";
/// Where the script asks for suggestions.
pub const SUGGEST: &str = "/search/suggest";
/// Searches without a result that are kept in an hour; nobody is kept from searching.
const KEPT_AN_HOUR: i32 = 500;

/// What is asked for, as it stands in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asks {
    q: String,
    kind: String,
    page: String,
    typed: String,
}

/// One suggestion, for the script.
#[derive(Debug, Serialize)]
pub struct Suggested {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    href: Option<String>,
}

/// Shows what was found, or the empty form.
pub async fn show(
    State(app): State<App>,
    Extension(finder): Extension<Finder>,
    shelf: Shelf,
    visit: Visit,
    Query(asks): Query<Asks>,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let reader = reader.as_ref();
    let frame = frame(&app, &visit, reader);
    let asked = Asked {
        text: asks.q.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect(),
        kind: asks.kind.parse().ok(),
        page: asks.page.parse().unwrap_or(1).clamp(1, LAST_PAGE),
        as_typed: !asks.typed.is_empty(),
        language: frame.language.clone(),
    };
    let index = finder.of(&app, &shelf).await?;
    let found = index.find(&asked).map_err(anyhow::Error::from)?;
    if found.counts.iter().all(|(_, count)| *count == 0) {
        keep(&app, &asked.text).await?;
    }
    let around = Around { search_action: None, ..around(&app, reader, None) };
    let page = SearchPage { around, ..page(&asked, found) };
    Ok(Html(app.templates.center_search(&frame, &page)?))
}

/// What somebody who has typed a few letters may mean.
pub async fn suggest(
    State(app): State<App>,
    Extension(finder): Extension<Finder>,
    shelf: Shelf,
    visit: Visit,
    Query(asks): Query<Asks>,
    reader: Option<Reader>,
) -> Result<Json<Vec<Suggested>>, PageError> {
    let language = frame(&app, &visit, reader.as_ref()).language;
    let suggested = finder.of(&app, &shelf).await?.suggest(&asks.q, &language);
    let suggested =
        suggested.into_iter().map(|one| Suggested { text: one.text, href: one.leads.map(|(_, path)| path) });
    Ok(Json(suggested.collect()))
}

/// Keeps words that found nothing for those who write what is missing.
async fn keep(app: &App, typed: &str) -> Result<(), PageError> {
    let Some(words) = finding::kept(typed) else { return Ok(()) };
    let now = app.clock.now();
    app.db
        .group()
        .commit(move |txn| {
            let words = words.clone();
            Box::pin(async move {
                let hour = TimeDelta::hours(1);
                if limits::allow(txn, b"searches without result", KEPT_AN_HOUR, hour, now).await? {
                    unanswered::count(txn, &words, now).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(())
}

fn page(asked: &Asked, found: Found) -> SearchPage {
    let pages = found.total.div_ceil(PAGE).min(LAST_PAGE);
    let turn = |page: usize| (1..=pages).contains(&page).then(|| href(asked, asked.kind, page));
    let turn = (pages > 1).then(|| Turn {
        page: number(asked.page),
        of: number(pages),
        earlier: turn(asked.page - 1),
        later: turn(asked.page + 1),
    });
    let all = found.counts.iter().map(|(_, count)| count).sum::<usize>();
    let filter = |kind: Option<SearchKind>, count: usize| SearchKinds {
        kind: kind.map(badge),
        count: number(count),
        href: href(asked, kind, 1),
        here: kind == asked.kind,
    };
    let shown = found.counts.iter().filter(|(kind, count)| *count > 0 || asked.kind == Some(*kind));
    let kinds = shown.map(|(kind, count)| filter(Some(*kind), *count));
    SearchPage {
        action: SEARCH.to_owned(),
        suggest: Some(SUGGEST.to_owned()),
        typed: asked.text.clone(),
        instead: found
            .instead
            .map(|words| Instead { words, typed_href: format!("{}&typed=yes", href(asked, asked.kind, 1)) }),
        total: number(found.total),
        kinds: if all == 0 { Vec::new() } else { std::iter::once(filter(None, all)).chain(kinds).collect() },
        results: found.hits.into_iter().map(result).collect(),
        turn,
        nearest: found.nearest.into_iter().map(result).collect(),
        ask_href: Some(format!("{}?q={}", asking::NEW, encoded(&asked.text))),
        ..SearchPage::default()
    }
}

/// A text with the words that were searched for.
pub(super) fn pieces(pieces: Vec<Piece>) -> Vec<Marked> {
    pieces.into_iter().map(|one| Marked { text: one.text, marked: one.marked }).collect()
}

fn result(hit: Hit) -> SearchResult {
    SearchResult {
        kind: badge(hit.kind),
        title: pieces(hit.title),
        snippet: pieces(hit.snippet),
        href: hit.path,
        minutes: hit.minutes.map(u32::from),
    }
}

pub(super) fn badge(kind: SearchKind) -> PickKind {
    match kind {
        SearchKind::Lesson => PickKind::Lesson,
        SearchKind::Fix => PickKind::Fix,
        SearchKind::Reading => PickKind::Reading,
        SearchKind::Question => PickKind::Question,
    }
}

/// The address of this search with another kind or page.
fn href(asked: &Asked, kind: Option<SearchKind>, page: usize) -> String {
    let parts = [
        Some(format!("q={}", encoded(&asked.text))),
        kind.map(|kind| format!("kind={}", kind.as_str())),
        asked.as_typed.then(|| "typed=yes".to_owned()),
        (page > 1).then(|| format!("page={page}")),
    ];
    format!("{SEARCH}?{}", parts.into_iter().flatten().collect::<Vec<_>>().join("&"))
}

/// Words as they stand in an address.
fn encoded(text: &str) -> String {
    let letter = |byte: u8| match byte {
        b' ' => "+".to_owned(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(letter).collect()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
