//! The text form of a question: read with a place for every mistake, and printed back to the same tree.

mod error;
mod grammar;
mod phrases;
pub(crate) mod print;
mod tokens;

#[cfg(test)]
mod tests;

use std::fmt;

pub use error::QuestionError;

use crate::{
    contact, naics,
    predicate::{Fact, Industry, MAX_NODES, MAX_TEXT, Predicate},
};

/// Reads the text form.
pub(crate) fn parse(text: &str) -> Result<Predicate, QuestionError> {
    if text.len() > MAX_TEXT {
        return Err(QuestionError::at(
            text,
            0..0,
            format!("the question has {} bytes; at most {MAX_TEXT} are read", text.len()),
        ));
    }
    let tokens = tokens::read(text)?;
    let question = grammar::Reader::new(text, &tokens).question()?;
    if question.nodes() > MAX_NODES {
        return Err(QuestionError::at(text, 0..0, crate::Limits::Nodes.to_string()));
    }
    Ok(question)
}

/// Prints the text form.
pub(crate) fn print(question: &Predicate, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    print::question(question, f)
}

/// Makes the values of a fact sound, the same for text and JSON: industries by code or title, countries in upper case,
/// needs in lower case.
pub(crate) fn sound(fact: Fact) -> Result<Fact, String> {
    let fact = match fact {
        Fact::Industry(list) => Fact::Industry(
            list.iter().map(|industry| industry_of(industry.code())).collect::<Result<_, _>>()?,
        ),
        Fact::Country(list) => Fact::Country(list.iter().map(|code| code.to_uppercase()).collect()),
        Fact::Needs(need) => Fact::Needs(contact::need(&need)),
        other => other,
    };
    fact.check()?;
    Ok(fact)
}

fn industry_of(written: &str) -> Result<Industry, String> {
    naics::find(written).map(|entry| Industry(entry.code.clone())).map_err(|error| error.to_string())
}
