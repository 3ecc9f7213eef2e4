//! What became of each customer, and the counts of many.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use content::{Catalogue, Kind};
use segments::{AskChannel, SizeBand, naics};
use uuid::Uuid;

use super::{A_DAY, A_WEEK, BACK_WITHIN, ENOUGH, Heading, Row, Step};
use crate::store::funnel::{Act, Asked, Customer, Facts, Form};

/// So many sources have a row of their own: they are words in an address, and anybody can write one.
const SOURCES: usize = 12;
/// The heading over the sides, and the row of those whom the program is for.
pub(super) const SIDE: &str = "Side";
pub(super) const PROGRAM_SIDE: &str = "Program side";

/// One company that was asked, or of which somebody joined.
#[derive(Debug, Clone)]
pub(super) struct Journeyed<'a> {
    customer: &'a Customer,
    /// The last way on which it was asked before it joined.
    channel: Option<AskChannel>,
    asked: bool,
    source: Option<&'a str>,
    side: Option<&'a str>,
    joined: bool,
    confirmed: Option<DateTime<Utc>>,
    trained_after: Option<TimeDelta>,
    came_back: bool,
}

/// What became of every customer that was asked or joined.
pub(super) fn customers<'a>(facts: &'a Facts, catalogue: &Catalogue) -> Vec<Journeyed<'a>> {
    let asks = by(&facts.asks, |ask| ask.account_id);
    let forms = by(&facts.forms, |form| form.account_id);
    let acts = by(&facts.acts, |act| act.contact_id);
    let people = people(facts);
    let became = |customer: &'a Customer| {
        let asks = asks.get(&customer.id).map_or(&[][..], Vec::as_slice);
        let forms = forms.get(&customer.id).map_or(&[][..], Vec::as_slice);
        let people = people.get(&customer.id).map_or(&[][..], Vec::as_slice);
        became(customer, asks, forms, people, &acts, catalogue)
    };
    facts.customers.iter().filter_map(became).collect()
}

fn by<T>(rows: &[T], key: impl Fn(&T) -> Uuid) -> HashMap<Uuid, Vec<&T>> {
    let mut of: HashMap<Uuid, Vec<&T>> = HashMap::new();
    for row in rows {
        of.entry(key(row)).or_default().push(row);
    }
    of
}

/// When each person of each company confirmed: here, or as a file told us; the first time counts.
fn people(facts: &Facts) -> HashMap<Uuid, Vec<(Uuid, DateTime<Utc>)>> {
    let mut confirmed: HashMap<Uuid, (Uuid, DateTime<Utc>)> = HashMap::new();
    let of_files = facts.members.iter().map(|one| (one.id, one.account_id, one.opted_in_at));
    let of_forms = facts.forms.iter();
    let of_forms = of_forms.filter_map(|form| Some((form.contact_id?, form.account_id, form.confirmed_at?)));
    for (person, account, at) in of_forms.chain(of_files) {
        let first = confirmed.entry(person).or_insert((account, at));
        first.1 = first.1.min(at);
    }
    let mut people: HashMap<Uuid, Vec<(Uuid, DateTime<Utc>)>> = HashMap::new();
    for (person, (account, at)) in confirmed {
        people.entry(account).or_default().push((person, at));
    }
    people
}

fn became<'a>(
    customer: &'a Customer,
    asks: &[&'a Asked],
    forms: &[&'a Form],
    people: &[(Uuid, DateTime<Utc>)],
    acts: &HashMap<Uuid, Vec<&'a Act>>,
    catalogue: &Catalogue,
) -> Option<Journeyed<'a>> {
    let confirmed = people.iter().map(|(_, at)| *at).min();
    let form = forms.first();
    let joined_at = form.map(|form| form.created_at).into_iter().chain(confirmed).min();
    let asked = asks.iter().rev().find(|ask| joined_at.is_none_or(|joined| ask.asked_at <= joined));
    // Whoever came by the address of an ask was asked, even where nobody wrote that down.
    let said = form.and_then(|form| form.channel.as_deref());
    let channel = said.or(asked.map(|ask| ask.channel.as_str())).and_then(|word| word.parse().ok());
    let asked = asked.is_some() || said.is_some();
    if !asked && joined_at.is_none() {
        return None;
    }
    let theirs = |person: &Uuid| acts.get(person).map_or(&[][..], Vec::as_slice);
    let trained = people.iter().filter_map(|(person, at)| first_training(theirs(person), *at, catalogue));
    Some(Journeyed {
        customer,
        channel,
        asked,
        source: form.and_then(|form| form.source.as_deref()),
        side: form.and_then(|form| form.side.as_deref()).or(customer.side.as_deref()),
        joined: joined_at.is_some(),
        confirmed,
        trained_after: trained.min(),
        came_back: people.iter().any(|(person, at)| came_back(theirs(person), *at)),
    })
}

/// How long after joining the first training was finished. What is not in the catalogue any more was one.
fn first_training(acts: &[&Act], joined: DateTime<Utc>, catalogue: &Catalogue) -> Option<TimeDelta> {
    let training = |act: &&&Act| {
        let item = act.item.as_deref().and_then(|item| catalogue.get(item));
        act.kind == "completed" && act.at >= joined && item.is_none_or(|item| item.kind == Kind::Training)
    };
    acts.iter().find(training).map(|act| act.at - joined)
}

fn came_back(acts: &[&Act], joined: DateTime<Utc>) -> bool {
    acts.iter().any(|act| act.at.date_naive() > joined.date_naive() && act.at - joined <= BACK_WITHIN)
}

