//! A product that a partner is qualified for.

use sea_orm::entity::prelude::*;

/// A product that a partner is qualified for.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "partner_products")]
pub struct Model {
    /// The partner.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: Uuid,
    /// The product.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub product_code: String,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
