//! What we know about one customer company.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{AccountId, Class, SizeBand};

/// One customer company, with what it holds and how much of it is in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Identifier.
    pub id: AccountId,
    /// Identifier in the files of the vendor.
    pub external_id: String,
    /// Company name.
    pub name: String,
    /// Company domain, lower case.
    pub domain: Option<String>,
    /// Head count.
    pub employees: Option<i32>,
    /// When it was founded.
    pub founded_on: Option<NaiveDate>,
    /// Its stage, when somebody said so; [`Account::stage`] also derives it.
    pub said_stage: Option<Stage>,
    /// NAICS 2022 code.
    pub industry: Option<String>,
    /// ISO 3166 code.
    pub country: Option<String>,
    /// State or region code.
    pub region: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// External id of the partner that serves it.
    pub partner: Option<String>,
    /// Who bills it.
    pub billing: Billing,
    /// Class that sales planned with.
    pub targeted_class: Option<Class>,
    /// Size band that sales planned with.
    pub targeted_band: Option<SizeBand>,
    /// Side of its family.
    pub side: Option<Side>,
    /// True while its family is kept out of every send.
    pub held: bool,
    /// What it holds.
    pub licences: Vec<Licence>,
    /// Latest count of seats in use, one a product.
    pub seats: Vec<SeatCount>,
    /// Steps it has reached.
    pub milestones: Vec<Milestone>,
    /// Extra columns of its import.
    pub traits: BTreeMap<String, String>,
}

/// A product that an account holds for a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// Code of the product.
    pub product: String,
    /// Seats sold.
    pub seats: Option<i32>,
    /// Start of the term.
    pub starts_on: Option<NaiveDate>,
    /// End of the term, when renewal is due.
    pub renews_on: NaiveDate,
    /// Price of the term in minor units.
    pub amount: Option<i64>,
    /// Its currency, three letters.
    pub currency: Option<String>,
    /// Who bills it.
    pub billed_by: Billing,
    /// True when the renewal due on that date was reported as lapsed: the licence is no longer in force.
    pub lapsed: bool,
}

/// Seats in use, on the last day that somebody counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatCount {
    /// Code of the product.
    pub product: String,
    /// The day.
    pub on: NaiveDate,
    /// Seats in use; the largest when that day has several counts.
    pub active: i32,
}

/// A step on the way to active use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// Code of the product.
    pub product: String,
    /// Its name.
    pub name: String,
    /// The day it was reached.
    pub on: NaiveDate,
}

words! {
    /// Where a company is in its life.
    Stage, "stage":
    /// Under two years.
    StartingUp = "starting-up",
    /// Runs.
    Established = "established",
    /// Grows.
    Growing = "growing",
    /// Is being handed on.
    HandingOn = "handing-on",
}

words! {
    /// Who sends the bill.
    Billing, "biller":
    /// We do.
    Vendor = "vendor",
    /// The partner does.
    Partner = "partner",
    /// A distributor does.
    Distributor = "distributor",
}

words! {
    /// Side of a family in the draw.
    Side, "side":
    /// Is asked and written to.
    Program = "program",
    /// Is left out for a stated time.
    Comparison = "comparison",
}

impl Stage {
    /// A company founded after this day, of which nobody said the stage, is starting up.
    pub fn starting_up_after(today: NaiveDate) -> NaiveDate {
        today.checked_sub_months(Months::new(24)).unwrap_or(NaiveDate::MIN)
    }
}

impl Account {
    /// An account of which nothing is known but its id and who bills it.
    pub fn blank(id: AccountId) -> Self {
        Self {
            id,
            external_id: String::new(),
            name: String::new(),
            domain: None,
            employees: None,
            founded_on: None,
            said_stage: None,
            industry: None,
            country: None,
            region: None,
            city: None,
            postal_code: None,
            partner: None,
            billing: Billing::Vendor,
            targeted_class: None,
            targeted_band: None,
            side: None,
            held: false,
            licences: Vec::new(),
            seats: Vec::new(),
            milestones: Vec::new(),
            traits: BTreeMap::new(),
        }
    }

    /// Its size band.
    pub fn band(&self) -> Option<SizeBand> {
        self.employees.and_then(SizeBand::of)
    }

    /// Its class.
    pub fn class(&self) -> Option<Class> {
        self.employees.and_then(Class::of)
    }

    /// Its stage: as said, else starting up when it was founded under two years ago, else unknown.
    pub fn stage(&self, today: NaiveDate) -> Option<Stage> {
        self.said_stage.or_else(|| {
            self.founded_on.filter(|on| *on > Stage::starting_up_after(today)).map(|_| Stage::StartingUp)
        })
    }

    /// Licences that have not lapsed.
    pub fn in_force(&self) -> impl Iterator<Item = &Licence> {
        self.licences.iter().filter(|licence| !licence.lapsed)
    }
}
