//! Searching: an index of what is in force, and what is kept of words that found nothing.
//!
//! The index lies in this node's memory. Whoever searches looks at the shelf first, which is loaded anew when its
//! stamp in the database is another; so what was imported on any node is found by the next search on every node. With
//! what customers ask and answer it is the same.

use std::sync::Arc;

use chrono::NaiveDate;
use content::search::{Document, SearchError, SearchIndex, SearchKind};
use content::{Catalogue, Words};
use sea_orm::DbErr;
use serde_json::json;
use tokio::sync::Mutex;

use crate::app::App;
use crate::shelf::Shelf;
use crate::store::questions::{self, Question, Stamp};
use crate::store::{decisions, replies};

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
    asked: (Stamp, u64),
    mapped: Mapped,
    index: Arc<SearchIndex>,
}

/// Letters of a question's details that say what it is about.
const SUMMARY: usize = 160;

/// What customers say and what we call it, as staff decided about searches that found nothing.
type Mapped = Vec<(String, Vec<String>)>;

impl Finder {
    /// The index of this shelf today. What expired yesterday is not found.
    pub async fn of(&self, app: &App, shelf: &Shelf) -> anyhow::Result<Arc<SearchIndex>> {
        let day = app.clock.now().date_naive();
        let asked = (questions::stamp(app.db.read()).await?, replies::shown(app.db.read()).await?);
        let mapped = decisions::mapped(app.db.read()).await?;
        let mut followed = self.0.lock().await;
        let before = match &*followed {
            Some(now) if now.mapped != mapped => None, // an index keeps the words it was made with
            Some(now)
                if now.day == day && now.asked == asked && Arc::ptr_eq(&now.catalogue, &shelf.catalogue) =>
            {
                return Ok(Arc::clone(&now.index));
            }
            Some(before) => Some(Arc::clone(&before.index)),
            None => None,
        };
        let catalogue = Arc::clone(&shelf.catalogue);
        let items = Arc::clone(&catalogue);
        let posts = posts(app).await?;
        let words = words_with(&mapped);
        let index = tokio::task::spawn_blocking(move || follow(before, &words, &items, posts, day)).await??;
        *followed = Some(Followed { catalogue, day, asked, mapped, index: Arc::clone(&index) });
        Ok(index)
    }
}

/// The words that ship with the house, under those that were decided here, which win.
fn words_with(mapped: &Mapped) -> Words {
    let mut words = Words::default();
    for (lay, ours) in mapped {
        // JSON writes a phrase as TOML reads it.
        let line = format!("{} = {}", json!(lay), json!(ours));
        match Words::parse("decided-here.toml", &line) {
            Ok(one) => drop(words.add(one)), // each phrase stands in the decisions once
            Err(refused) => tracing::error!(error = %refused, "words that were decided on cannot be read"),
        }
    }
    words.add(content::starter_words());
    words
}

fn follow(
    before: Option<Arc<SearchIndex>>,
    words: &Words,
    items: &Catalogue,
    posts: Vec<Document>,
    day: NaiveDate,
) -> Result<Arc<SearchIndex>, SearchError> {
    let index = match before {
        Some(index) => index,
        None => Arc::new(SearchIndex::new(words)?),
    };
    index.follow(items.iter().filter(|item| !item.expired(day)).map(Document::from).chain(posts))?;
    Ok(index)
}

/// What customers asked, with its replies, as far as everybody may read it.
async fn posts(app: &App) -> Result<Vec<Document>, DbErr> {
    let mut replies = replies::bodies(app.db.read()).await?;
    let questions = questions::published(app.db.read()).await?;
    let post = |one: Question| Document {
        kind: SearchKind::Question,
        path: one.path(),
        summary: one.details.lines().next().unwrap_or_default().chars().take(SUMMARY).collect(),
        body: std::iter::once(one.details)
            .chain(replies.remove(&one.id).unwrap_or_default())
            .collect::<Vec<_>>()
            .join("\n"),
        title: one.title,
        words: one.product.into_iter().collect(),
        symptom: None,
        language: one.language,
        minutes: None,
    };
    Ok(questions.into_iter().map(post).collect())
}

#[cfg(test)]
mod tests;
