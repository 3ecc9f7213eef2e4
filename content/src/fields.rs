//! Reads named fields one by one, and remembers everything that is wrong.
//!
//! Front matter (YAML) and rules (TOML) come down to the same small tree, so
//! that both are refused in the same words: file, line, field, what would be right.

use std::{collections::BTreeMap, str::FromStr};

use chrono::NaiveDate;
use segments::nearest;

use crate::{finding::Finding, names::either};

/// What a field may hold.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Nothing,
    Text(String),
    Whole(i64),
    Flag(bool),
    List(Vec<Value>),
    Table(BTreeMap<String, Value>),
    /// Something no field of ours takes, by its name.
    Other(&'static str),
}

/// The fields of one file, or of one table in it.
pub(crate) struct Fields<'a> {
    file: &'a str,
    source: &'a str,
    /// The table these fields stand in: "author." or nothing.
    within: String,
    /// The line the search for a field starts on.
    from: usize,
    values: BTreeMap<String, Value>,
    /// Everything wrong so far.
    pub findings: Vec<Finding>,
}

impl<'a> Fields<'a> {
    pub fn new(file: &'a str, source: &'a str, values: BTreeMap<String, Value>) -> Self {
        Self { file, source, within: String::new(), from: 1, values, findings: Vec::new() }
    }

