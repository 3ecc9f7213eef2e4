//! What a test asks, in plain words.

use std::fmt::Display;

use crate::{
    naics,
    predicate::{Act, Agreement, Fact, Industry, Numbers, Object, Predicate, Times, Unseen, Verb, When},
    text::print::{numbers, values},
};

/// The question as part of a sentence.
pub(super) fn clause(question: &Predicate) -> String {
    let each = |parts: &[Predicate]| parts.iter().map(clause).collect::<Vec<_>>();
    match question {
        Predicate::All(parts) if parts.is_empty() => "anything".to_owned(),
        Predicate::Any(parts) if parts.is_empty() => "nothing".to_owned(),
        Predicate::All(parts) => each(parts).join(", and "),
        Predicate::Any(parts) => format!("either {}", each(parts).join(" or ")),
        Predicate::Not(part) => format!("it is not so that {}", clause(part)),
        Predicate::Fact(fact) => sentence(fact),
    }
}

/// A test, as a sentence about "the company" or "they".
fn sentence(fact: &Fact) -> String {
    match fact {
        Fact::Size(is) => format!("the company has {} people", spoken(is)),
        Fact::SizeBand(list) => format!("the company has {} people", any_of(list)),
        Fact::Class(list) => format!("the company is {}", any_of(list)),
        Fact::Stage(list) => format!("the company is {}", any_of(list).replace('-', " ")),
        Fact::Founded(when) => format!("the company was founded {}", back(*when)),
        Fact::Industry(list) => format!("it works in {}", any_of(&titles(list))),
        Fact::Country(list) | Fact::Region(list) | Fact::City(list) => format!("it is in {}", any_of(list)),
        Fact::Partner(list) => format!("partner {} serves it", any_of(list)),
        Fact::Billing(list) => format!("the {} bills it", any_of(list)),
        Fact::Owns(product) => format!("it has {product}"),
        Fact::Seats { of, is } => format!("it has {} seats of {of}", spoken(is)),
        Fact::ActiveSeats { of, is } => format!("it uses {} seats of {of}", spoken(is)),
        Fact::UnusedSeats { of, is } => format!("it leaves {} seats of {of} unused", spoken(is)),
        Fact::Milestone { name, when } => {
            format!(
                "it reached the milestone {name}{}",
                when.map(|when| format!(" {}", back(when))).unwrap_or_default()
            )
        }
        Fact::Renews(when) => format!("it renews next {}", ahead(*when)),
        Fact::Amount(is) => format!("it pays {} a term", spoken(is)),
        Fact::TargetedClass(list) => format!("sales planned with {}", any_of(list)),
        Fact::TargetedBand(list) => format!("sales planned with {} people", any_of(list)),
        Fact::Targeted(Agreement::Actual) => "sales planned with its true size".to_owned(),
        Fact::Targeted(Agreement::NotActual) => "sales planned with another size than it has".to_owned(),
        Fact::UserType(list) => format!("they are a {}", any_of(list)),
        Fact::Level(list) => format!("they are at the level {}", any_of(list).replace('-', " ")),
        Fact::Role(list) => format!("they work as {}", any_of(list)),
        Fact::Language(list) => format!("their language is {}", any_of(list)),
        Fact::Needs(need) => format!("they asked for {need}"),
        Fact::Consents(purpose) => format!("they allow {}", purpose.as_str().replace('-', " ")),
        Fact::Joined { when: None } => "they joined".to_owned(),
        Fact::Joined { when: Some(when) } => format!("they joined {}", back(*when)),
        Fact::Did(act) => format!("they {}{}{}", verb(act.verb), object(act), how_often(act)),
        Fact::DidNot(Unseen { verb, of, when }) => {
            let act = Act { verb: *verb, of: of.clone(), times: None, when: *when };
            let bare = verb.bare().unwrap_or(verb.as_str());
            format!("they were sent a letter and did not {bare}{}{}", object(&act), how_often(&act))
        }
        Fact::InSegment(segment) => format!("they are in the segment {}", segment.name),
        Fact::InJourney(name) => format!("they are in the journey {name}"),
        Fact::Trait { name, is } => format!("{name} is {}", any_of(is)),
        Fact::Exists(known) => format!("we know the {}", known.as_str().replace('-', " ")),
        Fact::TraitExists(name) => format!("we know {name}"),
    }
}

