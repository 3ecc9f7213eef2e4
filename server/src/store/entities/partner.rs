//! A company that sells for us and may bill the customer itself.

use sea_orm::entity::prelude::*;

/// A company that sells for us and may bill the customer itself.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "partners")]
pub struct Model {
    /// Identifier derived from the external id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Identifier in the files of the vendor.
    #[sea_orm(column_type = "Text")]
    pub external_id: String,
    /// Name.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Where it sells.
    #[sea_orm(column_type = "Text", nullable)]
    pub territory: Option<String>,
    /// Its rank in the partner plan.
    #[sea_orm(column_type = "Text", nullable)]
    pub tier: Option<String>,
    /// Address of its contact for plans.
    #[sea_orm(column_type = "Text", nullable)]
    pub email: Option<String>,
    /// Address of its mark.
    #[sea_orm(column_type = "Text", nullable)]
    pub logo: Option<String>,
    /// Last change.
    pub updated_at: DateTimeUtc,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
