//! Families: which accounts belong together. Rows and links only; what follows from them is decided in
//! `profiles::families`.
//!
//! A family that was assigned keeps its accounts even when it turns out to belong to another one, so that lift
//! counts each as it was assigned. Only accounts of families never assigned move.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect,
    Statement,
};
use uuid::Uuid;

use super::comparison;
use super::entities::{account, contact, contact_account, deviation, family};
use super::staging::{Kind, Target, key, once, stage, value};
use crate::ids::named;

/// A family as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// Identifier.
    pub id: Uuid,
    /// External id of its founder.
    pub founder: String,
    /// Whether it was assigned to a side.
    pub assigned: bool,
    /// The family that took it in.
    pub merged_into: Option<Uuid>,
}

/// What may link an account to others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ties {
    /// External id.
    pub external_id: String,
    /// Company domain.
    pub domain: Option<String>,
    /// Parent company.
    pub parent: Option<String>,
    /// Who pays.
    pub billing_id: Option<String>,
}

/// Two families of which the first turned out to belong to the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The family that is taken in.
    pub loser: Uuid,
    /// The family that takes it in.
    pub survivor: Uuid,
    /// Whether both were assigned: then the accounts stay where they are, and the merge is a deviation.
    pub both_assigned: bool,
}

/// A column by which accounts find each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// Company domain.
    Domain,
    /// Who pays.
    BillingId,
    /// The account itself, as a parent.
    ExternalId,
    /// Its parent.
    Parent,
}

/// Gives each of these new accounts a family of its own.
pub(crate) async fn found(
    txn: &DatabaseTransaction,
    namespace: Uuid,
    external_ids: &[&str],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    const FAMILIES: Target = Target {
        name: "families",
        columns: &[
            key("id", Kind::Uuid),
            once("founder", Kind::Text),
            once("held", Kind::Boolean),
            once("created_at", Kind::Time),
        ],
    };
    let rows = external_ids.iter().map(|founder| {
        let id = named(namespace, "family", founder);
        vec![id.into(), (*founder).to_owned().into(), false.into(), now.into()]
    });
    FAMILIES.put(txn, rows.collect(), &[]).await?;
    Ok(())
}

/// What may link these accounts to others.
pub async fn ties(db: &impl ConnectionTrait, accounts: &[Uuid]) -> Result<Vec<Ties>, DbErr> {
    let mut found = Vec::with_capacity(accounts.len());
    for some in accounts.chunks(1_000) {
        let rows = account::Entity::find().filter(account::Column::Id.is_in(some.to_vec())).all(db).await?;
        found.extend(rows.into_iter().map(|row| Ties {
            external_id: row.external_id,
            domain: row.domain,
            parent: row.parent,
            billing_id: row.billing_id,
        }));
    }
    Ok(found)
}

