//! From rows to families: each as it was assigned, with the one term that counts for it and what came of it.
//!
//! Which families are here, and which term counts, never depends on the side.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use segments::naics;
use uuid::Uuid;

use crate::lift::renewal::{Term, Window};
use crate::store::outcomes::{Account, Assigned, Ending, Licence, Person, Use};
use crate::store::programs::Program;

/// Everything that is known of the families, as the store hands it over.
#[derive(Debug, Default)]
pub struct Rows {
    /// First assignments.
    pub assigned: Vec<Assigned>,
    /// Accounts.
    pub accounts: Vec<Account>,
    /// Licences.
    pub licences: Vec<Licence>,
    /// How terms ended.
    pub endings: Vec<Ending>,
    /// Seats in use, in order of time.
    pub uses: Vec<Use>,
    /// People.
    pub people: Vec<Person>,
    /// Families that the program is for; nothing when it is for everyone.
    pub audience: Option<HashSet<Uuid>>,
}

/// How a term ended, as far as it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Renewed in its window.
    Renewed,
    /// Renewed in its window, for less.
    RenewedForLess,
    /// Lapsed, or renewed outside its window.
    NotRenewed,
    /// The feed has no row for it: not renewed.
    NoWord,
}

impl End {
    /// Whether it counts as renewed.
    pub fn renewed(self) -> bool {
        matches!(self, Self::Renewed | Self::RenewedForLess)
    }
}

/// One family with a term due after its assignment.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// The family.
    pub id: Uuid,
    /// True for the comparison side.
    pub comparison: bool,
    /// Share kept out when it was assigned.
    pub share: f64,
    /// The day its first term ends.
    pub due: NaiveDate,
    /// The day from which its outcome is final.
    pub closes: NaiveDate,
    /// How that term ended.
    pub end: End,
    /// Booked in the window, in minor units; nothing when the term is in another currency.
    pub revenue: Option<i64>,
    /// Whether something renewed in the window without an amount, which counts as 0.
    pub unpriced: bool,
    /// Whether most of its seats were in use in the 30 days before the term ended; nothing when that was not seen.
    pub active: Option<bool>,
    /// Whether the last term due before the assignment was renewed.
    pub before: Option<bool>,
    /// Head count of its largest account.
    pub employees: Option<i32>,
    /// Sector of its largest account.
    pub sector: Option<&'static str>,
    /// When the first of its people joined.
    pub joined: Option<DateTime<Utc>>,
}

/// The families, and what was left out on the way.
#[derive(Debug, Default, PartialEq)]
pub struct Gathered {
    /// Families with a term due after their assignment, in the order of the ledger.
    pub families: Vec<Family>,
    /// Currencies that were left out.
    pub other_currencies: BTreeSet<String>,
    /// Whether the usage feed holds anything for them.
    pub usage_known: bool,
}

/// Days before the end of a term in which its seats are looked at.
const USE_DAYS: i64 = 30;

/// Puts the rows together for one program.
pub fn gather(rows: &Rows, program: &Program) -> Gathered {
    let held = Held::of(rows);
    let mut gathered = Gathered::default();
    for one in &rows.assigned {
        if rows.audience.as_ref().is_some_and(|audience| !audience.contains(&one.family)) {
            continue;
        }
        gathered.families.extend(held.family(one, program, &mut gathered.other_currencies));
    }
    gathered.usage_known = gathered.families.iter().any(|family| family.active.is_some());
    gathered
}

/// The rows, by whom they belong to.
struct Held<'a> {
    accounts: HashMap<Uuid, Vec<&'a Account>>,
    licences: HashMap<Uuid, Vec<&'a Licence>>,
    endings: HashMap<Uuid, Vec<&'a Ending>>,
    uses: HashMap<(Uuid, &'a str), Vec<&'a Use>>,
    joined: HashMap<Uuid, DateTime<Utc>>,
}

