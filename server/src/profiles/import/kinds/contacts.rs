//! Contacts: people, one for each address. The same address for another account links the person to it, and a line for
//! a further account changes nothing about the person but the address.
//!
//! Consent is granted only with all its proof, never from the future, never against a suppression, and never over
//! something that the person said later.

mod keep;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use segments::{Email, Level, Purpose, UserType};

use crate::profiles::import::columns::{Field, needed, optional};
use crate::profiles::import::kind::{Admitted, Context, Kept, Kind};
use crate::profiles::import::reading::{Reading, Refusals};
use crate::profiles::import::sound;

/// Files of contacts.
pub(in crate::profiles::import) struct Contacts;

/// A person as a file has them.
#[derive(Debug, Clone)]
pub(in crate::profiles::import) struct Row {
    external_id: String,
    account: String,
    email: Email,
    first_name: Option<String>,
    last_name: Option<String>,
    role: Option<String>,
    language: Option<String>,
    timezone: Option<String>,
    user_type: Option<UserType>,
    level: Option<Level>,
    needs: Option<BTreeSet<String>>,
    consent: Option<Consent>,
    traits: Vec<(String, String)>,
}

/// Consents with their proof.
#[derive(Debug, Clone)]
struct Consent {
    purposes: BTreeSet<Purpose>,
    at: DateTime<Utc>,
    source: String,
    wording: String,
}

impl Kind for Contacts {
    type Row = Row;
    const FIELDS: &'static [Field] = &[
        needed("external_id"),
        needed("account"),
        needed("email"),
        optional("first_name"),
        optional("last_name"),
        optional("role"),
        optional("language"),
        optional("timezone"),
        optional("user_type"),
        optional("level"),
        optional("needs"),
        optional("consent"),
        optional("consent_at"),
        optional("consent_source"),
        optional("consent_wording"),
    ];
    const KEEPS_TRAITS: bool = true;

    fn admit(read: &mut Reading<'_>, context: &Context) -> Result<Row, Refusals> {
        let external_id = read.needed("external_id", sound::reference);
        let account = read.needed("account", sound::reference);
        let email = read.needed("email", Email::parse);
        let first_name = read.optional("first_name", sound::words);
        let last_name = read.optional("last_name", sound::words);
        let role = read.optional("role", sound::words);
        let language = read.optional("language", sound::language);
        let timezone = read.optional("timezone", sound::timezone);
        let user_type = read.optional("user_type", str::parse);
        let level = read.optional("level", str::parse);
        let needs = sound::list(read.cell("needs")).map(segments::need).collect();
        let needs = read.has("needs").then_some(needs);
        let (Some(external_id), Some(account), Some(email)) = (external_id, account, email) else {
            return Err(read.refusals());
        };
        let consent = consent(read, context.now);
        let traits = read.traits();
        Ok(Row {
            external_id,
            account,
            email,
            first_name,
            last_name,
            role,
            language,
            timezone,
            user_type,
            level,
            needs,
            consent,
            traits,
        })
    }

    /// A person may stand on several lines: one for each account, and one for each proof of consent.
    fn key(row: &Row) -> String {
        let proof = row.consent.as_ref().map(|consent| (&consent.purposes, consent.at, &consent.source));
        format!("{}|{}|{proof:?}", row.external_id, row.account)
    }

    async fn keep(
        txn: &DatabaseTransaction,
        context: &Context,
        leave: &[&str],
        rows: &[Admitted<Row>],
    ) -> Result<Kept, DbErr> {
        keep::keep(txn, context, leave, rows).await
    }
}

/// The consents of a row, when all of their proof is there.
fn consent(read: &mut Reading<'_>, now: DateTime<Utc>) -> Option<Consent> {
    let mut purposes = BTreeSet::new();
    for written in sound::list(read.cell("consent")) {
        match written.parse::<Purpose>() {
            Ok(purpose) => drop(purposes.insert(purpose)),
            Err(error) => read.warn("consent", format!("{error}; left out")),
        }
    }
    if purposes.is_empty() {
        return None;
    }
    let source = read.cell("consent_source").map(str::to_owned);
    let wording = read.cell("consent_wording").map(str::to_owned);
    let at = match read.cell("consent_at").map(sound::time) {
        Some(Ok(at)) if at > now => {
            read.warn("consent_at", format!("{at} lies in the future; no consent is granted"));
            return None;
        }
        Some(Err(error)) => {
            read.warn("consent_at", format!("{error}; no consent is granted"));
            return None;
        }
        at => at.and_then(Result::ok),
    };
    let (Some(at), Some(source), Some(wording)) = (at, source, wording) else {
        let why = "is not granted: its proof is consent_at, consent_source and consent_wording, all three";
        read.warn("consent", why);
        return None;
    };
    Some(Consent { purposes, at, source, wording })
}
