//! `/saved/{shelf}`: one shelf, to go through, to order, to rename and to show to others.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use templates::center::{Noted, PieceRow, PlaceKind, ShelfEdit, ShelfPage};
use templates::{Frame, Words};

use super::keeping;
use super::saved::{self, Moved, Named};
use super::shown::learner;
use super::{around, frame, home, times};
use crate::app::App;
use crate::shelf::Shelf;
use crate::store::finishes;
use crate::store::pieces::{self, Piece};
use crate::store::shelves::{self, Thing};
use crate::web::error::{PageError, Plain};
use crate::web::forms::{Button, Checked};
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// What stands behind the `?` of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The item that was just taken off.
    removed: String,
    /// Whether the shelf was just renamed.
    renamed: String,
    /// The link that was just made.
    link: String,
}

/// Shows one shelf to its owner, or to a colleague to whom it is open.
pub async fn show(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let frame = frame(&app, &visit, Some(&reader));
    let one = shelves::open_to(app.db.read(), learner(&reader), keeping::id(&id)?).await?;
    let one = one.ok_or(PageError::NotFound)?;
    let page = page(&app, &frame, &shelf, &reader, &one, &asked).await?;
    Ok(Html(app.templates.center_shelf(&frame, &page)?))
}

async fn page(
    app: &App,
    frame: &Frame,
    shelf: &Shelf,
    reader: &Reader,
    one: &shelves::Shelf,
    asked: &Asked,
) -> Result<ShelfPage, PageError> {
    let words = app.templates.words(&frame.language);
    let (db, who) = (app.db.read(), learner(reader));
    let own = one.owner == who;
    let by = if own { None } else { Some(shelves::first_name(db, one.owner.contact).await?) };
    let links = if own {
        let new = asked.link.parse().ok();
        keeping::links(app, words, shelf, (who, times::zone(Some(reader))), Some(&Thing::Shelf(one.id)), new)
            .await?
    } else {
        Vec::new()
    };
    Ok(ShelfPage {
        around: around(app, Some(reader), Some(PlaceKind::Saved)),
        title: one.title.clone(),
        by: by.map(|name| saved::from(words, name.as_deref())),
        pieces: rows(app, shelf, reader, one).await?,
        edit: own.then(|| edit(one)),
        links,
        note: if own { noted(app, words, shelf, one, asked) } else { None },
        problems: Vec::new(),
    })
}

async fn rows(
    app: &App,
    shelf: &Shelf,
    reader: &Reader,
    one: &shelves::Shelf,
) -> Result<Vec<PieceRow>, PageError> {
    let (db, who) = (app.db.read(), learner(reader));
    let own = one.owner == who;
    let on = pieces::on_shelf(db, one.owner, one.id).await?;
    let fresh =
        if own { keeping::fresh(app, shelf, who, &on.iter().collect::<Vec<_>>()).await? } else { [].into() };
    let done = finishes::completed(db, who).await?;
    let row = |piece: &Piece| {
        let item = keeping::item(app, shelf, &piece.item)?;
        let action = |what: &str| own.then(|| format!("/saved/{}/pieces/{}/{what}", one.id, item.slug));
        Some(PieceRow {
            anchor: anchor(item.slug.as_str()),
            kind: home::badge(item),
            title: item.title.clone(),
            summary: item.summary.clone(),
            href: item.path(),
            minutes: item.minutes.into(),
            fresh: fresh.contains(item.slug.as_str()),
            done: done.contains(item.slug.as_str()),
            move_action: action("move"),
            remove_action: action("remove"),
        })
    };
    Ok(on.iter().filter_map(row).collect())
}

fn anchor(item: &str) -> String {
    format!("piece-{item}")
}

fn edit(one: &shelves::Shelf) -> ShelfEdit {
    let action = |what: &str| format!("/saved/{}/{what}", one.id);
    ShelfEdit {
        shelf: one.id.to_string(),
        rename_action: action("rename"),
        typed: one.title.clone(),
        company_action: action("company"),
        company: one.shared,
        share_action: "/saved/links".to_owned(),
        give_href: keeping::give_href(&format!("?shelf={}", one.id)),
        delete_action: action("delete"),
    }
}

