//! Why a question holds for a person or not, part by part; and what it asks, as one sentence for people.

mod asked;
mod found;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    Profile,
    predicate::{Fact, Predicate},
};

/// One part of a question, put to one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The part, as text.
    pub question: String,
    /// Whether it holds.
    pub holds: bool,
    /// What was found, beside what was asked, in plain words: "renews in 131 days, asked for within 90 days".
    pub because: String,
    /// The parts it is made of; what stands in a saved segment is a part too.
    pub parts: Vec<Explanation>,
}

impl Predicate {
    /// Puts every part of the question to one person.
    pub fn explain(&self, profile: &Profile, now: DateTime<Utc>) -> Explanation {
        let holds = self.matches(profile, now);
        let parts: Vec<_> = self.asked_inside().iter().map(|part| part.explain(profile, now)).collect();
        Explanation { question: self.to_string(), holds, because: self.because(profile, now, &parts), parts }
    }

    /// What the question asks, as one sentence for people.
    pub fn sentence(&self) -> String {
        match self {
            Self::All(parts) if parts.is_empty() => "Everyone.".to_owned(),
            Self::Any(parts) if parts.is_empty() => "No one.".to_owned(),
            _ => format!("People for whom this is true: {}.", asked::clause(self)),
        }
    }

    fn asked_inside(&self) -> &[Predicate] {
        match self {
            Self::Fact(Fact::InSegment(segment)) => segment.question().map_or(&[], std::slice::from_ref),
            _ => self.parts(),
        }
    }

    fn because(&self, profile: &Profile, now: DateTime<Utc>, parts: &[Explanation]) -> String {
        let held = parts.iter().filter(|part| part.holds).count();
        match self {
            Self::All(_) if parts.is_empty() => "holds for everyone".to_owned(),
            Self::Any(_) if parts.is_empty() => "holds for no one".to_owned(),
            Self::All(_) => format!("{held} of {} parts hold; all must", parts.len()),
            Self::Any(_) => format!("{held} of {} parts hold; one must", parts.len()),
            Self::Not(_) if held == 0 => "what it denies does not hold".to_owned(),
            Self::Not(_) => "what it denies holds".to_owned(),
            Self::Fact(fact) => format!("{}, {}", found::about(fact, profile, now), asked::beside(fact)),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use uuid::Uuid;

    use crate::{Billing, Event, EventKind, Licence, Predicate, Profile, Purpose};

    fn now() -> DateTime<Utc> {
        "2026-11-24T09:30:00Z".parse().expect("it is a moment")
    }

    fn roofer() -> Profile {
        let mut profile = Profile::blank(Uuid::nil().into(), Uuid::nil().into(), "ann@roof.example");
        profile.account.employees = Some(12);
        profile.account.industry = Some("238160".to_owned());
        profile.account.licences.push(Licence {
            product: "phones".to_owned(),
            seats: Some(8),
            starts_on: None,
            renews_on: "2027-04-04".parse().expect("it is a day"),
            amount: Some(120_000),
            currency: Some("USD".to_owned()),
            billed_by: Billing::Vendor,
            lapsed: false,
        });
        profile
    }

    fn because(text: &str, profile: &Profile) -> (bool, String) {
        let told = Predicate::parse(text).expect("it reads").explain(profile, now());
        (told.holds, told.because)
    }

    #[test]
    fn each_test_says_what_was_found_beside_what_was_asked() {
        let mut ann = roofer();
        ann.consents.insert(Purpose::Training, now());
        let mut done = Event::blank(EventKind::Completed, now() - chrono::TimeDelta::days(12));
        done.item = Some("first-lesson".to_owned());
        ann.events.push(done);
        for (text, holds, told) in [
            (
                "renews within 90 days",
                false,
                "the next renewal is in 131 days (2027-04-04), asked for within 90 days",
            ),
            ("size in 10..49", true, "the company has 12 people, asked for in 10..49"),
            ("amount > 1000", true, "the licences come to 1200 USD, asked for > 1000"),
            ("owns \"backup\"", false, "the company has phones, asked for \"backup\""),
            ("country is \"US\"", false, "the country is not known, asked for \"US\""),
            ("consents to offers", false, "there is no consent to offers, asked for one"),
            (
                "unused seats of \"phones\" > 2",
                false,
                "nobody counted the seats in use of phones, asked for > 2",
            ),
            (
                "completed any more than 2 times within 30 days",
                false,
                "counted 1 time, last 12 days ago, asked for more than 2 times within 30 days",
            ),
            (
                "clicked any",
                false,
                "the person does not allow us to see opens and clicks, so it is not known, asked for at least once",
            ),
            ("targeted is not actual", false, "nothing was planned with, asked for a difference"),
        ] {
            assert_eq!(because(text, &ann), (holds, told.to_owned()), "{text}");
        }
    }

    #[test]
    fn the_whole_says_how_many_of_its_parts_hold() {
        let question = Predicate::parse("size in 10..49 and renews within 90 days and not owns \"phones\"");
        let told = question.expect("it reads").explain(&roofer(), now());
        let held: Vec<_> = told.parts.iter().map(|part| (part.question.as_str(), part.holds)).collect();
        assert_eq!(
            held,
            [("size in 10..49", true), ("renews within 90 days", false), ("not owns \"phones\"", false)]
        );
        assert_eq!(told.because, "1 of 3 parts hold; all must");
    }

    #[test]
    fn the_whole_is_one_sentence() {
        let question = "size in 10..49 and industry under \"23\" and (owns \"phones\" or user type is learner) and not \
                        completed any training within 30 days";
        assert_eq!(
            Predicate::parse(question).expect("it reads").sentence(),
            "People for whom this is true: the company has 10 to 49 people, and it works in Construction, and either it \
             has phones or they are a learner, and it is not so that they completed any training within the last 30 days."
        );
        assert_eq!(Predicate::everyone().sentence(), "Everyone.");
    }
}
