//! One letter owed to one person by one step.

use sea_orm::entity::prelude::*;

/// One letter owed to one person by one step.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub struct Model {
    /// Identifier; its links and its Message-ID are derived from it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Home account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The person.
    pub contact_id: Uuid,
    /// The journey.
    pub journey_id: Uuid,
    /// Its version.
    pub version: i32,
    /// The step.
    #[sea_orm(column_type = "Text")]
    pub step: String,
    /// Counts entries of the same person.
    pub occurrence: i32,
    /// Consent it needs.
    #[sea_orm(column_type = "Text")]
    pub purpose: String,
    /// planned, claimed, `handing_over`, sent, failed, unknown or skipped.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Why it was skipped or failed.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    /// Tries so far; written before the work.
    pub attempts: i32,
    /// When it was planned.
    pub planned_at: DateTimeUtc,
    /// Not before this time.
    pub due_at: DateTimeUtc,
    /// Node that holds the lease.
    #[sea_orm(column_type = "Text", nullable)]
    pub owner: Option<String>,
    /// End of the lease in milliseconds of the database's clock.
    pub lease_until: Option<i64>,
    /// When the fence was written.
    pub handing_over_at: Option<DateTimeUtc>,
    /// When the outcome was known.
    pub settled_at: Option<DateTimeUtc>,
    /// What the server said.
    #[sea_orm(column_type = "Text", nullable)]
    pub reply: Option<String>,
    /// Where each numbered link leads.
    pub links: Option<Json>,
}

/// None: rooms join by query, not by relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
