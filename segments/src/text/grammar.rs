//! `or` joins `and`s, `and` joins tests, `not` turns the one that follows it; parentheses group.

use std::{ops::Range, str::FromStr};

use super::{
    QuestionError, phrases,
    tokens::{Placed, Token},
};
use crate::{
    Limits, UnknownWord, nearest,
    predicate::{Fact, MAX_DEPTH, Predicate},
};

type Read<T> = Result<T, QuestionError>;

/// Reads a question from its tokens.
pub(super) struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Placed],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(text: &'a str, tokens: &'a [Placed]) -> Self {
        Self { text, tokens, at: 0 }
    }

    /// The whole text as one question.
    pub(super) fn question(mut self) -> Read<Predicate> {
        if self.tokens.is_empty() {
            return Err(self.wrong("the question is empty; `everyone` asks for everyone"));
        }
        let question = self.alternatives(0)?;
        if self.at < self.tokens.len() {
            let known = ["and", "or"];
            return Err(self.unexpected("`and`, `or` or the end of the question", &known));
        }
        Ok(question)
    }

    fn alternatives(&mut self, nested: usize) -> Read<Predicate> {
        self.series(nested, "or", Self::requirements, Predicate::Any)
    }

    fn requirements(&mut self, nested: usize) -> Read<Predicate> {
        self.series(nested, "and", Self::part, Predicate::All)
    }

    fn series(
        &mut self,
        nested: usize,
        joint: &str,
        one: fn(&mut Self, usize) -> Read<Predicate>,
        join: fn(Vec<Predicate>) -> Predicate,
    ) -> Read<Predicate> {
        let start = self.at;
        let first = one(self, nested)?;
        let mut parts = vec![first];
        while self.take_word(joint) {
            parts.push(one(self, nested)?);
        }
        if parts.len() == 1 {
            return Ok(parts.remove(0));
        }
        let question = join(parts);
        if nested + question.depth() > MAX_DEPTH {
            return Err(QuestionError::at(self.text, self.place(start), Limits::Depth.to_string()));
        }
        Ok(question)
    }

    fn part(&mut self, nested: usize) -> Read<Predicate> {
        if nested >= MAX_DEPTH {
            return Err(self.wrong(&Limits::Depth.to_string()));
        }
        if self.take_sign("(") {
            let question = self.alternatives(nested + 1)?;
            self.sign(")")?;
            return Ok(question);
        }
        if self.take_word("not") {
            // What is grouped after `not` is one level below it, not two: the parentheses are no level of their own.
            let grouped = matches!(self.peek(), Some(Token::Sign("(")));
            let level = if grouped { nested } else { nested + 1 };
            return Ok(Predicate::Not(Box::new(self.part(level)?)));
        }
        if self.take_word("everyone") {
            return Ok(Predicate::All(Vec::new()));
        }
        if self.take_words(&["no", "one"]) {
            return Ok(Predicate::Any(Vec::new()));
        }
        let start = self.at;
        let (fact, holds) = phrases::fact(self)?;
        let fact = self.sound(fact, start)?;
        let fact = Predicate::Fact(fact);
        Ok(if holds { fact } else { Predicate::Not(Box::new(fact)) })
    }

    fn sound(&self, fact: Fact, start: usize) -> Read<Fact> {
        super::sound(fact).map_err(|message| {
            let place = self.place(start).start..self.place(self.at.saturating_sub(1)).end;
            QuestionError::at(self.text, place, message)
        })
    }

    // What follows is the ground that the phrases stand on.

    /// The token ahead.
    pub(super) fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    /// The word ahead.
    pub(super) fn peek_word(&self) -> Option<&'a str> {
        match self.peek() {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Steps over the token ahead.
    pub(super) const fn step(&mut self) {
        self.at += 1;
    }

    /// Steps over this word, when it is ahead.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        self.take_words(&[word])
    }

    /// Steps over these words, when all of them are ahead.
    pub(super) fn take_words(&mut self, words: &[&str]) -> bool {
        let ahead = self.tokens[self.at..].iter().map(|(token, _)| token);
        let found = words.len() <= self.tokens.len() - self.at
            && words
                .iter()
                .zip(ahead)
                .all(|(word, token)| matches!(token, Token::Word(ahead) if ahead == word));
        if found {
            self.at += words.len();
        }
        found
    }

    /// Steps over this sign, when it is ahead.
    pub(super) fn take_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(ahead)) if *ahead == sign);
        self.at += usize::from(found);
        found
    }

    /// This sign must come now.
    pub(super) fn sign(&mut self, sign: &str) -> Read<()> {
        if self.take_sign(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"), &[])) }
    }

    /// This word must come now.
    pub(super) fn word(&mut self, word: &str) -> Read<()> {
        if self.take_word(word) { Ok(()) } else { Err(self.unexpected(&format!("`{word}`"), &[word])) }
    }

    /// A quoted text must come now.
    pub(super) fn quoted(&mut self, what: &str) -> Read<String> {
        let Some(Token::Text(text)) = self.peek() else {
            return Err(self.unexpected(&format!("{what} in quotes, such as \"phones\""), &[]));
        };
        self.step();
        Ok(text.clone())
    }

    /// A word of a closed list must come now, in quotes or without.
    pub(super) fn listed<W: FromStr<Err = UnknownWord>>(&mut self, what: &str) -> Read<W> {
        let Some(Token::Word(written) | Token::Text(written)) = self.peek() else {
            return Err(self.unexpected(what, &[]));
        };
        let word = written.parse().map_err(|error: UnknownWord| {
            let message = format!(
                "there is no {} called `{}`; it is one of {}",
                error.what,
                error.written,
                error.known.join(", ")
            );
            self.wrong(&message).meaning(error.nearest)
        })?;
        self.step();
        Ok(word)
    }

    /// A mistake at the token ahead.
    pub(super) fn wrong(&self, message: &str) -> QuestionError {
        QuestionError::at(self.text, self.place(self.at), message.to_owned())
    }

    /// The token ahead is not what was expected.
    pub(super) fn unexpected(&self, expected: &str, known: &[&str]) -> QuestionError {
        let found = match self.peek() {
            None => "the question ends here".to_owned(),
            Some(_) => format!("found `{}`", &self.text[self.place(self.at)]),
        };
        let meant = self.peek_word().and_then(|word| nearest(word, known.iter().copied()));
        self.wrong(&format!("expected {expected}, {found}")).meaning(meant)
    }

    fn place(&self, at: usize) -> Range<usize> {
        let end = self.tokens.last().map_or(0, |(_, place)| place.end);
        self.tokens.get(at).map_or(end..end, |(_, place)| place.clone())
    }
}
