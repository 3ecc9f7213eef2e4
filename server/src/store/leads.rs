//! Leads as each team reports them.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use segments::Class;
use uuid::Uuid;

use super::entities::lead;
use super::staging::{Kind, Merged, Spared, Target, key, once, stamp, value};
use crate::ids::named;

/// A lead with sound values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arriving {
    /// Identifier in the file.
    pub external_id: String,
    /// The account, when it is known.
    pub account: Option<Uuid>,
    /// What the file said the account was.
    pub account_reference: Option<String>,
    /// Where the lead came from.
    pub source: String,
    /// Campaign named in the file.
    pub campaign: Option<String>,
    /// Team that reports it.
    pub team: Option<String>,
    /// Product as the file names it.
    pub product: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was handed to sales or a partner.
    pub routed_at: Option<DateTime<Utc>>,
    /// When they took it.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub closed_at: Option<DateTime<Utc>>,
    /// Where it stands.
    pub stage: String,
    /// Worth in minor units.
    pub amount: Option<i64>,
    /// What it cost in minor units.
    pub cost: Option<i64>,
    /// Class it was planned for.
    pub targeted_class: Option<Class>,
}

const LEADS: Target = Target {
    name: "leads",
    columns: &[
        key("id", Kind::Uuid),
        once("external_id", Kind::Text),
        value("account_id", Kind::Uuid),
        value("account_reference", Kind::Text),
        value("source", Kind::Text),
        value("campaign", Kind::Text),
        value("team", Kind::Text),
        value("product", Kind::Text),
        value("country", Kind::Text),
        value("created_at", Kind::Time),
        value("routed_at", Kind::Time),
        value("accepted_at", Kind::Time),
        value("closed_at", Kind::Time),
        value("stage", Kind::Text),
        value("amount", Kind::BigInteger),
        value("cost", Kind::BigInteger),
        value("targeted_class", Kind::Text),
        stamp("updated_at", Kind::Time),
    ],
};

/// Merges these leads; fields in `leave` stay as they are, and in each row what is `spared`.
pub(crate) async fn merge(
    txn: &DatabaseTransaction,
    namespace: Uuid,
    arriving: &[Arriving],
    leave: &[&str],
    spared: &[Spared],
    now: DateTime<Utc>,
) -> Result<Merged, DbErr> {
    let rows = arriving.iter().map(|one| {
        vec![
            named(namespace, "lead", &one.external_id).into(),
            one.external_id.clone().into(),
            one.account.into(),
            one.account_reference.clone().into(),
            one.source.clone().into(),
            one.campaign.clone().into(),
            one.team.clone().into(),
            one.product.clone().into(),
            one.country.clone().into(),
            one.created_at.into(),
            one.routed_at.into(),
            one.accepted_at.into(),
            one.closed_at.into(),
            one.stage.clone().into(),
            one.amount.into(),
            one.cost.into(),
            one.targeted_class.map(|class| class.as_str().to_owned()).into(),
            now.into(),
        ]
    });
    LEADS.put_sparing(txn, rows.collect(), leave, spared).await
}

/// The next leads after this external id, at most `limit`.
pub async fn page(db: &impl ConnectionTrait, after: &str, limit: u64) -> Result<Vec<Arriving>, DbErr> {
    let rows = lead::Entity::find()
        .filter(lead::Column::ExternalId.gt(after))
        .order_by_asc(lead::Column::ExternalId)
        .limit(limit)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Arriving {
            external_id: row.external_id,
            account: row.account_id,
            account_reference: row.account_reference,
            source: row.source,
            campaign: row.campaign,
            team: row.team,
            product: row.product,
            country: row.country,
            created_at: row.created_at,
            routed_at: row.routed_at,
            accepted_at: row.accepted_at,
            closed_at: row.closed_at,
            stage: row.stage,
            amount: row.amount,
            cost: row.cost,
            targeted_class: row.targeted_class.and_then(|word| word.parse().ok()),
        })
        .collect())
}
