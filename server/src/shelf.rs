//! What is in force: the catalogue, the rules and the letters. Letters, pages and previews all choose from here.
//!
//! A process that runs for long asks [`Shelves`], which loads again when something was imported meanwhile.

use std::sync::Arc;

use anyhow::bail;
use chrono::{DateTime, Utc};
use content::{
    Catalogue, Choice, Drawing, Library, Past, Rule, Severity, Slug, Source, StarterShelf, Wanted,
};
use sea_orm::{ConnectionTrait, DbErr};
use segments::{Profile, SavedError};
use serde_json::{Value, json};
use templates::emails::{Compiled, Emails, Fault};
use tokio::sync::Mutex;

use crate::app::App;
use crate::store::documents::{self, Document, Stamp};

/// What is in force now, for those who run long. Clones are the same.
#[derive(Debug, Clone, Default)]
pub struct Shelves(Arc<Mutex<Option<(Stamp, Shelf)>>>);

impl Shelves {
    /// What is in force now. Loads it when it is asked for first, and again when something was imported since.
    ///
    /// When what was imported does not go together, what was in force before stays so.
    pub async fn current(&self, app: &App) -> anyhow::Result<Shelf> {
        let stamp = documents::stamp(app.db.read()).await?;
        let mut kept = self.0.lock().await;
        let before = match &*kept {
            Some((of, shelf)) if *of == stamp => return Ok(shelf.clone()),
            Some((_, shelf)) => Some(shelf.clone()),
            None => None,
        };
        let shelf = match (Shelf::load(app).await, before) {
            (Ok(shelf), _) => shelf,
            (Err(error), Some(before)) => {
                tracing::error!(error = format!("{error:#}"), "what was imported does not go together");
                before
            }
            (Err(error), None) => return Err(error),
        };
        *kept = Some((stamp, shelf.clone()));
        Ok(shelf)
    }
}

/// Everything that may be shown or sent. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// The items.
    pub catalogue: Arc<Catalogue>,
    /// The rules that choose among them.
    pub rules: Arc<[Rule]>,
    /// The letters.
    pub emails: Arc<Emails>,
    /// Drawings that steps of items name.
    pub drawings: Arc<[Drawing]>,
    /// Shelves that people may begin with.
    pub starter_shelves: Arc<[StarterShelf]>,
}

impl Shelf {
    /// The starter library that ships with the house.
    pub fn starter() -> anyhow::Result<Self> {
        Self::of(Library::embedded(), Emails::starter().map_err(first_fault)?)
    }

    /// What is in force in this house. Imported items take the place of the starter items as soon as there is one, and
    /// imported rules of the starter rules; imported segments and letters stand beside the starters and win by name.
    pub async fn load(app: &App) -> anyhow::Result<Self> {
        let db = app.db.read();
        let library = Self::library(db).await?;
        let mut emails = Emails::starter().map_err(first_fault)?;
        for letter in documents::all(db, documents::Shelf::Emails).await? {
            emails.add(&own_letter(&letter.name, &letter.document)).map_err(first_fault)?;
        }
        Self::of(library, emails)
    }

    /// The items, rules and segments that are in force, sound or not.
    pub async fn library(db: &impl ConnectionTrait) -> Result<Library, DbErr> {
        let items = sources("library", &documents::all(db, documents::Shelf::Items).await?);
        let rules = sources("rules", &documents::all(db, documents::Shelf::Rules).await?);
        let segments = sources("segments", &documents::all(db, documents::Shelf::Segments).await?);
        let replaced = |file: &str| {
            (file.starts_with("library/") && !items.is_empty())
                || (file.starts_with("rules/") && !rules.is_empty())
                || segments.iter().any(|own| own.file == file)
        };
        let mut all: Vec<Source> =
            content::embedded_sources().into_iter().filter(|starter| !replaced(&starter.file)).collect();
        all.extend([items, rules, segments].into_iter().flatten());
        Ok(Library::read(all))
    }

