//! Reads whole folders: the starter library that ships inside the program, or one on disk.
//!
//! Both have the same rooms: `library/` (items, Markdown), `rules/`, `segments/`,
//! `shelves/` and `words/` (TOML), and `drawings/` (SVG). Nothing is read half: a file that is refused is named
//! among the findings, and the rest is still there to be looked at.

use std::{borrow::Cow, fs, io, path::Path};

use rust_embed::Embed;

use crate::{
    catalogue::Catalogue,
    drawing::Drawing,
    finding::{Finding, Refused},
    item::Item,
    rule::Rule,
    starter_segment::StarterSegment,
    starter_shelf::StarterShelf,
    words::Words,
};

#[derive(Embed)]
#[folder = "library/"]
struct LibraryFiles;

#[derive(Embed)]
#[folder = "rules/"]
struct RuleFiles;

#[derive(Embed)]
#[folder = "segments/"]
struct SegmentFiles;

#[derive(Embed)]
#[folder = "shelves/"]
struct ShelfFiles;

#[derive(Embed)]
#[folder = "words/"]
struct WordFiles;

#[derive(Embed)]
#[folder = "drawings/"]
struct DrawingFiles;

/// The rooms of a library, and what the files in each end with.
const ROOMS: [(&str, &str); 6] = [
    ("library", "md"),
    ("rules", "toml"),
    ("segments", "toml"),
    ("shelves", "toml"),
    ("words", "toml"),
    ("drawings", "svg"),
];

/// The largest file we read; no item, rule or segment comes near.
const LARGEST_FILE: u64 = 1_000_000;

/// One file: its name below the folder, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Such as `library/answer-after-hours.md`.
    pub file: String,
    /// What it holds.
    pub text: String,
}

/// Everything a folder holds, parsed, beside what was refused.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// The items that are sound.
    pub catalogue: Catalogue,
    /// The rules that are sound, by name.
    pub rules: Vec<Rule>,
    /// The starter segments that are sound, by name.
    pub segments: Vec<StarterSegment>,
    /// The starter shelves that are sound, by name.
    pub shelves: Vec<StarterShelf>,
    /// What customers say, and our words for it.
    pub words: Words,
    /// The drawings that are sound, by name.
    pub drawings: Vec<Drawing>,
    /// Why the other files were refused.
    pub findings: Vec<Finding>,
}

impl Library {
    /// The starter library that ships inside the program.
    pub fn embedded() -> Self {
        Self::read(embedded_sources())
    }

    /// A folder on disk with `library/`, `rules/` and so on in it; each may be absent.
    pub fn load(folder: &Path) -> io::Result<Self> {
        let mut sources = Vec::new();
        let mut findings = Vec::new();
        for (room, ending) in ROOMS {
            read_room(folder, room, ending, &mut sources, &mut findings)?;
        }
        let mut library = Self::read(sources);
        library.findings.append(&mut findings);
        Ok(library)
    }

    /// Parses every file by the room it lies in.
    pub fn read(sources: impl IntoIterator<Item = Source>) -> Self {
        let (mut library, mut items) = (Self::default(), Vec::<Item>::new());
        for Source { file, text } in sources {
            let refused = match file.split('/').next() {
                Some("library") => Item::parse(&file, &text).map(|item| items.push(item)),
                Some("rules") => Rule::parse(&file, &text).map(|rule| library.rules.push(rule)),
                Some("segments") => {
                    StarterSegment::parse(&file, &text).map(|segment| library.segments.push(segment))
                }
                Some("shelves") => StarterShelf::parse(&file, &text).map(|shelf| library.shelves.push(shelf)),
                Some("drawings") => {
                    Drawing::parse(&file, &text).map(|drawing| library.drawings.push(drawing))
                }
                Some("words") => Words::parse(&file, &text).map(|words| {
                    let mut twice = library.words.add(words);
                    library.findings.append(&mut twice);
                }),
                _ => continue,
            };
            if let Err(Refused(mut findings)) = refused {
                library.findings.append(&mut findings);
            }
        }
        library.keep(items);
        library.rules.sort_by(|one, other| one.slug.cmp(&other.slug));
        library.segments.sort_by(|one, other| one.slug.cmp(&other.slug));
        library.shelves.sort_by(|one, other| one.slug.cmp(&other.slug));
        library.drawings.sort_by(|one, other| one.slug.cmp(&other.slug));
        library
    }

    /// How many files it holds that are sound; of words, one counts for each file that has any.
    pub fn files(&self) -> usize {
        let words: std::collections::BTreeSet<&str> =
            self.words.phrases().map(|phrase| phrase.file.as_str()).collect();
        let others = self.rules.len() + self.segments.len() + self.shelves.len() + self.drawings.len();
        self.catalogue.len() + others + words.len()
    }

    /// Keeps the items; of two with one name the first, and the other is a finding.
    fn keep(&mut self, items: Vec<Item>) {
        let mut seen = std::collections::BTreeMap::new();
        let mut sound = Vec::with_capacity(items.len());
        for item in items {
            if let Some(first) = seen.insert(item.slug.clone(), item.file.clone()) {
                self.findings.push(Finding::error(
                    &item.file,
                    None,
                    format!("\"{}\" is already the name of {first}.", item.slug),
                    "Give one of the two files another name.",
                ));
            } else {
                sound.push(item);
            }
        }
        self.catalogue = Catalogue::new(sound).expect("each name was seen once");
    }
}

/// The starter library's files as they are written.
pub fn embedded_sources() -> Vec<Source> {
    fn room<E: Embed>(name: &'static str, ending: &'static str) -> impl Iterator<Item = Source> {
        E::iter().filter(move |file| file.ends_with(ending)).filter_map(move |file| {
            let data: Cow<'static, [u8]> = E::get(&file)?.data;
            let text = String::from_utf8_lossy(&data).into_owned();
            Some(Source { file: format!("{name}/{file}"), text })
        })
    }
    let mut sources: Vec<Source> = room::<LibraryFiles>("library", ".md")
        .chain(room::<RuleFiles>("rules", ".toml"))
        .chain(room::<SegmentFiles>("segments", ".toml"))
        .chain(room::<ShelfFiles>("shelves", ".toml"))
        .chain(room::<WordFiles>("words", ".toml"))
        .chain(room::<DrawingFiles>("drawings", ".svg"))
        .collect();
    sources.sort_by(|one, other| one.file.cmp(&other.file));
    sources
}

/// Reads the files of one room, by name; other endings are not ours.
fn read_room(
    folder: &Path,
    room: &str,
    ending: &str,
    sources: &mut Vec<Source>,
    findings: &mut Vec<Finding>,
) -> io::Result<()> {
    let entries = match fs::read_dir(folder.join(room)) {
        Ok(entries) => entries,
        Err(wrong) if wrong.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(wrong) => return Err(wrong),
    };
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|found| found == ending));
    paths.sort();
    for path in paths {
        let file = format!("{room}/{}", path.file_name().unwrap_or_default().to_string_lossy());
        if fs::metadata(&path)?.len() > LARGEST_FILE {
            findings.push(Finding::error(&file, None, "The file is over 1,000,000 bytes.", "Split it."));
            continue;
        }
        match String::from_utf8(fs::read(&path)?) {
            Ok(text) => sources.push(Source { file, text }),
            Err(_) => findings.push(Finding::error(
                &file,
                None,
                "The file is not UTF-8 text.",
                "Save it as UTF-8 in the editor it was written with.",
            )),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
