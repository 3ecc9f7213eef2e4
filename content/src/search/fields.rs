//! What is kept of a document, and what each part counts for.

use tantivy::{
    Index, TantivyDocument, Term,
    query::{
        BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query, TermQuery,
    },
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
    },
};

use super::{
    document::{Document, SearchKind},
    tokens,
};

const STEMS: &str = "stems";
const PLAIN: &str = "plain";

/// Below the best part that has a word, the others count this much.
const OTHER_PARTS: f32 = 0.1;

/// The parts of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub path: Field,
    pub kind: Field,
    pub language: Field,
    pub title: Field,
    pub words: Field,
    pub summary: Field,
    pub body: Field,
    /// Every word as it is spelled, to see what was mistyped.
    pub spelled: Field,
}

pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let text = |analyzer: &str, keeps: IndexRecordOption| {
        let indexing = TextFieldIndexing::default().set_tokenizer(analyzer).set_index_option(keeps);
        TextOptions::default().set_indexing_options(indexing)
    };
    let stemmed = text(STEMS, IndexRecordOption::WithFreqsAndPositions);
    let fields = Fields {
        path: schema.add_text_field("path", STRING | STORED),
        kind: schema.add_u64_field("kind", INDEXED | FAST),
        language: schema.add_text_field("language", STRING),
        title: schema.add_text_field("title", stemmed.clone()),
        words: schema.add_text_field("words", stemmed.clone()),
        summary: schema.add_text_field("summary", stemmed.clone()),
        body: schema.add_text_field("body", stemmed),
        spelled: schema.add_text_field("spelled", text(PLAIN, IndexRecordOption::Basic)),
    };
    (schema.build(), fields)
}

pub(super) fn register(index: &Index) {
    index.tokenizers().register(STEMS, tokens::stems());
    index.tokenizers().register(PLAIN, tokens::plain());
}

impl Fields {
    /// The parts that are searched, and how much a word in each counts.
    pub fn searched(&self) -> [(Field, f32); 4] {
        [(self.title, 4.0), (self.words, 3.0), (self.summary, 2.0), (self.body, 1.0)]
    }

    /// The path alone names a document.
    pub fn named(&self, path: &str) -> Term {
        Term::from_field_text(self.path, path)
    }

    pub fn row(&self, document: &Document) -> TantivyDocument {
        let mut row = TantivyDocument::new();
        row.add_text(self.path, &document.path);
        row.add_u64(self.kind, document.kind as u64);
        row.add_text(self.language, &document.language);
        let mut add = |field: Field, text: &str| {
            row.add_text(field, text);
            row.add_text(self.spelled, text);
        };
        add(self.title, &document.title);
        for words in document.words.iter().chain(&document.symptom) {
            add(self.words, words);
        }
        add(self.summary, &document.summary);
        add(self.body, &document.body);
        row
    }

    /// Documents with this stem in any part.
    pub fn word(&self, stem: &str) -> Box<dyn Query> {
        let parts = self.searched().map(|(field, counts)| {
            let term = Term::from_field_text(field, stem);
            boosted(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)), counts)
        });
        Box::new(DisjunctionMaxQuery::with_tie_breaker(parts.into(), OTHER_PARTS))
    }

    /// Documents with these stems one after another in any part.
    pub fn phrase(&self, stems: &[String]) -> Box<dyn Query> {
        if let [only] = stems {
            return self.word(only);
        }
        let parts = self.searched().map(|(field, counts)| {
            let terms = stems.iter().map(|stem| Term::from_field_text(field, stem)).collect();
            boosted(Box::new(PhraseQuery::new(terms)), counts)
        });
        Box::new(DisjunctionMaxQuery::with_tie_breaker(parts.into(), OTHER_PARTS))
    }

    pub fn in_language(&self, query: Box<dyn Query>, language: &str) -> Box<dyn Query> {
        only(query, Term::from_field_text(self.language, language))
    }

    pub fn of_kind(&self, query: Box<dyn Query>, kind: SearchKind) -> Box<dyn Query> {
        only(query, Term::from_field_u64(self.kind, kind as u64))
    }
}

/// What is found counts this many times.
pub(super) fn boosted(query: Box<dyn Query>, counts: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, counts))
}

/// What is found and has this term; the term itself does not count.
fn only(query: Box<dyn Query>, term: Term) -> Box<dyn Query> {
    let has = ConstScoreQuery::new(Box::new(TermQuery::new(term, IndexRecordOption::Basic)), 0.0);
    Box::new(BooleanQuery::new(vec![(Occur::Must, query), (Occur::Must, Box::new(has))]))
}