    /// The file these fields stand in.
    pub fn file(&self) -> &'a str {
        self.file
    }

    /// The line a field stands on, counted from 1.
    pub fn line(&self, field: &str) -> Option<usize> {
        line_of(self.source, field, self.from).or((self.from > 1).then_some(self.from))
    }

    /// Notes that a field is wrong, and what would be right.
    pub fn refuse(&mut self, field: &str, wrong: &str, right: impl Into<String>) {
        let sentence = format!("`{}{field}` {wrong}.", self.within);
        let line = self.line(field);
        self.findings.push(Finding::error(self.file, line, sentence, right));
    }

    fn missing(&mut self, field: &str, right: &str) {
        self.refuse(field, "is missing", right);
    }

    /// A field that must be there and say something.
    pub fn needed_text(&mut self, field: &str, right: &str) -> Option<String> {
        let text = self.text(field, right);
        if text.is_none() && !self.is_given(field) {
            self.missing(field, right);
        }
        text
    }

    /// A field that may be left out, and says something when it is there.
    pub fn text(&mut self, field: &str, right: &str) -> Option<String> {
        match self.values.get(field) {
            None | Some(Value::Nothing) => None,
            Some(value) => {
                let text = plain(value).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
                if text.is_none() {
                    self.refuse(field, "holds no text", right);
                }
                text
            }
        }
    }

    /// A field with a word or value that is parsed, and must be there.
    pub fn needed<T: FromStr<Err: ToString>>(&mut self, field: &str, right: &str) -> Option<T> {
        let text = self.needed_text(field, right)?;
        self.parsed(field, &text, right)
    }

    /// A field with a word or value that is parsed, and may be left out.
    pub fn given<T: FromStr<Err: ToString>>(&mut self, field: &str, right: &str) -> Option<T> {
        let text = self.text(field, right)?;
        self.parsed(field, &text, right)
    }

    fn parsed<T: FromStr<Err: ToString>>(&mut self, field: &str, text: &str, right: &str) -> Option<T> {
        text.parse().map_err(|_| self.refuse(field, &format!("says \"{}\"", shortened(text)), right)).ok()
    }

    /// A list; left out it is empty, and a single word stands for a list of one.
    pub fn list<T: FromStr<Err: ToString>>(&mut self, field: &str, right: &str) -> Vec<T> {
        let entries = match self.values.get(field) {
            None | Some(Value::Nothing) => return Vec::new(),
            Some(Value::List(entries)) => entries.clone(),
            Some(single) => vec![single.clone()],
        };
        let mut list = Vec::with_capacity(entries.len());
        for entry in &entries {
            match plain(entry) {
                Some(text) => list.extend(self.parsed::<T>(field, text.trim(), right)),
                None => self.refuse(field, "holds something that is neither text nor a number", right),
            }
        }
        list
    }

    /// A whole number that must be there, within limits.
    pub fn whole(&mut self, field: &str, limits: std::ops::RangeInclusive<i64>, right: &str) -> Option<i64> {
        match self.values.get(field) {
            None | Some(Value::Nothing) => {
                self.missing(field, right);
                None
            }
            Some(Value::Whole(number)) if limits.contains(number) => Some(*number),
            Some(Value::Whole(number)) => {
                let wrong = format!("says {number}");
                self.refuse(field, &wrong, right);
                None
            }
            Some(_) => {
                self.refuse(field, "is not a whole number", right);
                None
            }
        }
    }

    /// A yes or a no that must be there.
    pub fn flag(&mut self, field: &str, right: &str) -> Option<bool> {
        match self.values.get(field) {
            None | Some(Value::Nothing) => {
                self.missing(field, right);
                None
            }
            Some(Value::Flag(flag)) => Some(*flag),
            Some(_) => {
                self.refuse(field, "is neither true nor false", right);
                None
            }
        }
    }

    /// A day that may be left out.
    pub fn date(&mut self, field: &str) -> Option<NaiveDate> {
        self.given(field, "Write a day as year-month-day, for example 2026-03-31.")
    }

    /// A table inside, whose fields are read in the same way.
    pub fn table(&mut self, field: &str, right: &str) -> Option<Fields<'a>> {
        match self.values.get(field) {
            None | Some(Value::Nothing) => None,
            Some(Value::Table(values)) => Some(Fields {
                file: self.file,
                source: self.source,
                within: format!("{field}."),
                from: self.line(field).unwrap_or(1),
                values: values.clone(),
                findings: Vec::new(),
            }),
            Some(_) => {
                self.refuse(field, "is not a table of fields", right);
                None
            }
        }
    }

    /// Whether a field is there, however wrong.
    pub fn is_given(&self, field: &str) -> bool {
        !matches!(self.values.get(field), None | Some(Value::Nothing))
    }

    /// Refuses what cannot be the beginning of a NAICS code.
    pub fn refuse_no_trades(&mut self, field: &str, trades: &[String]) {
        let sound =
            |trade: &String| (2..=6).contains(&trade.len()) && trade.bytes().all(|b| b.is_ascii_digit());
        if !trades.iter().all(sound) {
            let right = "Write 2 to 6 digits in quotes, such as \"6212\".";
            self.refuse(field, "holds something that is no NAICS prefix", right);
        }
    }

    /// The names that are there, in the order of the alphabet.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// Refuses every field that nobody reads, with the nearest name that somebody does.
    pub fn refuse_unknown(&mut self, known: &[&str]) {
        let unknown: Vec<String> =
            self.values.keys().filter(|name| !known.contains(&name.as_str())).cloned().collect();
        for name in unknown {
            let right = nearest(&shortened(&name), known.iter().copied()).map_or_else(
                || format!("The fields are {}.", either(known)),
                |near| format!("Did you mean `{}{near}`?", self.within),
            );
            self.refuse(&shortened(&name), "is not a field we know", right);
        }
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Whole(number) => Some(number.to_string()),
        Value::Flag(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

/// Finds `field:`, `field =` or `[field]`, from a given line on.
fn line_of(source: &str, field: &str, from: usize) -> Option<usize> {
    let names_it = |line: &str| {
        let line = line.trim_start().trim_start_matches('[').trim_start();
        line.strip_prefix(field)
            .is_some_and(|rest| matches!(rest.trim_start().chars().next(), Some(':' | '=' | ']' | '.')))
    };
    source.lines().enumerate().skip(from - 1).find(|(_, line)| names_it(line)).map(|(at, _)| at + 1)
}

impl From<toml::Value> for Value {
    fn from(value: toml::Value) -> Self {
        match value {
            toml::Value::String(text) => Self::Text(text),
            toml::Value::Integer(number) => Self::Whole(number),
            toml::Value::Boolean(flag) => Self::Flag(flag),
            toml::Value::Array(entries) => Self::List(entries.into_iter().map(Self::from).collect()),
            toml::Value::Table(table) => {
                Self::Table(table.into_iter().map(|(name, value)| (name, Self::from(value))).collect())
            }
            toml::Value::Float(_) => Self::Other("a number with a point"),
            toml::Value::Datetime(date) => Self::Text(date.to_string()),
        }
    }
}

impl From<gray_matter::Pod> for Value {
    fn from(value: gray_matter::Pod) -> Self {
        use gray_matter::Pod;
        match value {
            Pod::Null => Self::Nothing,
            Pod::String(text) => Self::Text(text),
            Pod::Integer(number) => Self::Whole(number),
            Pod::Float(_) => Self::Other("a number with a point"),
            Pod::Boolean(flag) => Self::Flag(flag),
            Pod::Array(entries) => Self::List(entries.into_iter().map(Self::from).collect()),
            Pod::Hash(table) => {
                Self::Table(table.into_iter().map(|(name, value)| (name, Self::from(value))).collect())
            }
        }
    }
}