    fn of(library: Library, emails: Emails) -> anyhow::Result<Self> {
        if let Some(finding) = library.findings.iter().find(|finding| finding.severity == Severity::Error) {
            bail!("the library: {finding}");
        }
        let saved = library.segments.iter().map(|one| (one.slug.to_string(), one.question.clone())).collect();
        let rules = library.rules.into_iter().map(|rule| {
            let when = rule.when.resolve(&saved)?;
            Ok(Rule { when, ..rule })
        });
        Ok(Self {
            catalogue: Arc::new(library.catalogue),
            rules: rules.collect::<Result<_, SavedError>>()?,
            emails: Arc::new(emails),
            drawings: library.drawings.into(),
            starter_shelves: library.shelves.into(),
        })
    }

    /// The drawing of this name.
    pub fn drawing(&self, slug: &Slug) -> Option<&Drawing> {
        self.drawings.iter().find(|drawing| drawing.slug == *slug)
    }

    /// A letter's four files as a launch keeps them, so that it is drawn from these whatever is imported later.
    pub fn pin(&self, letter: &str) -> Option<Value> {
        let source = self.emails.source(letter)?;
        let files: serde_json::Map<_, _> =
            source.files().into_iter().map(|(name, text)| (name.to_owned(), json!(text))).collect();
        Some(json!({ "files": files }))
    }

    /// What this person gets in these slots, with every reason.
    pub fn choose(&self, profile: &Profile, slots: &[Wanted], now: DateTime<Utc>) -> Vec<Choice> {
        content::select(profile, &self.catalogue, &self.rules, &Past::of(profile), slots, now)
    }
}

fn sources(folder: &str, documents: &[Document]) -> Vec<Source> {
    let ending = if folder == "library" { "md" } else { "toml" };
    let text = |one: &Document| one.document["source"].as_str().unwrap_or_default().to_owned();
    documents
        .iter()
        .map(|one| Source { file: format!("{folder}/{}.{ending}", one.name), text: text(one) })
        .collect()
}

/// The letter that [`Shelf::pin`] kept, ready to be drawn.
pub fn pinned(letter: &str, kept: &Value) -> anyhow::Result<Compiled> {
    Compiled::new(&own_letter(letter, kept)).map_err(first_fault)
}

fn own_letter(name: &str, document: &Value) -> templates::emails::Source {
    let file = |name: &str| document["files"][name].as_str().unwrap_or_default().to_owned();
    templates::emails::Source {
        name: name.to_owned(),
        meta: file("email.toml"),
        subject: file("subject.txt"),
        text: file("body.txt"),
        mjml: file("body.mjml"),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn first_fault(faults: Vec<Fault>) -> anyhow::Error {
    anyhow::anyhow!("the letters: {}", faults.first().map(ToString::to_string).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::catalogue::FileKind;
    use crate::catalogue::import::import;
    use crate::testing;

    #[tokio::test]
    async fn imported_items_take_the_place_of_the_starters_and_the_rest_stays() {
        for (place, app) in testing::houses().await {
            let before = Shelf::load(&app).await.unwrap();
            assert!(before.catalogue.len() > 16 && before.rules.len() > 15, "on {}", place.name);

            let root =
                Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/library/greet-callers-after-hours.md");
            let files = FileKind::Items.find(&root).unwrap();
            import(&app, FileKind::Items, &files, false).await.unwrap();

            let after = Shelf::load(&app).await.unwrap();
            assert_eq!(after.catalogue.len(), 1, "on {}", place.name);
            assert_eq!(after.rules.len(), before.rules.len(), "on {}", place.name);
        }
    }

    #[tokio::test]
    async fn what_is_imported_while_a_house_runs_is_in_force_at_once() {
        for (place, app) in testing::houses().await {
            let shelves = Shelves::default();
            let before = shelves.current(&app).await.unwrap();
            let same = shelves.current(&app).await.unwrap();
            assert!(Arc::ptr_eq(&before.catalogue, &same.catalogue), "nothing is loaded twice");

            let root =
                Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/library/greet-callers-after-hours.md");
            import(&app, FileKind::Items, &FileKind::Items.find(&root).unwrap(), false).await.unwrap();
            assert_eq!(shelves.current(&app).await.unwrap().catalogue.len(), 1, "on {}", place.name);
        }
    }
}
