//! How files name people: by external id, or by address.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DbErr};
use segments::Email;

use crate::store::contacts::{self, Known};

/// A person as a file names one. A name that looks like an address may be either, and is an external id first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    name: String,
    address: Option<String>,
}

impl Person {
    /// By external id, or by address.
    pub fn named(cell: &str) -> Self {
        let address = Email::parse(cell).ok().map(|email| email.key().to_owned());
        Self { name: cell.to_owned(), address }
    }

    /// The name within files.
    pub fn as_str(&self) -> &str {
        self.address.as_deref().unwrap_or(&self.name)
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
            names.push(person.name.clone());
            addresses.extend(person.address.clone());
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
        let by_address = || self.by_address.get(person.address.as_deref()?);
        self.by_name.get(&person.name).or_else(by_address)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Known> {
        self.by_name.values().chain(self.by_address.values())
    }
}
