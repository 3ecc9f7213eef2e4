//! `/heard`: what customers said, what was done about it, and what that changed.

use axum::extract::State;
use axum::response::Html;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use templates::Words;
use templates::center::{HeardEntry, HeardPage, Link};

use super::{around, frame, shown};
use crate::app::App;
use crate::learning::steps;
use crate::shelf::Shelf;
use crate::store::feedback::{self, Share};
use crate::store::heard::{self, Heard};
use crate::web::error::PageError;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// Entries on the page.
const SHOWN: u64 = 50;
/// Answers from so many days before are what it was like.
const BEFORE: TimeDelta = TimeDelta::days(365);

/// Shows what was heard and what came of it, the newest first.
pub async fn show(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let reader = reader.as_ref();
    let frame = frame(&app, &visit, reader);
    let words = app.templates.words(&frame.language);
    let mut entries = Vec::new();
    for one in heard::on_the_page(app.db.read(), SHOWN).await? {
        entries.push(entry(&app, words, &shelf, one).await?);
    }
    let page = HeardPage { around: around(&app, reader, None), entries };
    Ok(Html(app.templates.center_heard(&frame, &page)?))
}

async fn entry(app: &App, words: &Words, shelf: &Shelf, one: Heard) -> Result<HeardEntry, PageError> {
    let item = one.item.as_deref().and_then(|slug| shelf.catalogue.get(slug));
    let item = item.filter(|item| shown::is_shown(app, item));
    let href = item.map(|item| match &one.step {
        Some(step) if steps::names(item).contains(step) && item.path().starts_with("/learn/") => {
            format!("{}/{step}", item.path())
        }
        _ => item.path(),
    });
    let (before, after) = match (&one.item, &one.step) {
        (Some(item), Some(step)) => measured(app, item, step, &one).await?,
        _ => (None, None),
    };
    let of = |share: Share| {
        let day = words.day(share.until);
        let told =
            [("people", share.answers.into()), ("businesses", share.businesses.into()), ("day", day.into())];
        words.say_with("heard-of", &told)
    };
    Ok(HeardEntry {
        how_many: before.map(|share| {
            words.say_with(
                "heard-unclear-to",
                &[("share", share.of_100.into()), ("people", share.answers.into())],
            )
        }),
        measured: before.zip(after).map(|(before, after)| {
            let told = [("before", before.of_100.into()), ("after", after.of_100.into())];
            words.say_with("heard-measured", &told)
        }),
        measured_of: before.zip(after).map(|(before, after)| {
            words
                .say_with("heard-before-after", &[("before", of(before).into()), ("after", of(after).into())])
        }),
        waits: one.step.is_some() && after.is_none(),
        heard: one.words,
        quote: one.quote,
        did: one.did,
        did_on: words.day(one.did_on),
        item: item.zip(href).map(|(item, href)| Link { label: item.title.clone(), href }),
        next: one.next,
    })
}

/// How unclear the step was before the day it was changed, and since.
async fn measured(
    app: &App,
    item: &str,
    step: &str,
    one: &Heard,
) -> Result<(Option<Share>, Option<Share>), PageError> {
    let changed: DateTime<Utc> = one.did_on.and_time(NaiveTime::MIN).and_utc();
    let (db, now) = (app.db.read(), app.clock.now());
    let before = feedback::clear(db, item, step, changed - BEFORE, changed).await?;
    let after = feedback::clear(db, item, step, changed, now + TimeDelta::seconds(1)).await?;
    Ok((before, after))
}
