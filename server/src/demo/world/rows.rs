//! The world as files: the rows that `rapport import` reads, with its columns.

use std::io::Write;

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Serialize, Serializer};

use super::joining::{self, Channel, ConsentFields};
use super::licences::PRODUCTS;
use super::partners::PARTNERS;
use super::{Side, World};

/// What a file holds. The files stand in the order in which they are imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// What Lakeshore sells.
    Products,
    /// Who sells it for Lakeshore.
    Partners,
    /// The customer companies.
    Accounts,
    /// Their people, without any consent: that comes with joining.
    Contacts,
    /// What they hold.
    Licences,
    /// What they used of it in the month before the start.
    Usage,
}

impl Kind {
    /// Every kind, in the order of import.
    pub const ALL: [Self; 6] =
        [Self::Products, Self::Partners, Self::Accounts, Self::Contacts, Self::Licences, Self::Usage];

    /// The kind as `rapport import` calls it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Products => "products",
            Self::Partners => "partners",
            Self::Accounts => "accounts",
            Self::Contacts => "contacts",
            Self::Licences => "licences",
            Self::Usage => "usage",
        }
    }
}

/// One row of an accounts file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are the import columns, which DESIGN.md section 4 names")]
pub struct AccountRow<'a> {
    pub external_id: &'a str,
    pub name: &'a str,
    pub domain: Option<&'a str>,
    pub employees: Option<u32>,
    pub founded_on: NaiveDate,
    pub stage: &'a str,
    pub industry: &'a str,
    pub country: &'a str,
    pub region: &'a str,
    pub city: &'a str,
    pub postal_code: &'a str,
    pub parent: Option<&'a str>,
    pub billing_id: Option<&'a str>,
    pub partner: Option<&'a str>,
    pub billing: &'a str,
    pub targeted_class: Option<&'a str>,
    pub targeted_band: Option<&'a str>,
}

/// One row of a contacts file; the consent columns are empty until somebody joins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are the import columns, which DESIGN.md section 4 names")]
pub struct ContactRow<'a> {
    pub external_id: &'a str,
    pub account: &'a str,
    pub email: &'a str,
    pub first_name: &'a str,
    pub last_name: &'a str,
    pub role: &'a str,
    pub language: Option<&'a str>,
    pub timezone: &'a str,
    pub user_type: Option<&'a str>,
    pub level: Option<&'a str>,
    pub needs: String,
    pub consent: &'a str,
    pub consent_at: Option<DateTime<Utc>>,
    pub consent_source: &'a str,
    pub consent_wording: &'a str,
}

/// One row of a licences file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are the import columns, which DESIGN.md section 4 names")]
pub struct LicenceRow<'a> {
    pub external_id: &'a str,
    pub account: &'a str,
    pub product: &'a str,
    pub seats: u32,
    pub starts_on: NaiveDate,
    pub renews_on: NaiveDate,
    #[serde(serialize_with = "money")]
    pub amount: i64,
    pub currency: &'a str,
    pub billed_by: &'a str,
}

impl World {
    /// Writes one file, header first. Amounts stand in whole units with two decimals.
    pub fn write_csv(&self, kind: Kind, into: impl Write) -> csv::Result<()> {
        match kind {
            Kind::Products => write_rows(PRODUCTS.iter().map(product), into),
            Kind::Partners => write_rows(PARTNERS.iter().map(partner), into),
            Kind::Accounts => write_rows(self.account_rows(), into),
            Kind::Contacts => write_rows(self.contact_rows(), into),
            Kind::Licences => write_rows(self.licence_rows(), into),
            Kind::Usage => {
                let before = [31, 1].map(|days| self.parameters.start - Days::new(days));
                let asleep = |_: usize| Side::Comparison;
                write_rows(before.into_iter().flat_map(|on| self.usage_on(on, asleep)), into)
            }
        }
    }

