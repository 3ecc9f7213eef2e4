//! What the pages around shelves share: a reader's shelves with what changed on them, links, and the form on an item's
//! page that saves and shares it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use content::Item;
use sea_orm::DbErr;
use templates::Words;
use templates::center::{HomeShelves, Link, Moment, SaveBox, SharedLink, ShelfCard, ShelfChoice};
use uuid::Uuid;

use super::shown::{self, learner};
use super::times;
use crate::app::App;
use crate::clock::Clock;
use crate::router;
use crate::shelf::Shelf;
use crate::store::pieces::{self, Piece};
use crate::store::progress::Learner;
use crate::store::shares::{self, Share};
use crate::store::shelves::{self, Thing};
use crate::store::{finishes, gifts};
use crate::tokens;
use crate::web::error::PageError;
use crate::web::visitor::Reader;

/// Shelves on the first page at most.
const ON_HOME: usize = 7;
/// Gifts on the first page at most.
const GIFTS_ON_HOME: usize = 2;
/// Characters of a shelf's name at most.
const LONGEST: usize = 80;

/// Where things are given to colleagues.
const TEAM: &str = "/team";

/// A reader's shelves.
pub(super) struct Own {
    /// In their order.
    pub shelves: Vec<shelves::Shelf>,
    /// What stands on each.
    pub pieces: BTreeMap<Uuid, Vec<Piece>>,
    /// The items that changed since the reader last saw them.
    pub fresh: BTreeSet<String>,
}

impl Own {
    /// What stands on one of them and is still shown.
    pub fn on<'a>(&'a self, app: &App, shelf: &'a Shelf, id: Uuid) -> Vec<&'a Item> {
        let pieces = self.pieces.get(&id).map(Vec::as_slice).unwrap_or_default();
        pieces.iter().filter_map(|piece| item(app, shelf, &piece.item)).collect()
    }

    /// How many of these items changed.
    pub fn fresh_among(&self, items: &[&Item]) -> usize {
        items.iter().filter(|item| self.fresh.contains(item.slug.as_str())).count()
    }
}

/// The item of this name, as long as it is shown.
pub(super) fn item<'a>(app: &App, shelf: &'a Shelf, name: &str) -> Option<&'a Item> {
    shelf.catalogue.get(name).filter(|item| shown::is_shown(app, item))
}

/// Everything that this person keeps.
pub(super) async fn own(app: &App, shelf: &Shelf, who: Learner) -> Result<Own, DbErr> {
    let db = app.db.read();
    let shelves = shelves::of_person(db, who).await?;
    let pieces = pieces::of_person(db, who).await?;
    let all: Vec<&Piece> = pieces.values().flatten().collect();
    let fresh = fresh(app, shelf, who, &all).await?;
    Ok(Own { shelves, pieces, fresh })
}

/// The items among these that are no longer what they were when they were saved, and that their owner has not seen since.
pub(super) async fn fresh(
    app: &App,
    shelf: &Shelf,
    who: Learner,
    pieces: &[&Piece],
) -> Result<BTreeSet<String>, DbErr> {
    let now = |piece: &&&Piece| Some((piece.item.clone(), shown::version(item(app, shelf, &piece.item)?)));
    let mut changed: BTreeSet<(String, String)> = pieces.iter().filter_map(|piece| now(&piece)).collect();
    for piece in pieces {
        changed.remove(&(piece.item.clone(), piece.version.clone()));
    }
    let names: Vec<&str> = changed.iter().map(|(item, _)| item.as_str()).collect();
    let seen = pieces::looked_at(app.db.read(), who, &names).await?;
    Ok(changed.into_iter().filter(|one| !seen.contains(one)).map(|(item, _)| item).collect())
}

/// "4 saved · your company sees it".
pub(super) fn line(words: &Words, saved: usize, shared: bool) -> String {
    let saved = words.say_with("saved-count", &[("count", saved.into())]);
    if shared { format!("{saved} · {}", words.say("saved-company")) } else { saved }
}

/// Where a shelf opens.
pub(super) fn href(shelf: Uuid) -> String {
    format!("/saved/{shelf}")
}

/// The reader's shelves as their first page shows them.
pub(super) async fn on_home(
    app: &App,
    words: &Words,
    shelf: &Shelf,
    reader: &Reader,
    own: &Own,
) -> Result<HomeShelves, DbErr> {
    let card = |one: &shelves::Shelf| {
        let items = own.on(app, shelf, one.id);
        ShelfCard {
            title: one.title.clone(),
            href: href(one.id),
            line: line(words, items.len(), one.shared),
            fresh: own.fresh_among(&items),
        }
    };
    Ok(HomeShelves {
        shelves: own.shelves.iter().take(ON_HOME).map(card).collect(),
        given: given(app, words, shelf, reader).await?,
    })
}

