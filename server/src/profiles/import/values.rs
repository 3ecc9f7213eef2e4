//! What the values of a file mean here: `--values FILE`.
//!
//! The file is TOML: a table for each column (as the file calls it) or field, from what is written to what is
//! meant. An empty meaning leaves the cell empty.

use std::collections::BTreeMap;

use segments::nearest;

use super::columns::Columns;

/// Meanings by column or field, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<String, BTreeMap<String, String>>);

/// Meanings by place in a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meanings(BTreeMap<usize, BTreeMap<String, String>>);

/// Why a file of values is not understood.
#[derive(Debug, thiserror::Error)]
pub enum ValuesError {
    /// It is no TOML of that form.
    #[error("--values: {0} (a table for each column, then \"written\" = \"meant\")")]
    Toml(#[from] toml::de::Error),
    /// It names a column that is not there.
    #[error("--values: [{written}] is neither a column of the file nor a field{}", nearest.as_ref().map(|name| format!(" (did you mean `{name}`?)")).unwrap_or_default())]
    Unknown {
        /// What was written.
        written: String,
        /// What was probably meant.
        nearest: Option<String>,
    },
}

impl Values {
    /// Reads the text of such a file.
    pub fn parse(text: &str) -> Result<Self, ValuesError> {
        Ok(Self(toml::from_str(text)?))
    }

    /// Everything in it, in one order, for the hash of a mapping.
    pub fn canonical(&self) -> String {
        serde_json::json!(self.0).to_string()
    }

    /// Finds the columns of one file.
    pub fn place(&self, columns: &Columns) -> Result<Meanings, ValuesError> {
        let mut places: BTreeMap<usize, BTreeMap<String, String>> = BTreeMap::new();
        for (written, meanings) in &self.0 {
            let column = columns.header.iter().position(|name| name.trim() == written.trim());
            let place = column.or_else(|| columns.places.get(written.as_str()).copied());
            let place = place.ok_or_else(|| {
                let header = columns.header.iter().map(String::as_str);
                let names = header.chain(columns.places.keys().copied());
                ValuesError::Unknown {
                    written: written.clone(),
                    nearest: nearest(written, names).map(str::to_owned),
                }
            })?;
            places.entry(place).or_default().extend(meanings.clone());
        }
        Ok(Meanings(places))
    }
}

impl Meanings {
    /// What this cell means: as the file of values says, else as it is written.
    pub fn of(&self, place: usize, written: String) -> String {
        self.0.get(&place).and_then(|meanings| meanings.get(&written)).cloned().unwrap_or(written)
    }
}
