//! Lay words: what customers call things, and what we call them.
//!
//! A file holds one line for each phrase of theirs, with one phrase of ours or
//! several. Nothing is searched here: whoever searches asks for the pairs.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    fields::Value,
    finding::{Finding, Refused},
    starter::Library,
    toml_file,
};

/// What customers say, and our words for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    phrases: BTreeMap<String, LayPhrase>,
}

/// One phrase of the customers'.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LayPhrase {
    /// What they say, in small letters.
    pub lay: String,
    /// What we say, the nearest first.
    pub ours: Vec<String>,
    /// The file it stands in, as it was named to us.
    pub file: String,
    /// Its line there.
    pub line: Option<usize>,
}

/// The words that ship inside the program.
pub fn starter_words() -> Words {
    Library::embedded().words
}

impl Words {
    /// Admits one file, or says everything that is wrong with it.
    pub fn parse(file: &str, source: &str) -> Result<Self, Refused> {
        let (_, values) = toml_file::open(file, source)?;
        let (mut words, mut findings) = (Self::default(), Vec::new());
        for (written, value) in values {
            let line = line_of(source, &written);
            let lay = plain(&written);
            let right = "Write `\"their phrase\" = [\"our phrase\"]`, with one phrase of ours or several.";
            let wrong = |sentence: String| Finding::error(file, line, sentence, right);
            let Some(ours) = phrases(&value) else {
                findings.push(wrong(format!("“{written}” stands for nothing.")));
                continue;
            };
            if ours.iter().any(|one| plain(one) == lay) {
                findings.push(wrong(format!("“{written}” stands for itself.")));
                continue;
            }
            let phrase = LayPhrase { lay, ours, file: file.to_owned(), line };
            findings.extend(words.keep(phrase));
        }
        if findings.is_empty() { Ok(words) } else { Err(Refused(findings)) }
    }

    /// Takes in the words of another file; of two lines for one phrase the first stays, and the other is a finding.
    pub fn add(&mut self, other: Self) -> Vec<Finding> {
        other.phrases.into_values().filter_map(|phrase| self.keep(phrase)).collect()
    }

    fn keep(&mut self, phrase: LayPhrase) -> Option<Finding> {
        if let Some(first) = self.phrases.get(&phrase.lay) {
            let place = first.line.map_or_else(String::new, |line| format!(":{line}"));
            let sentence = format!("“{}” stands in {}{place} already.", phrase.lay, first.file);
            return Some(Finding::error(&phrase.file, phrase.line, sentence, "Put both into one line."));
        }
        self.phrases.insert(phrase.lay.clone(), phrase);
        None
    }

    /// Every phrase of theirs with ours, in the order of the alphabet.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &[String])> {
        self.phrases.values().map(|phrase| (phrase.lay.as_str(), phrase.ours.as_slice()))
    }

    /// Every phrase with the line it stands on.
    pub fn phrases(&self) -> impl ExactSizeIterator<Item = &LayPhrase> {
        self.phrases.values()
    }

    /// Our phrases for one of theirs, whatever its letter case and spaces.
    pub fn get(&self, lay: &str) -> Option<&[String]> {
        self.phrases.get(&plain(lay)).map(|phrase| phrase.ours.as_slice())
    }

    /// How many phrases there are.
    pub fn len(&self) -> usize {
        self.phrases.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }
}

/// Small letters, single spaces, plain apostrophes: two ways to write one phrase are one phrase.
fn plain(phrase: &str) -> String {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    words.join(" ").to_lowercase().replace('’', "'")
}

/// One phrase or a list of them, none empty.
fn phrases(value: &Value) -> Option<Vec<String>> {
    let listed = match value {
        Value::List(entries) => entries.as_slice(),
        single => std::slice::from_ref(single),
    };
    let text = |entry: &Value| match entry {
        Value::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        _ => None,
    };
    listed.iter().map(text).collect::<Option<Vec<_>>>().filter(|ours| !ours.is_empty())
}

fn line_of(source: &str, lay: &str) -> Option<usize> {
    let begins = |line: &str| {
        let line = line.trim_start().trim_start_matches(['"', '\'']);
        line.strip_prefix(lay).is_some_and(|rest| rest.starts_with(['"', '\'', ' ', '=']))
    };
    source.lines().position(begins).map(|at| at + 1)
}

#[cfg(test)]
mod tests;
