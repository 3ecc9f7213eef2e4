//! What was asked, as parts that each mean one thing: a word, or a phrase of the customers' with ours beside it.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::query::{BooleanQuery, DisjunctionMaxQuery, EmptyQuery, Occur, Query};

use super::{
    fields::{Fields, boosted},
    tokens::{self, Word},
};
use crate::words::Words;

/// Our phrase counts a little less than the word that was typed.
const OURS: f32 = 0.8;
/// Words of a phrase that stand apart count half of the phrase.
const APART: f32 = 0.5;
/// No more parts than this are looked for.
const MOST_PARTS: usize = 16;

/// The customers' phrases, by the stems of their words.
#[derive(Debug, Default)]
pub(super) struct LayPhrases {
    ours: BTreeMap<Vec<String>, Vec<Vec<Word>>>,
    /// Every word that stands in one of their phrases.
    pub words: BTreeSet<String>,
    /// The phrases as they are written.
    pub written: Vec<String>,
    longest: usize,
}

impl LayPhrases {
    pub fn new(words: &Words) -> Self {
        let mut lay = Self::default();
        for (theirs, ours) in words.iter() {
            let theirs_cut = tokens::words(theirs);
            let key: Vec<String> = theirs_cut.iter().map(|word| word.stem.clone()).collect();
            lay.longest = lay.longest.max(key.len());
            lay.words.extend(theirs_cut.into_iter().map(|word| word.plain));
            lay.written.push(theirs.to_owned());
            lay.ours.entry(key).or_default().extend(ours.iter().map(|phrase| tokens::words(phrase)));
        }
        lay
    }

    /// The longest phrase that these words begin with: how many words it has, and ours for it.
    fn beginning(&self, words: &[Word]) -> Option<(usize, &[Vec<Word>])> {
        (1..=self.longest.min(words.len())).rev().find_map(|length| {
            let key: Vec<String> = words[..length].iter().map(|word| word.stem.clone()).collect();
            Some((length, self.ours.get(&key)?.as_slice()))
        })
    }
}

/// One part of a question, said in several ways.
#[derive(Debug)]
struct Part {
    typed: Vec<Word>,
    ours: Vec<Vec<Word>>,
}

/// What was asked.
#[derive(Debug)]
pub(super) struct Question {
    parts: Vec<Part>,
    marks: BTreeSet<String>,
}

impl Question {
    /// Cuts a text into parts. Small words are left out, unless there is nothing else.
    pub fn read(text: &str, lay: &LayPhrases) -> Self {
        let words = tokens::words(text);
        let tells = words.iter().any(Word::tells);
        let (mut parts, mut at) = (Vec::new(), 0);
        while at < words.len() && parts.len() < MOST_PARTS {
            if let Some((length, ours)) = lay.beginning(&words[at..]) {
                parts.push(Part { typed: words[at..at + length].to_vec(), ours: ours.to_vec() });
                at += length;
            } else {
                if words[at].tells() || !tells {
                    parts.push(Part { typed: vec![words[at].clone()], ours: Vec::new() });
                }
                at += 1;
            }
        }
        let said = parts.iter().flat_map(|part| part.typed.iter().chain(part.ours.iter().flatten()));
        let marks = said.filter(|word| word.tells() || !tells).map(|word| word.stem.clone()).collect();
        Self { parts, marks }
    }

    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The stems to mark in what was found.
    pub fn marks(&self) -> &BTreeSet<String> {
        &self.marks
    }

    /// Documents that have most of what was asked: both of two parts, and from three on at least half.
    pub fn query(&self, fields: &Fields) -> Box<dyn Query> {
        self.at_least(
            fields,
            if self.parts.len() <= 2 { self.parts.len() } else { self.parts.len().div_ceil(2) },
        )
    }

    /// Documents that have any of it.
    pub fn any(&self, fields: &Fields) -> Box<dyn Query> {
        self.at_least(fields, 1)
    }

    fn at_least(&self, fields: &Fields, needed: usize) -> Box<dyn Query> {
        let parts = self.parts.iter().map(|part| (Occur::Should, part.query(fields))).collect::<Vec<_>>();
        if parts.is_empty() {
            return Box::new(EmptyQuery);
        }
        Box::new(BooleanQuery::with_minimum_required_clauses(parts, needed))
    }
}

impl Part {
    fn query(&self, fields: &Fields) -> Box<dyn Query> {
        let mut ways = said(&self.typed, fields);
        for ours in &self.ours {
            ways.extend(said(ours, fields).into_iter().map(|way| boosted(way, OURS)));
        }
        Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, 0.3))
    }
}

/// A word, or a phrase together and with its words apart.
fn said(words: &[Word], fields: &Fields) -> Vec<Box<dyn Query>> {
    let stems: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
    let mut ways = vec![fields.phrase(&stems)];
    let telling: Vec<_> = words.iter().filter(|word| word.tells()).collect();
    if stems.len() > 1 && !telling.is_empty() {
        let apart = telling.iter().map(|word| fields.word(&word.stem)).collect();
        ways.push(boosted(Box::new(BooleanQuery::intersection(apart)), APART));
    }
    ways
}
