//! The standard order of the library, and a door for each kind of user.

use chrono::{DateTime, Utc};
use content::Item;
use segments::UserType;
use templates::Words;
use templates::center::{Door, DoorKind};

use crate::shelf::Shelf;
use crate::web::center::{ask, learn};
use crate::web::visitor::Reader;

/// Starters first, then the short ones; products that not everybody has come last.
pub(super) fn in_standard_order(shelf: &Shelf, now: DateTime<Utc>) -> Vec<&Item> {
    let today = now.date_naive();
    let open = shelf.catalogue.iter().filter(|item| !item.expired(today) && item.trades.is_empty());
    let mut items: Vec<_> = open.collect();
    items.sort_by_key(|item| (item.level, !item.products.is_empty(), item.minutes, item.slug.clone()));
    items
}

/// A door for each kind of user, the one used most first; each leads to something that is there.
pub(super) fn doors(
    words: &Words,
    shelf: &Shelf,
    reader: Option<&Reader>,
    most_used: Option<UserType>,
    now: DateTime<Utc>,
) -> Vec<Door> {
    let items = in_standard_order(shelf, now);
    let together = match reader {
        Some(_) => (words.say("home-door-team"), "/team".to_owned()),
        None => (words.say("home-door-shelves"), "/saved".to_owned()),
    };
    let all = [
        (DoorKind::Learn, UserType::Learner, lessons(words, &items)),
        (DoorKind::Ask, UserType::Connector, Some((words.say("home-door-ask-line"), ask::ASK.to_owned()))),
        (DoorKind::Together, UserType::Collaborator, Some(together)),
    ];
    let mut doors: Vec<_> = all
        .into_iter()
        .filter_map(|(kind, of, leads)| leads.map(|(line, href)| (of, Door { kind, line, href })))
        .collect();
    doors.sort_by_key(|(of, _)| Some(*of) != most_used);
    doors.into_iter().map(|(_, door)| door).collect()
}

/// "Lessons of 3 to 8 minutes", and where they are.
fn lessons(words: &Words, items: &[&Item]) -> Option<(String, String)> {
    let minutes = || items.iter().filter(|item| learn::is_lesson(item)).map(|item| item.minutes);
    let (shortest, longest) = (minutes().min()?, minutes().max()?);
    let line = if shortest == longest {
        words.say_with("home-door-lessons-all", &[("minutes", shortest.into())])
    } else {
        let both = [("shortest", shortest.into()), ("longest", longest.into())];
        words.say_with("home-door-lessons", &both)
    };
    Some((line, "/learn".to_owned()))
}
