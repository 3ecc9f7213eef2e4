//! Customer companies, as imports bring them.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use segments::{Billing, Class, SizeBand, Stage};
use uuid::Uuid;

use super::entities::account;
use super::staging::{Kind, Rows, Spared, Target, key, once, stamp, value};
use super::{families, traits};
use crate::ids::named;

/// One company with sound values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arriving {
    /// Identifier in the files of the vendor.
    pub external_id: String,
    /// Company name.
    pub name: String,
    /// Company domain, lower case.
    pub domain: Option<String>,
    /// Head count.
    pub employees: Option<i32>,
    /// When it was founded.
    pub founded_on: Option<NaiveDate>,
    /// Its stage, when somebody said so.
    pub stage: Option<Stage>,
    /// NAICS 2022 code.
    pub industry: Option<String>,
    /// ISO 3166 code.
    pub country: Option<String>,
    /// State or region code.
    pub region: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// External id of its parent company.
    pub parent: Option<String>,
    /// Who pays the bill.
    pub billing_id: Option<String>,
    /// Partner that serves it.
    pub partner: Option<Uuid>,
    /// Who bills it; the vendor when nobody said.
    pub billing: Option<Billing>,
    /// Class that sales planned with.
    pub targeted_class: Option<Class>,
    /// Size band that sales planned with.
    pub targeted_band: Option<SizeBand>,
    /// Extra columns; an empty one takes the trait away.
    pub traits: Vec<(String, String)>,
}

const ACCOUNTS: Target = Target {
    name: "accounts",
    columns: &[
        key("id", Kind::Uuid),
        once("external_id", Kind::Text),
        value("name", Kind::Text),
        value("domain", Kind::Text),
        value("employees", Kind::Integer),
        value("founded_on", Kind::Date),
        value("stage", Kind::Text),
        value("industry", Kind::Text),
        value("country", Kind::Text),
        value("region", Kind::Text),
        value("city", Kind::Text),
        value("postal_code", Kind::Text),
        value("parent", Kind::Text),
        value("billing_id", Kind::Text),
        value("partner_id", Kind::Uuid),
        value("billing", Kind::Text),
        value("targeted_class", Kind::Text),
        value("targeted_band", Kind::Text),
        once("family_id", Kind::Uuid),
        once("held", Kind::Boolean),
        once("created_at", Kind::Time),
        stamp("updated_at", Kind::Time),
    ],
};

/// The identifier of the account with this external id.
pub fn id(namespace: Uuid, external_id: &str) -> Uuid {
    named(namespace, "account", external_id)
}

/// Which of these accounts are known.
pub async fn known(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashSet<Uuid>, DbErr> {
    let mut found = HashSet::with_capacity(ids.len());
    for some in ids.chunks(1_000) {
        let rows: Vec<Uuid> = account::Entity::find()
            .select_only()
            .column(account::Column::Id)
            .filter(account::Column::Id.is_in(some.to_vec()))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Merges these companies, each with a family of its own when it is new; fields in `leave` stay as they are, and in each row what is `spared`.
pub(crate) async fn merge(
    txn: &DatabaseTransaction,
    namespace: Uuid,
    arriving: &[Arriving],
    leave: &[&str],
    spared: &[Spared],
    now: DateTime<Utc>,
) -> Result<Rows, DbErr> {
    let ids: Vec<_> = arriving.iter().map(|one| id(namespace, &one.external_id)).collect();
    let known = known(txn, &ids).await?;
    let new = arriving.iter().zip(&ids).filter(|(_, id)| !known.contains(id));
    let founders: Vec<_> = new.map(|(one, _)| one.external_id.as_str()).collect();
    families::found(txn, namespace, &founders, now).await?;
    let values = arriving.iter().zip(&ids).map(|(one, id)| {
        let text = |value: &Option<String>| value.clone().into();
        vec![
            (*id).into(),
            one.external_id.clone().into(),
            one.name.clone().into(),
            text(&one.domain),
            one.employees.into(),
            one.founded_on.into(),
            one.stage.map(|stage| stage.as_str().to_owned()).into(),
            text(&one.industry),
            text(&one.country),
            text(&one.region),
            text(&one.city),
            text(&one.postal_code),
            text(&one.parent),
            text(&one.billing_id),
            one.partner.into(),
            one.billing.unwrap_or(Billing::Vendor).as_str().to_owned().into(),
            one.targeted_class.map(|class| class.as_str().to_owned()).into(),
            one.targeted_band.map(|band| band.as_str().to_owned()).into(),
            named(namespace, "family", &one.external_id).into(),
            false.into(),
            now.into(),
            now.into(),
        ]
    });
    let column = |field: &&'static str| if *field == "partner" { "partner_id" } else { field };
    let spared: Vec<Spared> = spared.iter().map(|fields| fields.iter().map(column).collect()).collect();
    ACCOUNTS.stage_sparing(txn, values.collect(), &spared).await?;
    let leave: Vec<_> =
        leave.iter().map(|name| if *name == "partner" { "partner_id" } else { name }).collect();
    let mut rows = ACCOUNTS.merge_by_row(txn, &leave).await?;
    let mut extra = Vec::new();
    for (one, id) in arriving.iter().zip(&ids) {
        extra.extend(one.traits.iter().map(|(name, value)| (*id, name.as_str(), value.as_str())));
    }
    rows.written.extend(traits::merge_of_accounts(txn, &extra, &rows.there).await?);
    Ok(rows)
}

/// The next accounts after this external id, at most `limit`, each with its identifier.
pub async fn page(
    db: &impl ConnectionTrait,
    after: &str,
    limit: u64,
) -> Result<Vec<(Uuid, Arriving)>, DbErr> {
    let rows = account::Entity::find()
        .filter(account::Column::ExternalId.gt(after))
        .order_by_asc(account::Column::ExternalId)
        .limit(limit)
        .all(db)
        .await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut traits = traits::of_accounts(db, &ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, leaving(row.clone(), traits.remove(&row.id)))).collect())
}

/// External ids of these accounts.
pub async fn external_ids(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, String>, DbErr> {
    let ids: Vec<_> = ids.into_iter().collect::<HashSet<_>>().into_iter().collect();
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(1_000) {
        let rows: Vec<(Uuid, String)> = account::Entity::find()
            .select_only()
            .columns([account::Column::Id, account::Column::ExternalId])
            .filter(account::Column::Id.is_in(some.to_vec()))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

fn leaving(row: account::Model, traits: Option<Vec<(String, String)>>) -> Arriving {
    Arriving {
        external_id: row.external_id,
        name: row.name,
        domain: row.domain,
        employees: row.employees,
        founded_on: row.founded_on,
        stage: row.stage.and_then(|word| word.parse().ok()),
        industry: row.industry,
        country: row.country,
        region: row.region,
        city: row.city,
        postal_code: row.postal_code,
        parent: row.parent,
        billing_id: row.billing_id,
        partner: row.partner_id,
        billing: row.billing.parse().ok(),
        targeted_class: row.targeted_class.and_then(|word| word.parse().ok()),
        targeted_band: row.targeted_band.and_then(|word| word.parse().ok()),
        traits: traits.unwrap_or_default(),
    }
}
