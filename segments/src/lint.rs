//! Notes on questions that are sound and may still mean something else than was meant.

use crate::{
    Purpose,
    predicate::{Fact, Predicate},
    text::print::positive,
};

impl Predicate {
    /// What whoever wrote the question should know about it, in plain words.
    pub fn lint(&self) -> Vec<String> {
        let mut notes = Vec::new();
        note(self, false, &mut notes);
        notes.dedup();
        notes
    }
}

fn note(question: &Predicate, denied: bool, notes: &mut Vec<String>) {
    match question {
        Predicate::Not(part) => note(part, !denied, notes),
        Predicate::Fact(fact) if denied => notes.extend(takes_in_the_unknown(fact)),
        Predicate::Fact(_) => {}
        _ => question.parts().iter().for_each(|part| note(part, denied, notes)),
    }
}

fn takes_in_the_unknown(fact: &Fact) -> Option<String> {
    let text = positive(fact);
    match fact {
        Fact::Did(act) if act.verb.watched_under() == Some(Purpose::Tracking) => {
            let bare = act.verb.bare().unwrap_or(act.verb.as_str());
            Some(format!(
                "`not {text}` takes in people we may not watch and people who were sent nothing; `did not {bare} …` asks \
                 for people who were sent it, allow tracking and were not seen to"
            ))
        }
        Fact::Country(_)
        | Fact::Region(_)
        | Fact::City(_)
        | Fact::Industry(_)
        | Fact::SizeBand(_)
        | Fact::Class(_)
        | Fact::Size(_)
        | Fact::Stage(_)
        | Fact::Founded(_)
        | Fact::UserType(_)
        | Fact::Level(_)
        | Fact::Language(_)
        | Fact::Role(_) => Some(format!(
            "`not {text}` takes in everyone of whom it is not known; add `exists …` to leave them out"
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::Predicate;

    fn notes(text: &str) -> Vec<String> {
        Predicate::parse(text).expect("it reads").lint()
    }

    #[test]
    fn a_denied_click_is_noted_and_its_better_form_is_named() {
        let told = notes("joined and not (clicked any within 30 days or joined)");
        assert_eq!(told.len(), 1);
        assert!(
            told[0].contains("people we may not watch") && told[0].contains("`did not click …`"),
            "{told:?}"
        );
        assert!(notes("did not click any within 30 days").is_empty());
        assert!(notes("not not clicked any").is_empty());
    }

    #[test]
    fn a_denied_value_is_noted_where_it_may_be_missing() {
        assert!(notes("country is not \"US\"")[0].contains("not known"));
        assert!(notes("not owns \"phones\"").is_empty());
    }
}
