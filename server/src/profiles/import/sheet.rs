//! Rows of a file, one by one: CSV with a header row, or for events also JSON lines.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};

use csv::ByteRecord;
use serde_json::Value;

use super::columns::{Columns, Field, HeaderError};
use super::reading::{Line, Refusals};
use super::source::{Bound, Bounded, MAX_RECORD};
use super::values::Meanings;
use crate::profiles::cells;

/// A field may have this many bytes.
pub const MAX_FIELD: usize = 10_000;

type File = Box<dyn Read + Send>;

/// A file whose rows are read.
pub struct Sheet {
    form: Form,
    fields: &'static [Field],
    meanings: Meanings,
    many_lines: Vec<usize>,
}

enum Form {
    Csv { rows: Box<csv::Reader<Bounded<File>>>, bound: Bound, record: ByteRecord, width: usize },
    Json { lines: BufReader<File>, number: u64, bytes: u64 },
}

/// One row, or why it is none.
pub enum Row {
    /// A row of cells.
    Sound(Line),
    /// Something that is no row of cells.
    Broken(Line, Refusals),
}

impl Sheet {
    /// Opens a file and reads its header.
    pub fn open(
        fields: &'static [Field],
        keeps_traits: bool,
        may_be_json: bool,
        mut file: File,
        map: &BTreeMap<String, String>,
    ) -> Result<(Self, Columns), OpenError> {
        let mut start = Vec::new();
        file.by_ref().take(1_024).read_to_end(&mut start)?;
        let first = start.iter().find(|byte| !byte.is_ascii_whitespace()).copied();
        let file: File = Box::new(io::Cursor::new(start).chain(file));
        if may_be_json && first == Some(b'{') {
            let names: Vec<_> = fields.iter().map(|field| field.name.to_owned()).collect();
            let columns = Columns::read(fields, false, &names, &BTreeMap::new())?;
            let form = Form::Json { lines: BufReader::new(file), number: 0, bytes: 0 };
            return Ok((
                Self { form, fields, meanings: Meanings::default(), many_lines: Vec::new() },
                columns,
            ));
        }
        let (file, bound) = Bounded::new(file);
        let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file);
        let mut record = ByteRecord::new();
        if !rows.read_byte_record(&mut record)? {
            return Err(HeaderError::Empty.into());
        }
        let name = |cell: &[u8]| cells::read(String::from_utf8_lossy(cell).trim()).trim().to_owned();
        let header: Vec<_> = record.iter().map(name).collect();
        let columns = Columns::read(fields, keeps_traits, &header, map)?;
        let wording = columns.places.get("consent_wording").copied();
        let many_lines = columns.traits.iter().map(|(_, place)| *place).chain(wording).collect();
        let form = Form::Csv { rows: Box::new(rows), bound, record, width: header.len() };
        Ok((Self { form, fields, meanings: Meanings::default(), many_lines }, columns))
    }

    /// Reads cells under these meanings from now on.
    pub fn mean(&mut self, meanings: Meanings) {
        self.meanings = meanings;
    }

    /// How many bytes were read.
    pub fn position(&self) -> u64 {
        match &self.form {
            Form::Csv { rows, .. } => rows.position().byte(),
            Form::Json { bytes, .. } => *bytes,
        }
    }

    /// The next row; blank lines are passed over.
    pub fn next(&mut self) -> io::Result<Option<Row>> {
        match &mut self.form {
            Form::Csv { rows, bound, record, width } => {
                bound.next_record_at(rows.position().byte());
                let line = rows.position().line();
                let read = rows.read_byte_record(record);
                if !read.map_err(|error| at(line, &io::Error::from(error)))? {
                    return Ok(None);
                }
                let number = record.position().map_or(line, csv::Position::line);
                Ok(Some(cut(number, record, *width, &self.meanings, &self.many_lines)))
            }
            Form::Json { lines, number, bytes } => loop {
                let mut text = Vec::new();
                let read = lines.by_ref().take(MAX_RECORD + 1).read_until(b'\n', &mut text)? as u64;
                if read > MAX_RECORD {
                    return Err(at(*number + 1, &io::Error::other("a line has more than 1 MB")));
                }
                if read == 0 {
                    return Ok(None);
                }
                *number += 1;
                *bytes += read;
                if !text.trim_ascii().is_empty() {
                    return Ok(Some(event(*number, &text, self.fields)));
                }
            },
        }
    }
}

