//! The customer companies, before anybody has measured anything.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};

use super::chance::Chance;
use super::names;
use super::parameters::Parameters;
use super::partners::{PARTNERS, Partner};
use super::places::STATES;
use super::ties::Tie;
use super::trades::{TRADES, Trade};

/// One customer company.
pub struct Account {
    /// `A000001` and so on, in the order of the accounts.
    pub external_id: String,
    /// An invented name.
    pub name: String,
    /// The company's own mail domain, under `.example`; every contact's address lies in it.
    pub domain: String,
    /// Whether the vendor's records name the domain.
    pub domain_recorded: bool,
    /// Head count, 1 to 500.
    pub employees: u32,
    /// Whether the vendor's records name the head count.
    pub employees_recorded: bool,
    /// The day it began.
    pub founded_on: NaiveDate,
    /// `starting-up`, `established`, `growing` or `handing-on`.
    pub stage: &'static str,
    /// NAICS 2022 code; empty where the records do not name it.
    pub industry: &'static str,
    /// Two-letter state.
    pub region: &'static str,
    /// City of that state.
    pub city: &'static str,
    /// Five digits that begin as the city's codes do.
    pub postal_code: String,
    /// IANA time zone of the state.
    pub timezone: &'static str,
    /// External id of the parent company, if it is another account.
    pub parent: Option<String>,
    /// The id under which bills are kept.
    pub billing_id: Option<String>,
    /// External id of the partner that looks after it.
    pub partner: Option<&'static str>,
    /// Who bills it: `vendor`, `partner` or `distributor`.
    pub billing: &'static str,
    /// The class sales planned with: `small` or `midmarket`; often not planned at all.
    pub targeted_class: Option<&'static str>,
    /// The size band sales planned with.
    pub targeted_band: Option<&'static str>,
    /// Whether its mail gateway follows every link before it delivers.
    pub scans_links: bool,
    /// How much more or less than others like it the company tends to renew.
    pub(super) loyalty: f64,
    pub(super) trade: &'static Trade,
}

/// Draws account after account; `ties[i]` says what joins account `i` to an earlier one.
pub(super) fn draw(parameters: &Parameters, ties: &[Option<Tie>]) -> Vec<Account> {
    let mut accounts: Vec<Account> = Vec::with_capacity(parameters.accounts);
    let mut taken = HashSet::with_capacity(parameters.accounts);
    for (number, tie) in ties.iter().enumerate() {
        let mut account = alone(parameters, number);
        if !taken.insert(account.domain.clone()) {
            set_apart(&mut account, number, &mut taken);
        }
        match *tie {
            Some(Tie::Parent(earlier)) => account.parent = Some(external_id(earlier)),
            Some(Tie::Domain(earlier)) => {
                account.domain.clone_from(&accounts[earlier].domain);
                account.domain_recorded = true;
                accounts[earlier].domain_recorded = true;
            }
            Some(Tie::BillingId(earlier)) => {
                let billing_id = accounts[earlier].billing_id.get_or_insert_with(|| own_billing_id(earlier));
                account.billing_id = Some(billing_id.clone());
            }
            Some(Tie::SharedAddress(_)) | None => {}
        }
        accounts.push(account);
    }
    accounts
}

/// The external id of account `number`.
pub(super) fn external_id(number: usize) -> String {
    format!("A{:06}", number + 1)
}

fn own_billing_id(number: usize) -> String {
    format!("B{:06}", number + 1)
}

/// One account as it would be if it were the only one.
fn alone(parameters: &Parameters, number: usize) -> Account {
    let mut chance = Chance::of(parameters.seed, "account", number);
    let trade = chance.weighted(TRADES, |trade| trade.weight);
    let name = names::firm(&mut chance, trade.nouns);
    let employees = head_count(&mut chance, trade);
    let (founded_on, stage) = age(&mut chance, parameters.start);
    let state = chance.weighted(STATES, |state| state.weight);
    let (city, prefix) = *chance.pick(state.cities);
    let postal_code = format!("{prefix}{:02}", chance.between(1, 39));
    let partner = chance.happens(parameters.partner_rate).then(|| chance.pick(PARTNERS));
    let billing = billing(&mut chance, partner);
    let (targeted_class, targeted_band) = targeted(&mut chance, employees);
    Account {
        external_id: external_id(number),
        domain: format!("{}.example", names::slug(&name)),
        name,
        domain_recorded: chance.happens(0.94),
        employees,
        employees_recorded: chance.happens(0.98),
        founded_on,
        stage,
        industry: if chance.happens(0.95) { trade.code } else { "" },
        region: state.code,
        city,
        postal_code,
        timezone: state.zone,
        parent: None,
        billing_id: chance.happens(0.30).then(|| own_billing_id(number)),
        partner: partner.map(|partner| partner.external_id),
        billing,
        targeted_class,
        targeted_band,
        scans_links: chance.happens(parameters.scanner_rate),
        loyalty: 0.10 * chance.normal(),
        trade,
    }
}

/// Heavy-tailed: half have 3 people or fewer, one in ten more than 15, one in a hundred more than 60.
fn head_count(chance: &mut Chance, trade: &Trade) -> u32 {
    let people = (1.03 + 0.9 * trade.size.ln() + 1.22 * chance.normal()).exp().round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1 and 500 by the clamp"
    )]
    let people = people.clamp(1.0, 500.0) as u32;
    people
}

fn age(chance: &mut Chance, today: NaiveDate) -> (NaiveDate, &'static str) {
    let years = (2.0 + 0.95 * chance.normal()).exp().clamp(0.1, 90.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 36 and 33,000 by the clamp"
    )]
    let days = (years * 365.25) as u64;
    let stage = if days < 730 {
        "starting-up"
    } else if years > 18.0 && chance.happens(0.20) {
        "handing-on"
    } else if chance.happens(0.25) {
        "growing"
    } else {
        "established"
    };
    (today - Days::new(days), stage)
}

fn billing(chance: &mut Chance, partner: Option<&Partner>) -> &'static str {
    if partner.is_some() && chance.happens(0.60) {
        "partner"
    } else if chance.happens(0.04) {
        "distributor"
    } else {
        "vendor"
    }
}

/// The size bands by their upper ends.
pub(super) const BANDS: &[(u32, &str)] = &[
    (4, "1-4"),
    (9, "5-9"),
    (24, "10-24"),
    (49, "25-49"),
    (99, "50-99"),
    (249, "100-249"),
    (500, "250-500"),
];

/// What sales planned with: right for most, one band off for some, nothing for many.
fn targeted(chance: &mut Chance, employees: u32) -> (Option<&'static str>, Option<&'static str>) {
    if chance.happens(0.40) {
        return (None, None);
    }
    let actual = BANDS.iter().position(|(most, _)| employees <= *most).unwrap_or(BANDS.len() - 1);
    let planned = match chance.between(0, 9) {
        0 | 1 => (actual + 1).min(BANDS.len() - 1),
        2 => actual.saturating_sub(1),
        _ => actual,
    };
    let class = if BANDS[planned].0 < 100 { "small" } else { "midmarket" };
    (Some(class), Some(BANDS[planned].1))
}

/// Gives a firm whose coined name is taken a second name of its own.
fn set_apart(account: &mut Account, number: usize, taken: &mut HashSet<String>) {
    account.name = format!("{} of {}", account.name, account.city);
    account.domain = format!("{}.example", names::slug(&account.name));
    if !taken.insert(account.domain.clone()) {
        account.name = format!("{} No. {}", account.name, number + 1);
        account.domain = format!("{}.example", names::slug(&account.name));
        taken.insert(account.domain.clone());
    }
}
