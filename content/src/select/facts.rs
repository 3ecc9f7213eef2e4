//! The facts a rule's question rests on, told to the person they are about.
//!
//! The words are the customer's. How we watch or plan is no fact about them
//! and is not told here: what they did in our pages is.

use segments::{Fact, Predicate, UserType, naics};

use super::{choice::FactUsed, reader::Reader};

/// What we gathered from their acts about how they like to learn. Kept choices hold these words.
pub(super) const SEEMS_TO_LIKE: &str = "What you seem to like";
/// How sure of themselves they are. Kept choices hold these words.
pub(super) const LEVEL: &str = "How you are with this";

/// A fact, in the customer's words; the link leads to where it is changed.
pub(super) fn fact(label: &str, value: impl Into<String>) -> FactUsed {
    FactUsed { label: label.to_owned(), value: value.into(), change_link: "/me".to_owned() }
}

/// Every fact that a question asks about and that we hold about this reader.
pub(super) fn behind(question: &Predicate, reader: Reader<'_>) -> Vec<FactUsed> {
    question.facts().into_iter().filter_map(|asked| told(asked, reader)).collect()
}

fn told(asked: &Fact, reader: Reader<'_>) -> Option<FactUsed> {
    let Reader { profile, now } = reader;
    let account = &profile.account;
    let same = |label: &str, value: &Option<String>| value.as_ref().map(|value| fact(label, value));
    match asked {
        Fact::Size(_) | Fact::SizeBand(_) | Fact::Class(_) => {
            account.employees.map(|people| fact("People in your business", people.to_string()))
        }
        Fact::Stage(_) => reader.stage().map(|stage| fact("Your business is", stage_words(stage))),
        Fact::Founded(_) => account.founded_on.map(|day| fact("Your business began on", day.to_string())),
        Fact::Industry(_) => reader.trade().map(|code| fact("Your trade", trade_words(code))),
        Fact::Country(_) => same("Your country", &account.country),
        Fact::Region(_) => same("Your region", &account.region),
        Fact::City(_) => same("Your city", &account.city),
        Fact::Partner(_) | Fact::Billing(_) => Some(fact("Who bills you", account.billing.as_str())),
        Fact::Owns(code) => reader.owns(code).then(|| fact("What you have from us", code)),
        Fact::Seats { of, .. } | Fact::ActiveSeats { of, .. } | Fact::UnusedSeats { of, .. } => {
            reader.owns(of).then(|| fact("Seats you have and use", of))
        }
        Fact::Milestone { name, .. } => {
            account.milestones.iter().any(|one| one.name == *name).then(|| fact("What you have set up", name))
        }
        Fact::Renews(_) | Fact::Amount(_) => {
            let ends = account.in_force().map(|licence| licence.renews_on);
            let next = ends.filter(|day| *day >= now.date_naive()).min();
            next.map(|day| fact("What you have renews on", day.to_string()))
        }
        Fact::UserType(_) => reader.user_type().map(|one| likes(one, reader)),
        Fact::Level(_) => reader.level().map(|one| fact(LEVEL, level_words(one))),
        Fact::Role(_) => same("What you do", &profile.role),
        Fact::Language(_) => same("Your language", &profile.language),
        Fact::Needs(need) => reader.needs(need).then(|| fact("What you asked for", need)),
        Fact::Consents(purpose) => Some(FactUsed {
            label: format!("Letters about {}", purpose.as_str().replace('-', " ")),
            value: if profile.consents_to(*purpose, now) { "yes" } else { "no" }.to_owned(),
            change_link: "/me/email".to_owned(),
        }),
        Fact::Joined { .. } => {
            profile.opted_in_at.map(|at| fact("You joined on", at.date_naive().to_string()))
        }
        // A question may ask that something was not done: only what was done is told.
        Fact::Did(act) => {
            let done = Predicate::Fact(asked.clone()).matches(profile, now);
            done.then(|| fact("What you did here", act.verb.as_str()))
        }
        Fact::Trait { name, .. } | Fact::TraitExists(name) => {
            let value = profile.traits.get(name).or_else(|| account.traits.get(name))?;
            Some(fact(name, value))
        }
        Fact::TargetedClass(_)
        | Fact::TargetedBand(_)
        | Fact::Targeted(_)
        | Fact::DidNot(_)
        | Fact::InSegment(_)
        | Fact::InJourney(_)
        | Fact::Exists(_) => None,
    }
}

/// A trade by its title, or by its code where that has none.
pub(super) fn trade_words(code: &str) -> &str {
    naics::by_code(code).map_or(code, |entry| &entry.title)
}

/// "You are …".
pub(super) fn level_words(level: segments::Level) -> &'static str {
    match level {
        segments::Level::Starter => "new to this",
        segments::Level::GettingBy => "getting by with this",
        segments::Level::Confident => "confident with this",
    }
}

/// How they like to learn; what we only gathered is told as that.
pub(super) fn likes(user_type: UserType, reader: Reader<'_>) -> FactUsed {
    let label = if reader.only_seems() { SEEMS_TO_LIKE } else { "What you like" };
    fact(label, user_type_words(user_type))
}

/// "You like …".
pub(super) fn user_type_words(user_type: UserType) -> &'static str {
    match user_type {
        UserType::Learner => "to work things through yourself",
        UserType::Connector => "to ask people who have done it",
        UserType::Collaborator => "to work things out with others",
    }
}

/// "Your business is …".
pub(super) fn stage_words(stage: segments::Stage) -> &'static str {
    match stage {
        segments::Stage::StartingUp => "just starting up",
        segments::Stage::Established => "well established",
        segments::Stage::Growing => "growing",
        segments::Stage::HandingOn => "being handed on",
    }
}
