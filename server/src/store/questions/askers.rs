//! Who asks and who replies: what is said of them beside their words, and where a letter to them goes.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use segments::{Level, SizeBand};
use uuid::Uuid;

use crate::store::entities::{account, contact};

/// Somebody who posts, with what is known of their company now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// Home account.
    pub account: Uuid,
    /// The person.
    pub contact: Uuid,
    /// How sure of themselves they are.
    pub level: Option<Level>,
    /// Trade of the company, a NAICS code.
    pub trade: Option<String>,
    /// Its size.
    pub size: Option<SizeBand>,
    /// Its country.
    pub country: Option<String>,
    /// Its region.
    pub region: Option<String>,
}

/// Somebody, as long as we know them.
pub async fn asker(db: &impl ConnectionTrait, contact: Uuid) -> Result<Option<Asker>, DbErr> {
    let Some(person) = contact::Entity::find_by_id(contact).one(db).await? else { return Ok(None) };
    let company = account::Entity::find_by_id(person.account_id).one(db).await?;
    let company = company.as_ref();
    Ok(Some(Asker {
        account: person.account_id,
        contact,
        level: person.level.and_then(|word| word.parse().ok()),
        trade: company.and_then(|company| company.industry.clone()),
        size: company.and_then(|company| company.employees).and_then(SizeBand::of),
        country: company.and_then(|company| company.country.clone()),
        region: company.and_then(|company| company.region.clone()),
    }))
}

/// First names of these people, of whom we know one.
pub async fn first_names(
    db: &impl ConnectionTrait,
    contacts: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, String>, DbErr> {
    let contacts: BTreeSet<Uuid> = contacts.collect();
    let rows: Vec<(Uuid, Option<String>)> = contact::Entity::find()
        .select_only()
        .columns([contact::Column::Id, contact::Column::FirstName])
        .filter(contact::Column::Id.is_in(contacts))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|(id, name)| Some((id, name?))).collect())
}

/// Home account, address, language and first name of these people, for a letter to them.
pub async fn letters_for(
    db: &impl ConnectionTrait,
    contacts: &[Uuid],
) -> Result<Vec<crate::store::doors::Customer>, DbErr> {
    let rows = contact::Entity::find().filter(contact::Column::Id.is_in(contacts.to_vec())).all(db).await?;
    let customer = |row: contact::Model| crate::store::doors::Customer {
        id: row.id,
        account: row.account_id,
        first_name: row.first_name,
        email: row.email,
        language: row.language,
        timezone: row.timezone,
    };
    Ok(rows.into_iter().map(customer).collect())
}
