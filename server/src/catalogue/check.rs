//! Looks over every file before a reader finds what is wrong with it.

use std::io;
use std::path::Path;

use chrono::NaiveDate;
use content::{Finding, Library, Severity};

use super::import::read;
use super::{File, FileKind};

/// Everything there is to say about the files below a folder; without one, about what ships with the house.
pub fn check(
    folder: Option<&Path>,
    products: Option<&[String]>,
    today: NaiveDate,
) -> io::Result<(usize, Vec<Finding>)> {
    let Some(folder) = folder else {
        let library = Library::embedded();
        let letters = templates::emails::Source::starters();
        let files = library.files() + letters.len();
        let mut findings = content::lint(&library, products, today);
        for letter in letters {
            of(FileKind::Emails, &File::Letter(letter), &mut findings);
        }
        return Ok((files, findings));
    };
    if !folder.is_dir() {
        let error =
            format!("{} is no folder; name one with library/, rules/ and so on in it", folder.display());
        return Err(io::Error::other(error));
    }
    let library = Library::load(folder)?;
    let mut files = library.files();
    files += library.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let mut findings = content::lint(&library, products, today);
    for kind in [FileKind::Emails, FileKind::Programs, FileKind::Journeys] {
        if !folder.join(kind.folder()).is_dir() {
            continue;
        }
        for file in kind.find(folder)? {
            files += 1;
            of(kind, &file, &mut findings);
        }
    }
    Ok((files, findings))
}

fn of(kind: FileKind, file: &File, findings: &mut Vec<Finding>) {
    for why in read(kind, file).err().unwrap_or_default() {
        findings.push(Finding::error(
            file.name(),
            None,
            why,
            "Put that right; the file is refused until then.",
        ));
    }
}