/// Counts one kind of customer.
pub(super) fn row<'a>(
    name: &str,
    customers: impl IntoIterator<Item = &'a Journeyed<'a>>,
    now: DateTime<Utc>,
) -> Row {
    let (mut row, mut joined) = (Row { name: name.to_owned(), ..Row::default() }, 0);
    for one in customers {
        row.asked += u64::from(one.asked);
        row.unasked += u64::from(one.joined && !one.asked);
        row.joined.count += u64::from(one.joined && one.asked);
        joined += u64::from(one.joined);
        let Some(confirmed) = one.confirmed else { continue };
        row.confirmed.count += 1;
        let within = |time: TimeDelta| one.trained_after.is_some_and(|after| after <= time);
        for (step, time, done) in [
            (&mut row.trained_in_a_day, A_DAY, within(A_DAY)),
            (&mut row.trained_in_a_week, A_WEEK, within(A_WEEK)),
            (&mut row.came_back, BACK_WITHIN, one.came_back),
        ] {
            // Who has not had the time yet is in neither number.
            if confirmed + time <= now {
                step.of += 1;
                step.count += u64::from(done);
            }
        }
    }
    (row.joined.of, row.confirmed.of) = (row.asked, joined);
    for step in [
        &mut row.joined,
        &mut row.confirmed,
        &mut row.trained_in_a_day,
        &mut row.trained_in_a_week,
        &mut row.came_back,
    ] {
        *step = with_share(*step);
    }
    row
}

fn with_share(step: Step) -> Step {
    let share = (step.of >= ENOUGH).then(|| step.count as f64 / step.of as f64);
    Step { share, ..step }
}

/// The counts by channel, source, size, kind of business and side.
pub(super) fn headings(customers: &[Journeyed<'_>], now: DateTime<Utc>) -> Vec<Heading> {
    let heading = |name, note, rows| Heading { name, note, rows };
    let all = [
        heading(
            "How they were asked",
            "Each under the last way before they joined.",
            named(customers, now, channel),
        ),
        heading(
            "Where they came from",
            "As the address of the form said. Who has not filled it in came from nowhere yet.",
            sources(customers, now),
        ),
        heading("Size", "", named(customers, now, |one| size(one.customer))),
        heading("Kind of business", "", named(customers, now, |one| (0, sector(one.customer).to_owned()))),
        heading(SIDE, "As it was when they joined.", named(customers, now, |one| side(one.side))),
    ];
    all.into_iter().filter(|heading| !heading.rows.is_empty()).collect()
}

/// One row for each name, in the order of their places.
fn named(
    customers: &[Journeyed<'_>],
    now: DateTime<Utc>,
    name: impl Fn(&Journeyed<'_>) -> (usize, String),
) -> Vec<Row> {
    let mut kinds: BTreeMap<(usize, String), Vec<&Journeyed<'_>>> = BTreeMap::new();
    for one in customers {
        kinds.entry(name(one)).or_default().push(one);
    }
    kinds.into_iter().map(|((_, name), some)| row(&name, some, now)).collect()
}

/// The sources of most forms, and the rest together.
fn sources(customers: &[Journeyed<'_>], now: DateTime<Utc>) -> Vec<Row> {
    let came: Vec<_> = customers.iter().filter(|one| one.joined).cloned().collect();
    let mut often: BTreeMap<&str, usize> = BTreeMap::new();
    for source in came.iter().filter_map(|one| one.source) {
        *often.entry(source).or_default() += 1;
    }
    let mut often: Vec<_> = often.into_iter().collect();
    often.sort_by_key(|(_, forms)| std::cmp::Reverse(*forms));
    let place = |source: &str| often.iter().take(SOURCES).position(|(one, _)| *one == source);
    if often.is_empty() {
        return Vec::new();
    }
    named(&came, now, |one| match one.source {
        None => (usize::MAX, "Not said".to_owned()),
        Some(source) => match place(source) {
            Some(place) => (place, source.to_owned()),
            None => (SOURCES, "Other sources".to_owned()),
        },
    })
}

fn channel(one: &Journeyed<'_>) -> (usize, String) {
    let Some(channel) = one.channel else {
        let name = if one.asked { "Another way" } else { "Nobody asked them" };
        return (usize::MAX, name.to_owned());
    };
    let name = match channel {
        AskChannel::Activation => "The screen after activation",
        AskChannel::ServiceMail => "A line in a service mail",
        AskChannel::Call => "A call",
        AskChannel::Event => "An event",
        AskChannel::Partner => "A partner",
        AskChannel::Paper => "A form on paper",
    };
    (channel as usize, name.to_owned())
}

fn size(customer: &Customer) -> (usize, String) {
    match customer.employees.and_then(SizeBand::of) {
        None => (usize::MAX, "Size not known".to_owned()),
        Some(band) => match band.bounds() {
            (from, Some(to)) => (band as usize, format!("{from} to {to} people")),
            (_, None) => (band as usize, "Over 500 people".to_owned()),
        },
    }
}

fn sector(customer: &Customer) -> &str {
    let code = customer.industry.as_deref().and_then(|code| code.get(..2));
    code.and_then(|code| naics::by_code(code).ok()).map_or("Not known", |sector| sector.title.as_ref())
}

fn side(side: Option<&str>) -> (usize, String) {
    match side {
        Some("program") => (0, PROGRAM_SIDE.to_owned()),
        Some("comparison") => (1, "Comparison side".to_owned()),
        _ => (2, "On no side yet".to_owned()),
    }
}