impl<'a> Held<'a> {
    fn of(rows: &'a Rows) -> Self {
        let mut held = Self {
            accounts: HashMap::new(),
            licences: HashMap::new(),
            endings: HashMap::new(),
            uses: HashMap::new(),
            joined: HashMap::new(),
        };
        for account in &rows.accounts {
            held.accounts.entry(account.family_id).or_default().push(account);
        }
        for licence in &rows.licences {
            held.licences.entry(licence.account_id).or_default().push(licence);
        }
        for ending in &rows.endings {
            held.endings.entry(ending.licence_id).or_default().push(ending);
        }
        for one in &rows.uses {
            held.uses.entry((one.account_id, &one.product_code)).or_default().push(one);
        }
        for person in &rows.people {
            if let Some(at) = person.opted_in_at {
                held.joined
                    .entry(person.account_id)
                    .and_modify(|first| *first = at.min(*first))
                    .or_insert(at);
            }
        }
        held
    }

    fn family(
        &self,
        assigned: &Assigned,
        program: &Program,
        other_currencies: &mut BTreeSet<String>,
    ) -> Option<Family> {
        let accounts = self.accounts.get(&assigned.family)?;
        let licences: Vec<_> =
            accounts.iter().filter_map(|account| self.licences.get(&account.id)).flatten().copied().collect();
        let day = assigned.at.date_naive();
        let (due, first) = self.first_term(&licences, day)?;
        let window = Window {
            as_of: NaiveDate::MAX,
            grace_days: program.grace_days.into(),
            early_days: program.early_days.into(),
        };
        let ending = self.ending(first, due);
        let end = ending.map_or(End::NoWord, |ending| {
            let renewed_on = (ending.outcome != "lapsed").then(|| ending.day());
            match (window.is_renewed(Term { due, renewed_on }), ending.outcome.as_str()) {
                (true, "contracted") => End::RenewedForLess,
                (true, _) => End::Renewed,
                (false, _) => End::NotRenewed,
            }
        });
        let largest = accounts.iter().max_by_key(|account| account.employees);
        let industry = largest.and_then(|account| account.industry.as_deref());
        let booked = self.booked(&licences, due, window);
        Some(Family {
            id: assigned.family,
            comparison: assigned.comparison,
            share: assigned.share,
            due,
            closes: later(due, program.grace_days.into()),
            end,
            revenue: revenue(first, &booked, &program.currency, other_currencies),
            unpriced: booked.iter().any(|ending| ending.outcome != "lapsed" && ending.amount.is_none()),
            active: self.active(&licences, day, due),
            before: self.before(&licences, day, window),
            employees: largest.and_then(|account| account.employees),
            sector: industry
                .and_then(|code| naics::by_code(code.get(..2)?).ok())
                .map(|one| one.title.as_ref()),
            joined: accounts.iter().filter_map(|account| self.joined.get(&account.id)).min().copied(),
        })
    }

    /// The first term that ends after that day. Ties: the larger amount, then the external id.
    fn first_term(&self, licences: &[&'a Licence], after: NaiveDate) -> Option<(NaiveDate, &'a Licence)> {
        let terms = licences.iter().flat_map(|licence| self.ends(licence).map(move |due| (due, *licence)));
        terms.filter(|(due, _)| *due > after).min_by(|(one_due, one), (other_due, other)| {
            let by_date = one_due.cmp(other_due);
            by_date.then(other.amount.cmp(&one.amount)).then_with(|| one.external_id.cmp(&other.external_id))
        })
    }

    /// Every day a term of this licence ends: the present one, and those whose ending is known.
    fn ends(&self, licence: &'a Licence) -> impl Iterator<Item = NaiveDate> {
        let known = self.endings.get(&licence.id).into_iter().flatten().map(|ending| ending.due_on);
        known.chain([licence.renews_on])
    }

    fn ending(&self, licence: &Licence, due: NaiveDate) -> Option<&'a Ending> {
        self.endings.get(&licence.id)?.iter().find(|ending| ending.due_on == due).copied()
    }