    /// All accounts, parents before their children.
    pub fn account_rows(&self) -> impl Iterator<Item = AccountRow<'_>> {
        self.accounts.iter().map(|account| AccountRow {
            external_id: &account.external_id,
            name: &account.name,
            domain: account.domain_recorded.then_some(account.domain.as_str()),
            employees: account.employees_recorded.then_some(account.employees),
            founded_on: account.founded_on,
            stage: account.stage,
            industry: account.industry,
            country: "US",
            region: account.region,
            city: account.city,
            postal_code: &account.postal_code,
            parent: account.parent.as_deref(),
            billing_id: account.billing_id.as_deref(),
            partner: account.partner,
            billing: account.billing,
            targeted_class: account.targeted_class,
            targeted_band: account.targeted_band,
        })
    }

    /// All contacts, without consent.
    pub fn contact_rows(&self) -> impl Iterator<Item = ContactRow<'_>> {
        (0..self.contacts.len()).map(|contact| self.contact_row(contact, None))
    }

    /// The row of one contact, with the receipt of joining where there is one.
    pub fn contact_row(&self, contact: usize, receipt: Option<&ConsentFields>) -> ContactRow<'_> {
        let contact = &self.contacts[contact];
        let account = &self.accounts[contact.account];
        ContactRow {
            external_id: &contact.external_id,
            account: &account.external_id,
            email: &contact.email,
            first_name: contact.first_name,
            last_name: contact.last_name,
            role: contact.role,
            language: contact.language,
            timezone: account.timezone,
            user_type: contact.user_type,
            level: contact.level,
            needs: contact.needs.join(";"),
            consent: receipt.map_or("", |receipt| receipt.consent),
            consent_at: receipt.map(|receipt| receipt.consent_at),
            consent_source: receipt.map_or("", |receipt| receipt.consent_source),
            consent_wording: receipt.map_or("", |receipt| receipt.consent_wording),
        }
    }

    /// The receipt of one contact who joins at `at`, by this door or by themselves.
    pub fn join_consent(&self, contact: usize, channel: Option<Channel>, at: DateTime<Utc>) -> ConsentFields {
        joining::consent(&self.contacts[contact], channel, at)
    }

    /// All licences.
    pub fn licence_rows(&self) -> impl Iterator<Item = LicenceRow<'_>> {
        self.licences.iter().map(|licence| LicenceRow {
            external_id: &licence.external_id,
            account: &self.accounts[licence.account].external_id,
            product: licence.product,
            seats: licence.seats,
            starts_on: licence.starts_on,
            renews_on: licence.renews_on,
            amount: licence.amount,
            currency: "USD",
            billed_by: licence.billed_by,
        })
    }
}

#[derive(Serialize)]
struct ProductRow<'a> {
    code: &'a str,
    name: &'a str,
    family: &'a str,
    active_window_days: u32,
}

fn product(product: &super::Product) -> ProductRow<'_> {
    let super::Product { code, name, family, active_window_days } = product;
    ProductRow { code, name, family, active_window_days: *active_window_days }
}

#[derive(Serialize)]
struct PartnerRow<'a> {
    external_id: &'a str,
    name: &'a str,
    territory: &'a str,
    tier: &'a str,
    email: &'a str,
    logo: &'a str,
    qualified: &'a str,
}

fn partner(partner: &super::Partner) -> PartnerRow<'_> {
    let super::Partner { external_id, name, territory, tier, email, qualified } = partner;
    PartnerRow { external_id, name, territory, tier, email, logo: "", qualified }
}

/// Writes rows of any kind with their header.
pub fn write_rows<R: Serialize>(rows: impl IntoIterator<Item = R>, into: impl Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(into);
    for row in rows {
        writer.serialize(row)?;
    }
    writer.flush()?;
    Ok(())
}

/// Cents as `1234.56`.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands every field over by reference")]
pub(super) fn money<S: Serializer>(cents: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    let sign = if *cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    serializer.collect_str(&format_args!("{sign}{}.{:02}", cents / 100, cents % 100))
}
