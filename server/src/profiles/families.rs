//! Finds which accounts belong together: connected by parent, company domain, billing id or a shared address.
//!
//! Links only ever join. Of two families that turn out to be one, an assigned one takes the other in, and of two
//! alike the one with the smaller founder; so the order of files does not matter, and nothing assigned moves.

mod mail_domains;
mod shared_hosts;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

pub use mail_domains::is_public;
use shared_hosts::is_shared;

use crate::store::families::{self, Family, Merge, Tie};

/// Joins the families of these accounts with those they are linked to. Call it with the import lock held.
pub async fn join_accounts(
    txn: &DatabaseTransaction,
    namespace: Uuid,
    touched: &[Uuid],
    now: DateTime<Utc>,
) -> Result<usize, DbErr> {
    let ties = families::ties(txn, touched).await?;
    let of_one_company = |name: &String| !is_public(name) && !is_shared(name);
    let domains = values(ties.iter().filter_map(|one| one.domain.clone()).filter(of_one_company));
    let payers = values(ties.iter().filter_map(|one| one.billing_id.clone()));
    let companies = values(ties.into_iter().flat_map(|one| [one.parent, Some(one.external_id)]).flatten());
    let mut groups = Groups::default();
    for (tie, of, values) in [
        (Tie::Domain, "domain", &domains),
        (Tie::BillingId, "billing", &payers),
        (Tie::ExternalId, "company", &companies),
        (Tie::Parent, "company", &companies),
    ] {
        for (value, family) in families::sharing(txn, tie, values).await? {
            groups.add(of, &value, family);
        }
    }
    join(txn, namespace, groups, now).await
}

/// Joins the families of every account that one of these people belongs to. Call it with the import lock held.
pub async fn join_people(
    txn: &DatabaseTransaction,
    namespace: Uuid,
    people: &[Uuid],
    now: DateTime<Utc>,
) -> Result<usize, DbErr> {
    let mut groups = Groups::default();
    for (person, family) in families::of_people(txn, people).await? {
        groups.add("person", &person.to_string(), family);
    }
    join(txn, namespace, groups, now).await
}

async fn join(
    txn: &DatabaseTransaction,
    namespace: Uuid,
    groups: Groups,
    now: DateTime<Utc>,
) -> Result<usize, DbErr> {
    let groups: Vec<Vec<Uuid>> = groups.0.into_values().filter(|members| members.len() > 1).collect();
    if groups.is_empty() {
        return Ok(0);
    }
    let mut ids: Vec<_> = groups.iter().flatten().copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let mut known = families::find(txn, &ids).await?;
    let mut roots: Vec<_> = known.values().filter_map(|family| family.merged_into).collect();
    roots.retain(|root| !known.contains_key(root));
    known.extend(families::find(txn, &roots).await?);
    let merges = plan(&groups, &known);
    families::merge(txn, namespace, &merges, now).await?;
    Ok(merges.len())
}

/// Families that share a value, by that value.
#[derive(Debug, Default)]
struct Groups(BTreeMap<(&'static str, String), Vec<Uuid>>);

impl Groups {
    fn add(&mut self, of: &'static str, value: &str, family: Uuid) {
        let members = self.0.entry((of, value.to_owned())).or_default();
        if !members.contains(&family) {
            members.push(family);
        }
    }
}

/// Which families are to be taken in by which, so that each group ends up as one.
fn plan(groups: &[Vec<Uuid>], known: &HashMap<Uuid, Family>) -> Vec<Merge> {
    let root = |id: &Uuid| known.get(id).and_then(|family| family.merged_into).unwrap_or(*id);
    let mut leaders: HashMap<Uuid, Uuid> = HashMap::new();
    for group in groups {
        let mut members = group.iter().map(root);
        let Some(first) = members.next() else { continue };
        for other in members {
            let (a, b) = (leader(&mut leaders, first), leader(&mut leaders, other));
            if a != b {
                let (survivor, loser) = if before(&known[&a], &known[&b]) { (a, b) } else { (b, a) };
                leaders.insert(loser, survivor);
            }
        }
    }
    let mut losers: Vec<_> = leaders.keys().copied().collect();
    losers.sort_unstable();
    losers
        .into_iter()
        .map(|loser| {
            let survivor = leader(&mut leaders, loser);
            let both_assigned = known[&loser].assigned && known[&survivor].assigned;
            Merge { loser, survivor, both_assigned }
        })
        .collect()
}

fn before(a: &Family, b: &Family) -> bool {
    (!a.assigned, &a.founder) < (!b.assigned, &b.founder)
}

fn leader(leaders: &mut HashMap<Uuid, Uuid>, of: Uuid) -> Uuid {
    let mut top = of;
    while let Some(next) = leaders.get(&top) {
        top = *next;
    }
    if top != of {
        leaders.insert(of, top);
    }
    top
}

fn values(of: impl Iterator<Item = String>) -> Vec<String> {
    let mut values: Vec<_> = of.collect();
    values.sort_unstable();
    values.dedup();
    values
}
