//! Search in the customers' words: lessons, fixes, reading and questions in one list.
//!
//! [`SearchIndex`] is handed documents and follows them: [`SearchIndex::follow`]
//! compares what it is given with what it holds, so that a change costs what has
//! changed. [`SearchIndex::find`] knows stems ("calls", "calling"), the
//! customers' words for ours (`content/words/`), and what was mistyped.
//!
//! It lies in memory and is local to a node. Nothing here knows where documents
//! come from, who asks, or what time it is.

mod document;
mod fields;
mod followed;
mod question;
mod ranked;
mod snippet;
mod spelling;
mod suggest;
mod tokens;

use tantivy::{Index, IndexReader, ReloadPolicy, Searcher};

pub use document::{Document, SearchKind};
pub use followed::Followed;
pub use snippet::Piece;
pub use suggest::Suggestion;

use crate::words::Words;
use fields::Fields;
use followed::Shelf;
use question::{LayPhrases, Question};
use ranked::Ranked;
use spelling::Spelling;

/// The longest text that is searched for, in letters; what follows is not read.
pub const LONGEST: usize = 200;
/// How many results stand on a page.
pub const PAGE: usize = 20;
/// The last page that is turned to.
pub const LAST_PAGE: usize = 50;
/// How many suggestions there are at most.
pub const SUGGESTIONS: usize = 6;
/// How many are offered when nothing was found.
const NEAREST: usize = 3;

/// Why the index could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("the search index")]
pub struct SearchError(#[from] tantivy::TantivyError);

impl From<std::io::Error> for SearchError {
    fn from(wrong: std::io::Error) -> Self {
        Self(wrong.into())
    }
}

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The words as they were typed.
    pub text: String,
    /// One kind only; none means all.
    pub kind: Option<SearchKind>,
    /// The page, counted from 1; 0 is read as 1.
    pub page: usize,
    /// Look for exactly these words, even if one seems mistyped.
    pub as_typed: bool,
    /// The language of what is found, such as `en`.
    pub language: String,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The results of this page, best first.
    pub hits: Vec<Hit>,
    /// How many there are on all pages.
    pub total: usize,
    /// How many there are of each kind, whatever kind was asked for; in the order of [`SearchKind::ALL`].
    pub counts: Vec<(SearchKind, usize)>,
    /// The words that were searched for instead, when some were mistyped.
    pub instead: Option<String>,
    /// When nothing was found: what comes nearest, three at most.
    pub nearest: Vec<Hit>,
}

/// One result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where it is.
    pub path: String,
    /// What it is.
    pub kind: SearchKind,
    /// What it is called, with the words that were searched for marked.
    pub title: Vec<Piece>,
    /// The passage that fits best, likewise.
    pub snippet: Vec<Piece>,
    /// How long it takes.
    pub minutes: Option<u16>,
}

/// Everything that can be found. Many may search while one changes it.
pub struct SearchIndex {
    index: Index,
    reader: IndexReader,
    fields: Fields,
    lay: LayPhrases,
    shelf: Shelf,
}

impl SearchIndex {
    /// An empty index that knows these words of the customers'.
    pub fn new(words: &Words) -> Result<Self, SearchError> {
        let (schema, fields) = fields::schema();
        let index = Index::create_in_ram(schema);
        fields::register(&index);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let lay = LayPhrases::new(words);
        Ok(Self { index, reader, fields, shelf: Shelf::new(&lay), lay })
    }

    /// Makes what can be found the same as these documents, which have one path each.
    pub fn follow(&self, documents: impl IntoIterator<Item = Document>) -> Result<Followed, SearchError> {
        self.shelf.follow(&self.index, &self.reader, &self.fields, documents)
    }

    /// Looks for what was asked, best first.
    ///
    /// A word that stands nowhere and is close to one that does counts as mistyped: then
    /// the other word is looked for and [`Found::instead`] says so.
    pub fn find(&self, asked: &Asked) -> Result<Found, SearchError> {
        let searcher = self.reader.searcher();
        let typed: String = asked.text.chars().take(LONGEST).collect();
        let spelling = Spelling { searcher: &searcher, fields: &self.fields, lay: &self.lay };
        let instead = if asked.as_typed { None } else { spelling.corrected(&typed)? };
        let corrected = instead.as_deref().map(|text| Question::read(text, &self.lay));
        let question = corrected.unwrap_or_else(|| Question::read(&typed, &self.lay));
        if question.is_empty() {
            return Ok(Found { counts: ranked::none(), ..Found::default() });
        }
        let skip = (asked.page.clamp(1, LAST_PAGE) - 1) * PAGE;
        let all = self.fields.in_language(question.query(&self.fields), &asked.language);
        let Ranked { mut paths, counts } = ranked::run(&searcher, &*all, &self.fields, PAGE, skip)?;
        if let Some(kind) = asked.kind {
            paths = ranked::run(&searcher, &*self.fields.of_kind(all, kind), &self.fields, PAGE, skip)?.paths;
        }
        let total = counts.iter().filter(|(kind, _)| asked.kind.is_none_or(|one| one == *kind));
        let total: usize = total.map(|(_, count)| count).sum();
        let hits = self.hits(&paths, &question);
        let nowhere = counts.iter().all(|(_, count)| *count == 0);
        let nearest = if nowhere { self.nearest(&searcher, &spelling, &typed, asked)? } else { Vec::new() };
        Ok(Found { hits, total, counts, instead, nearest })
    }

    /// What somebody who has typed this much may mean, six at most.
    pub fn suggest(&self, typed: &str, language: &str) -> Vec<Suggestion> {
        let typed: String = typed.chars().take(LONGEST).collect();
        self.shelf.kept().suggestions.matching(&typed, language)
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.shelf.kept().documents.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What has any of the words, spelled as we spell them.
    fn nearest(
        &self,
        searcher: &Searcher,
        spelling: &Spelling<'_>,
        typed: &str,
        asked: &Asked,
    ) -> Result<Vec<Hit>, SearchError> {
        let text = spelling.corrected(typed)?.unwrap_or_else(|| typed.to_owned());
        let question = Question::read(&text, &self.lay);
        let query = self.fields.in_language(question.any(&self.fields), &asked.language);
        let best = ranked::run(searcher, &*query, &self.fields, NEAREST, 0)?;
        Ok(self.hits(&best.paths, &question))
    }

    fn hits(&self, paths: &[String], question: &Question) -> Vec<Hit> {
        let kept = self.shelf.kept();
        let documents = paths.iter().filter_map(|path| kept.documents.get(path));
        documents.map(|document| snippet::hit(document, question.marks())).collect()
    }
}

impl std::fmt::Debug for SearchIndex {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("SearchIndex").field("documents", &self.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
