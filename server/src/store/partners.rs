//! Who else sells.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use super::entities::{partner, partner_product};
use super::staging::{Kind, Rows, Spared, Target, key, once, stamp, value};
use crate::ids::named;

/// A partner with sound values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arriving {
    /// Identifier in the files of the vendor.
    pub external_id: String,
    /// Name.
    pub name: String,
    /// Where it sells.
    pub territory: Option<String>,
    /// Its rank in the partner plan.
    pub tier: Option<String>,
    /// Address of its contact for plans.
    pub email: Option<String>,
    /// Address of its mark.
    pub logo: Option<String>,
    /// Products it is qualified for; nothing when the file does not say.
    pub qualified: Option<BTreeSet<String>>,
}

const PARTNERS: Target = Target {
    name: "partners",
    columns: &[
        key("id", Kind::Uuid),
        once("external_id", Kind::Text),
        value("name", Kind::Text),
        value("territory", Kind::Text),
        value("tier", Kind::Text),
        value("email", Kind::Text),
        value("logo", Kind::Text),
        stamp("updated_at", Kind::Time),
    ],
};

/// The identifier of the partner with this external id.
pub fn id(namespace: Uuid, external_id: &str) -> Uuid {
    named(namespace, "partner", external_id)
}

/// External ids of every partner.
pub async fn external_ids(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    partner::Entity::find()
        .select_only()
        .column(partner::Column::ExternalId)
        .order_by_asc(partner::Column::ExternalId)
        .into_tuple()
        .all(db)
        .await
}

/// Merges these partners; fields in `leave` stay as they are, and in each row what is `spared`.
pub(crate) async fn merge(
    txn: &DatabaseTransaction,
    namespace: Uuid,
    arriving: &[Arriving],
    leave: &[&str],
    spared: &[Spared],
    now: DateTime<Utc>,
) -> Result<Rows, DbErr> {
    let values = arriving.iter().map(|one| {
        vec![
            id(namespace, &one.external_id).into(),
            one.external_id.clone().into(),
            one.name.clone().into(),
            one.territory.clone().into(),
            one.tier.clone().into(),
            one.email.clone().into(),
            one.logo.clone().into(),
            now.into(),
        ]
    });
    PARTNERS.stage_sparing(txn, values.collect(), spared).await?;
    let mut rows = PARTNERS.merge_by_row(txn, leave).await?;
    for one in arriving {
        let Some(qualified) = &one.qualified else { continue };
        let id = id(namespace, &one.external_id);
        if qualify(txn, id, qualified).await? {
            rows.written.insert(id);
        }
    }
    Ok(rows)
}

/// Makes these the products a partner is qualified for, and says whether that changed anything.
async fn qualify(
    txn: &DatabaseTransaction,
    partner: Uuid,
    products: &BTreeSet<String>,
) -> Result<bool, DbErr> {
    use partner_product::{ActiveModel, Column, Entity};
    let there: BTreeSet<String> = Entity::find()
        .select_only()
        .column(Column::ProductCode)
        .filter(Column::PartnerId.eq(partner))
        .into_tuple::<String>()
        .all(txn)
        .await?
        .into_iter()
        .collect();
    let gone: Vec<_> = there.difference(products).cloned().collect();
    if !gone.is_empty() {
        let of_it = Column::PartnerId.eq(partner).and(Column::ProductCode.is_in(gone));
        Entity::delete_many().filter(of_it).exec(txn).await?;
    }
    let new: Vec<_> = products
        .difference(&there)
        .map(|code| ActiveModel { partner_id: Set(partner), product_code: Set(code.clone()) })
        .collect();
    if !new.is_empty() {
        Entity::insert_many(new)
            .on_conflict(
                OnConflict::columns([Column::PartnerId, Column::ProductCode]).do_nothing().to_owned(),
            )
            .exec_without_returning(txn)
            .await?;
    }
    Ok(there != *products)
}

/// Every partner, by external id, each with its identifier.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<(Uuid, Arriving)>, DbErr> {
    let mut qualified: HashMap<Uuid, BTreeSet<String>> = HashMap::new();
    for row in partner_product::Entity::find().all(db).await? {
        qualified.entry(row.partner_id).or_default().insert(row.product_code);
    }
    let rows = partner::Entity::find().order_by_asc(partner::Column::ExternalId).all(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let qualified = Some(qualified.remove(&row.id).unwrap_or_default());
            let partner = Arriving {
                external_id: row.external_id,
                name: row.name,
                territory: row.territory,
                tier: row.tier,
                email: row.email,
                logo: row.logo,
                qualified,
            };
            (row.id, partner)
        })
        .collect())
}
