//! The letters: what one looks like, and what it needs to know about its reader.
//!
//! A letter's words lie in a folder ([`Source`]): `email.toml`, `subject.txt`, `body.txt` and `body.mjml`.
//! [`Compiled`] checks them and turns the MJML into HTML once; [`Compiled::draw`] then fills in one reader's
//! [`Letter`], as often as there are readers. Everything the law and good manners ask for (who writes, why you
//! got this, how to choose and how to stop, where we live, how to search and whom to call) stands in the frame
//! around the words, so that no letter can be without it.
//!
//! Nothing here chooses content, builds tracking addresses or sends: every address is handed in ready made.

mod compile;
mod fault;
mod fields;
mod frame;
mod letter;
mod markup;
mod meta;
mod notice;
pub mod samples;
mod source;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use compile::Compiled;
pub use fault::Fault;
pub use letter::{Letter, LetterError, PickLine, Rendered, RenewalFacts};
pub use meta::{Button, LeadsTo, Meta};
pub use notice::{Notice, NoticeButton, NoticeQuestion, WaysOut};
pub use source::{Source, SourceError};

use crate::Templates;

/// Every letter that can be drawn, each compiled once.
#[derive(Debug, Default)]
pub struct Emails {
    letters: BTreeMap<String, (Source, Compiled)>,
}

impl Emails {
    /// The letters that ship with the house.
    pub fn starter() -> Result<Self, Vec<Fault>> {
        let mut emails = Self::default();
        for source in Source::starters() {
            emails.add(&source)?;
        }
        Ok(emails)
    }

    /// Adds a letter, or replaces the one of that name; a faulty one is refused with everything that is wrong.
    pub fn add(&mut self, source: &Source) -> Result<(), Vec<Fault>> {
        let compiled = Compiled::new(source)?;
        self.letters.insert(compiled.meta().name.clone(), (source.clone(), compiled));
        Ok(())
    }

    /// What each letter is for, by name.
    pub fn list(&self) -> impl Iterator<Item = &Meta> {
        self.letters.values().map(|(_, compiled)| compiled.meta())
    }

    /// One letter, if there is one of that name.
    pub fn get(&self, name: &str) -> Option<&Compiled> {
        self.letters.get(name).map(|(_, compiled)| compiled)
    }

    /// The four files of one letter, if there is one of that name: a launch keeps them with it.
    pub fn source(&self, name: &str) -> Option<&Source> {
        self.letters.get(name).map(|(source, _)| source)
    }

    /// Draws the letter `name` for one reader.
    pub fn letter(
        &self,
        name: &str,
        letter: &Letter,
        templates: &Templates,
    ) -> Result<Rendered, LetterError> {
        self.get(name).ok_or_else(|| LetterError::Unknown { name: name.to_owned() })?.draw(letter, templates)
    }
}
