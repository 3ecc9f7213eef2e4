//! What an import leaves beside its file: the rows it turned away, to be mended and taken in again, and a list of
//! warnings.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::reading::{Complaint, Refusals};
use crate::profiles::cells;

/// `FILE.rejected.csv` and `FILE.warnings.csv`, made when the first row needs them.
#[derive(Debug)]
pub struct Files {
    rejected: Table,
    warnings: Table,
    /// Whether the file is itself a list of rejects: its first two columns are ours.
    ours: bool,
}

#[derive(Debug)]
struct Table {
    path: PathBuf,
    header: Vec<String>,
    writer: Option<csv::Writer<File>>,
}

impl Files {
    /// Beside this file.
    pub fn beside(file: &Path) -> Self {
        let (rejected, warnings) = (Table::at(file, ".rejected.csv"), Table::at(file, ".warnings.csv"));
        Self { rejected, warnings, ours: false }
    }

    /// Begins with this header; of an earlier run that was interrupted, lines up to `resumed_after` are kept.
    pub fn begin(&mut self, header: &[String], resumed_after: u64) -> io::Result<()> {
        self.ours = header.starts_with(&["line".to_owned(), "reason".to_owned()]);
        let names = if self.ours { &header[2..] } else { header };
        let both = ["line", "reason"].map(str::to_owned);
        self.rejected.header = both.into_iter().chain(names.iter().map(|name| harmless(name))).collect();
        self.warnings.header = ["line", "field", "reason"].map(str::to_owned).to_vec();
        self.rejected.begin(resumed_after)?;
        self.warnings.begin(resumed_after)
    }

    /// Writes a row that was turned away.
    pub fn refused(&mut self, line: u64, cells: &[String], why: &Refusals) -> io::Result<()> {
        let cells = if self.ours { cells.get(2..).unwrap_or_default() } else { cells };
        let row = [line.to_string(), harmless(&why.to_string())];
        self.rejected.write(row.into_iter().chain(cells.iter().map(|cell| harmless(cell))))
    }

    /// Writes a warning.
    pub fn warned(&mut self, line: u64, what: &Complaint) -> io::Result<()> {
        let reason = cells::write(&what.reason).into_owned();
        self.warnings.write([line.to_string(), what.field.to_owned(), reason].into_iter())
    }

    /// Makes sure that all is written, and says which files there are.
    pub fn finish(&mut self) -> io::Result<(Option<&Path>, Option<&Path>)> {
        self.rejected.flush()?;
        self.warnings.flush()?;
        Ok((self.rejected.made(), self.warnings.made()))
    }

    /// Makes sure that all is written so far.
    pub fn flush(&mut self) -> io::Result<()> {
        self.rejected.flush()?;
        self.warnings.flush()
    }
}

/// A cell that no spreadsheet runs, whether or not its file had made it harmless already.
fn harmless(cell: &str) -> String {
    cells::write(cells::read(cell)).into_owned()
}

impl Table {
    fn at(file: &Path, ending: &str) -> Self {
        let mut name = OsString::from(file);
        name.push(ending);
        Self { path: name.into(), header: Vec::new(), writer: None }
    }

    /// A list of an earlier run would only confuse, unless that run is being gone on with. What is kept of it takes
    /// its place in one step, so that a kill at any moment loses nothing.
    fn begin(&mut self, resumed_after: u64) -> io::Result<()> {
        // A row may have fewer cells than its file; one without a second cell was cut off within its number.
        let whole = |row: &csv::StringRecord| row.len() > 1;
        let kept: Vec<csv::StringRecord> =
            match csv::ReaderBuilder::new().flexible(true).from_path(&self.path) {
                Ok(mut reader) if resumed_after > 0 => reader
                    .records()
                    .filter_map(Result::ok)
                    .filter(|row| whole(row) && row[0].parse::<u64>().is_ok_and(|line| line <= resumed_after))
                    .collect(),
                _ => Vec::new(),
            };
        if kept.is_empty() {
            return match std::fs::remove_file(&self.path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            };
        }
        let part = self.path.with_extension("part");
        let place = std::mem::replace(&mut self.path, part);
        kept.iter().try_for_each(|row| self.write(row.iter().map(str::to_owned)))?;
        self.flush()?;
        std::fs::rename(&self.path, &place)?;
        self.path = place;
        Ok(())
    }

