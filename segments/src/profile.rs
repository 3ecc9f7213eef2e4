//! One person with their home company and what happened to them: what a question asks about.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Account, AccountId, ContactId, Event, Level, Purpose, TypeSource, UserType};

/// One contact with its home account and the facts that events tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Identifier.
    pub id: ContactId,
    /// Identifier in the files of the vendor.
    pub external_id: String,
    /// Address, as it was typed.
    pub email: String,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// What they do in the company.
    pub role: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// IANA name.
    pub timezone: Option<String>,
    /// How they like to learn.
    pub user_type: Option<UserType>,
    /// How we know.
    pub user_type_source: Option<TypeSource>,
    /// How sure of themselves they are.
    pub level: Option<Level>,
    /// When they joined.
    pub opted_in_at: Option<DateTime<Utc>>,
    /// No letters until then.
    pub paused_until: Option<DateTime<Utc>>,
    /// What they said they want, in their words.
    pub needs: BTreeSet<String>,
    /// Consents in force, each since when.
    pub consents: BTreeMap<Purpose, DateTime<Utc>>,
    /// What happened to them and what they did, in no order.
    pub events: Vec<Event>,
    /// Items that were on a page or in a letter of theirs lately, each with when.
    pub shown: Vec<(String, DateTime<Utc>)>,
    /// Items to which they said "not now" lately, each with when.
    pub put_off: Vec<(String, DateTime<Utc>)>,
    /// Journeys they are in now, by name.
    pub journeys: BTreeSet<String>,
    /// Extra columns of their import.
    pub traits: BTreeMap<String, String>,
    /// Their home account.
    pub account: Account,
}

impl Profile {
    /// A person of whom nothing is known but an address and a company.
    pub fn blank(id: ContactId, account: AccountId, email: &str) -> Self {
        Self {
            id,
            external_id: String::new(),
            email: email.to_owned(),
            first_name: None,
            last_name: None,
            role: None,
            language: None,
            timezone: None,
            user_type: None,
            user_type_source: None,
            level: None,
            opted_in_at: None,
            paused_until: None,
            needs: BTreeSet::new(),
            consents: BTreeMap::new(),
            events: Vec::new(),
            shown: Vec::new(),
            put_off: Vec::new(),
            journeys: BTreeSet::new(),
            traits: BTreeMap::new(),
            account: Account::blank(account),
        }
    }

    /// Whether they allow this, now.
    pub fn consents_to(&self, purpose: Purpose, now: DateTime<Utc>) -> bool {
        self.consents.get(&purpose).is_some_and(|since| *since <= now)
    }

    /// Whether they allow us to see opens and clicks. Of everyone else these are unknown, not "no".
    pub fn allows_tracking(&self, now: DateTime<Utc>) -> bool {
        self.consents_to(Purpose::Tracking, now)
    }
}