/// Which families hold accounts with these values: one pair for each value and family.
pub async fn sharing(
    db: &impl ConnectionTrait,
    tie: Tie,
    values: &[String],
) -> Result<Vec<(String, Uuid)>, DbErr> {
    let column = match tie {
        Tie::Domain => account::Column::Domain,
        Tie::BillingId => account::Column::BillingId,
        Tie::ExternalId => account::Column::ExternalId,
        Tie::Parent => account::Column::Parent,
    };
    let mut found = Vec::new();
    for some in values.chunks(1_000) {
        let rows: Vec<(String, Uuid)> = account::Entity::find()
            .select_only()
            .column(column)
            .column(account::Column::FamilyId)
            .distinct()
            .filter(column.is_in(some.to_vec()))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Which families these people belong to, by their home account and by their links.
pub async fn of_people(db: &impl ConnectionTrait, people: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>, DbErr> {
    let mut pairs = Vec::new();
    for some in people.chunks(1_000) {
        let homes: Vec<(Uuid, Uuid)> = contact::Entity::find()
            .select_only()
            .columns([contact::Column::Id, contact::Column::AccountId])
            .filter(contact::Column::Id.is_in(some.to_vec()))
            .into_tuple()
            .all(db)
            .await?;
        let links: Vec<(Uuid, Uuid)> = contact_account::Entity::find()
            .select_only()
            .columns([contact_account::Column::ContactId, contact_account::Column::AccountId])
            .filter(contact_account::Column::ContactId.is_in(some.to_vec()))
            .into_tuple()
            .all(db)
            .await?;
        pairs.extend(homes.into_iter().chain(links));
    }
    let accounts: Vec<_> = pairs.iter().map(|(_, account)| *account).collect();
    let families = of_accounts(db, &accounts).await?;
    Ok(pairs.into_iter().filter_map(|(person, home)| Some((person, *families.get(&home)?))).collect())
}

/// The family of each of these accounts that we know.
pub async fn of_accounts(db: &impl ConnectionTrait, accounts: &[Uuid]) -> Result<HashMap<Uuid, Uuid>, DbErr> {
    let mut families = HashMap::with_capacity(accounts.len());
    for some in accounts.chunks(1_000) {
        let rows: Vec<(Uuid, Uuid)> = account::Entity::find()
            .select_only()
            .columns([account::Column::Id, account::Column::FamilyId])
            .filter(account::Column::Id.is_in(some.to_vec()))
            .into_tuple()
            .all(db)
            .await?;
        families.extend(rows);
    }
    Ok(families)
}

/// These families, by identifier.
pub async fn find(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, Family>, DbErr> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(1_000) {
        let rows = family::Entity::find().filter(family::Column::Id.is_in(some.to_vec())).all(db).await?;
        found.extend(rows.into_iter().map(|row| {
            let assigned = row.side.is_some();
            (row.id, Family { id: row.id, founder: row.founder, assigned, merged_into: row.merged_into })
        }));
    }
    Ok(found)
}

/// Carries out these merges, and keeps the side and the hold of every account in step.
pub async fn merge(
    txn: &DatabaseTransaction,
    namespace: Uuid,
    merges: &[Merge],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if merges.is_empty() {
        return Ok(());
    }
    let columns = [key("loser", Kind::Uuid), value("survivor", Kind::Uuid), value("moves", Kind::Boolean)];
    let rows = merges
        .iter()
        .map(|one| vec![one.loser.into(), one.survivor.into(), (!one.both_assigned).into()])
        .collect();
    stage(txn, "merges", &columns, rows).await?;
    let backend = txn.get_database_backend();
    txn.execute_raw(Statement::from_sql_and_values(backend, TAKE_IN, [now.into()])).await?;
    for sql in [TAKE_ALONG, MOVE_ACCOUNTS] {
        txn.execute_unprepared(sql).await?;
    }
    if let Some(draw) = comparison::draw(txn).await? {
        let mut survivors: Vec<_> = merges.iter().map(|one| one.survivor).collect();
        survivors.sort_unstable();
        survivors.dedup();
        comparison::refresh_held_of(txn, draw.design, &survivors).await?;
    }
    let deviations: Vec<_> = merges
        .iter()
        .filter(|one| one.both_assigned)
        .map(|one| deviation::ActiveModel {
            id: sea_orm::Set(named(namespace, "merge", &one.loser.hyphenated().to_string())),
            family_id: sea_orm::Set(one.loser),
            kind: sea_orm::Set("merged".to_owned()),
            at: sea_orm::Set(now),
            detail: sea_orm::Set(format!("turned out to belong to the family {}", one.survivor)),
        })
        .collect();
    if !deviations.is_empty() {
        let once = [deviation::Column::FamilyId, deviation::Column::Kind];
        deviation::Entity::insert_many(deviations)
            .on_conflict(sea_orm::sea_query::OnConflict::columns(once).do_nothing().to_owned())
            .exec_without_returning(txn)
            .await?;
    }
    Ok(())
}

const TAKE_IN: &str = "UPDATE families SET merged_at = $1, \
    merged_into = (SELECT m.survivor FROM staged_merges m WHERE m.loser = families.id) \
    WHERE id IN (SELECT loser FROM staged_merges)";

/// Families taken in earlier follow the family that took them in.
const TAKE_ALONG: &str = "UPDATE families SET \
    merged_into = (SELECT m.survivor FROM staged_merges m WHERE m.loser = families.merged_into) \
    WHERE merged_into IN (SELECT loser FROM staged_merges)";

const MOVE_ACCOUNTS: &str = "UPDATE accounts SET \
    side = (SELECT f.side FROM staged_merges m JOIN families f ON f.id = m.survivor \
            WHERE m.loser = accounts.family_id), \
    family_id = (SELECT m.survivor FROM staged_merges m WHERE m.loser = accounts.family_id) \
    WHERE family_id IN (SELECT loser FROM staged_merges WHERE moves)";
