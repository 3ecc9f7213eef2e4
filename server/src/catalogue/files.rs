//! Files of a kind, found in a folder or named one by one.

use std::io;
use std::path::{Path, PathBuf};

use templates::emails::Source as Letter;

use super::FileKind;

/// A file may have this many bytes.
const MAX_FILE: u64 = 1_000_000;

/// One file as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum File {
    /// A file of text.
    Text {
        /// Its path, as findings name it.
        path: String,
        /// What it holds.
        text: String,
    },
    /// A letter: a folder of four files.
    Letter(Letter),
}

impl FileKind {
    /// The files of this kind at a path: the file itself, every one in the folder, or every one in the folder for
    /// this kind inside it.
    pub fn find(self, path: &Path) -> io::Result<Vec<File>> {
        let inside = path.join(self.folder());
        let path = if inside.is_dir() { inside } else { path.to_owned() };
        if self == Self::Emails {
            let folder = if path.is_file() { path.parent().unwrap_or(&path).to_owned() } else { path };
            let letters = Letter::all_in(&folder).map_err(io::Error::other)?;
            return Ok(letters.into_iter().map(File::Letter).collect());
        }
        if path.is_file() {
            return Ok(vec![self.read(&path)?]);
        }
        let mut paths: Vec<PathBuf> = std::fs::read_dir(&path)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        paths.retain(|path| path.is_file() && path.extension().is_some_and(|ending| ending == self.ending()));
        paths.sort();
        paths.iter().map(|path| self.read(path)).collect()
    }

    fn read(self, path: &Path) -> io::Result<File> {
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        if std::fs::metadata(path).map_err(named)?.len() > MAX_FILE {
            return Err(named(io::Error::other("has more than 1 MB; files of this kind are small")));
        }
        let text = std::fs::read_to_string(path).map_err(named)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Ok(File::Text { path: format!("{}/{name}", self.folder()), text })
    }
}
