//! Holds starter shelves against the items.

use std::collections::BTreeSet;

use super::{items::line_of, links::nearest_item};
use crate::{catalogue::Catalogue, finding::Finding, item::Item, starter_shelf::StarterShelf};

pub(super) fn lint(shelf: &StarterShelf, catalogue: &Catalogue, found: &mut Vec<Finding>) {
    let line = line_of(&shelf.source, "items");
    let mut seen = BTreeSet::new();
    for slug in &shelf.items {
        let wrong = match catalogue.get(slug.as_str()) {
            None => Some((
                format!("It names \"{slug}\", and there is no such item."),
                nearest_item(slug.as_str(), catalogue),
            )),
            Some(_) if !seen.insert(slug) => {
                Some((format!("It holds \"{slug}\" twice."), "Name each item once.".to_owned()))
            }
            Some(item) if !suits(item, &shelf.trades) => Some((
                format!("\"{slug}\" is for other trades than the shelf."),
                "Take it off the shelf, or write the shelf for its trade.".to_owned(),
            )),
            Some(_) => None,
        };
        found.extend(wrong.map(|(sentence, right)| Finding::error(&shelf.file, line, sentence, right)));
    }
}

/// Whether every trade of the shelf is one of the item's.
fn suits(item: &Item, trades: &[String]) -> bool {
    let covers = |trade: &String| item.trades.iter().any(|prefix| trade.starts_with(prefix.as_str()));
    item.trades.is_empty() || (!trades.is_empty() && trades.iter().all(covers))
}
