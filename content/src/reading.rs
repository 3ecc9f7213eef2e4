//! How hard a text is to read, by the two formulas of Flesch.
//!
//! They know English only, and they count: sentences, words, and syllables by
//! their vowels. That is rough for one word and fair for a page.

use crate::markdown::{self, MarkdownError};

/// A page needs no more words than this to be judged.
const MOST_WORDS: usize = 20_000;

/// How hard a text is to read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// Words counted.
    pub words: usize,
    /// Sentences counted.
    pub sentences: usize,
    /// Flesch reading ease: 100 is very easy, under 50 is hard.
    pub ease: f64,
    /// Flesch-Kincaid grade: years at school it takes.
    pub grade: f64,
}

/// Judges a Markdown text; `None` when it has no running text.
pub fn of_markdown(markdown: &str) -> Result<Option<Reading>, MarkdownError> {
    let paragraphs = markdown::paragraphs(markdown)?;
    Ok(of_paragraphs(paragraphs.iter().map(String::as_str)))
}

/// Counts the words of a Markdown text, headings left out.
pub fn words(markdown: &str) -> Result<usize, MarkdownError> {
    Ok(markdown::paragraphs(markdown)?
        .iter()
        .flat_map(|text| text.split_whitespace())
        .filter(|word| is_word(word))
        .count())
}

fn of_paragraphs<'a>(paragraphs: impl Iterator<Item = &'a str>) -> Option<Reading> {
    let (mut words, mut sentences, mut syllables) = (0_usize, 0_usize, 0_usize);
    for paragraph in paragraphs {
        let mut open = false;
        for word in paragraph.split_whitespace().filter(|word| is_word(word)) {
            if words >= MOST_WORDS {
                break;
            }
            words += 1;
            syllables += syllables_of(word);
            open = !ends_sentence(word);
            sentences += usize::from(!open);
        }
        sentences += usize::from(open);
    }
    if words == 0 {
        return None;
    }
    let per_sentence = words as f64 / sentences as f64;
    let per_word = syllables as f64 / words as f64;
    Some(Reading {
        words,
        sentences,
        ease: 206.835 - 1.015 * per_sentence - 84.6 * per_word,
        grade: 0.39 * per_sentence + 11.8 * per_word - 15.59,
    })
}

fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

fn ends_sentence(word: &str) -> bool {
    let end = word.trim_end_matches(['"', '\'', ')', ']', '”', '’', '*']);
    end.ends_with(['.', '!', '?', ':', '…'])
}

/// Groups of vowels, less a silent e at the end; at least one.
fn syllables_of(word: &str) -> usize {
    let letters: Vec<char> =
        word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).take(40).collect();
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'é' | 'è' | 'ü' | 'ö' | 'ä');
    let mut groups = 0;
    let mut before = false;
    for &letter in &letters {
        groups += usize::from(vowel(letter) && !before);
        before = vowel(letter);
    }
    let silent = match letters.as_slice() {
        [.., c, 'l', 'e'] if !vowel(*c) => false,
        [.., c, 'e', 's' | 'd'] => !vowel(*c) && !matches!(c, 't' | 'd' | 's' | 'x' | 'z' | 'h' | 'c' | 'g'),
        [.., c, 'e'] => !vowel(*c),
        _ => false,
    };
    if groups > 1 && silent { groups - 1 } else { groups.max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_by_their_vowels() {
        for (word, syllables) in [
            ("cat", 1),
            ("table", 2),
            ("phone", 1),
            ("phones", 1),
            ("reader", 2),
            ("greeting", 2),
            ("saved", 1),
            ("wanted", 2),
            ("the", 1),
            ("business", 3),
            ("reading", 2),
            ("24", 1),
            ("messages", 3),
        ] {
            assert_eq!(syllables_of(word), syllables, "{word}");
        }
    }

    #[test]
    fn the_formulas_give_what_they_give_by_hand() {
        // 6 words, 1 sentence, 6 syllables.
        let reading = of_markdown("The cat sat on the mat.").unwrap().unwrap();
        assert_eq!((reading.words, reading.sentences), (6, 1));
        assert!((reading.ease - 116.145).abs() < 1e-9);
        assert!((reading.grade - -1.45).abs() < 1e-9);
    }

    #[test]
    fn short_plain_sentences_read_easier_than_long_learned_ones() {
        let plain = of_markdown("Open the page. Press the green button. You are done.").unwrap().unwrap();
        let learned = of_markdown(
            "Organizational administrators should subsequently operationalize the aforementioned configuration \
             methodology throughout the communications infrastructure.",
        )
        .unwrap()
        .unwrap();
        assert!(plain.ease > 80.0 && plain.grade < 4.0, "{plain:?}");
        assert!(learned.ease < 0.0 && learned.grade > 12.0, "{learned:?}");
    }

    #[test]
    fn a_text_without_words_has_no_reading() {
        assert_eq!(of_markdown("## Only a heading\n\n***\n").unwrap(), None);
    }
}