/// What a test asked for, to stand beside what was found.
pub(super) fn beside(fact: &Fact) -> String {
    let asked = match fact {
        Fact::Size(is)
        | Fact::Seats { is, .. }
        | Fact::ActiveSeats { is, .. }
        | Fact::UnusedSeats { is, .. } => numbers(is),
        Fact::Amount(is) => numbers(is),
        Fact::Founded(when) => back(*when),
        Fact::Renews(when) => ahead(*when),
        Fact::Industry(list) => any_of(&titles(list)),
        Fact::Owns(text) | Fact::Needs(text) | Fact::InJourney(text) => format!("\"{text}\""),
        Fact::Milestone { when, .. } | Fact::Joined { when } => when.map_or_else(|| "ever".to_owned(), back),
        Fact::Targeted(Agreement::Actual) => "no difference".to_owned(),
        Fact::Targeted(Agreement::NotActual) => "a difference".to_owned(),
        Fact::Did(act) => {
            let often = act.times.map_or_else(|| "at least once".to_owned(), times);
            let when = act.when.map(|when| format!(" {}", plain(when))).unwrap_or_default();
            format!("{often}{when}")
        }
        Fact::DidNot(unseen) => {
            format!("none{}", unseen.when.map(|when| format!(" {}", plain(when))).unwrap_or_default())
        }
        Fact::Consents(_) => "one".to_owned(),
        Fact::InSegment(segment) => format!("the segment \"{}\"", segment.name),
        Fact::Exists(_) | Fact::TraitExists(_) => "a known value".to_owned(),
        listed => values(listed).map(|(_, list)| list.join(" or ")).unwrap_or_default(),
    };
    format!("asked for {asked}")
}

fn any_of<T: Display>(list: &[T]) -> String {
    list.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ")
}

fn titles(list: &[Industry]) -> Vec<String> {
    let title = |industry: &Industry| naics::by_code(industry.code()).map(|entry| entry.title.clone());
    list.iter().map(|industry| title(industry).unwrap_or_else(|_| industry.code().to_owned())).collect()
}

fn spoken<T: Display>(is: &Numbers<T>) -> String {
    match is {
        Numbers::In(from, to) => format!("{from} to {to}"),
        Numbers::More(than) => format!("more than {than}"),
        Numbers::Fewer(than) => format!("fewer than {than}"),
        Numbers::AtLeast(least) => format!("at least {least}"),
        Numbers::AtMost(most) => format!("at most {most}"),
        Numbers::Is(exactly) => format!("exactly {exactly}"),
    }
}

const fn verb(verb: Verb) -> &'static str {
    match verb {
        Verb::Received => "were sent",
        Verb::Replied => "replied to",
        Verb::Asked => "asked about",
        Verb::Answered => "answered about",
        other => other.as_str(),
    }
}

fn object(act: &Act) -> String {
    match &act.of {
        Object::Any => " anything".to_owned(),
        Object::Kind(word) => format!(" any {word}"),
        Object::Item(item) => format!(" \"{item}\""),
    }
}

fn how_often(act: &Act) -> String {
    let often = act.times.map(|often| format!(" {}", times(often))).unwrap_or_default();
    format!("{often}{}", act.when.map(|when| format!(" {}", back(when))).unwrap_or_default())
}

fn times(times: Times) -> String {
    let (words, n) = match times {
        Times::More(n) => ("more than", n),
        Times::Fewer(n) => ("fewer than", n),
    };
    format!("{words} {n} {}", if n == 1 { "time" } else { "times" })
}

fn plain(when: When) -> String {
    match when {
        When::Before(day) => format!("before {day}"),
        When::After(day) => format!("after {day}"),
        When::In(from, to) => format!("from {from} to {to}"),
        When::Within(1) => "within 1 day".to_owned(),
        When::Within(days) => format!("within {days} days"),
    }
}

fn back(when: When) -> String {
    plain(when).replacen("within", "within the last", 1)
}

fn ahead(when: When) -> String {
    plain(when)
}
