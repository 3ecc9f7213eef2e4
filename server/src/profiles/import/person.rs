//! How files name people: by external id, or by address.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DbErr};
use segments::Email;

use crate::store::contacts::{self, Known};

/// A person as a file names one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Person {
    /// By external id.
    ExternalId(String),
    /// By normalised address.
    Address(String),
}

impl Person {
    /// What is an address is taken for one.
    pub fn named(cell: &str) -> Self {
        match Email::parse(cell) {
            Ok(email) => Self::Address(email.key().to_owned()),
            Err(_) => Self::ExternalId(cell.to_owned()),
        }
    }

    /// The name within files.
    pub fn as_str(&self) -> &str {
        match self {
            Self::ExternalId(name) | Self::Address(name) => name,
        }
    }
}

/// The people whom a batch of rows names.
#[derive(Debug)]
pub(super) struct People {
    by_name: HashMap<String, Known>,
    by_address: HashMap<String, Known>,
}

impl People {
    /// Looks them up.
    pub async fn find<'a>(
        db: &impl ConnectionTrait,
        people: impl Iterator<Item = &'a Person>,
    ) -> Result<Self, DbErr> {
        let (mut names, mut addresses) = (Vec::new(), Vec::new());
        for person in people {
            match person {
                Person::ExternalId(name) => names.push(name.clone()),
                Person::Address(key) => addresses.push(key.clone()),
            }
        }
        let by_name = contacts::with_external_ids(db, &names).await?;
        let by_address = contacts::with_addresses(db, &addresses).await?;
        Ok(Self {
            by_name: by_name.into_iter().map(|known| (known.external_id.clone(), known)).collect(),
            by_address: by_address.into_iter().map(|known| (known.email_key.clone(), known)).collect(),
        })
    }

    /// The one whom this names, when we know them.
    pub fn get(&self, person: &Person) -> Option<&Known> {
        match person {
            Person::ExternalId(name) => self.by_name.get(name),
            Person::Address(key) => self.by_address.get(key),
        }
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Known> {
        self.by_name.values().chain(self.by_address.values())
    }
}
