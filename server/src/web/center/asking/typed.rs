//! A question as it was typed, and whether it may be posted.

use content::markdown::{self, LONGEST_POST, MarkdownError};
use content::{Format, Item};
use segments::Level;
use serde::{Deserialize, Serialize};
use templates::Words as Language;
use templates::center::Problem;

use crate::community::asking::Words;
use crate::community::{one_line, tidy};
use crate::shelf::Shelf;
use crate::store::questions::AskedOf;

/// Letters of a question.
const TITLE: std::ops::RangeInclusive<usize> = 10..=160;
/// What was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub(super) title: String,
    pub(super) details: String,
    pub(super) product: String,
    pub(super) problem: String,
    pub(super) level: String,
    pub(super) asked_of: String,
    pub(super) follow: String,
    /// The picture that waits for it.
    pub(in crate::web::center) picture: String,
    /// What it shows.
    pub(in crate::web::center) picture_alt: String,
    #[serde(skip_serializing)]
    pub(in crate::web::center) picture_out: String,
    #[serde(skip_serializing)]
    pub(in crate::web::center) go: String,
}

impl Typed {
    /// Each field with what stands in it.
    pub(super) fn parts(&self) -> [(&'static str, &str); 9] {
        [
            ("title", &self.title),
            ("details", &self.details),
            ("product", &self.product),
            ("problem", &self.problem),
            ("level", &self.level),
            ("asked_of", &self.asked_of),
            ("follow", &self.follow),
            ("picture", &self.picture),
            ("picture_alt", &self.picture_alt),
        ]
    }

    /// Who should answer.
    pub(super) fn asked_of(&self) -> AskedOf {
        let one = AskedOf::ALL.into_iter().find(|one| one.word() == self.asked_of);
        one.unwrap_or(AskedOf::Both)
    }

    /// How sure of it the asker is.
    pub(super) fn level(&self) -> Option<Level> {
        Level::ALL.iter().copied().find(|level| level.as_str() == self.level)
    }

    /// What may be posted of it, or what is wrong.
    pub(super) fn sound(
        &self,
        words: &Language,
        language: &str,
        shelf: &Shelf,
    ) -> Result<Words, Vec<Problem>> {
        let (title, details) = (one_line(&self.title), tidy(&self.details));
        let length = title.chars().count();
        let title_is = match length {
            _ if length < *TITLE.start() => Some(words.say("asking-problem-short")),
            _ if length > *TITLE.end() => Some(words.say("asking-problem-long")),
            _ => None,
        };
        let details_are = match markdown::post_to_html(&details) {
            Ok(_) => None,
            Err(MarkdownError::TooDeep) => Some(words.say("ask-problem-deep")),
            Err(_) => Some(words.say_with("asking-problem-details", &[("most", LONGEST_POST.into())])),
        };
        let problems: Vec<_> = [("title", title_is), ("details", details_are)]
            .into_iter()
            .filter_map(|(field, words)| Some(Problem { field, words: words? }))
            .collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        let known = |value: &str| Some(value.to_owned()).filter(|value| !value.is_empty());
        Ok(Words {
            title,
            details,
            product: known(&self.product).filter(|code| code.len() <= 100),
            problem: known(&self.problem).filter(|slug| shelf.catalogue.get(slug).is_some_and(is_fix)),
            level: self.level(),
            asked_of: self.asked_of(),
            follow: !self.follow.is_empty(),
            language: language.to_owned(),
            picture: None,
        })
    }
}

/// Whether it is a way out of a problem.
pub(super) fn is_fix(item: &Item) -> bool {
    item.format == Format::Fix
}
