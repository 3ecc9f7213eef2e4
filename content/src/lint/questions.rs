//! Looks into the questions of rules and segments for names of things that are not there.

use segments::{Act, Fact, Object, Predicate, Unseen, nearest};

use super::{items::line_of, links::nearest_item};
use crate::{finding::Finding, starter::Library};

/// A question, and where it stands.
pub(super) struct Asked<'a> {
    pub file: &'a str,
    pub source: &'a str,
    pub field: &'a str,
    pub question: &'a Predicate,
}

/// A test of a thing that does not exist never holds, and nobody would notice.
pub(super) fn lint(
    asked: &Asked<'_>,
    library: &Library,
    products: Option<&[String]>,
    found: &mut Vec<Finding>,
) {
    let line = line_of(asked.source, asked.field);
    for fact in asked.question.facts() {
        let wrong = match fact {
            Fact::Did(Act { of: Object::Item(slug), .. })
            | Fact::DidNot(Unseen { of: Object::Item(slug), .. }) => no_item(slug, library),
            Fact::Owns(code)
            | Fact::Seats { of: code, .. }
            | Fact::ActiveSeats { of: code, .. }
            | Fact::UnusedSeats { of: code, .. } => no_product(code, products),
            Fact::InSegment(segment) => no_segment(&segment.name, library),
            _ => None,
        };
        if let Some((sentence, right)) = wrong {
            found.push(Finding::error(asked.file, line, sentence, right));
        }
    }
}

fn no_item(slug: &str, library: &Library) -> Option<(String, String)> {
    let missing = library.catalogue.get(slug).is_none();
    missing.then(|| {
        let sentence = format!("Its question asks about \"{slug}\", and there is no such item.");
        (sentence, nearest_item(slug, &library.catalogue))
    })
}

fn no_product(code: &str, products: Option<&[String]>) -> Option<(String, String)> {
    let sold = products.filter(|sold| !sold.iter().any(|one| one == code))?;
    let sentence = format!("Its question asks about \"{code}\", and there is no such product.");
    Some((sentence, format!("The products are {}.", sold.join(", "))))
}

fn no_segment(name: &str, library: &Library) -> Option<(String, String)> {
    let known = || library.segments.iter().map(|segment| segment.name.as_str());
    if known().any(|one| one == name) {
        return None;
    }
    let right = nearest(name, known()).map_or_else(
        || "Name a segment that is saved here.".to_owned(),
        |near| format!("Did you mean \"{near}\"?"),
    );
    Some((format!("Its question asks about the segment \"{name}\", and there is none of that name."), right))
}
