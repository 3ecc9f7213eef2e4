//! The synthetic world of `rapport demo`: small companies, what they hold, and what each of them would
//! do with the program and without it.
//!
//! Everything is decided before anybody is assigned to a side, from the parameters and the seed alone:
//! for every family both outcomes exist, so the true lift is known exactly ([`World::truth`]) and can
//! stand beside the estimate. Letters change nothing in it. They are answered by
//! [`World::reactions`], from the person and the number of the letter.
//!
//! Nothing here opens a database, looks at a clock or sends a letter.

mod accounts;
mod calibrate;
mod chance;
mod contacts;
mod joining;
mod licences;
mod names;
mod outcomes;
mod parameters;
mod partners;
mod places;
mod reactions;
mod renewals;
mod rows;
#[cfg(test)]
mod tests;
mod ties;
mod trades;
mod truth;
mod usage;

use std::collections::HashSet;

pub use accounts::Account;
pub use calibrate::{Calibration, Sample, calibrate, renewals, revenue, side_by_hash};
pub use contacts::{Contact, NEEDS};
pub use joining::{Ask, Channel, ConsentFields, Join};
pub use licences::{Licence, PRODUCTS, Product};
pub use outcomes::{Ending, Outcome, TermEnd};
pub use parameters::Parameters;
pub use partners::{PARTNERS, Partner};
pub use reactions::{Hand, Reaction, ReactionKind};
pub use renewals::RenewalRow;
pub use rows::{AccountRow, ContactRow, Kind, LicenceRow, write_rows};
pub use truth::Truth;
pub use usage::{SEEN_EVERY, UsageRow};

/// Where a family was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Asked to join.
    Program,
    /// Not asked.
    Comparison,
}

/// The whole world. Accounts, contacts, licences and families are named by their place in these lists.
pub struct World {
    /// What it was built from.
    pub parameters: Parameters,
    /// The customer companies.
    pub accounts: Vec<Account>,
    /// Their people, in the order of the accounts.
    pub contacts: Vec<Contact>,
    /// What they hold, in the order of the accounts.
    pub licences: Vec<Licence>,
    /// Accounts that belong together, in the order of their first account.
    pub families: Vec<Family>,
    /// The number of the family of each account.
    pub family_of: Vec<usize>,
    terms: Vec<outcomes::Term>,
}

/// Accounts joined by parent, domain, shared address or billing id: the unit that is assigned.
pub struct Family {
    /// The smallest external id of its accounts, which names the family.
    pub key: String,
    /// Numbers of its accounts.
    pub accounts: Vec<usize>,
    /// Numbers of its contacts.
    pub contacts: Vec<usize>,
    /// Numbers of its licences.
    pub licences: Vec<usize>,
    /// The licence whose term is the first to end after the start.
    pub first_term: Option<usize>,
    plan: joining::JoinPlan,
}

impl World {
    /// Builds the world these parameters describe: always the same one.
    pub fn build(parameters: &Parameters) -> Self {
        let ties = ties::draw(parameters);
        let accounts = accounts::draw(parameters, &ties);
        let contacts = contacts::draw(parameters, &accounts, &ties);
        let licences = licences::draw(parameters, &accounts);
        let terms = licences
            .iter()
            .map(|licence| outcomes::draw(parameters, &accounts[licence.account], licence, licence.account));
        let terms = terms.collect();
        let (families, family_of) = gather(parameters, &accounts, &contacts, &licences);
        Self { parameters: parameters.clone(), accounts, contacts, licences, families, family_of, terms }
    }
}

fn gather(
    parameters: &Parameters,
    accounts: &[Account],
    contacts: &[Contact],
    licences: &[Licence],
) -> (Vec<Family>, Vec<usize>) {
    let components = ties::families(accounts, contacts);
    let mut family_of = vec![0; accounts.len()];
    for (number, members) in components.iter().enumerate() {
        for account in members {
            family_of[*account] = number;
        }
    }
    let mut people = vec![Vec::new(); components.len()];
    for (number, contact) in contacts.iter().enumerate() {
        people[family_of[contact.account]].push(number);
    }
    let mut held = vec![Vec::new(); components.len()];
    for (number, licence) in licences.iter().enumerate() {
        held[family_of[licence.account]].push(number);
    }
    let families = components.into_iter().zip(people).zip(held).map(|((members, people), licences_held)| {
        let key = members.iter().map(|account| accounts[*account].external_id.as_str()).min();
        Family {
            key: key.expect("a family has an account").to_owned(),
            first_term: outcomes::first_term(licences, &licences_held, parameters.start),
            plan: joining::draw(parameters, members[0], &once_each(contacts, &people)),
            accounts: members,
            contacts: people,
            licences: licences_held,
        }
    });
    (families.collect(), family_of)
}

/// The people of a family, each once: who serves two of its accounts stands twice among the contacts.
fn once_each(contacts: &[Contact], people: &[usize]) -> Vec<usize> {
    let mut seen = HashSet::new();
    people.iter().copied().filter(|contact| seen.insert(contacts[*contact].email.as_str())).collect()
}
