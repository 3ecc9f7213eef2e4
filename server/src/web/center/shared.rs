//! `/s/{token}`: what a customer shares, for whoever has the link. It is read only, it tells nothing of the customer but
//! first name and company, and looking at it leaves no trace.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use content::Item;
use templates::center::{MessagePage, SharedItem, SharedPage, SharedPiece, Sign, Step};
use templates::{Frame, Words};

use super::{around, frame, home, join, keeping, shown, times};
use crate::app::App;
use crate::clock::Clock;
use crate::doors::Secret;
use crate::shelf::Shelf;
use crate::store::pieces;
use crate::store::shares::{self, Share};
use crate::store::shelves::{self, Thing};
use crate::web::error::{PageError, Plain};
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// Shows what the link is for; of one that ended no more than that it does not open.
pub async fn show(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    Path(token): Path<String>,
    reader: Option<Reader>,
) -> Result<Response, PageError> {
    let reader = reader.as_ref();
    let frame = frame(&app, &visit, reader);
    let hash = Secret::received(&token).hash();
    let share = shares::behind(app.db.read(), &hash, Clock::Real.now()).await?;
    let page = match share {
        Some(share) => page(&app, &frame, &shelf, reader, &share).await?,
        None => None,
    };
    let robots = [(ROBOTS, HeaderValue::from_static("noindex, nofollow"))];
    Ok(match page {
        Some(page) => (robots, Html(app.templates.center_shared(&frame, &page)?)).into_response(),
        None => {
            (StatusCode::NOT_FOUND, robots, Extension(Plain), gone(&app, &frame, reader)?).into_response()
        }
    })
}

async fn page(
    app: &App,
    frame: &Frame,
    shelf: &Shelf,
    reader: Option<&Reader>,
    share: &Share,
) -> Result<Option<SharedPage>, PageError> {
    let words = app.templates.words(&frame.language);
    let db = app.db.read();
    let Some((name, company)) = shares::sharer(db, share.owner).await? else { return Ok(None) };
    let mut page = SharedPage {
        around: around(app, reader, None),
        by: by(words, name, company),
        until: times::saying(words, "shared-until", share.expires_at, times::zone(reader)),
        title: String::new(),
        pieces: Vec::new(),
        item: None,
        join_href: reader.is_none().then(|| "/join?src=shared".to_owned()),
    };
    match &share.thing {
        Thing::Item(name) => {
            let Some(item) = keeping::item(app, shelf, name) else { return Ok(None) };
            page.title.clone_from(&item.title);
            page.item = Some(whole(words, item)?);
        }
        Thing::Shelf(id) => {
            let Some(own) = shelves::own(db, share.owner, *id).await? else { return Ok(None) };
            let on = pieces::on_shelf(db, share.owner, *id).await?;
            page.title = own.title;
            page.pieces =
                on.iter().filter_map(|piece| Some(row(keeping::item(app, shelf, &piece.item)?))).collect();
        }
    }
    Ok(Some(page))
}

fn by(words: &Words, name: Option<String>, company: String) -> String {
    match name {
        Some(name) => words.say_with("shared-by", &[("name", name.into()), ("company", company.into())]),
        None => words.say_with("shared-by-somebody", &[("company", company.into())]),
    }
}

fn row(item: &Item) -> SharedPiece {
    SharedPiece {
        kind: home::badge(item),
        title: item.title.clone(),
        summary: item.summary.clone(),
        href: item.path(),
        minutes: item.minutes.into(),
    }
}

fn whole(words: &Words, item: &Item) -> Result<SharedItem, PageError> {
    let mut steps = Vec::with_capacity(item.steps.len());
    for step in &item.steps {
        steps.push(Step { title: step.title.clone(), body_html: shown::html(item, &step.body)? });
    }
    Ok(SharedItem {
        kind: home::badge(item),
        summary: item.summary.clone(),
        author: shown::author(item),
        checked_on: words.day(item.checked_on),
        review: item.review.clone(),
        minutes: item.minutes.into(),
        level: shown::level(words, item),
        intro_html: shown::html(item, &item.intro)?,
        steps,
        href: item.path(),
    })
}

fn gone(app: &App, frame: &Frame, reader: Option<&Reader>) -> Result<Html<String>, PageError> {
    let words = app.templates.words(&frame.language);
    let page = MessagePage {
        around: around(app, reader, None),
        sign: Sign::Clock,
        title: words.say("shared-gone-title"),
        lines: vec![words.say("shared-gone-words")],
        next: Some(join::to_the_center(words)),
        ..join::message(app)
    };
    Ok(Html(app.templates.center_message(frame, &page)?))
}
