//! The reader in memory: answers for one person. The SQL reader agrees with it, and a test holds them together.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Act, Agreement, Amount, Fact, Industry, Known, Object, Predicate, Unseen, Verb, When,
    measure::{day_in, moment_in},
};
use crate::{Account, Event, Licence, Profile, Verdict, money};

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

/// Seats sold of a product; none when no licence in force says a number.
pub(crate) fn seats(account: &Account, product: &str) -> Option<i64> {
    let held = account.in_force().filter(|licence| licence.product == product);
    held.filter_map(|licence| licence.seats).map(i64::from).reduce(|a, b| a + b)
}

/// Seats in use of a product, by the last count.
pub(crate) fn active_seats(account: &Account, product: &str, today: NaiveDate) -> Option<i64> {
    let counts = account.seats.iter().filter(|count| count.product == product && count.on <= today);
    counts.max_by_key(|count| (count.on, count.active)).map(|count| count.active.into())
}

/// Seats sold and not in use.
pub(crate) fn unused_seats(account: &Account, product: &str, today: NaiveDate) -> Option<i64> {
    Some(seats(account, product)? - active_seats(account, product, today)?)
}

fn milestone(account: &Account, name: &str, when: Option<When>, today: NaiveDate) -> bool {
    account.milestones.iter().any(|milestone| {
        milestone.name == name
            && milestone.on <= today
            && when.is_none_or(|when| day_in(when.days_back(today), milestone.on))
    })
}

/// The earliest end, today or later, of a licence in force.
pub(crate) fn next_renewal(account: &Account, today: NaiveDate) -> Option<NaiveDate> {
    account.in_force().map(|licence| licence.renews_on).filter(|on| *on >= today).min()
}

/// What the licences in force cost together, in the one currency they share.
pub(crate) fn amount(account: &Account) -> Option<Amount> {
    let priced = |licence: &Licence| Some((licence.amount?, licence.currency.clone()?));
    let prices: Vec<_> = account.in_force().filter_map(priced).collect();
    let currencies: BTreeSet<_> = prices.iter().map(|(_, currency)| currency.as_str()).collect();
    let currency = currencies.first().filter(|_| currencies.len() == 1)?;
    let minor: i128 = prices.iter().map(|(amount, _)| i128::from(*amount)).sum();
    let thousandths = minor * i128::from(money::thousandths_in_minor_unit(currency));
    i64::try_from(thousandths).ok().map(Amount::from_thousandths)
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

/// How often somebody did something, so far as we may and can know.
pub(crate) fn times(
    profile: &Profile,
    verb: Verb,
    of: &Object,
    when: Option<When>,
    now: DateTime<Utc>,
) -> usize {
    let span = When::moments(when, now);
    let counts = |event: &&Event| {
        verb.kinds().contains(&event.kind)
            && moment_in(span, event.at)
            && (!verb.needs_verdict() || event.verdict == Some(Verdict::Human))
            && about(event, of, verb.is_about_the_letter())
    };
    let events = profile.events.iter().filter(counts);
    if verb == Verb::Received {
        // A letter that was both sent and delivered is one letter.
        let (letters, others): (Vec<_>, Vec<_>) = events.partition(|event| event.message.is_some());
        let letters: BTreeSet<_> = letters.iter().map(|event| event.message).collect();
        return letters.len() + others.len();
    }
    events.count()
}

fn about(event: &Event, of: &Object, in_letter: bool) -> bool {
    let carried = event.carried.iter().filter(|_| in_letter);
    match of {
        Object::Any => true,
        Object::Kind(word) => {
            event.item_words.contains(word) || carried.into_iter().any(|carried| carried.words.contains(word))
        }
        Object::Item(item) => {
            event.item.as_ref() == Some(item) || carried.into_iter().any(|carried| carried.item == *item)
        }
    }
}
