//! One service letter that its reader asked for.

use sea_orm::entity::prelude::*;

/// One service letter that its reader asked for.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "notices")]
pub struct Model {
    /// Identifier; its Message-ID and the token in its link are derived from it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Home account of the person, when we know them.
    pub account_id: Option<Uuid>,
    /// The person, when we know them.
    pub contact_id: Option<Uuid>,
    /// confirm-joining, sign-in, reminder, answer or note.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Where it goes.
    #[sea_orm(column_type = "Text")]
    pub address: String,
    /// What it says besides the words of its kind.
    pub data: Json,
    /// queued, claimed, sent, failed or gone.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Tries so far; written before the work.
    pub attempts: i32,
    /// When somebody asked for it.
    pub created_at: DateTimeUtc,
    /// Not before this time.
    pub due_at: DateTimeUtc,
    /// Not after this time.
    pub ends_at: DateTimeUtc,
    /// Node that holds the lease.
    #[sea_orm(column_type = "Text", nullable)]
    pub owner: Option<String>,
    /// End of the lease in milliseconds of the database's clock.
    pub lease_until: Option<i64>,
    /// When the outcome was known.
    pub settled_at: Option<DateTimeUtc>,
    /// What the server said, or why it is gone.
    #[sea_orm(column_type = "Text", nullable)]
    pub why: Option<String>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
