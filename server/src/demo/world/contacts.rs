//! The people at the customer companies.

use std::collections::HashSet;

use super::accounts::Account;
use super::chance::Chance;
use super::names;
use super::parameters::Parameters;
use super::ties::Tie;

/// One person as one account's records name them. Who serves two accounts stands in the list twice,
/// under two external ids and one address.
pub struct Contact {
    /// `C000001-1` and so on: the account's number, then the person's.
    pub external_id: String,
    /// Number of the account.
    pub account: usize,
    /// The address, lower case, in the account's domain (or, shared, in another's).
    pub email: String,
    /// Given name.
    pub first_name: &'static str,
    /// Family name.
    pub last_name: &'static str,
    /// What they do there.
    pub role: &'static str,
    /// Language code; `None` where nobody noted it.
    pub language: Option<&'static str>,
    /// `learner`, `connector`, `collaborator`, or not known.
    pub user_type: Option<&'static str>,
    /// `starter`, `getting-by`, `confident`, or not known.
    pub level: Option<&'static str>,
    /// What they said they want, from [`NEEDS`].
    pub needs: Vec<&'static str>,
    /// Whether they allow tracking when they join.
    pub allows_tracking: bool,
    /// Whether their mail program fetches pictures by itself.
    pub prefetches: bool,
    /// How likely they are to open, click and learn, from 0 to 1.
    pub(super) interest: f64,
}

/// What people say they want, in the words of the library and its rules.
pub const NEEDS: &[&str] = &[
    "fewer missed calls",
    "fewer missed appointments",
    "get paid faster",
    "get found online",
    "look professional",
    "keep files safe",
    "be ready for trouble",
    "steady internet",
    "new people up to speed",
    "hand over smoothly",
];

const ROLES: &[(&str, u32)] = &[
    ("Office manager", 30),
    ("Bookkeeper", 15),
    ("Manager", 20),
    ("Front desk", 12),
    ("Technician", 10),
    ("IT", 6),
    ("Sales", 7),
];

/// Draws the contacts of every account, in the order of the accounts.
pub(super) fn draw(parameters: &Parameters, accounts: &[Account], ties: &[Option<Tie>]) -> Vec<Contact> {
    let mut contacts: Vec<Contact> = Vec::with_capacity(accounts.len() * 5 / 2);
    let mut first_of = Vec::with_capacity(accounts.len());
    let mut taken = HashSet::new();
    for (number, account) in accounts.iter().enumerate() {
        first_of.push(contacts.len());
        let mut chance = Chance::of(parameters.seed, "contacts", number);
        let people = how_many(&mut chance, account.employees);
        for person in 0..people {
            let mut contact = one(parameters, account, number, person);
            let mut namesakes = 1;
            while !taken.insert(contact.email.clone()) {
                namesakes += 1;
                contact.email =
                    address(contact.first_name, contact.last_name, &account.domain, Some(namesakes));
            }
            contacts.push(contact);
        }
        if let Some(Tie::SharedAddress(earlier)) = ties[number] {
            let same = &contacts[first_of[earlier]];
            let (email, first_name, last_name) = (same.email.clone(), same.first_name, same.last_name);
            let (allows_tracking, prefetches, interest) =
                (same.allows_tracking, same.prefetches, same.interest);
            let mut contact = one(parameters, account, number, people);
            contact =
                Contact { email, first_name, last_name, allows_tracking, prefetches, interest, ..contact };
            contacts.push(contact);
        }
    }
    contacts
}

fn how_many(chance: &mut Chance, employees: u32) -> usize {
    let expected = 0.85 + 0.95 * f64::from(employees).ln();
    let mut people = 1;
    while people < 8 && people < employees as usize && chance.happens(expected / (1.0 + expected)) {
        people += 1;
    }
    people
}

fn one(parameters: &Parameters, account: &Account, number: usize, person: usize) -> Contact {
    let mut chance = Chance::of(parameters.seed, "contact", number * 16 + person);
    let (first_name, last_name) = names::person(&mut chance);
    let role = if person == 0 { "Owner" } else { chance.weighted(ROLES, |(_, weight)| *weight).0 };
    let language = match chance.between(0, 99) {
        0..=89 => Some("en"),
        90..=96 => Some("es"),
        _ => None,
    };
    let user_type = match chance.between(0, 99) {
        0..=27 => Some("learner"),
        28..=41 => Some("connector"),
        42..=54 => Some("collaborator"),
        _ => None,
    };
    let level = match chance.between(0, 99) {
        0..=24 => Some("starter"),
        25..=49 => Some("getting-by"),
        50..=59 => Some("confident"),
        _ => None,
    };
    Contact {
        external_id: format!("C{:06}-{}", number + 1, person + 1),
        account: number,
        email: address(first_name, last_name, &account.domain, None),
        first_name,
        last_name,
        role,
        language,
        user_type,
        level,
        needs: NEEDS.iter().filter(|_| chance.happens(0.11)).copied().collect(),
        allows_tracking: chance.happens(parameters.tracking_rate),
        prefetches: chance.happens(parameters.prefetch_rate),
        interest: chance.unit().max(chance.unit() * 0.8),
    }
}

fn address(first_name: &str, last_name: &str, domain: &str, namesake: Option<u32>) -> String {
    let number = namesake.map(|number| number.to_string()).unwrap_or_default();
    format!("{}.{}{number}@{domain}", names::slug(first_name), names::slug(last_name))
}
