//! One person with one normalised address.

use sea_orm::entity::prelude::*;

/// One person with one normalised address.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "contacts")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Home account.
    pub account_id: Uuid,
    /// Identifier in the files of the vendor.
    #[sea_orm(column_type = "Text")]
    pub external_id: String,
    /// Address as it was typed.
    #[sea_orm(column_type = "Text")]
    pub email: String,
    /// Normalised address, unique in the store.
    #[sea_orm(column_type = "Text")]
    pub email_key: String,
    /// First name.
    #[sea_orm(column_type = "Text", nullable)]
    pub first_name: Option<String>,
    /// Last name.
    #[sea_orm(column_type = "Text", nullable)]
    pub last_name: Option<String>,
    /// What they do in the company.
    #[sea_orm(column_type = "Text", nullable)]
    pub role: Option<String>,
    /// BCP 47 tag.
    #[sea_orm(column_type = "Text", nullable)]
    pub language: Option<String>,
    /// IANA name.
    #[sea_orm(column_type = "Text", nullable)]
    pub timezone: Option<String>,
    /// learner, connector or collaborator.
    #[sea_orm(column_type = "Text", nullable)]
    pub user_type: Option<String>,
    /// said or inferred.
    #[sea_orm(column_type = "Text", nullable)]
    pub user_type_source: Option<String>,
    /// starter, getting-by or confident.
    #[sea_orm(column_type = "Text", nullable)]
    pub level: Option<String>,
    /// When they joined.
    pub opted_in_at: Option<DateTimeUtc>,
    /// No letters until then.
    pub paused_until: Option<DateTimeUtc>,
    /// as-it-happens, weekly, monthly or none.
    #[sea_orm(column_type = "Text")]
    pub pace: String,
    /// When they chose it; nothing when they never did.
    pub pace_at: Option<DateTimeUtc>,
    /// When they came.
    pub created_at: DateTimeUtc,
    /// Last change.
    pub updated_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
