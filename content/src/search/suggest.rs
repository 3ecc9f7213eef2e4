//! What somebody who has typed a few letters may mean.

use std::collections::HashSet;

use super::{
    SUGGESTIONS,
    document::{Document, SearchKind},
};

/// From so many letters on there are suggestions.
const FROM: usize = 2;

/// One suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What is shown, and searched for when it leads nowhere else.
    pub text: String,
    /// The one page it means, if it is a title.
    pub leads: Option<(SearchKind, String)>,
}

/// Everything that can be suggested: titles first, then the words for them.
#[derive(Debug, Default)]
pub(super) struct Suggestions(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    /// In small letters, after a space: so a space and the letters typed find each word's beginning.
    plain: String,
    language: Option<String>,
    suggestion: Suggestion,
}

impl Suggestions {
    pub fn new<'a>(documents: impl Iterator<Item = &'a Document> + Clone, lay: &[String]) -> Self {
        let titles = documents.clone().map(|document| {
            let leads = Some((document.kind, document.path.clone()));
            Entry::new(&document.title, Some(&document.language), leads)
        });
        let words = documents.flat_map(|document| {
            document.words.iter().map(|words| Entry::new(words, Some(&document.language), None))
        });
        // The customers' phrases stand in files of one language, and are offered in each.
        let lay = lay.iter().map(|phrase| Entry::new(phrase, None, None));
        let mut seen = HashSet::new();
        let mut entries: Vec<Entry> = titles.chain(words).chain(lay).collect();
        entries.retain(|entry| {
            entry.suggestion.leads.is_some() || seen.insert((entry.plain.clone(), entry.language.clone()))
        });
        Self(entries)
    }

    /// What begins so comes before what has a later word that begins so.
    pub fn matching(&self, typed: &str, language: &str) -> Vec<Suggestion> {
        let wanted = plain(typed);
        let wanted = wanted.as_str();
        if wanted.chars().count() <= FROM {
            return Vec::new();
        }
        let ours = |entry: &&Entry| entry.language.as_deref().is_none_or(|one| one == language);
        let found = |begins: bool| {
            let fits = move |entry: &&Entry| match entry.plain.find(wanted) {
                Some(at) => (at == 0) == begins,
                None => false,
            };
            self.0.iter().filter(ours).filter(fits)
        };
        let mut seen = HashSet::new();
        let all = found(true).chain(found(false)).filter(|entry| seen.insert(entry.plain.as_str()));
        all.take(SUGGESTIONS).map(|entry| entry.suggestion.clone()).collect()
    }
}

impl Entry {
    fn new(text: &str, language: Option<&String>, leads: Option<(SearchKind, String)>) -> Self {
        let suggestion = Suggestion { text: text.to_owned(), leads };
        Self { plain: plain(text), language: language.cloned(), suggestion }
    }
}

/// Small letters, one space before each word, plain apostrophes.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 1);
    for word in text.split_whitespace() {
        plain.push(' ');
        plain.push_str(&word.to_lowercase().replace('’', "'"));
    }
    plain
}
