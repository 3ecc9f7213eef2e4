//! A reader's shelves on the first page, and saving from it with one tap.

use std::collections::BTreeMap;

use templates::Words;
use templates::center::{HomePage, Link, SaveTo};

use crate::app::App;
use crate::shelf::Shelf;
use crate::web::center::keeping;
use crate::web::center::shown::learner;
use crate::web::error::PageError;
use crate::web::visitor::Reader;

/// Adds the reader's shelves, where one tap saves to, and which picks stand on a shelf already.
pub(super) async fn add(
    app: &App,
    words: &Words,
    shelf: &Shelf,
    reader: &Reader,
    page: &mut HomePage,
) -> Result<(), PageError> {
    let own = keeping::own(app, shelf, learner(reader)).await?;
    page.shelves = Some(keeping::on_home(app, words, shelf, reader, &own).await?);
    let first = own.shelves.first();
    page.save = Some(SaveTo {
        action: "/saved/keep".to_owned(),
        shelf: first.map(|one| one.id.to_string()).unwrap_or_default(),
        title: first.map_or_else(|| words.say("saved-for-later"), |one| one.title.clone()),
    });
    let mut on = BTreeMap::new();
    for one in own.shelves.iter().rev() {
        for piece in own.pieces.get(&one.id).into_iter().flatten() {
            on.insert(piece.item.as_str(), one);
        }
    }
    for pick in &mut page.picks {
        let found = on.get(pick.slug.as_str());
        pick.saved = found.map(|one| Link { label: one.title.clone(), href: keeping::href(one.id) });
    }
    Ok(())
}
