//! One lead as a team reported it.

use sea_orm::entity::prelude::*;

/// One lead as a team reported it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "leads")]
pub struct Model {
    /// Derived from the external id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Identifier in the file.
    #[sea_orm(column_type = "Text")]
    pub external_id: String,
    /// The account, when it is known.
    pub account_id: Option<Uuid>,
    /// What the file said the account was.
    #[sea_orm(column_type = "Text", nullable)]
    pub account_reference: Option<String>,
    /// Where the lead came from.
    #[sea_orm(column_type = "Text")]
    pub source: String,
    /// Campaign named in the file.
    #[sea_orm(column_type = "Text", nullable)]
    pub campaign: Option<String>,
    /// Team that reports it.
    #[sea_orm(column_type = "Text", nullable)]
    pub team: Option<String>,
    /// Product as the file names it.
    #[sea_orm(column_type = "Text", nullable)]
    pub product: Option<String>,
    /// Country.
    #[sea_orm(column_type = "Text", nullable)]
    pub country: Option<String>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it was handed to sales or a partner.
    pub routed_at: Option<DateTimeUtc>,
    /// When they took it.
    pub accepted_at: Option<DateTimeUtc>,
    /// When it ended.
    pub closed_at: Option<DateTimeUtc>,
    /// Where it stands.
    #[sea_orm(column_type = "Text")]
    pub stage: String,
    /// Worth in minor units.
    pub amount: Option<i64>,
    /// What it cost in minor units.
    pub cost: Option<i64>,
    /// Class it was planned for.
    #[sea_orm(column_type = "Text", nullable)]
    pub targeted_class: Option<String>,
    /// Last change.
    pub updated_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
