//! Every item there is, by its short name.

use std::collections::{BTreeMap, btree_map::Entry};

use crate::{
    finding::{Finding, Refused},
    item::Item,
    slug::Slug,
};

/// The items of an installation. No two share a name.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    items: BTreeMap<Slug, Item>,
}

impl Catalogue {
    /// Gathers items, and refuses two of one name.
    pub fn new(items: impl IntoIterator<Item = Item>) -> Result<Self, Refused> {
        let (mut catalogue, mut findings) = (Self::default(), Vec::new());
        for item in items {
            match catalogue.items.entry(item.slug.clone()) {
                Entry::Vacant(place) => {
                    place.insert(item);
                }
                Entry::Occupied(first) => findings.push(Finding::error(
                    &item.file,
                    None,
                    format!("\"{}\" is already the name of {}.", item.slug, first.get().file),
                    "Give one of the two files another name.",
                )),
            }
        }
        if findings.is_empty() { Ok(catalogue) } else { Err(Refused(findings)) }
    }

    /// The item of that name.
    pub fn get(&self, slug: &str) -> Option<&Item> {
        self.items.get(slug)
    }

    /// Every item, by name.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Item> {
        self.items.values()
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}
