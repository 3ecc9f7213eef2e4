//! The reader in memory: answers for one person. The SQL reader agrees with it, and a test holds them together.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Act, Agreement, Fact, Industry, Known, Predicate, Unseen, Verb, When,
    known::{active_seats, amount, next_renewal, seats, times, unused_seats},
    measure::{day_in, moment_in},
};
use crate::{Account, Profile};

impl Predicate {
    /// Answers for one person. Agrees with [`Predicate::to_condition`].
    pub fn matches(&self, profile: &Profile, now: DateTime<Utc>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.matches(profile, now)),
            Self::Any(parts) => parts.iter().any(|part| part.matches(profile, now)),
            Self::Not(part) => !part.matches(profile, now),
            Self::Fact(fact) => fact.matches(profile, now),
        }
    }
}

impl Fact {
    /// Answers for one person.
    pub fn matches(&self, profile: &Profile, now: DateTime<Utc>) -> bool {
        let account = &profile.account;
        let today = now.date_naive();
        match self {
            Self::Size(is) => account.employees.is_some_and(|size| is.holds(size.into())),
            Self::SizeBand(list) => one_of(list, account.band().as_ref()),
            Self::Class(list) => one_of(list, account.class().as_ref()),
            Self::Stage(list) => one_of(list, account.stage(today).as_ref()),
            Self::Founded(when) => account.founded_on.is_some_and(|on| day_in(when.days_back(today), on)),
            Self::Industry(list) => account.industry.as_deref().is_some_and(|code| under(list, code)),
            Self::Country(list) => one_of(list, account.country.as_ref()),
            Self::Region(list) => one_of(list, account.region.as_ref()),
            Self::City(list) => one_of(list, account.city.as_ref()),
            Self::Partner(list) => one_of(list, account.partner.as_ref()),
            Self::Billing(list) => list.contains(&account.billing),
            Self::Owns(product) => account.in_force().any(|licence| licence.product == *product),
            Self::Seats { of, is } => seats(account, of).is_some_and(|seats| is.holds(seats)),
            Self::ActiveSeats { of, is } => {
                active_seats(account, of, today).is_some_and(|seats| is.holds(seats))
            }
            Self::UnusedSeats { of, is } => {
                unused_seats(account, of, today).is_some_and(|seats| is.holds(seats))
            }
            Self::Milestone { name, when } => milestone(account, name, *when, today),
            Self::Renews(when) => {
                next_renewal(account, today).is_some_and(|on| day_in(when.days_ahead(today), on))
            }
            Self::Amount(is) => amount(account).is_some_and(|amount| is.holds(amount)),
            Self::TargetedClass(list) => one_of(list, account.targeted_class.as_ref()),
            Self::TargetedBand(list) => one_of(list, account.targeted_band.as_ref()),
            Self::Targeted(agreement) => targeted(account) == Some(*agreement),
            Self::UserType(list) => one_of(list, profile.user_type.as_ref()),
            Self::Level(list) => one_of(list, profile.level.as_ref()),
            Self::Role(list) => one_of(list, profile.role.as_ref()),
            Self::Language(list) => profile.language.as_deref().is_some_and(|tag| speaks(list, tag)),
            Self::Needs(need) => profile.needs.contains(need),
            Self::Consents(purpose) => profile.consents_to(*purpose, now),
            Self::Joined { when } => {
                profile.opted_in_at.is_some_and(|at| moment_in(When::moments(*when, now), at))
            }
            Self::Did(act) => did(profile, act, now),
            Self::DidNot(unseen) => did_not(profile, unseen, now),
            Self::InSegment(segment) => {
                segment.question().is_some_and(|question| question.matches(profile, now))
            }
            Self::InJourney(name) => profile.journeys.contains(name),
            Self::Trait { name, is } => {
                [&profile.traits, &account.traits].iter().any(|traits| one_of(is, traits.get(name)))
            }
            Self::Exists(known) => exists(profile, *known, today),
            Self::TraitExists(name) => profile.traits.contains_key(name) || account.traits.contains_key(name),
        }
    }
}

fn one_of<T: PartialEq>(list: &[T], value: Option<&T>) -> bool {
    value.is_some_and(|value| list.contains(value))
}

fn under(list: &[Industry], code: &str) -> bool {
    list.iter().flat_map(Industry::prefixes).any(|prefix| code.starts_with(&prefix))
}

fn speaks(list: &[String], tag: &str) -> bool {
    list.iter().any(|language| {
        tag.strip_prefix(language.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    })
}

fn milestone(account: &Account, name: &str, when: Option<When>, today: NaiveDate) -> bool {
    account.milestones.iter().any(|milestone| {
        milestone.name == name
            && milestone.on <= today
            && when.is_none_or(|when| day_in(when.days_back(today), milestone.on))
    })
}

fn targeted(account: &Account) -> Option<Agreement> {
    let (band, class) = (account.band()?, account.class()?);
    let band = account.targeted_band.map(|targeted| targeted == band);
    let class = account.targeted_class.map(|targeted| targeted == class);
    match (band, class) {
        (None, None) => None,
        (Some(false), _) | (_, Some(false)) => Some(Agreement::NotActual),
        _ => Some(Agreement::Actual),
    }
}

fn exists(profile: &Profile, known: Known, today: NaiveDate) -> bool {
    let account = &profile.account;
    match known {
        Known::Size => account.employees.is_some(),
        Known::Stage => account.stage(today).is_some(),
        Known::Founded => account.founded_on.is_some(),
        Known::Industry => account.industry.is_some(),
        Known::Country => account.country.is_some(),
        Known::Region => account.region.is_some(),
        Known::City => account.city.is_some(),
        Known::Partner => account.partner.is_some(),
        Known::Renewal => next_renewal(account, today).is_some(),
        Known::TargetedClass => account.targeted_class.is_some(),
        Known::TargetedBand => account.targeted_band.is_some(),
        Known::UserType => profile.user_type.is_some(),
        Known::Level => profile.level.is_some(),
        Known::Role => profile.role.is_some(),
        Known::Language => profile.language.is_some(),
        Known::Timezone => profile.timezone.is_some(),
    }
}

fn did(profile: &Profile, act: &Act, now: DateTime<Utc>) -> bool {
    if act.verb.watched_under().is_some_and(|purpose| !profile.consents_to(purpose, now)) {
        return false;
    }
    let count = times(profile, act.verb, &act.of, act.when, now);
    act.times.map_or(count > 0, |times| times.holds(count))
}

fn did_not(profile: &Profile, unseen: &Unseen, now: DateTime<Utc>) -> bool {
    let watched = unseen.verb.watched_under().is_none_or(|purpose| profile.consents_to(purpose, now));
    let times = |verb| times(profile, verb, &unseen.of, unseen.when, now);
    watched && times(Verb::Received) > 0 && times(unseen.verb) == 0
}
