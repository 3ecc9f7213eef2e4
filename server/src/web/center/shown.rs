//! What the pages of items share: the item at an address, its author and links, and that somebody looked at it.

use anyhow::Context;
use chrono::SubsecRound;
use content::{AuthorKind, Format, Item, Slug, markdown};
use segments::EventKind;
use serde_json::json;
use sha2::{Digest, Sha256};
use templates::Words;
use templates::center::{Author, AuthorKind as Kind, Explained, Progress, StepLink};

use crate::app::App;
use crate::ids;
use crate::learning::steps;
use crate::shelf::Shelf;
use crate::store::events::{self, NewEvent};
use crate::store::progress::{Learner, Way};
use crate::web::error::PageError;
use crate::web::visitor::Reader;

/// The item with this name in this room of the center, as long as it is shown.
pub(super) fn find<'a>(app: &App, shelf: &'a Shelf, room: &str, slug: &str) -> Result<&'a Item, PageError> {
    let item = shelf.catalogue.get(slug).filter(|item| item.path() == format!("/{room}/{slug}"));
    item.filter(|item| is_shown(app, item)).ok_or(PageError::NotFound)
}

/// Whether an item has not expired.
pub(super) fn is_shown(app: &App, item: &Item) -> bool {
    !item.expired(app.clock.now().date_naive())
}

/// Whose progress a reader's is.
pub(super) fn learner(reader: &Reader) -> Learner {
    Learner { account: reader.customer.account, contact: reader.customer.id }
}

/// Keeps what a reader did with an item. The same within a second is once.
pub(super) async fn keep(app: &App, reader: &Reader, item: &Item, kind: EventKind) -> Result<(), PageError> {
    let now = app.clock.now();
    let second = now.trunc_subsecs(0);
    let name = format!("{kind}|{}|{}", item.slug, second.timestamp());
    let event = NewEvent {
        contact: Some(reader.customer.id.into()),
        item: Some(item.slug.to_string()),
        // Which version somebody saw: so a shelf knows what changed since.
        value: (kind == EventKind::Viewed).then(|| json!({ "version": version(item) }).to_string()),
        recorded_at: now,
        ..NewEvent::of(
            ids::named(reader.customer.id, "act", &name),
            reader.customer.account.into(),
            kind,
            second,
        )
    };
    app.db
        .group()
        .commit(move |txn| {
            let event = event.clone();
            Box::pin(async move { events::record(txn, &[event]).await })
        })
        .await?;
    Ok(())
}

/// Which version of an item this is: another one as soon as its words change, or somebody looked it over again.
pub(super) fn version(item: &Item) -> String {
    let said = json!([item.title, item.summary, item.minutes, item.checked_on, item.body]);
    let digest = Sha256::digest(said.to_string());
    digest[..8].iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// Markdown of an item as clean HTML.
pub(super) fn html(item: &Item, text: &str) -> Result<String, PageError> {
    Ok(markdown::to_html(text).with_context(|| format!("drawing the item {}", item.slug))?)
}

/// Markdown of one line, without the paragraph around it.
pub(super) fn line_html(item: &Item, text: &str) -> Result<String, PageError> {
    let html = html(item, text)?;
    let inside = html.trim().strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    Ok(inside.filter(|inside| !inside.contains("<p>")).map_or_else(|| html.clone(), str::to_owned))
}

/// Who wrote an item, and who paid.
pub(super) fn author(item: &Item) -> Author {
    Author {
        name: item.author.name.clone(),
        kind: match item.author.kind {
            AuthorKind::Vendor => Kind::Vendor,
            AuthorKind::Expert => Kind::Expert,
            AuthorKind::Partner => Kind::Partner,
            AuthorKind::Peer => Kind::Peer,
        },
        independent: item.author.independent,
        paid: item.author.paid,
    }
}

/// Another item, named, as long as it is shown.
pub(super) fn link(app: &App, shelf: &Shelf, slug: &Slug) -> Option<StepLink> {
    let other = shelf.catalogue.get(slug.as_str()).filter(|other| is_shown(app, other))?;
    Some(StepLink { title: other.title.clone(), href: other.path(), minutes: other.minutes.into() })
}

/// The items near this one that have one of these formats.
pub(super) fn related(app: &App, shelf: &Shelf, item: &Item, formats: &[Format]) -> Vec<StepLink> {
    let fits = |slug: &&Slug| {
        shelf.catalogue.get(slug.as_str()).is_some_and(|other| formats.contains(&other.format))
    };
    item.related.iter().filter(fits).filter_map(|slug| link(app, shelf, slug)).collect()
}

/// Words that an item explains.
pub(super) fn glossary(item: &Item) -> Vec<Explained> {
    let explained =
        |one: &content::Explained| Explained { word: one.word.clone(), meaning: one.meaning.clone() };
    item.glossary.iter().map(explained).collect()
}

/// Whom an item expects, in words.
pub(super) fn level(words: &Words, item: &Item) -> String {
    let level = item.level.as_str();
    words.say(&format!("level-{level}"))
}

/// How far a reader came in an item, if they began it.
pub(super) fn progress(item: &Item, way: Option<&Way>) -> Option<Progress> {
    let way = way.filter(|way| !way.steps.is_empty())?;
    let (names, done) = (steps::names(item), way.done());
    let of = u32::try_from(names.len()).ok().filter(|of| *of > 0)?;
    let done = u32::try_from(names.iter().filter(|name| done.contains(name.as_str())).count()).ok()?;
    let minutes_left = (u32::from(item.minutes) * (of - done)).div_ceil(of);
    Some(Progress { done, of, minutes_left })
}
