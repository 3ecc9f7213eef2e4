//! Whether files that are sound each by itself also go together: with each other, and with what the house has.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use content::{Library, Severity};
use sea_orm::{ConnectionTrait, DbErr};
use segments::Saved;

use crate::shelf::Shelf;
use crate::store::products;

/// What speaks against files that were just kept, by their place; `kept` has their places by the library's names.
///
/// An item, a rule or a segment that cannot be read, or a question that cannot be looked up, would stop the house. A
/// rule that can never do anything right, or a question about something that is not there, is refused as well; how an
/// item reads is for `rapport check` to say.
pub(super) async fn faults(
    db: &impl ConnectionTrait,
    kept: &BTreeMap<String, usize>,
    today: NaiveDate,
) -> Result<BTreeMap<usize, String>, DbErr> {
    if kept.is_empty() {
        return Ok(BTreeMap::new());
    }
    let library = Shelf::library(db).await?;
    let codes: Vec<String> = products::all(db).await?.into_iter().map(|one| one.code).collect();
    let sold = (!codes.is_empty()).then_some(codes.as_slice());
    let findings = content::lint(&library, sold, today).into_iter();
    let wrong = findings.filter(|one| one.severity == Severity::Error && !one.file.starts_with("library/"));

    let mut faults = BTreeMap::new();
    for (file, why) in stopping(&library) {
        match kept.get(&file) {
            Some(place) => drop(faults.entry(*place).or_insert(why)),
            // What was sound before was made unsound by these together.
            None => faults.extend(kept.values().map(|place| (*place, why.clone()))),
        }
    }
    for finding in wrong {
        if let Some(place) = kept.get(&finding.file) {
            faults.entry(*place).or_insert_with(|| finding.to_string());
        }
    }
    Ok(faults)
}

/// Files with which the house would not start, each with why.
fn stopping(library: &Library) -> Vec<(String, String)> {
    let broken = library.findings.iter().filter(|one| one.severity == Severity::Error);
    let mut stopping: Vec<_> = broken.map(|one| (one.file.clone(), one.to_string())).collect();
    let saved: Saved =
        library.segments.iter().map(|one| (one.slug.to_string(), one.question.clone())).collect();
    let segments = library.segments.iter().map(|one| (&one.file, &one.question));
    let rules = library.rules.iter().map(|one| (&one.file, &one.when));
    for (file, question) in segments.chain(rules) {
        if let Err(error) = question.resolve(&saved) {
            stopping.push((file.clone(), format!("{file}: {error}")));
        }
    }
    stopping
}
