//! Gives files back in the form in which they came.

use std::io;
use std::path::Path;

use sea_orm::{ConnectionTrait, DbErr};
use serde_json::Value;

use super::FileKind;
use crate::store::documents::{self, Document, Shelf};
use crate::store::{journeys, programs};

/// Every file of a kind, by its path below a folder for this kind.
pub async fn export(db: &impl ConnectionTrait, kind: FileKind) -> Result<Vec<(String, String)>, DbErr> {
    let named = |name: &str| format!("{name}.{}", kind.ending());
    Ok(match kind {
        FileKind::Items => texts(documents::all(db, Shelf::Items).await?, kind),
        FileKind::Rules => texts(documents::all(db, Shelf::Rules).await?, kind),
        FileKind::Segments => texts(documents::all(db, Shelf::Segments).await?, kind),
        FileKind::Emails => documents::all(db, Shelf::Emails).await?.iter().flat_map(letter).collect(),
        FileKind::Programs => {
            let all = programs::all(db).await?;
            all.iter().map(|kept| (named(&kept.program.name), kept.program.write())).collect()
        }
        FileKind::Journeys => {
            let all = journeys::all(db).await?;
            all.iter().map(|kept| (named(&kept.draft.name), kept.draft.write() + "\n")).collect()
        }
    })
}

/// Writes files below a folder.
pub fn write(folder: &Path, files: &[(String, String)]) -> io::Result<()> {
    for (path, text) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}

fn texts(documents: Vec<Document>, kind: FileKind) -> Vec<(String, String)> {
    documents
        .into_iter()
        .map(|one| {
            let path = format!("{}.{}", one.name, kind.ending());
            (path, one.document["source"].as_str().unwrap_or_default().to_owned())
        })
        .collect()
}

fn letter(one: &Document) -> Vec<(String, String)> {
    let Value::Object(files) = &one.document["files"] else { return Vec::new() };
    files
        .iter()
        .map(|(file, text)| (format!("{}/{file}", one.name), text.as_str().unwrap_or_default().to_owned()))
        .collect()
}
