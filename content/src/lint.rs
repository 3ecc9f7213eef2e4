//! Tells authors what to put right, before a reader finds it.
//!
//! Parsing refuses what is unsound in itself. The linter looks at what parsed:
//! at each item, at the links between them, and at rules, shelves and words against the items.

mod items;
mod links;
mod questions;
mod rules;
mod shelves;
mod words;

use chrono::NaiveDate;

use crate::{finding::Finding, starter::Library};

/// Everything there is to say about a library, refused files first, then by file and line.
///
/// `products` are the codes the installation sells; without them, nobody can
/// say whether an item is for a product that does not exist.
pub fn lint(library: &Library, products: Option<&[String]>, today: NaiveDate) -> Vec<Finding> {
    let mut found = Vec::new();
    for item in library.catalogue.iter() {
        items::lint(item, today, &mut found);
        items::lint_audience(item, products, &mut found);
        links::lint(item, &library.catalogue, &mut found);
        links::lint_drawings(item, &library.drawings, &mut found);
    }
    items::lint_titles(&library.catalogue, &mut found);
    for rule in &library.rules {
        rules::lint(rule, library, products, today, &mut found);
        let (file, source) = (&rule.file, &rule.source);
        let asked = questions::Asked { file, source, field: "when", question: &rule.when };
        questions::lint(&asked, library, products, &mut found);
    }
    for segment in &library.segments {
        let (file, source) = (&segment.file, &segment.source);
        let asked = questions::Asked { file, source, field: "question", question: &segment.question };
        questions::lint(&asked, library, products, &mut found);
    }
    for shelf in &library.shelves {
        shelves::lint(shelf, &library.catalogue, &mut found);
    }
    words::lint(&library.words, &library.catalogue, &mut found);
    found.sort();
    let mut findings = library.findings.clone();
    findings.append(&mut found);
    findings
}

#[cfg(test)]
mod tests;
