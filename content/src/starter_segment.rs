//! A segment that ships as a file: a question with a name and a meaning.

use segments::Predicate;
use serde::Serialize;

use crate::{fields::Fields, finding::Refused, rule::question, slug::Slug, toml_file};

/// A saved question, ready to be used and to be changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StarterSegment {
    /// The file's short name.
    pub slug: Slug,
    /// The name other questions call it by.
    pub name: String,
    /// The heading of its page.
    pub title: String,
    /// Who is in it, in one sentence.
    pub meaning: String,
    /// Who is in it, as a question.
    pub question: Predicate,
    /// The file as it was named to us.
    pub file: String,
    /// The file's text, so that an export gives the same form back.
    #[serde(skip)]
    pub source: String,
}

impl StarterSegment {
    /// Admits one file, or says everything that is wrong with it.
    pub fn parse(file: &str, source: &str) -> Result<Self, Refused> {
        let (slug, values) = toml_file::open(file, source)?;
        let mut fields = Fields::new(file, source, values);
        fields.refuse_unknown(&["name", "title", "meaning", "question"]);
        let name = fields.needed_text("name", "Write the name that questions call the segment by.");
        let title = fields.needed_text("title", "Write the heading of its page.");
        let meaning = fields.needed_text("meaning", "Write in one sentence who is in it.");
        let question = question(&mut fields, "question");
        if let Some(name) = name.as_ref().filter(|name| *name != slug.as_str()) {
            let wrong = format!("says \"{name}\", and the file is called \"{slug}\"");
            fields.refuse("name", &wrong, "Call the file by the segment's name.");
        }
        let segment = (|| {
            Some(Self {
                slug,
                name: name?,
                title: title?,
                meaning: meaning?,
                question: question?,
                file: file.to_owned(),
                source: source.to_owned(),
            })
        })();
        segment.filter(|_| fields.findings.is_empty()).ok_or(Refused(fields.findings))
    }
}
