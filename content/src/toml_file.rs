//! Rules and starter segments are TOML files; both are opened here.

use std::collections::BTreeMap;

use crate::{
    fields::Value,
    finding::{Finding, Refused},
    slug::Slug,
};

/// A rule is a dozen lines; more than this is something else.
const LONGEST: usize = 50_000;

/// The short name and the fields of one TOML file.
pub(crate) fn open(file: &str, source: &str) -> Result<(Slug, BTreeMap<String, Value>), Refused> {
    let refuse =
        |line, sentence: String, right: &str| Refused::one(Finding::error(file, line, sentence, right));
    let slug = Slug::of_file(file).map_err(|wrong| {
        refuse(
            None,
            format!("The file's name is no short name: {wrong}."),
            "Name the file like newcomers-start-small.toml.",
        )
    })?;
    if source.len() > LONGEST {
        return Err(refuse(None, "The file is over 50,000 bytes.".to_owned(), "Split it into several."));
    }
    let table: toml::Table = toml::from_str(source).map_err(|wrong: toml::de::Error| {
        let line = wrong.span().map(|span| 1 + source[..span.start.min(source.len())].matches('\n').count());
        refuse(
            line,
            format!("This is not sound TOML: {}.", wrong.message()),
            "Write `field = \"value\"`, texts in quotes.",
        )
    })?;
    Ok((slug, table.into_iter().map(|(name, value)| (name, Value::from(value))).collect()))
}
