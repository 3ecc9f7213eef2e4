//! Rows to estimate from: a CSV file, or rows written into the question itself.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde_json::Value;

use super::inputs::Problem;
use crate::lift::nearest::nearest;

/// The largest file that is read, and the most that is kept between questions: 1 GB.
const LARGEST: u64 = 1 << 30;

/// The files of one run, each read once.
pub struct Tables {
    folder: PathBuf,
    read: HashMap<String, Rc<Table>>,
    bytes: u64,
}

impl Tables {
    /// Files are looked for relative to `folder`.
    pub fn within(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), read: HashMap::new(), bytes: 0 }
    }

    /// One file, from memory if it was read before.
    pub fn csv(&mut self, name: &str) -> Result<Rc<Table>, Problem> {
        if let Some(table) = self.read.get(name) {
            return Ok(Rc::clone(table));
        }
        let path = self.folder.join(name);
        let wrong = |error: &dyn std::fmt::Display| {
            Problem::Wrong(format!("cannot read {}: {error}", path.display()))
        };
        let file = File::open(&path).map_err(|error| wrong(&error))?;
        let size = file.metadata().map_err(|error| wrong(&error))?.len();
        if size > LARGEST {
            return Err(wrong(&"it is larger than 1 GB; sum it up first and give {n, mean, variance}"));
        }
        if self.bytes + size > LARGEST {
            self.read.clear();
            self.bytes = 0;
        }
        let table = Rc::new(Table::read(name, file).map_err(|error| wrong(&error))?);
        self.bytes += size;
        self.read.insert(name.to_owned(), Rc::clone(&table));
        Ok(table)
    }
}

/// Rows kept column by column.
pub struct Table {
    source: String,
    columns: Vec<Column>,
    lines: Vec<u64>,
}

impl Table {
    fn read(name: &str, file: File) -> Result<Self, csv::Error> {
        let mut reader = csv::Reader::from_reader(file);
        let mut columns: Vec<Column> = reader.headers()?.iter().map(Column::named).collect();
        let (mut lines, mut record) = (Vec::new(), csv::StringRecord::new());
        while reader.read_record(&mut record)? {
            lines.push(record.position().map_or(0, csv::Position::line));
            for (column, cell) in columns.iter_mut().zip(&record) {
                column.push(cell);
            }
        }
        Ok(Self { source: name.to_owned(), columns, lines })
    }

    /// Rows given in the question, with `columns` for their names.
    pub fn inline(columns: &[Value], rows: &[Value]) -> Result<Self, Problem> {
        let text = |value: &Value| match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Bool(yes) => u8::from(*yes).to_string(),
            other => other.to_string(),
        };
        let mut columns: Vec<Column> = columns.iter().map(|name| Column::named(&text(name))).collect();
        for (at, row) in rows.iter().enumerate() {
            let cells = row.as_array().filter(|cells| cells.len() == columns.len());
            let wrong = || {
                format!("row {} does not have one value for each of the {} columns", at + 1, columns.len())
            };
            let cells = cells.ok_or_else(|| Problem::Wrong(wrong()))?;
            for (column, cell) in columns.iter_mut().zip(cells) {
                column.push(&text(cell));
            }
        }
        Ok(Self { source: "rows".to_owned(), columns, lines: (1..=rows.len() as u64).collect() })
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// The columns in their order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// A column by name.
    pub fn column(&self, name: &str) -> Result<&Column, Problem> {
        self.columns.iter().find(|column| column.name == name).ok_or_else(|| {
            let near = nearest(name, self.columns.iter().map(|column| column.name.as_str()));
            Problem::Wrong(format!("{} has no column \"{name}\"{near}", self.source))
        })
    }

    /// A column's numbers; a cell that is no number is named by its line.
    pub fn numbers(&self, name: &str) -> Result<&[f64], Problem> {
        let column = self.column(name)?;
        column.numbers().map_err(|at| {
            let (line, cell) = (self.lines[at], column.cell(at));
            Problem::Wrong(format!("{} line {line}, column \"{name}\": \"{cell}\" is no number", self.source))
        })
    }
}

/// One column: its texts end to end, and its numbers once somebody asks for them.
pub struct Column {
    /// What the header calls it.
    pub name: String,
    text: String,
    ends: Vec<usize>,
    numbers: OnceCell<Result<Vec<f64>, usize>>,
}

impl Column {
    fn named(name: &str) -> Self {
        Self { name: name.trim().to_owned(), text: String::new(), ends: Vec::new(), numbers: OnceCell::new() }
    }

    fn push(&mut self, cell: &str) {
        self.text.push_str(cell.trim());
        self.ends.push(self.text.len());
    }

    /// The text in one row.
    pub fn cell(&self, row: usize) -> &str {
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.text[start..self.ends[row]]
    }

    /// The texts of all rows.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|row| self.cell(row))
    }

    /// All cells as numbers, or the first row that holds none.
    pub fn numbers(&self) -> Result<&[f64], usize> {
        let parse =
            |(row, cell): (usize, &str)| cell.parse().ok().filter(|value: &f64| value.is_finite()).ok_or(row);
        self.numbers
            .get_or_init(|| self.cells().enumerate().map(parse).collect())
            .as_deref()
            .map_err(|row| *row)
    }
}
