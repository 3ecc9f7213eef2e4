//! What a profile says about each fact: the numbers and dates that tests are put to.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Amount, Object, Verb, When, measure::moment_in};
use crate::{Account, Event, Profile, Verdict, money};

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

/// The earliest end, today or later, of a licence in force.
pub(crate) fn next_renewal(account: &Account, today: NaiveDate) -> Option<NaiveDate> {
    account.in_force().map(|licence| licence.renews_on).filter(|on| *on >= today).min()
}

/// What the licences in force cost together, in the one currency they share.
pub(crate) fn amount(account: &Account) -> Option<Amount> {
    let currency = currency(account)?;
    let minor: i128 = prices(account).map(|(amount, _)| i128::from(amount)).sum();
    let thousandths = minor * i128::from(money::thousandths_in_minor_unit(currency));
    i64::try_from(thousandths).ok().map(Amount::from_thousandths)
}

/// The one currency of the licences in force.
pub(crate) fn currency(account: &Account) -> Option<&str> {
    let (_, first) = prices(account).next()?;
    prices(account).all(|(_, currency)| currency == first).then_some(first)
}

fn prices(account: &Account) -> impl Iterator<Item = (i64, &str)> {
    account.in_force().filter_map(|licence| Some((licence.amount?, licence.currency.as_deref()?)))
}

/// How often somebody did something, so far as we may and can know.
pub(crate) fn times(
    profile: &Profile,
    verb: Verb,
    of: &Object,
    when: Option<When>,
    now: DateTime<Utc>,
) -> usize {
    let events = counted(profile, verb, of, when, now);
    if verb == Verb::Received {
        // A letter that was both sent and delivered is one letter.
        let (letters, others): (Vec<_>, Vec<_>) = events.partition(|event| event.message.is_some());
        let letters: BTreeSet<_> = letters.iter().map(|event| event.message).collect();
        return letters.len() + others.len();
    }
    events.count()
}

/// When they last did it.
pub(crate) fn latest(
    profile: &Profile,
    verb: Verb,
    of: &Object,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    counted(profile, verb, of, None, now).map(|event| event.at).max()
}

fn counted<'a>(
    profile: &'a Profile,
    verb: Verb,
    of: &'a Object,
    when: Option<When>,
    now: DateTime<Utc>,
) -> impl Iterator<Item = &'a Event> {
    let span = When::moments(when, now);
    profile.events.iter().filter(move |event| {
        verb.kinds().contains(&event.kind)
            && moment_in(span, event.at)
            && (!verb.needs_verdict() || event.verdict == Some(Verdict::Human))
            && about(event, of, verb.is_about_the_letter())
    })
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
