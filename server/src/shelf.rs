//! What is in force: the catalogue, the rules and the letters. Letters, pages and previews all choose from here.

use std::sync::Arc;

use anyhow::bail;
use chrono::{DateTime, Utc};
use content::{Catalogue, Choice, Library, Past, Rule, Severity, Wanted};
use segments::{Profile, SavedError};
use templates::emails::Emails;

use crate::app::App;

/// Everything that may be shown or sent. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// The items.
    pub catalogue: Arc<Catalogue>,
    /// The rules that choose among them.
    pub rules: Arc<[Rule]>,
    /// The letters.
    pub emails: Arc<Emails>,
}

impl Shelf {
    /// The starter library that ships with the house.
    pub fn starter() -> anyhow::Result<Self> {
        let library = Library::embedded();
        if let Some(finding) = library.findings.iter().find(|finding| finding.severity == Severity::Error) {
            bail!("the starter library: {finding}");
        }
        let emails = Emails::starter().map_err(|faults| {
            anyhow::anyhow!(
                "the starter letters: {}",
                faults.first().map(ToString::to_string).unwrap_or_default()
            )
        })?;
        let saved = library.segments.iter().map(|one| (one.slug.to_string(), one.question.clone())).collect();
        let rules = library.rules.into_iter().map(|rule| {
            let when = rule.when.resolve(&saved)?;
            Ok(Rule { when, ..rule })
        });
        Ok(Self {
            catalogue: Arc::new(library.catalogue),
            rules: rules.collect::<Result<_, SavedError>>()?,
            emails: Arc::new(emails),
        })
    }

    /// What is in force in this house.
    pub async fn load(app: &App) -> anyhow::Result<Self> {
        let _ = app;
        Self::starter()
    }

    /// What this person gets in these slots, with every reason.
    pub fn choose(&self, profile: &Profile, slots: &[Wanted], now: DateTime<Utc>) -> Vec<Choice> {
        content::select(profile, &self.catalogue, &self.rules, &Past::of(profile), slots, now)
    }
}
