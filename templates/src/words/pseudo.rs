//! A disguise for English: the same words in other letters, so that a page shows which of its words were never asked
//! for by name.

use std::borrow::Cow;

/// The letters and what they become, in order.
const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const OTHER: &str = "áƀćđéƒǵĥíĵķłɱńóƥɋŕśŧúṽŵẋýžÁßĆĐÉƑǴĤÍĴĶŁṀŃÓƤǪŔŚŦÚṼŴẊÝŽ";

/// Puts a message into other letters. What is filled into it stays as it was.
pub(super) fn disguise(text: &str) -> Cow<'_, str> {
    Cow::Owned(text.chars().map(other).collect())
}

/// A letter out of the disguise.
pub(super) fn plain(letter: char) -> char {
    swapped(letter, OTHER, PLAIN)
}

fn other(letter: char) -> char {
    swapped(letter, PLAIN, OTHER)
}

fn swapped(letter: char, from: &str, to: &str) -> char {
    let place = from.chars().position(|one| one == letter);
    place.and_then(|place| to.chars().nth(place)).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_another_and_comes_back() {
        assert_eq!(PLAIN.chars().count(), OTHER.chars().count());
        let text = "The quick brown fox, 12 of them: JUMPS over a lazy dog.";
        let hidden = disguise(text);
        assert!(!hidden.chars().any(|letter| letter.is_ascii_alphabetic()), "{hidden}");
        assert_eq!(hidden.chars().map(plain).collect::<String>(), text);
    }
}
