//! Prints a question so that it reads back to the same tree.

use std::fmt::{self, Display, Formatter};

use super::tokens::quote;
use crate::predicate::{Agreement, Fact, Industry, Known, Numbers, Object, Predicate, Times, Verb, When};

pub(super) fn question(question: &Predicate, f: &mut Formatter<'_>) -> fmt::Result {
    match question {
        Predicate::All(parts) if parts.is_empty() => f.write_str("everyone"),
        Predicate::Any(parts) if parts.is_empty() => f.write_str("no one"),
        Predicate::All(parts) => series(parts, " and ", f),
        Predicate::Any(parts) => series(parts, " or ", f),
        Predicate::Not(part) => match part.as_ref() {
            Predicate::Fact(fact) => f.write_str(&negative(fact)),
            other => {
                f.write_str("not ")?;
                grouped(other, f)
            }
        },
        Predicate::Fact(fact) => f.write_str(&positive(fact)),
    }
}

fn series(parts: &[Predicate], joint: &str, f: &mut Formatter<'_>) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(joint)?;
        }
        let binds_tighter = joint == " or " && matches!(part, Predicate::All(_));
        if binds_tighter { question(part, f)? } else { grouped(part, f)? }
    }
    Ok(())
}

fn grouped(part: &Predicate, f: &mut Formatter<'_>) -> fmt::Result {
    match part {
        Predicate::All(parts) | Predicate::Any(parts) if !parts.is_empty() => {
            f.write_str("(")?;
            question(part, f)?;
            f.write_str(")")
        }
        _ => question(part, f),
    }
}

/// Facts that are asked with `is` and `in`: their name, and their values.
pub(crate) fn values(fact: &Fact) -> Option<(String, Vec<String>)> {
    let plain = |name: &str, list: Vec<String>| Some((name.to_owned(), list));
    match fact {
        Fact::SizeBand(list) => plain("size band", list.iter().map(|band| quote(band.as_str())).collect()),
        Fact::TargetedBand(list) => {
            plain("targeted band", list.iter().map(|band| quote(band.as_str())).collect())
        }
        Fact::Class(list) => plain("class", bare(list)),
        Fact::TargetedClass(list) => plain("targeted class", bare(list)),
        Fact::Stage(list) => plain("stage", bare(list)),
        Fact::Billing(list) => plain("billing", bare(list)),
        Fact::UserType(list) => plain("user type", bare(list)),
        Fact::Level(list) => plain("level", bare(list)),
        Fact::Country(list) => plain("country", quoted(list)),
        Fact::Region(list) => plain("region", quoted(list)),
        Fact::City(list) => plain("city", quoted(list)),
        Fact::Partner(list) => plain("partner", quoted(list)),
        Fact::Role(list) => plain("role", quoted(list)),
        Fact::Language(list) => plain("language", quoted(list)),
        Fact::Trait { name, is } => plain(&format!("trait {}", quote(name)), quoted(is)),
        _ => None,
    }
}

