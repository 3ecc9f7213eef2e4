//! One line of the append-only assignment ledger, chained by hash.

use sea_orm::entity::prelude::*;

/// One line of the append-only assignment ledger, chained by hash.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "assignments")]
pub struct Model {
    /// Place in the ledger.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// The family.
    pub family_id: Uuid,
    /// 1, and one more for each graduation.
    pub draw: i32,
    /// program or comparison.
    #[sea_orm(column_type = "Text")]
    pub side: String,
    /// Share at that time.
    pub share: f64,
    /// Stratum at that time.
    #[sea_orm(column_type = "Text")]
    pub stratum: String,
    /// Salt of the draw.
    pub salt_id: Uuid,
    /// hash or blocks.
    #[sea_orm(column_type = "Text")]
    pub method: String,
    /// Block, with the blocks method.
    pub block: Option<i64>,
    /// Place in the block.
    pub position: Option<i32>,
    /// When.
    pub assigned_at: DateTimeUtc,
    /// Hash of the line before.
    pub previous_hash: Vec<u8>,
    /// Hash of this line.
    pub hash: Vec<u8>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