/// What colleagues gave the reader and is not done yet.
async fn given(app: &App, words: &Words, shelf: &Shelf, reader: &Reader) -> Result<Vec<Link>, DbErr> {
    let (db, who) = (app.db.read(), learner(reader));
    let gifts = gifts::received(db, who).await?;
    if gifts.is_empty() {
        return Ok(Vec::new());
    }
    let done = finishes::completed(db, who).await?;
    let mut links = Vec::new();
    for gift in gifts {
        let undone = !matches!(&gift.thing, Thing::Item(item) if done.contains(item));
        let giver = Learner { contact: gift.giver, ..who };
        if let Some((title, href)) = thing(app, shelf, giver, &gift.thing).await?
            && undone
            && links.len() < GIFTS_ON_HOME
        {
            let label = match shelves::first_name(db, gift.giver).await? {
                Some(name) => words.say_with("home-gave", &[("name", name.into()), ("title", title.into())]),
                None => words.say_with("home-gave-somebody", &[("title", title.into())]),
            };
            links.push(Link { label, href });
        }
    }
    Ok(links)
}

/// Title and place of what this person shares or gives, as long as it is there.
pub(super) async fn thing(
    app: &App,
    shelf: &Shelf,
    owner: Learner,
    thing: &Thing,
) -> Result<Option<(String, String)>, DbErr> {
    Ok(match thing {
        Thing::Item(name) => item(app, shelf, name).map(|item| (item.title.clone(), item.path())),
        Thing::Shelf(id) => {
            let found = shelves::own(app.db.read(), owner, *id).await?;
            found.map(|found| (found.title, href(*id)))
        }
    })
}

/// Saving and sharing an item, on a page of its own or on `back`.
pub(super) async fn save_box(
    app: &App,
    reader: Option<&Reader>,
    item: &Item,
    back: &str,
) -> Result<Option<SaveBox>, DbErr> {
    let Some(reader) = reader else { return Ok(None) };
    let (db, who) = (app.db.read(), learner(reader));
    let shelves = shelves::of_person(db, who).await?;
    let pieces = pieces::of_person(db, who).await?;
    let holds = |shelf: &&shelves::Shelf| {
        pieces.get(&shelf.id).is_some_and(|on| on.iter().any(|piece| piece.item == item.slug.as_str()))
    };
    let link = |shelf: &shelves::Shelf| Link { label: shelf.title.clone(), href: href(shelf.id) };
    Ok(Some(SaveBox {
        action: "/saved/keep".to_owned(),
        share_action: "/saved/links".to_owned(),
        give_href: router::leads_to(TEAM).then(|| format!("{TEAM}?item={}", item.slug)),
        item: item.slug.to_string(),
        back: back.to_owned(),
        on: shelves.iter().filter(holds).map(link).collect(),
        shelves: shelves
            .iter()
            .map(|shelf| ShelfChoice { value: shelf.id.to_string(), title: shelf.title.clone() })
            .collect(),
    }))
}

/// A reader's links that open now, of everything or of one thing; `new` was just made.
pub(super) async fn links(
    app: &App,
    words: &Words,
    shelf: &Shelf,
    who: (Learner, Tz),
    of: Option<&Thing>,
    new: Option<Uuid>,
) -> Result<Vec<SharedLink>, DbErr> {
    let (who, zone) = who;
    let mut links = Vec::new();
    for share in shares::of_person(app.db.read(), who, Clock::Real.now()).await? {
        if of.is_none_or(|of| share.thing == *of)
            && let Some((title, _)) = thing(app, shelf, who, &share.thing).await?
        {
            links.push(link(app, words, zone, &share, title, new == Some(share.id)));
        }
    }
    Ok(links)
}

fn link(app: &App, words: &Words, zone: Tz, share: &Share, title: String, new: bool) -> SharedLink {
    let token = tokens::of_share(&app.keys, share.id);
    SharedLink {
        anchor: format!("link-{}", share.id),
        title,
        url: format!("{}/s/{token}", app.settings.base_url),
        until: times::saying(words, "saved-link-until", share.expires_at, zone),
        end_action: format!("/saved/links/{}/end", share.id),
        new,
    }
}

/// Where things are given to colleagues, with this already chosen.
pub(super) fn give_href(chosen: &str) -> Option<String> {
    router::leads_to(TEAM).then(|| format!("{TEAM}{chosen}"))
}

/// The name of a shelf as somebody typed it: one line, not too long.
pub(super) fn name(typed: &str) -> String {
    let plain: String = typed.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.trim().chars().take(LONGEST).collect::<String>().trim_end().to_owned()
}

/// An identifier in an address or a form; what is none is nowhere.
pub(super) fn id(text: &str) -> Result<Uuid, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// Nothing where nothing was changed: it is not there, or not this reader's.
pub(super) fn found(changed: bool) -> Result<(), PageError> {
    changed.then_some(()).ok_or(PageError::NotFound)
}

/// The last day on which a shelf that was deleted then can be brought back.
pub(super) fn last_day(words: &Words, zone: Tz, deleted: DateTime<Utc>) -> Moment {
    let last = deleted + chrono::TimeDelta::days(crate::learning::shelves::BACK_DAYS);
    times::saying(words, "saved-deleted-until", last, zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_and_not_too_long() {
        assert_eq!(name("  Front\r\ndesk "), "Front  desk");
        assert_eq!(name(" \t "), "");
        assert_eq!(name(&"é".repeat(200)).chars().count(), LONGEST);
    }
}
