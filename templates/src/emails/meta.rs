//! `email.toml`: what a letter is for, and the words that stand outside its body.

use std::collections::BTreeMap;

use segments::{Email, Purpose};
use serde::{Deserialize, Serialize};

use super::fault::{Fault, File};
use super::letter::is_web_address;

/// What a letter is for and who writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// The letter's name, which is also its folder's.
    pub name: String,
    /// The consent this letter needs.
    pub purpose: Purpose,
    /// The person who writes.
    pub from_name: String,
    /// Where answers go, when not to the sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// What mail readers show after the subject.
    pub preview: String,
    /// What the letter is for, said to marketers.
    pub description: String,
    /// The one-tap question at its end.
    pub question: String,
    /// The language it is written in, such as `en` or `pt-BR`.
    #[serde(default = "english", skip_serializing_if = "is_english")]
    pub language: String,
    /// How many picks it wants, 0 to 6.
    #[serde(default)]
    pub picks: u8,
    /// Its one button.
    pub button: Button,
    /// Outside addresses its words may use as `{{ links.NAME }}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub links: BTreeMap<String, String>,
}

fn english() -> String {
    crate::ENGLISH.to_owned()
}

fn is_english(language: &str) -> bool {
    language == crate::ENGLISH
}

/// The one button of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Button {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub leads_to: LeadsTo,
}

/// Where a letter's button leads. Whoever composes the letter turns it into an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum LeadsTo {
    /// The first of the picks.
    FirstPick,
    /// The center's first page.
    Center,
    /// One page of the center, from `/` on.
    Page(String),
}

impl TryFrom<String> for LeadsTo {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.as_str() {
            "first-pick" => Ok(Self::FirstPick),
            "center" => Ok(Self::Center),
            page if page.starts_with('/') && !page.starts_with("//") && !page.contains(['\\', ' ']) => {
                Ok(Self::Page(text))
            }
            _ => Err(format!(
                "`{text}` leads nowhere; write \"first-pick\", \"center\" or a page such as \"/learn/SLUG\""
            )),
        }
    }
}

impl From<LeadsTo> for String {
    fn from(place: LeadsTo) -> Self {
        match place {
            LeadsTo::FirstPick => "first-pick".to_owned(),
            LeadsTo::Center => "center".to_owned(),
            LeadsTo::Page(page) => page,
        }
    }
}

impl Meta {
    /// Reads `email.toml`, or says on which line it is wrong.
    pub(super) fn parse(file: File<'_>) -> Result<Self, Vec<Fault>> {
        let meta: Self = toml::from_str(file.text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            vec![file.fault_at(offset, error.message().to_owned())]
        })?;
        let faults: Vec<Fault> = meta
            .complaints()
            .into_iter()
            .map(|(field, words)| file.fault_on(line_of(file, field), words))
            .collect();
        if faults.is_empty() { Ok(meta) } else { Err(faults) }
    }

    fn complaints(&self) -> Vec<(&'static str, String)> {
        let mut found = Vec::new();
        if self.name.is_empty()
            || !self.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        {
            found.push((
                "name",
                format!("the name `{}` may hold only small letters, digits and hyphens", self.name),
            ));
        }
        if self.purpose == Purpose::Tracking {
            found.push((
                "purpose",
                "`tracking` is not something to write about; name what the letter is for".to_owned(),
            ));
        }
        for (field, value) in [
            ("from_name", &self.from_name),
            ("preview", &self.preview),
            ("description", &self.description),
            ("question", &self.question),
            ("label", &self.button.label),
        ] {
            if value.trim().is_empty() {
                found.push((field, format!("`{field}` is empty")));
            } else if value.chars().any(char::is_control) {
                found.push((field, format!("`{field}` must be one line")));
            }
        }
        let subtag =
            |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if self.language.len() < 2 || !self.language.split('-').all(subtag) {
            found.push((
                "language",
                format!("`{}` is no language tag; write one as in \"en\" or \"pt-BR\"", self.language),
            ));
        }
        if let Some(Err(wrong)) = self.reply_to.as_deref().map(Email::parse) {
            found.push(("reply_to", wrong.to_string()));
        }
        if self.picks > 6 {
            found.push(("picks", format!("a letter shows at most 6 picks, not {}", self.picks)));
        }
        if self.picks == 0 && self.button.leads_to == LeadsTo::FirstPick {
            found.push(("leads_to", "the button leads to the first pick, but `picks` is 0".to_owned()));
        }
        for (name, url) in &self.links {
            if !is_web_address(url) {
                found.push((
                    "links",
                    format!("the link `{name}` must be a web address that begins with https://"),
                ));
            }
        }
        found
    }
}

fn line_of(file: File<'_>, field: &str) -> usize {
    let names_it = |line: &str| {
        let line = line.trim_start().trim_start_matches('[');
        line.strip_prefix(field).is_some_and(|rest| rest.trim_start().starts_with(['=', ']']))
    };
    file.text.lines().position(names_it).map_or(1, |index| index + 1)
}