fn noted(app: &App, words: &Words, shelf: &Shelf, one: &shelves::Shelf, asked: &Asked) -> Option<Noted> {
    if let Some(item) = keeping::item(app, shelf, &asked.removed) {
        return Some(Noted {
            words: words.say_with("saved-taken-off", &[("title", (&item.title).into())]),
            undo_action: Some(format!("/saved/{}/pieces/{}/restore", one.id, item.slug)),
        });
    }
    let renamed = asked.renamed == "yes" && one.title_before.is_some();
    renamed.then(|| Noted {
        words: words.say("saved-renamed"),
        undo_action: Some(format!("/saved/{}/rename/undo", one.id)),
    })
}

/// Gives a shelf another name.
pub async fn rename(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    Path(id): Path<String>,
    reader: Reader,
    Checked(form): Checked<Named>,
) -> Result<Response, PageError> {
    let (id, who) = (keeping::id(&id)?, learner(&reader));
    let one = shelves::own(app.db.read(), who, id).await?.ok_or(PageError::NotFound)?;
    let title = keeping::name(&form.title);
    if title == one.title {
        return Ok(Redirect::to(&keeping::href(id)).into_response());
    }
    let frame = frame(&app, &visit, Some(&reader));
    let words = app.templates.words(&frame.language);
    let mut others = shelves::of_person(app.db.read(), who).await?;
    others.retain(|other| other.id != id);
    if let Some(problem) = saved::refusal(words, &title, &others) {
        let page = page(&app, &frame, &shelf, &reader, &one, &Asked::default()).await?;
        let edit = page.edit.map(|edit| ShelfEdit { typed: form.title, ..edit });
        let page = ShelfPage { edit, problems: vec![problem], ..page };
        let html = Html(app.templates.center_shelf(&frame, &page)?);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Extension(Plain), html).into_response());
    }
    let txn = app.db.begin().await?;
    let there = shelves::rename(&txn, who, id, &title, app.clock.now()).await?;
    txn.commit().await?;
    keeping::found(there)?;
    Ok(Redirect::to(&format!("/saved/{id}?renamed=yes")).into_response())
}

/// Gives a shelf the name back that it had.
pub async fn unname(
    State(app): State<App>,
    Path(id): Path<String>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let id = keeping::id(&id)?;
    let txn = app.db.begin().await?;
    let there = shelves::unname(&txn, learner(&reader), id, app.clock.now()).await?;
    txn.commit().await?;
    keeping::found(there)?;
    Ok(Redirect::to(&keeping::href(id)))
}

/// Whether the company sees a shelf.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Company {
    shared: String,
}

/// Shows a shelf to the colleagues of its owner, or no longer.
pub async fn company(
    State(app): State<App>,
    Path(id): Path<String>,
    reader: Reader,
    Checked(form): Checked<Company>,
) -> Result<Redirect, PageError> {
    let id = keeping::id(&id)?;
    let txn = app.db.begin().await?;
    let shared = form.shared == "yes";
    let there = shelves::show_to_company(&txn, learner(&reader), id, shared, app.clock.now()).await?;
    txn.commit().await?;
    keeping::found(there)?;
    Ok(Redirect::to(&format!("/saved/{id}#sh")))
}

/// Moves an item one place on a shelf.
pub async fn step(
    State(app): State<App>,
    Path((id, item)): Path<(String, String)>,
    reader: Reader,
    Checked(form): Checked<Moved>,
) -> Result<Redirect, PageError> {
    let (id, way) = (keeping::id(&id)?, form.way()?);
    let txn = app.db.begin().await?;
    let there = pieces::step(&txn, learner(&reader), id, &item, way).await?;
    txn.commit().await?;
    keeping::found(there)?;
    Ok(Redirect::to(&format!("/saved/{id}#{}", anchor(&item))))
}

/// Takes an item off a shelf.
pub async fn remove(
    State(app): State<App>,
    Path((id, item)): Path<(String, String)>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let id = keeping::id(&id)?;
    let txn = app.db.begin().await?;
    let there = pieces::set_removed(&txn, learner(&reader), id, &item, Some(app.clock.now())).await?;
    txn.commit().await?;
    keeping::found(there)?;
    Ok(Redirect::to(&format!("/saved/{id}?removed={item}")))
}

/// Puts an item back where it stood.
pub async fn put_back(
    State(app): State<App>,
    Path((id, item)): Path<(String, String)>,
    reader: Reader,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let id = keeping::id(&id)?;
    let txn = app.db.begin().await?;
    let there = pieces::set_removed(&txn, learner(&reader), id, &item, None).await?;
    txn.commit().await?;
    keeping::found(there)?;
    Ok(Redirect::to(&format!("/saved/{id}#{}", anchor(&item))))
}
