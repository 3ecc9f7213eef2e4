//! What is known of a person, for one test.

use std::fmt::Display;

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    Account, Class, Profile, SizeBand, naics,
    predicate::{
        Fact, Object, Verb,
        known::{active_seats, amount, currency, latest, next_renewal, seats, times},
    },
};

/// What was found, in plain words.
pub(super) fn about(fact: &Fact, profile: &Profile, now: DateTime<Utc>) -> String {
    let (account, today) = (&profile.account, now.date_naive());
    match fact {
        Fact::Size(_) => size(account, false),
        Fact::SizeBand(_) | Fact::Class(_) => size(account, true),
        Fact::Stage(_) => value("stage", account.stage(today)),
        Fact::Founded(_) => value("founding day", account.founded_on),
        Fact::Industry(_) => {
            let title = |code: &String| {
                naics::by_code(code)
                    .map_or_else(|_| code.clone(), |entry| format!("{} ({code})", entry.title))
            };
            value("industry", account.industry.as_ref().map(title))
        }
        Fact::Country(_) => value("country", account.country.as_ref()),
        Fact::Region(_) => value("region", account.region.as_ref()),
        Fact::City(_) => value("city", account.city.as_ref()),
        Fact::Partner(_) => value("partner", account.partner.as_ref()),
        Fact::Billing(_) => format!("the bill comes from the {}", account.billing),
        Fact::Owns(_) => {
            let held = account.in_force().map(|licence| licence.product.as_str());
            said("the company has", &held.collect::<Vec<_>>())
        }
        Fact::Seats { of, .. } => count(seats(account, of), &format!("seats of {of}")),
        Fact::ActiveSeats { of, .. } => match active_seats(account, of, today) {
            Some(active) => format!("{active} seats of {of} are in use"),
            None => format!("nobody counted the seats in use of {of}"),
        },
        Fact::UnusedSeats { of, .. } => unused_seats(account, of, today),
        Fact::Milestone { name, .. } => {
            let reached = account.milestones.iter().filter(|one| one.name == *name && one.on <= today);
            match reached.map(|one| one.on).max() {
                Some(on) => format!("{name} was reached on {on}"),
                None => format!("{name} was not reached"),
            }
        }
        Fact::Renews(_) => match next_renewal(account, today) {
            Some(on) => format!("the next renewal is {} ({on})", ahead(on, today)),
            None => "no renewal lies ahead".to_owned(),
        },
        Fact::Amount(_) => match (amount(account), currency(account)) {
            (Some(amount), Some(currency)) => format!("the licences come to {amount} {currency}"),
            _ => "the amounts are not known, or are in several currencies".to_owned(),
        },
        Fact::TargetedClass(_) => value("targeted class", account.targeted_class),
        Fact::TargetedBand(_) => value("targeted band", account.targeted_band),
        Fact::Targeted(_) => targeted(account),
        Fact::UserType(_) => value("user type", profile.user_type),
        Fact::Level(_) => value("level", profile.level),
        Fact::Role(_) => value("role", profile.role.as_ref()),
        Fact::Language(_) => value("language", profile.language.as_ref()),
        Fact::Needs(_) => {
            said("the person asked for", &profile.needs.iter().map(String::as_str).collect::<Vec<_>>())
        }
        Fact::Consents(purpose) => match profile.consents.get(purpose).filter(|since| **since <= now) {
            Some(since) => format!("there is consent to {purpose} since {}", since.date_naive()),
            None => format!("there is no consent to {purpose}"),
        },
        Fact::Joined { .. } => match profile.opted_in_at.filter(|at| *at <= now) {
            Some(at) => format!("joined {}", ago(at, now)),
            None => "has not joined".to_owned(),
        },
        Fact::Did(act) => acted(profile, act.verb, &act.of, act.when, now),
        Fact::DidNot(unseen) => {
            let letters = times(profile, Verb::Received, &unseen.of, unseen.when, now);
            if letters == 0 {
                return "was not sent such a letter".to_owned();
            }
            let acted = acted(profile, unseen.verb, &unseen.of, unseen.when, now);
            format!("was sent {letters} such, {acted}")
        }
        Fact::InSegment(segment) => match segment.question() {
            None => format!("the segment {} was not looked up", segment.name),
            Some(question) if question.matches(profile, now) => format!("is in {}", segment.name),
            Some(_) => format!("is not in {}", segment.name),
        },
        Fact::InJourney(_) => {
            said("is in the journeys", &profile.journeys.iter().map(String::as_str).collect::<Vec<_>>())
        }
        Fact::Trait { name, .. } | Fact::TraitExists(name) => {
            let values = [profile.traits.get(name), account.traits.get(name)];
            let values: Vec<_> = values.into_iter().flatten().map(String::as_str).collect();
            if values.is_empty() {
                format!("{name} is not known")
            } else {
                format!("{name} is {}", values.join(" and "))
            }
        }
        Fact::Exists(known) => {
            let known_now = fact.matches(profile, now);
            format!(
                "the {} is {}",
                known.as_str().replace('-', " "),
                if known_now { "known" } else { "not known" }
            )
        }
    }
}

