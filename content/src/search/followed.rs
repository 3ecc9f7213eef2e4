//! The documents that are found, and how they become others.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use tantivy::{Index, IndexReader, IndexWriter};

use super::{SearchError, document::Document, fields::Fields, question::LayPhrases, suggest::Suggestions};

/// What the writer may hold while it writes; afterwards it holds nothing.
const WRITING: usize = 32_000_000;

/// What has changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Followed {
    /// Documents that are new or were written anew.
    pub written: usize,
    /// Documents that are gone.
    pub gone: usize,
}

/// What is found now.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub documents: BTreeMap<String, Document>,
    pub suggestions: Suggestions,
}

pub(super) struct Shelf {
    kept: RwLock<Arc<Kept>>,
    writing: Mutex<()>,
    phrases: Vec<String>,
}

impl Shelf {
    pub fn new(lay: &LayPhrases) -> Self {
        Self { kept: RwLock::default(), writing: Mutex::default(), phrases: lay.written.clone() }
    }

    pub fn kept(&self) -> Arc<Kept> {
        Arc::clone(&self.kept.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Writes what differs. One writes at a time; the others find what was there before until it is done.
    pub fn follow(
        &self,
        index: &Index,
        reader: &IndexReader,
        fields: &Fields,
        documents: impl IntoIterator<Item = Document>,
    ) -> Result<Followed, SearchError> {
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.kept();
        let documents: BTreeMap<String, Document> =
            documents.into_iter().map(|document| (document.path.clone(), document)).collect();
        let differs = |document: &&Document| before.documents.get(&document.path) != Some(*document);
        let written: Vec<_> = documents.values().filter(differs).collect();
        let gone: Vec<_> = before.documents.keys().filter(|path| !documents.contains_key(*path)).collect();
        let followed = Followed { written: written.len(), gone: gone.len() };
        if followed == Followed::default() {
            return Ok(followed);
        }
        let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITING)?;
        for path in gone.into_iter().chain(written.iter().map(|document| &document.path)) {
            writer.delete_term(fields.named(path));
        }
        for document in written {
            writer.add_document(fields.row(document))?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let suggestions = Suggestions::new(documents.values(), &self.phrases);
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) =
            Arc::new(Kept { documents, suggestions });
        reader.reload()?;
        Ok(followed)
    }
}
