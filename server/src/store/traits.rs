//! Extra columns of imports, one row for each value.

use std::collections::HashSet;

use sea_orm::sea_query::Value;
use sea_orm::{DatabaseTransaction, DbErr};
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