fn size(account: &Account, with_class: bool) -> String {
    match (account.employees, account.class()) {
        (Some(people), Some(class)) if with_class => {
            format!("the company has {people} people, which is {class}")
        }
        (Some(people), _) => format!("the company has {people} people"),
        _ => "the head count is not known".to_owned(),
    }
}

fn unused_seats(account: &Account, of: &str, today: NaiveDate) -> String {
    match (seats(account, of), active_seats(account, of, today)) {
        (None, _) => count(None, &format!("seats of {of}")),
        (_, None) => format!("nobody counted the seats in use of {of}"),
        (Some(sold), Some(active)) => format!("{} of {sold} seats of {of} are unused", sold - active),
    }
}

fn targeted(account: &Account) -> String {
    let planned = account.targeted_band.map(SizeBand::as_str);
    match (planned.or(account.targeted_class.map(Class::as_str)), account.band()) {
        (None, _) => "nothing was planned with".to_owned(),
        (Some(_), None) => "the head count is not known".to_owned(),
        (Some(planned), Some(band)) => format!("planned with {planned}, and it is {band} ({})", band.class()),
    }
}

fn acted(
    profile: &Profile,
    verb: Verb,
    of: &Object,
    when: Option<crate::predicate::When>,
    now: DateTime<Utc>,
) -> String {
    if verb.watched_under().is_some_and(|purpose| !profile.consents_to(purpose, now)) {
        return "the person does not allow us to see opens and clicks, so it is not known".to_owned();
    }
    let count = times(profile, verb, of, when, now);
    let last = latest(profile, verb, of, now).map(|at| format!(", last {}", ago(at, now)));
    format!("counted {count} {}{}", if count == 1 { "time" } else { "times" }, last.unwrap_or_default())
}

fn value(name: &str, value: Option<impl Display>) -> String {
    match value {
        Some(value) => format!("the {name} is {value}"),
        None => format!("the {name} is not known"),
    }
}

fn count(number: Option<i64>, what: &str) -> String {
    match number {
        Some(number) => format!("the company has {number} {what}"),
        None => format!("the number of {what} is not known"),
    }
}

fn said(words: &str, list: &[&str]) -> String {
    if list.is_empty() { format!("{words} nothing") } else { format!("{words} {}", list.join(", ")) }
}

fn ahead(on: NaiveDate, today: NaiveDate) -> String {
    match (on - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days => format!("in {days} days"),
    }
}

fn ago(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    match (now - at).num_days() {
        0 => "within the last day".to_owned(),
        1 => "1 day ago".to_owned(),
        days => format!("{days} days ago"),
    }
}
