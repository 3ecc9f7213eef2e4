//! The passage of a document that fits a question best, with its words marked.
//!
//! What is marked comes as pieces, so that a page can escape every one of them.

use std::collections::BTreeSet;

use super::{
    Hit,
    document::Document,
    tokens::{self, Word},
};

/// About so many letters a passage has.
const LENGTH: usize = 180;
/// So many letters stand before the first marked word when a passage is cut.
const BEFORE: usize = 50;
/// So much of a text is looked through.
const LOOKED_THROUGH: usize = 8_000;

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text, not escaped.
    pub text: String,
    /// Whether it is a word that was searched for.
    pub marked: bool,
}

pub(super) fn hit(document: &Document, marks: &BTreeSet<String>) -> Hit {
    Hit {
        path: document.path.clone(),
        kind: document.kind,
        title: pieces(&document.title, marks),
        snippet: passage(document, marks),
        minutes: document.minutes,
    }
}

/// The passage with the most different words; of several the first. The summary comes before the text.
fn passage(document: &Document, marks: &BTreeSet<String>) -> Vec<Piece> {
    let end = document.body.char_indices().nth(LOOKED_THROUGH).map_or(document.body.len(), |(at, _)| at);
    let paragraphs = document.body[..end].lines().filter(|line| !line.is_empty());
    let mut best = (different(&document.summary, marks), document.summary.as_str());
    for text in document.symptom.as_deref().into_iter().chain(paragraphs) {
        let here = different(text, marks);
        if here > best.0 {
            best = (here, text);
        }
    }
    pieces(&cut(best.1, marks), marks)
}

/// How many different marked words a text has.
fn different(text: &str, marks: &BTreeSet<String>) -> usize {
    let words = tokens::words(text);
    words
        .iter()
        .filter(|word| marks.contains(&word.stem))
        .map(|word| &word.stem)
        .collect::<BTreeSet<_>>()
        .len()
}

/// A long text from a little before its first marked word on, cut between words.
fn cut(text: &str, marks: &BTreeSet<String>) -> String {
    if text.chars().count() <= LENGTH {
        return text.to_owned();
    }
    let words = tokens::words(text);
    let first = words.iter().find(|word| marks.contains(&word.stem)).map_or(0, |word| word.at.start);
    let begin = if first <= BEFORE {
        0
    } else {
        words.iter().map(|word| word.at.start).find(|at| at + BEFORE >= first).unwrap_or(first)
    };
    let within = |word: &&Word| word.at.start >= begin && text[begin..word.at.end].chars().count() <= LENGTH;
    let end = words.iter().filter(within).map(|word| word.at.end).next_back().unwrap_or(text.len());
    let (before, after) = (if begin > 0 { "… " } else { "" }, if end + 1 < text.len() { " …" } else { "" });
    // The mark that ends the sentence goes with its last word.
    let end = if after.is_empty() { text.len() } else { end };
    format!("{before}{}{after}", &text[begin..end])
}

/// The text in pieces, marked and not.
fn pieces(text: &str, marks: &BTreeSet<String>) -> Vec<Piece> {
    let (mut pieces, mut at) = (Vec::new(), 0);
    let mut push = |text: &str, marked: bool| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), marked });
        }
    };
    for word in tokens::words(text).into_iter().filter(|word| marks.contains(&word.stem)) {
        push(&text[at..word.at.start], false);
        push(&text[word.at.clone()], true);
        at = word.at.end;
    }
    push(&text[at..], false);
    pieces
}
