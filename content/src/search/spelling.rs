//! What was mistyped: a word that stands nowhere and is close to one that does.

use std::cmp::Reverse;

use tantivy::{Searcher, Term, query::FuzzyTermQuery};

use super::{
    SearchError,
    fields::Fields,
    question::LayPhrases,
    tokens::{self, Word},
};

/// From this many letters on, one of them may be wrong.
const ONE_WRONG: usize = 4;
/// From this many letters on, two of them may be wrong.
const TWO_WRONG: usize = 8;
/// More wrong letters are another word.
const MOST_WRONG: u8 = 2;
/// So many words of a question are put right at most.
const MOST_WORDS: usize = 6;

/// The words that are known, and how often each is used.
pub(super) struct Spelling<'a> {
    pub searcher: &'a Searcher,
    pub fields: &'a Fields,
    pub lay: &'a LayPhrases,
}

impl Spelling<'_> {
    /// The text with its mistyped words put right; nothing when there is nothing to put right.
    pub fn corrected(&self, text: &str) -> Result<Option<String>, SearchError> {
        let (mut corrected, mut put_right) = (text.to_owned(), 0);
        for word in tokens::words(text).into_iter().rev() {
            if put_right == MOST_WORDS || !word.tells() || self.is_known(&word)? {
                continue;
            }
            if let Some(meant) = self.nearest(&word.plain)? {
                corrected.replace_range(word.at, &meant);
                put_right += 1;
            }
        }
        Ok((put_right > 0).then_some(corrected))
    }

    /// Whether a document or a phrase of the customers' has it, in any form.
    fn is_known(&self, word: &Word) -> Result<bool, SearchError> {
        for (field, _) in self.fields.searched() {
            if self.searcher.doc_freq(&Term::from_field_text(field, &word.stem))? > 0 {
                return Ok(true);
            }
        }
        Ok(self.lay.words.contains(&word.plain))
    }

    /// The word with the fewest wrong letters; of several the one that is used most.
    fn nearest(&self, word: &str) -> Result<Option<String>, SearchError> {
        let letters = word.chars().count();
        let digits = word.chars().any(|letter| letter.is_ascii_digit());
        let allowed = if digits || letters < ONE_WRONG {
            0
        } else if letters < TWO_WRONG {
            1
        } else {
            MOST_WRONG
        };
        for wrong in 1..=allowed {
            let close = self.close(word, wrong)?;
            // With two wrong letters the first one is right: few people mistype it.
            let close = close
                .into_iter()
                .filter(|(meant, _)| wrong == 1 || meant.chars().next() == word.chars().next());
            let best = close.max_by_key(|(meant, used)| (*used, Reverse(meant.clone())));
            if let Some((meant, _)) = best {
                return Ok(Some(meant));
            }
        }
        Ok(None)
    }

    /// Every known word with at most so many letters wrong, left out, added or swapped, and how often it is used.
    fn close(&self, word: &str, wrong: u8) -> Result<Vec<(String, u32)>, SearchError> {
        let near = FuzzyTermQuery::new(Term::from_field_text(self.fields.spelled, word), wrong, true);
        let mut close = Vec::new();
        for segment in self.searcher.segment_readers() {
            let spelled = segment.inverted_index(self.fields.spelled)?;
            let mut found = spelled.terms().search(near.automaton()?).into_stream()?;
            while let Some((term, used)) = found.next() {
                close.push((String::from_utf8_lossy(term).into_owned(), used.doc_freq));
            }
        }
        let near = |known: &&String| distance(known, word) <= usize::from(wrong);
        close.extend(self.lay.words.iter().filter(near).map(|known| (known.clone(), 1)));
        Ok(close)
    }
}

/// How many letters are wrong, left out, added or swapped with the next.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > usize::from(MOST_WRONG) {
        return usize::MAX;
    }
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    for (i, letter) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, wanted) in other.iter().enumerate() {
            let mut least =
                (rows[i][j] + usize::from(letter != wanted)).min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *letter == other[j - 1] && one[i - 1] == *wanted {
                least = least.min(rows[i - 1][j - 1] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}
