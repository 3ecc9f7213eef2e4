//! The files of the house, read once.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Folders whose files are the house's own. What cargo and the program write lies elsewhere.
pub const FOLDERS: [&str; 7] = [".ci", "content", "migrations", "segments", "server", "templates", "tests"];

/// A text file of the house.
pub struct Text {
    /// Where, from the top of the house, with slashes.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// The top of the house.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests stand in a folder of the house")
}

/// Every text file, at the top and in every folder.
pub fn texts() -> &'static [Text] {
    static TEXTS: LazyLock<Vec<Text>> = LazyLock::new(|| {
        let mut paths = children(root());
        paths.retain(|path| path.is_file() && !path.ends_with(".git"));
        for folder in FOLDERS {
            below(&root().join(folder), &mut paths);
        }
        let mut texts: Vec<_> = paths.iter().filter_map(|path| read(path)).collect();
        texts.sort_by(|one, other| one.path.cmp(&other.path));
        texts
    });
    &TEXTS
}

/// Every Rust file.
pub fn rust() -> impl Iterator<Item = &'static Text> {
    texts().iter().filter(|file| Path::new(&file.path).extension().is_some_and(|end| end == "rs"))
}

/// One file that has to be there.
pub fn file(path: &str) -> &'static Text {
    let found = texts().iter().find(|file| file.path == path);
    found.unwrap_or_else(|| panic!("there is no {path}"))
}

/// What a folder holds.
pub fn children(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.expect("a folder can be read to its end").path()).collect()
}

fn below(folder: &Path, paths: &mut Vec<PathBuf>) {
    for path in children(folder) {
        if path.is_dir() {
            below(&path, paths);
        } else {
            paths.push(path);
        }
    }
}

/// A file as text; none for a picture.
fn read(path: &Path) -> Option<Text> {
    let text = String::from_utf8(fs::read(path).expect("a file of the house can be read")).ok()?;
    let path = path.strip_prefix(root()).expect("it lies below the top");
    let path = path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    Some(Text { path, text })
}

impl Text {
    /// Whether it lies in this folder, or is this file.
    pub fn is_in(&self, place: &str) -> bool {
        self.path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Whether all of it is there for tests only.
    pub fn is_for_tests(&self) -> bool {
        self.is_in("tests")
            || self.path.ends_with("/testing.rs")
            || self.path.split('/').any(|part| part == "tests" || part == "tests.rs")
    }

    /// Its lines of code, each with its number: no comments, no empty lines.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
        lines.filter(|(_, line)| !line.is_empty() && !line.starts_with("//"))
    }

    /// The code that ships: [`code`](Self::code) up to the tests at the end of the file.
    pub fn shipped(&self) -> Vec<(usize, &str)> {
        if self.is_for_tests() {
            return Vec::new();
        }
        let end = self.text.lines().collect::<Vec<_>>();
        let end = end.windows(2).position(|pair| {
            pair[0].trim() == "#[cfg(test)]" && pair[1].starts_with("mod ") && pair[1].ends_with('{')
        });
        self.code().take_while(|(line, _)| end.is_none_or(|end| *line <= end)).collect()
    }
}