    /// All endings of the family's terms in the window of the one that counts.
    fn booked(&self, licences: &[&Licence], due: NaiveDate, window: Window) -> Vec<&'a Ending> {
        let endings = licences.iter().filter_map(|licence| self.endings.get(&licence.id)).flatten().copied();
        endings.filter(|ending| window.is_renewed(Term { due, renewed_on: Some(ending.day()) })).collect()
    }

    /// Whether at least half of the seats sold were in use when last seen before the term ended and after the
    /// assignment. Only what was held then and seen then is looked at.
    fn active(&self, licences: &[&Licence], assigned: NaiveDate, due: NaiveDate) -> Option<bool> {
        let mut sold: BTreeMap<_, i64> = BTreeMap::new();
        for licence in licences.iter().filter(|licence| self.held_on(licence, due)) {
            let seats = i64::from(licence.seats.unwrap_or_default());
            *sold.entry((licence.account_id, licence.product_code.as_str())).or_default() += seats;
        }
        let from = earlier(due, USE_DAYS).max(assigned);
        let last = |key| {
            let seen = self.uses.get(key)?.iter().rev().find(|one| one.on_date <= due)?;
            (seen.on_date > from).then(|| i64::from(seen.active_seats))
        };
        let seen: Vec<(i64, i64)> = sold.iter().filter_map(|(key, sold)| Some((last(key)?, *sold))).collect();
        let (active, sold) = seen.iter().fold((0, 0), |(active, sold), one| (active + one.0, sold + one.1));
        (sold > 0).then_some(2 * active >= sold)
    }

    /// Whether a licence was held on a day: its term had not ended by then, or did not end with a lapse.
    fn held_on(&self, licence: &Licence, day: NaiveDate) -> bool {
        let ended = self.endings.get(&licence.id).into_iter().flatten().filter(|ending| ending.due_on < day);
        let last = ended.max_by_key(|ending| ending.due_on);
        licence.renews_on >= day || last.is_some_and(|ending| ending.outcome != "lapsed")
    }

    /// How the last term before the assignment ended, where that is known.
    fn before(&self, licences: &[&Licence], day: NaiveDate, window: Window) -> Option<bool> {
        let endings = licences.iter().filter_map(|licence| self.endings.get(&licence.id)).flatten();
        let last = endings.filter(|ending| ending.due_on <= day && ending.day() <= day);
        let last = last.max_by_key(|ending| (ending.due_on, ending.licence_id))?;
        let renewed_on = (last.outcome != "lapsed").then(|| last.day());
        Some(window.is_renewed(Term { due: last.due_on, renewed_on }))
    }
}

/// What came in, in minor units. A lapse brings nothing in, whatever amount its row names; a refund is taken off.
fn revenue(
    first: &Licence,
    booked: &[&Ending],
    currency: &str,
    other_currencies: &mut BTreeSet<String>,
) -> Option<i64> {
    if let Some(other) = first.currency.as_deref().filter(|known| *known != currency) {
        other_currencies.insert(other.to_owned());
        return None;
    }
    let mut sum = 0;
    for ending in booked {
        let amount = ending.amount.unwrap_or_default();
        match ending.currency.as_deref() {
            Some(other) if other != currency => drop(other_currencies.insert(other.to_owned())),
            _ if ending.outcome == "lapsed" => sum += amount.min(0),
            _ => sum += amount,
        }
    }
    Some(sum)
}

/// A later day, stopping at the end of the calendar.
pub fn later(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_signed(TimeDelta::days(days)).unwrap_or(NaiveDate::MAX)
}

/// An earlier day, stopping at the start of the calendar.
pub fn earlier(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_sub_signed(TimeDelta::days(days)).unwrap_or(NaiveDate::MIN)
}
