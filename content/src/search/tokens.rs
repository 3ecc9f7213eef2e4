//! Text to words: how it is cut, in small letters, without accents, and down to stems.

use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer,
};

/// The longest word we keep; nobody types a longer one.
const LONGEST_WORD: usize = 40;

/// Small words that say nothing about what is looked for. Short forms are cut at their apostrophe.
const STOP: [&str; 98] = [
    "a", "about", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by",
    "can", "cannot", "could", "couldn", "d", "did", "didn", "do", "does", "doesn", "doing", "don", "for",
    "from", "get", "got", "had", "has", "hasn", "have", "haven", "help", "how", "i", "if", "in", "into",
    "is", "isn", "it", "its", "just", "keep", "keeps", "ll", "m", "me", "my", "need", "no", "not", "of",
    "on", "or", "our", "please", "re", "s", "should", "so", "some", "still", "t", "than", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "to", "too", "us", "ve", "very", "want",
    "was", "way", "we", "what", "when", "where", "which", "who", "why", "will", "with", "won", "would",
    "you",
];

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// In small letters, without accents.
    pub plain: String,
    /// Without its ending.
    pub stem: String,
    /// Where it begins in the text, and where it ends.
    pub at: std::ops::Range<usize>,
}

impl Word {
    /// Whether it says something about what is looked for.
    pub fn tells(&self) -> bool {
        STOP.binary_search(&self.plain.as_str()).is_err()
    }
}

/// Cuts into words in small letters.
pub(super) fn plain() -> TextAnalyzer {
    let simple = TextAnalyzer::builder(SimpleTokenizer::default());
    simple.filter(RemoveLongFilter::limit(LONGEST_WORD)).filter(LowerCaser).filter(AsciiFoldingFilter).build()
}

/// Cuts into words without their endings.
pub(super) fn stems() -> TextAnalyzer {
    let simple = TextAnalyzer::builder(SimpleTokenizer::default());
    let plain = simple.filter(RemoveLongFilter::limit(LONGEST_WORD)).filter(LowerCaser);
    plain.filter(AsciiFoldingFilter).filter(Stemmer::new(Language::English)).build()
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut plain = plain();
    let mut stems = stems();
    let (mut plain, mut stems) = (plain.token_stream(text), stems.token_stream(text));
    let mut words = Vec::new();
    while let (Some(one), Some(stem)) = (plain.next(), stems.next()) {
        let at = one.offset_from..one.offset_to;
        words.push(Word { plain: one.text.clone(), stem: stem.text.clone(), at });
    }
    words
}
