//! Words, quoted texts, numbers, dates and signs, each with its place.

use std::ops::Range;

use chrono::NaiveDate;
use winnow::{
    LocatingSlice, Parser,
    ascii::multispace0,
    combinator::{alt, delimited, opt, preceded, repeat},
    error::ContextError,
    token::{any, none_of, one_of, take_while},
};

use super::QuestionError;

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A word, in lower case.
    Word(String),
    /// A quoted text.
    Text(String),
    /// A number as it was written: digits, at most one point among them.
    Number(String),
    /// A day.
    Day(NaiveDate),
    /// `..`, `<`, `(`, `,` and so on.
    Sign(&'static str),
}

/// A token and its place in the text.
pub(super) type Placed = (Token, Range<usize>);

type Input<'a> = LocatingSlice<&'a str>;
type Read<T> = Result<T, ContextError>;

/// Cuts the text into tokens.
pub(super) fn read(text: &str) -> Result<Vec<Placed>, QuestionError> {
    let mut input = LocatingSlice::new(text);
    let found: Read<Vec<Placed>> =
        repeat(0.., preceded(multispace0, token.with_span())).parse_next(&mut input);
    let tokens = found.map_err(|_| QuestionError::at(text, 0..0, "this cannot be read".to_owned()))?;
    let rest = input.trim_start();
    if rest.is_empty() {
        return Ok(tokens);
    }
    let start = text.len() - rest.len();
    Err(unreadable(text, start, rest))
}

fn unreadable(text: &str, start: usize, rest: &str) -> QuestionError {
    let first = rest.chars().next().unwrap_or(' ');
    let word: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect();
    if first == '"' {
        return QuestionError::at(text, start..text.len(), "this quoted text has no end".to_owned());
    }
    if first.is_ascii_digit() {
        let message = format!("`{word}` is not a day of the calendar; write 2026-01-31");
        return QuestionError::at(text, start..start + word.len(), message);
    }
    let message = format!("`{first}` has no meaning here; texts stand in \"straight quotes\"");
    QuestionError::at(text, start..start + first.len_utf8(), message)
}

fn token(input: &mut Input<'_>) -> Read<Token> {
    alt((day, number, quoted, word, sign)).parse_next(input)
}

fn word(input: &mut Input<'_>) -> Read<Token> {
    let rest = take_while(0.., |c: char| c.is_alphanumeric() || c == '-' || c == '_');
    (one_of(char::is_alphabetic), rest)
        .take()
        .map(|word: &str| Token::Word(word.to_lowercase()))
        .parse_next(input)
}

fn day(input: &mut Input<'_>) -> Read<Token> {
    let digits = |count: usize| take_while(count..=count, |c: char| c.is_ascii_digit());
    (digits(4), '-', digits(2), '-', digits(2))
        .take()
        .verify_map(|day: &str| day.parse().ok().map(Token::Day))
        .parse_next(input)
}

fn number(input: &mut Input<'_>) -> Read<Token> {
    let digits = || take_while(1.., |c: char| c.is_ascii_digit());
    let read = (digits(), opt(('.', digits()))).take().map(|number: &str| Token::Number(number.to_owned()));
    // A date that is no day of the calendar is not three numbers.
    (read, winnow::combinator::not(('-', digits()))).map(|(number, ())| number).parse_next(input)
}

fn quoted(input: &mut Input<'_>) -> Read<Token> {
    let letter = alt((preceded('\\', any), none_of(['"', '\\'])));
    let letters = repeat(0.., letter).fold(String::new, |mut text, letter| {
        text.push(letter);
        text
    });
    delimited('"', letters, '"').map(Token::Text).parse_next(input)
}

fn sign(input: &mut Input<'_>) -> Read<Token> {
    alt(("..", ">=", "<=", ">", "<", "=", "(", ")", ","))
        .parse_next(input)
        .map(|sign| Token::Sign(known(sign)))
}

fn known(sign: &str) -> &'static str {
    ["..", ">=", "<=", ">", "<", "=", "(", ")"].into_iter().find(|known| *known == sign).unwrap_or(",")
}

/// Writes a text so that it reads back the same.
pub(super) fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
