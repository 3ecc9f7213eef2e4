//! Extra columns of imports, one row for each value.

use std::collections::{HashMap, HashSet};

use sea_orm::sea_query::Value;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::staging::{Column, Kind, Target, ids, key, stage, value};

const OF_ACCOUNTS: Target = Target {
    name: "account_traits",
    columns: &[key("account_id", Kind::Uuid), key("name", Kind::Text), value("value", Kind::Text)],
};

const OF_CONTACTS: Target = Target {
    name: "contact_traits",
    columns: &[
        key("contact_id", Kind::Uuid),
        key("account_id", Kind::Uuid),
        key("name", Kind::Text),
        value("value", Kind::Text),
    ],
};

/// Merges traits (account, name, value); an empty value takes the trait away. Returns whose traits differ now.
pub(crate) async fn merge_of_accounts(
    txn: &DatabaseTransaction,
    traits: &[(Uuid, &str, &str)],
    there: &HashSet<Uuid>,
) -> Result<HashSet<Uuid>, DbErr> {
    let (mut full, mut empty) = (Vec::new(), Vec::new());
    for &(account, name, value) in traits {
        let mut row: Vec<Value> = vec![account.into(), name.to_owned().into()];
        if !value.is_empty() {
            row.push(value.to_owned().into());
            full.push(row);
        } else if there.contains(&account) {
            empty.push(row);
        }
    }
    merge(txn, &OF_ACCOUNTS, full, empty).await
}

/// Merges traits (contact, home account, name, value); an empty value takes the trait away.
pub(crate) async fn merge_of_contacts(
    txn: &DatabaseTransaction,
    traits: &[(Uuid, Uuid, &str, &str)],
    there: &HashSet<Uuid>,
) -> Result<HashSet<Uuid>, DbErr> {
    let (mut full, mut empty) = (Vec::new(), Vec::new());
    for &(contact, account, name, value) in traits {
        let mut row: Vec<Value> = vec![contact.into(), account.into(), name.to_owned().into()];
        if !value.is_empty() {
            row.push(value.to_owned().into());
            full.push(row);
        } else if there.contains(&contact) {
            empty.push(row);
        }
    }
    merge(txn, &OF_CONTACTS, full, empty).await
}

async fn merge(
    txn: &DatabaseTransaction,
    target: &Target,
    full: Vec<Vec<Value>>,
    empty: Vec<Vec<Value>>,
) -> Result<HashSet<Uuid>, DbErr> {
    let mut written = HashSet::new();
    if !full.is_empty() {
        target.stage(txn, full).await?;
        written = target.merge_by_row(txn, &[]).await?.written;
    }
    if !empty.is_empty() {
        let keys: &[Column] = &target.columns[..target.columns.len() - 1];
        let gone = format!("{}_gone", target.name);
        stage(txn, &gone, keys, empty).await?;
        let names: Vec<_> = keys.iter().map(|column| format!("\"{}\"", column.name())).collect();
        let names = names.join(", ");
        let sql = format!(
            "DELETE FROM \"{}\" WHERE ({names}) IN (SELECT {names} FROM staged_{gone}) RETURNING {} AS id",
            target.name,
            &names[..names.find(',').unwrap_or(names.len())],
        );
        written.extend(ids(txn, &sql).await?);
    }
    Ok(written)
}

/// Names of every trait of accounts, in order.
pub async fn names_of_accounts(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    use super::entities::account_trait::{Column, Entity};
    let names = Entity::find().select_only().column(Column::Name).distinct().order_by_asc(Column::Name);
    names.into_tuple().all(db).await
}

/// Names of every trait of contacts, in order.
pub async fn names_of_contacts(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    use super::entities::contact_trait::{Column, Entity};
    let names = Entity::find().select_only().column(Column::Name).distinct().order_by_asc(Column::Name);
    names.into_tuple().all(db).await
}

/// Traits by owner.
pub(crate) type Traits = HashMap<Uuid, Vec<(String, String)>>;

/// The traits of these accounts.
pub(crate) async fn of_accounts(db: &impl ConnectionTrait, accounts: &[Uuid]) -> Result<Traits, DbErr> {
    use super::entities::account_trait::{Column, Entity};
    let mut found = Traits::new();
    for some in accounts.chunks(1_000) {
        for row in Entity::find().filter(Column::AccountId.is_in(some.to_vec())).all(db).await? {
            found.entry(row.account_id).or_default().push((row.name, row.value));
        }
    }
    Ok(found)
}

/// The traits of these contacts, who have these home accounts.
pub(crate) async fn of_contacts(
    db: &impl ConnectionTrait,
    homes: &[Uuid],
    contacts: &[Uuid],
) -> Result<Traits, DbErr> {
    use super::entities::contact_trait::{Column, Entity};
    let theirs = Column::AccountId
        .is_in(homes.iter().copied().collect::<HashSet<_>>())
        .and(Column::ContactId.is_in(contacts.to_vec()));
    let mut found = Traits::new();
    for row in Entity::find().filter(theirs).all(db).await? {
        found.entry(row.contact_id).or_default().push((row.name, row.value));
    }
    Ok(found)
}