    fn write(&mut self, cells: impl Iterator<Item = String>) -> io::Result<()> {
        if self.writer.is_none() {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_path(&self.path)?;
            writer.write_record(&self.header)?;
            self.writer = Some(writer);
        }
        let writer = self.writer.as_mut().expect("made above");
        writer.write_record(cells.collect::<Vec<_>>())?;
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), csv::Writer::flush)
    }

    fn made(&self) -> Option<&Path> {
        self.writer.is_some().then_some(self.path.as_path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_too_few_cells_stay_in_the_list_and_a_line_that_was_cut_off_goes() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("accounts.csv.rejected.csv");
        let header = ["external_id", "name"].map(str::to_owned);
        std::fs::write(&list, "line,reason,external_id,name\n3,has 1 cells,A\n5,is wrong,B,x\n1").unwrap();
        Files::beside(&folder.path().join("accounts.csv")).begin(&header, 9).unwrap();
        let kept = std::fs::read_to_string(&list).unwrap();
        assert_eq!(kept, "line,reason,external_id,name\n3,has 1 cells,A\n5,is wrong,B,x\n");
    }

    #[test]
    fn a_row_with_too_many_cells_keeps_them_all_and_a_list_of_rejects_loses_its_own_two_columns_only() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("accounts.csv");
        let list = folder.path().join("accounts.csv.rejected.csv");
        let written = |header: &[&str], cells: &[&str]| {
            let of = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
            let mut files = Files::beside(&file);
            files.begin(&of(header), 0).unwrap();
            files.refused(2, &of(cells), &Refusals::of("", "has 4 cells")).unwrap();
            files.finish().unwrap();
            std::fs::read_to_string(&list).unwrap()
        };
        let long = written(&["external_id", "=name"], &["A1", "Bell", "Cafe", "'=x"]);
        assert_eq!(long, "line,reason,external_id,'=name\n2,has 4 cells,A1,Bell,Cafe,'=x\n");
        let again =
            written(&["line", "reason", "external_id", "name"], &["9", "is wrong", "A1", "Bell", "Cafe"]);
        assert_eq!(again, "line,reason,external_id,name\n2,has 4 cells,A1,Bell,Cafe\n");
        let short = written(&["line", "reason", "external_id", "name"], &["9", "is wrong", "A1"]);
        assert_eq!(short, "line,reason,external_id,name\n2,has 4 cells,A1\n");
    }

    #[test]
    fn an_interrupted_run_keeps_its_lists_and_a_new_one_begins_with_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("accounts.csv");
        let header = ["external_id", "name"].map(str::to_owned);
        let list = folder.path().join("accounts.csv.rejected.csv");
        let read = || std::fs::read_to_string(&list).unwrap_or_default();

        let mut first = Files::beside(&file);
        first.begin(&header, 0).unwrap();
        for line in [3, 9] {
            let cells = ["=A".to_owned(), "x".to_owned()];
            first.refused(line, &cells, &Refusals::of("name", "is wrong")).unwrap();
        }
        first.flush().unwrap();
        assert_eq!(read(), "line,reason,external_id,name\n3,name: is wrong,'=A,x\n9,name: is wrong,'=A,x\n");

        let mut second = Files::beside(&file);
        second.begin(&header, 5).unwrap();
        assert_eq!(read(), "line,reason,external_id,name\n3,name: is wrong,'=A,x\n");
        second.refused(7, &["B".to_owned()], &Refusals::of("", "is wrong")).unwrap();
        second.finish().unwrap();
        assert!(read().ends_with("\n7,is wrong,B\n"), "{}", read());

        Files::beside(&file).begin(&header, 0).unwrap();
        assert_eq!(read(), "");
    }
}