fn bare<W: Display>(list: &[W]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

fn quoted(list: &[String]) -> Vec<String> {
    list.iter().map(|text| quote(text)).collect()
}

fn negative(fact: &Fact) -> String {
    match values(fact) {
        Some((name, list)) if list.len() == 1 => format!("{name} is not {}", list[0]),
        Some((name, list)) => format!("{name} not in ({})", list.join(", ")),
        None => format!("not {}", positive(fact)),
    }
}

/// One test, as text.
pub(crate) fn positive(fact: &Fact) -> String {
    match fact {
        Fact::Size(is) => format!("size {}", numbers(is)),
        Fact::Founded(when) => format!("founded {}", day(*when)),
        Fact::Industry(list) => format!("industry under {}", industries(list)),
        Fact::Owns(product) => format!("owns {}", quote(product)),
        Fact::Seats { of, is } => format!("seats of {} {}", quote(of), numbers(is)),
        Fact::ActiveSeats { of, is } => format!("active seats of {} {}", quote(of), numbers(is)),
        Fact::UnusedSeats { of, is } => format!("unused seats of {} {}", quote(of), numbers(is)),
        Fact::Milestone { name, when } => format!("milestone {} reached{}", quote(name), after_space(*when)),
        Fact::Renews(when) => format!("renews {}", day(*when)),
        Fact::Amount(is) => format!("amount {}", numbers(is)),
        Fact::Targeted(Agreement::Actual) => "targeted is actual".to_owned(),
        Fact::Targeted(Agreement::NotActual) => "targeted is not actual".to_owned(),
        Fact::Needs(need) => format!("needs {}", quote(need)),
        Fact::Consents(purpose) => format!("consents to {purpose}"),
        Fact::Joined { when: None } => "joined".to_owned(),
        Fact::Joined { when: Some(when) } => format!("opted in {}", day(*when)),
        Fact::Did(act) => {
            let times = act.times.map(|times| format!(" {}", count(times))).unwrap_or_default();
            format!("{}{}{times}{}", act.verb, object(&act.of, act.verb), after_space(act.when))
        }
        Fact::DidNot(unseen) => {
            let verb = unseen.verb.bare().unwrap_or(unseen.verb.as_str());
            format!("did not {verb}{}{}", object(&unseen.of, unseen.verb), after_space(unseen.when))
        }
        Fact::InSegment(segment) => format!("in segment {}", quote(&segment.name)),
        Fact::InJourney(name) => format!("in journey {}", quote(name)),
        Fact::Exists(Known::Timezone) => "exists timezone".to_owned(),
        Fact::Exists(known) => format!("exists {}", known.as_str().replace('-', " ")),
        Fact::TraitExists(name) => format!("exists trait {}", quote(name)),
        listed => match values(listed) {
            Some((name, list)) if list.len() == 1 => format!("{name} is {}", list[0]),
            Some((name, list)) => format!("{name} in ({})", list.join(", ")),
            None => unreachable!("every fact is either printed above or has values"),
        },
    }
}

fn industries(list: &[Industry]) -> String {
    let codes: Vec<_> = list.iter().map(|industry| quote(industry.code())).collect();
    if codes.len() == 1 { codes[0].clone() } else { format!("({})", codes.join(", ")) }
}

/// `any` where it reads better with it: "clicked any", but "replied" and "asked".
fn object(of: &Object, verb: Verb) -> String {
    match of {
        Object::Any if matches!(verb, Verb::Replied | Verb::Asked | Verb::Answered) => String::new(),
        Object::Any => " any".to_owned(),
        Object::Kind(word) => format!(" any {word}"),
        Object::Item(item) => format!(" {}", quote(item)),
    }
}

/// A test of a number.
pub(crate) fn numbers<T: Display>(is: &Numbers<T>) -> String {
    match is {
        Numbers::In(from, to) => format!("in {from}..{to}"),
        Numbers::More(than) => format!("> {than}"),
        Numbers::Fewer(than) => format!("< {than}"),
        Numbers::AtLeast(least) => format!(">= {least}"),
        Numbers::AtMost(most) => format!("<= {most}"),
        Numbers::Is(exactly) => format!("is {exactly}"),
    }
}

fn count(times: Times) -> String {
    let (words, n) = match times {
        Times::More(n) => ("more than", n),
        Times::Fewer(n) => ("fewer than", n),
    };
    format!("{words} {n} {}", if n == 1 { "time" } else { "times" })
}

fn day(when: When) -> String {
    match when {
        When::Before(day) => format!("before {day}"),
        When::After(day) => format!("after {day}"),
        When::In(from, to) => format!("in {from}..{to}"),
        When::Within(1) => "within 1 day".to_owned(),
        When::Within(days) => format!("within {days} days"),
    }
}

fn after_space(when: Option<When>) -> String {
    when.map(|when| format!(" {}", day(when))).unwrap_or_default()
}
