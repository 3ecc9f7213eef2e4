//! A letter as its writer keeps it: one folder, four files.

use std::path::Path;

use rust_embed::RustEmbed;

/// The four files of one letter, unread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The folder's name, which is the letter's.
    pub name: String,
    /// `email.toml`.
    pub meta: String,
    /// `subject.txt`.
    pub subject: String,
    /// `body.txt`.
    pub text: String,
    /// `body.mjml`: the sections between the frame's head and foot.
    pub mjml: String,
}

/// Why a folder cannot be read as a letter.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// A file is missing, unreadable or not UTF-8.
    #[error("cannot read {file}")]
    Unreadable {
        /// Which file.
        file: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is too large to be a letter.
    #[error("{file} has {bytes} bytes; a letter's file holds at most {limit}")]
    TooLarge {
        /// Which file.
        file: String,
        /// How large it is.
        bytes: u64,
        /// How large it may be.
        limit: usize,
    },
}

/// The most that one file of a letter may hold.
pub(super) const FILE_LIMIT: usize = 256 * 1024;

#[derive(RustEmbed)]
#[folder = "emails/"]
struct Shipped;

impl Source {
    /// Reads the letter that lies in a folder.
    pub fn from_folder(folder: &Path) -> Result<Self, SourceError> {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let read = |file: &str| {
            let path = folder.join(file);
            let file = path.display().to_string();
            let bytes = match std::fs::metadata(&path) {
                Ok(facts) => facts.len(),
                Err(source) => return Err(SourceError::Unreadable { file, source }),
            };
            if bytes > FILE_LIMIT as u64 {
                return Err(SourceError::TooLarge { file, bytes, limit: FILE_LIMIT });
            }
            std::fs::read_to_string(&path).map_err(|source| SourceError::Unreadable { file, source })
        };
        let (meta, subject) = (read("email.toml")?, read("subject.txt")?);
        let (text, mjml) = (read("body.txt")?, read("body.mjml")?);
        Ok(Self { name, meta, subject, text, mjml })
    }

    /// Reads every letter under a folder: the folder itself, or each folder in it that holds an `email.toml`.
    pub fn all_in(folder: &Path) -> Result<Vec<Self>, SourceError> {
        let is_letter = |folder: &Path| folder.join("email.toml").is_file();
        if is_letter(folder) {
            return Ok(vec![Self::from_folder(folder)?]);
        }
        let unreadable = |source| SourceError::Unreadable { file: folder.display().to_string(), source };
        let inside = std::fs::read_dir(folder).map_err(unreadable)?;
        let mut folders: Vec<_> = inside.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        folders.retain(|folder| is_letter(folder));
        folders.sort();
        folders.iter().map(|folder| Self::from_folder(folder)).collect()
    }

    /// The four files by name, as [`Source::from_folder`] reads them.
    pub fn files(&self) -> [(&'static str, &str); 4] {
        [
            ("email.toml", &self.meta),
            ("subject.txt", &self.subject),
            ("body.txt", &self.text),
            ("body.mjml", &self.mjml),
        ]
    }

    /// The letters that ship with the house.
    pub fn starters() -> Vec<Self> {
        let mut names: Vec<String> =
            Shipped::iter().filter_map(|file| file.strip_suffix("/email.toml").map(str::to_owned)).collect();
        names.sort();
        let starter = |name: String| Self {
            meta: shipped(&format!("{name}/email.toml")),
            subject: shipped(&format!("{name}/subject.txt")),
            text: shipped(&format!("{name}/body.txt")),
            mjml: shipped(&format!("{name}/body.mjml")),
            name,
        };
        names.into_iter().map(starter).collect()
    }
}

/// A file that ships inside the program.
pub(super) fn shipped(file: &str) -> String {
    let found = Shipped::get(file).unwrap_or_else(|| panic!("{file} ships with the house"));
    String::from_utf8(found.data.into_owned()).unwrap_or_else(|_| panic!("{file} is UTF-8"))
}