/// Why a file was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Its header is not understood.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// It could not be read.
    #[error("the file could not be read: {0}")]
    Read(#[from] io::Error),
    /// It is no CSV.
    #[error("the first line could not be read: {0}")]
    Csv(#[from] csv::Error),
}

fn at(line: u64, error: &io::Error) -> io::Error {
    io::Error::other(format!("line {line}: {error}"))
}

fn cut(number: u64, record: &ByteRecord, width: usize, meanings: &Meanings, many_lines: &[usize]) -> Row {
    let original: Vec<_> = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
    let mut line = Line { number, cells: Vec::with_capacity(width), original };
    if record.len() != width {
        let reason = format!("has {} cells where the first line names {width} columns", record.len());
        return Row::Broken(line, Refusals::of("", reason));
    }
    for (place, cell) in record.iter().enumerate() {
        match text(cell, many_lines.contains(&place)) {
            Ok(cell) => line.cells.push(meanings.of(place, cell)),
            Err(reason) => {
                return Row::Broken(line, Refusals::of("", format!("cell {}: {reason}", place + 1)));
            }
        }
    }
    Row::Sound(line)
}

fn text(cell: &[u8], many_lines: bool) -> Result<String, &'static str> {
    if cell.len() > MAX_FIELD {
        return Err("has more than 10 kB");
    }
    let cell = std::str::from_utf8(cell)
        .map_err(|_| "is not UTF-8; save the file as UTF-8, or as UTF-16 with a byte order mark")?;
    let cell = cells::read(cell.trim()).trim();
    let cell = if many_lines { cell.replace("\r\n", "\n") } else { cell.to_owned() };
    let refused = |c: char| {
        c.is_control() && !(many_lines && matches!(c, '\n' | '\t')) || c == char::REPLACEMENT_CHARACTER
    };
    if cell.contains(refused) {
        return Err("has a control character, or one that could not be decoded");
    }
    Ok(cell)
}

fn event(number: u64, written: &[u8], fields: &[Field]) -> Row {
    let mut original = vec![String::new(); fields.len()];
    String::from_utf8_lossy(written).trim().clone_into(&mut original[0]);
    let mut line = Line { number, cells: Vec::new(), original };
    let object = match serde_json::from_slice::<Value>(written) {
        Ok(Value::Object(object)) => object,
        Ok(_) => return Row::Broken(line, Refusals::of("", "is no JSON object")),
        Err(error) => return Row::Broken(line, Refusals::of("", format!("is no JSON: {error}"))),
    };
    if let Some(unknown) = object.keys().find(|key| !fields.iter().any(|field| field.name == *key)) {
        let nearest = segments::nearest(unknown, fields.iter().map(|field| field.name));
        let meant = nearest.map(|name| format!(" (did you mean \"{name}\"?)")).unwrap_or_default();
        return Row::Broken(line, Refusals::of("", format!("has no field \"{unknown}\"{meant}")));
    }
    let mut cells = Vec::with_capacity(fields.len());
    for field in fields {
        let cell = match object.get(field.name) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(written)) => written.clone(),
            Some(other) => other.to_string(),
        };
        match text(cell.as_bytes(), false) {
            Ok(cell) => cells.push(cell),
            Err(reason) => return Row::Broken(line, Refusals::of(field.name, reason)),
        }
    }
    line.original.clone_from(&cells);
    line.cells = cells;
    Row::Sound(line)
}
