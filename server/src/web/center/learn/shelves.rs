//! Shelves that lessons can be chosen by: the reader's own, and ours to begin with for who has none.

use std::collections::BTreeSet;

use crate::app::App;
use crate::shelf::Shelf;
use crate::store::{pieces, shelves};
use crate::web::center::saved;
use crate::web::center::shown::learner;
use crate::web::error::PageError;
use crate::web::visitor::Reader;

/// One shelf to choose by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web::center) struct Choosable {
    /// Its name in the address.
    pub value: String,
    /// What stands on it, in words.
    pub title: String,
    /// The items on it, by their names.
    pub items: BTreeSet<String>,
}

/// What this reader can choose by.
pub(super) async fn of(
    app: &App,
    shelf: &Shelf,
    reader: Option<&Reader>,
) -> Result<Vec<Choosable>, PageError> {
    if let Some(reader) = reader {
        let (db, who) = (app.db.read(), learner(reader));
        let own = shelves::of_person(db, who).await?;
        if !own.is_empty() {
            let mut on = pieces::of_person(db, who).await?;
            let choosable = |one: shelves::Shelf| Choosable {
                value: one.id.to_string(),
                items: on.remove(&one.id).unwrap_or_default().into_iter().map(|piece| piece.item).collect(),
                title: one.title,
            };
            return Ok(own.into_iter().map(choosable).collect());
        }
    }
    let starters = saved::offered(app, shelf, reader).await?;
    let choosable = |starter: &content::StarterShelf| Choosable {
        value: starter.slug.to_string(),
        title: starter.title.clone(),
        items: starter.items.iter().map(ToString::to_string).collect(),
    };
    Ok(starters.into_iter().map(choosable).collect())
}

/// Whether shelves of the reader's trade stand before ours for everybody.
pub(super) fn of_a_trade(shelf: &Shelf, choosable: &[Choosable]) -> bool {
    let first = choosable.first().map(|one| one.value.as_str());
    shelf.starter_shelves.iter().any(|one| first == Some(one.slug.as_str()) && !one.trades.is_empty())
}
