//! Searching: an index of what is in force, and what is kept of words that found nothing.
//!
//! The index lies in this node's memory. Whoever searches looks at the shelf first, which is loaded anew when its
//! stamp in the database is another; so what was imported on any node is found by the next search on every node.

use std::sync::Arc;

use chrono::NaiveDate;
use content::search::{Document, SearchError, SearchIndex};
use content::{Catalogue, Words};
use serde_json::json;
use tokio::sync::Mutex;

use crate::app::App;
use crate::shelf::Shelf;
use crate::store::decisions;

mod words;

pub use words::kept;

/// The index of what is in force. Clones are the same.
#[derive(Debug, Clone, Default)]
pub struct Finder(Arc<Mutex<Option<Followed>>>);

/// What the index was last made the same as.
#[derive(Debug)]
struct Followed {
    catalogue: Arc<Catalogue>,
    day: NaiveDate,
    mapped: Mapped,
    index: Arc<SearchIndex>,
}

/// What customers say and what we call it, as staff decided about searches that found nothing.
type Mapped = Vec<(String, Vec<String>)>;

impl Finder {
    /// The index of this shelf today. What expired yesterday is not found.
    pub async fn of(&self, app: &App, shelf: &Shelf) -> anyhow::Result<Arc<SearchIndex>> {
        let day = app.clock.now().date_naive();
        let mapped = decisions::mapped(app.db.read()).await?;
        let mut followed = self.0.lock().await;
        let before = match &*followed {
            Some(now) if now.mapped != mapped => None, // an index keeps the words it was made with
            Some(now) if now.day == day && Arc::ptr_eq(&now.catalogue, &shelf.catalogue) => {
                return Ok(Arc::clone(&now.index));
            }
            Some(before) => Some(Arc::clone(&before.index)),
            None => None,
        };
        let catalogue = Arc::clone(&shelf.catalogue);
        let items = Arc::clone(&catalogue);
        let words = words_with(&mapped);
        let index = tokio::task::spawn_blocking(move || follow(before, &words, &items, day)).await??;
        *followed = Some(Followed { catalogue, day, mapped, index: Arc::clone(&index) });
        Ok(index)
    }
}

/// The words that ship with the house, under those that were decided here, which win.
fn words_with(mapped: &Mapped) -> Words {
    let mut words = Words::default();
    for (lay, ours) in mapped {
        // JSON writes a phrase as TOML reads it.
        let line = format!("{} = {}", json!(lay), json!(ours));
        if let Ok(one) = Words::parse("decided here", &line) {
            words.add(one);
        }
    }
    words.add(content::starter_words());
    words
}

fn follow(
    before: Option<Arc<SearchIndex>>,
    words: &Words,
    items: &Catalogue,
    day: NaiveDate,
) -> Result<Arc<SearchIndex>, SearchError> {
    let index = match before {
        Some(index) => index,
        None => Arc::new(SearchIndex::new(words)?),
    };
    index.follow(items.iter().filter(|item| !item.expired(day)).map(Document::from))?;
    Ok(index)
}

#[cfg(test)]
mod tests;
