//! Refuses front matter that is more than plain, before the YAML reader sees it.
//!
//! YAML can name a part and repeat it, and can nest without end. An item needs
//! neither, and a short file that does it could grow beyond all bounds when read.

/// Lists and tables may stand in each other so deep.
const DEEPEST: usize = 3;

/// Watches front matter line by line.
#[derive(Default)]
pub(super) struct Watch {
    /// Brackets that are still open.
    open: usize,
}

impl Watch {
    /// What is too much about the next line, if anything is.
    pub fn beyond_us(&mut self, line: &str) -> Option<&'static str> {
        let code = line.trim();
        let marks = code.chars().filter(|c| !c.is_whitespace()).take_while(|c| matches!(c, '-' | '?'));
        let marks: String = marks.collect();
        if marks.contains('?') || marks.len() > 1 {
            return Some("The front matter nests lists in lists.");
        }
        let (mut quote, mut before, mut last) = (None, None::<char>, ' ');
        let mut letters = code.chars().peekable();
        while let Some(letter) = letters.next() {
            let begins = before.is_none_or(|before| matches!(before, '[' | '{' | ',' | ':' | '-'));
            match (quote, letter) {
                (Some('"'), '\\') => {
                    letters.next();
                }
                (Some(mark), _) => quote = (mark != letter).then_some(mark),
                (None, '#') if last.is_whitespace() => break,
                (None, '"' | '\'') if begins => quote = Some(letter),
                (None, '&' | '*' | '!')
                    if begins && letters.peek().is_some_and(|next| !next.is_whitespace()) =>
                {
                    return Some(
                        "The front matter uses a sign of YAML (`&`, `*` or `!`); a text that begins so needs quotes.",
                    );
                }
                (None, '[' | '{') => self.open += 1,
                (None, ']' | '}') => self.open = self.open.saturating_sub(1),
                _ => {}
            }
            if self.open > DEEPEST {
                return Some("The front matter nests lists in lists.");
            }
            last = letter;
            before = if letter.is_whitespace() { before } else { Some(letter) };
        }
        quote.map(|_| "A quoted text does not end on its line.")
    }
}

#[cfg(test)]
mod tests {
    use super::Watch;

    fn refused(text: &str) -> bool {
        let mut watch = Watch::default();
        text.lines().any(|line| watch.beyond_us(line).is_some())
    }

    #[test]
    fn plain_front_matter_passes() {
        for plain in [
            "title: Don't *worry* & be 'happy' # a comment with 'one quote",
            "title: \"Say \\\"hello\\\": & *then* go\"",
            "title: 'It''s fine'",
            "author: {name: \"A, B (invented)\", kind: vendor, independent: false, paid: true}",
            "words: [wifi, guest wifi,\n  router]",
            "related:\n  - a-b\n  - c",
            "# It's a comment [[[[[[",
        ] {
            assert!(!refused(plain), "{plain}");
        }
    }

    #[test]
    fn names_deep_nesting_and_open_quotes_are_refused() {
        for more in [
            "a: &x 1",
            "a: [1,*x]",
            "a: {b: &x 1, c: *x}",
            "<<: *x",
            "a: !tag x",
            "- - x",
            "- - - -",
            "-   - x",
            "? - x",
            "a: [[[[x]]]]",
            "a: [\n[\n[\n[\n",
            "a: {b: {c: {d: {e: f}}}}",
            "a: [\"x\n\", *y]",
            "a: [b 'c, *x]",
        ] {
            assert!(refused(more), "{more}");
        }
    }
}
