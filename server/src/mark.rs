//! The vendor's own mark: a small picture, read once at the start.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use sha2::{Digest, Sha256};

/// The largest picture that is taken, in bytes.
const LARGEST: u64 = 64 * 1024;

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub mime: &'static str,
    /// Changes when the picture does.
    pub version: String,
}

impl Mark {
    /// Reads the picture from its file. What it is shows in the file itself, not in its name.
    pub fn read(file: &Path) -> anyhow::Result<Self> {
        let named = || format!("vendor.mark names the file {}", file.display());
        let mut bytes = Vec::new();
        File::open(file)
            .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
            .with_context(|| format!("{}, which could not be read", named()))?;
        ensure!(
            u64::try_from(bytes.len())? <= LARGEST,
            "{}, which is larger than {} KB; a mark is shown 40 pixels wide",
            named(),
            LARGEST / 1024
        );
        let text = std::str::from_utf8(&bytes).unwrap_or_default().trim_start();
        let mime = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            "image/png"
        } else if text.starts_with("<svg") || (text.starts_with("<?xml") && text.contains("<svg")) {
            "image/svg+xml"
        } else {
            bail!("{}, which is neither an SVG nor a PNG picture", named())
        };
        let version =
            Sha256::digest(&bytes)[..6].iter().fold(String::new(), |all, byte| format!("{all}{byte:02x}"));
        Ok(Self { bytes, mime, version })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_known_by_what_it_holds_and_anything_else_is_refused_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let read = |name: &str, bytes: &[u8]| {
            let file = folder.path().join(name);
            std::fs::write(&file, bytes).unwrap();
            Mark::read(&file)
        };
        let svg = read("mark.png", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>").unwrap();
        assert_eq!(svg.mime, "image/svg+xml");
        let png = read("mark.svg", b"\x89PNG\r\n\x1a\n....").unwrap();
        assert_eq!(png.mime, "image/png");
        assert_ne!(svg.version, png.version);

        let told = |wrong: anyhow::Result<Mark>| format!("{:#}", wrong.unwrap_err());
        assert!(told(read("page.svg", b"<html>")).contains("neither an SVG nor a PNG"));
        assert!(told(read("large.svg", &vec![b' '; 64 * 1024 + 1])).contains("larger than 64 KB"));
        assert!(told(Mark::read(&folder.path().join("none.svg"))).contains("could not be read"));
    }
}
