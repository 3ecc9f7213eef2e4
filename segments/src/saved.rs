//! Saved questions that use each other: looked up by name, refused when they go in a circle.

use std::collections::BTreeMap;

use crate::{
    nearest,
    predicate::{Fact, Predicate, Segment},
};

/// Saved questions, by name.
pub type Saved = BTreeMap<String, Predicate>;

/// Why a saved question could not be looked up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SavedError {
    /// Nobody saved it.
    #[error(
        "there is no segment called \"{name}\"{}",
        .nearest.as_ref().map(|name| format!("; did you mean \"{name}\"?")).unwrap_or_default()
    )]
    Unknown {
        /// The name that was asked for.
        name: String,
        /// The name that was probably meant.
        nearest: Option<String>,
    },
    /// It needs itself.
    #[error("segments go in a circle: {}", .0.join(" → "))]
    Circle(Vec<String>),
    /// With everything it uses, it is too large to answer.
    #[error("with the segments that it uses, the question has more than {MAX_RESOLVED} parts")]
    TooLarge,
}

/// Parts a question may have once the segments in it are looked up.
const MAX_RESOLVED: usize = 2_000;

impl Predicate {
    /// The same question with every `in segment "…"` looked up. Memory and SQL read the result the same way, and it
    /// prints and serialises by names as before.
    pub fn resolve(&self, saved: &Saved) -> Result<Self, SavedError> {
        let mut left = MAX_RESOLVED;
        resolve(self, saved, &mut Vec::new(), &mut left)
    }

    /// Names of segments in it that were not looked up; such a test holds for nobody.
    pub fn unresolved(&self) -> Vec<&str> {
        let names = self.facts().into_iter().flat_map(|fact| match fact {
            Fact::InSegment(Segment { question: Some(question), .. }) => question.unresolved(),
            Fact::InSegment(Segment { name, question: None }) => vec![name.as_str()],
            _ => Vec::new(),
        });
        names.collect()
    }
}

fn resolve(
    question: &Predicate,
    saved: &Saved,
    path: &mut Vec<String>,
    left: &mut usize,
) -> Result<Predicate, SavedError> {
    *left = left.checked_sub(1).ok_or(SavedError::TooLarge)?;
    let mut each = |parts: &[Predicate]| {
        parts.iter().map(|part| resolve(part, saved, path, left)).collect::<Result<Vec<_>, _>>()
    };
    Ok(match question {
        Predicate::All(parts) => Predicate::All(each(parts)?),
        Predicate::Any(parts) => Predicate::Any(each(parts)?),
        Predicate::Not(part) => Predicate::Not(Box::new(resolve(part, saved, path, left)?)),
        Predicate::Fact(Fact::InSegment(segment)) => {
            Predicate::Fact(Fact::InSegment(look_up(&segment.name, saved, path, left)?))
        }
        Predicate::Fact(fact) => Predicate::Fact(fact.clone()),
    })
}

fn look_up(
    name: &str,
    saved: &Saved,
    path: &mut Vec<String>,
    left: &mut usize,
) -> Result<Segment, SavedError> {
    if let Some(start) = path.iter().position(|earlier| earlier == name) {
        let circle = path[start..].iter().cloned().chain([name.to_owned()]);
        return Err(SavedError::Circle(circle.collect()));
    }
    let question = saved.get(name).ok_or_else(|| SavedError::Unknown {
        name: name.to_owned(),
        nearest: nearest(name, saved.keys().map(String::as_str)).map(str::to_owned),
    })?;
    path.push(name.to_owned());
    let question = resolve(question, saved, path, left)?;
    path.pop();
    Ok(Segment { name: name.to_owned(), question: Some(Box::new(question)) })
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::Saved;
    use crate::{Predicate, Profile};

    fn saved(questions: &[(&str, &str)]) -> Saved {
        let parsed = |text: &str| Predicate::parse(text).expect("the question reads");
        questions.iter().map(|(name, text)| ((*name).to_owned(), parsed(text))).collect()
    }

    #[test]
    fn a_segment_may_use_another_and_still_prints_by_name() {
        let saved = saved(&[
            ("tiny", "size in 1..9"),
            ("tiny-shops", "in segment \"tiny\" and industry under \"44\""),
        ]);
        let question = Predicate::parse("not in segment \"tiny-shops\"").expect("it reads");
        let resolved = question.resolve(&saved).expect("both are there");
        let now = DateTime::UNIX_EPOCH;
        let mut shop = Profile::blank(Uuid::nil().into(), Uuid::nil().into(), "a@shop.example");
        shop.account.employees = Some(3);
        shop.account.industry = Some("449110".to_owned());
        assert!(question.matches(&shop, now), "before it is looked up, it holds for nobody");
        assert_eq!(question.unresolved(), ["tiny-shops"]);
        assert!(!resolved.matches(&shop, now));
        assert!(resolved.unresolved().is_empty());
        assert_eq!(resolved.to_string(), question.to_string());
        assert_eq!(
            serde_json::to_value(&resolved).expect("it is JSON"),
            serde_json::json!({"not": {"in-segment": "tiny-shops"}})
        );
    }

    #[test]
    fn circles_and_strangers_are_refused_by_name() {
        let saved = saved(&[
            ("a", "joined and in segment \"b\""),
            ("b", "not in segment \"c\""),
            ("c", "in segment \"b\" or joined"),
        ]);
        let refusal = |text: &str| {
            Predicate::parse(text)
                .expect("it reads")
                .resolve(&saved)
                .expect_err("it cannot be looked up")
                .to_string()
        };
        assert_eq!(refusal("in segment \"a\""), "segments go in a circle: b → c → b");
        assert_eq!(refusal("in segment \"renewing\""), "there is no segment called \"renewing\"");
    }

    #[test]
    fn segments_that_double_each_other_are_refused_before_they_grow() {
        let mut doubling = vec![("s0".to_owned(), "joined".to_owned())];
        for n in 1..30 {
            let before = n - 1;
            doubling
                .push((format!("s{n}"), format!("in segment \"s{before}\" or not in segment \"s{before}\"")));
        }
        let doubling: Vec<_> = doubling.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let question = Predicate::parse("in segment \"s29\"").expect("it reads");
        assert!(question.resolve(&saved(&doubling)).is_err());
    }
}
