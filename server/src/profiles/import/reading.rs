//! One row of a file on its way to becoming a sound one: cells are parsed, and whatever is wrong is written down.

use std::fmt;

use super::columns::Columns;

/// A row of a file, cut into cells that are text without controls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file.
    pub number: u64,
    /// Its cells, trimmed and with their meanings.
    pub cells: Vec<String>,
    /// Its cells as they were written.
    pub original: Vec<String>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// The field, or nothing when it is the row.
    pub field: &'static str,
    /// What is wrong, and what would be right.
    pub reason: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.field.is_empty() {
            f.write_str(&self.reason)
        } else {
            write!(f, "{}: {}", self.field, self.reason)
        }
    }
}

/// Why a row was turned away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusals(pub Vec<Complaint>);

impl Refusals {
    /// One reason about one field.
    pub fn of(field: &'static str, reason: impl Into<String>) -> Self {
        Self(vec![Complaint { field, reason: reason.into() }])
    }
}

impl fmt::Display for Refusals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, complaint) in self.0.iter().enumerate() {
            write!(f, "{}{complaint}", if place == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

/// Reads the fields of one row.
#[derive(Debug)]
pub struct Reading<'a> {
    columns: &'a Columns,
    line: &'a Line,
    refusals: Vec<Complaint>,
    warnings: Vec<Complaint>,
    unread: Vec<&'static str>,
}

/// How the warning about a cell that could not be read ends.
const NOT_TAKEN: &str = "; not taken: what was known stays, and something new begins without it";

impl Complaint {
    /// A cell that could not be read, so that what is stored stays.
    pub fn not_taken(field: &'static str, error: &dyn fmt::Display) -> Self {
        Self { field, reason: format!("{error}{NOT_TAKEN}") }
    }

    /// What is wrong, without what became of it.
    pub fn fault(&self) -> &str {
        self.reason.strip_suffix(NOT_TAKEN).unwrap_or(&self.reason)
    }
}

impl<'a> Reading<'a> {
    /// Begins with this row.
    pub fn new(columns: &'a Columns, line: &'a Line) -> Self {
        Self { columns, line, refusals: Vec::new(), warnings: Vec::new(), unread: Vec::new() }
    }

    /// What stands in a field; an empty cell is nothing.
    pub fn cell(&self, field: &str) -> Option<&'a str> {
        let place = *self.columns.places.get(field)?;
        self.line.cells.get(place).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    /// Whether the file has this field at all.
    pub fn has(&self, field: &str) -> bool {
        self.columns.places.contains_key(field)
    }

    /// A field without which, or with which wrong, the row is refused.
    pub fn needed<T, E: fmt::Display>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match self.cell(field).map(parse) {
            Some(Ok(value)) => return Some(value),
            Some(Err(error)) => self.refuse(field, error.to_string()),
            None => self.refuse(field, "is empty, and every row needs it"),
        }
        None
    }

    /// A field that is not taken, with a warning, when it is wrong: nobody loses what is known by a slip in a file. An
    /// empty cell says that there is nothing.
    pub fn optional<T, E: fmt::Display>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match parse(self.cell(field)?) {
            Ok(value) => Some(value),
            Err(error) => {
                self.unreadable(field, &error);
                None
            }
        }
    }

    /// Says that a cell cannot be taken, so that what is stored stays.
    pub fn unreadable(&mut self, field: &'static str, error: &dyn fmt::Display) {
        self.warnings.push(Complaint::not_taken(field, error));
        self.unread.push(field);
    }

    /// An empty cell of this field says nothing, rather than that there is nothing: what is stored stays.
    pub fn spare_when_empty(&mut self, field: &'static str) {
        if self.cell(field).is_none() {
            self.unread.push(field);
        }
    }

    /// The fields that stay as they are stored.
    pub fn unread(&mut self) -> Vec<&'static str> {
        std::mem::take(&mut self.unread)
    }

    /// The cells of the columns that are kept as traits; an empty one takes the trait away.
    pub fn traits(&self) -> Vec<(String, String)> {
        let cell = |place: usize| self.line.cells.get(place).cloned().unwrap_or_default();
        self.columns.traits.iter().map(|(name, place)| (name.clone(), cell(*place))).collect()
    }

    /// Turns the row away.
    pub fn refuse(&mut self, field: &'static str, reason: impl Into<String>) {
        self.refusals.push(Complaint { field, reason: reason.into() });
    }

    /// Keeps the row, and says what is wrong with it.
    pub fn warn(&mut self, field: &'static str, reason: impl Into<String>) {
        self.warnings.push(Complaint { field, reason: reason.into() });
    }

    /// Why the row is turned away, as far as that is known.
    pub fn refusals(&mut self) -> Refusals {
        Refusals(std::mem::take(&mut self.refusals))
    }

    /// Whether nothing speaks against the row.
    pub fn is_sound(&self) -> bool {
        self.refusals.is_empty()
    }

    /// What is wrong with a row that is kept.
    pub fn warnings(&mut self) -> Vec<Complaint> {
        std::mem::take(&mut self.warnings)
    }
}
