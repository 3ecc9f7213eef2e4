//! Who was asked to join, how, and when. The comparison side is never asked.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::entities::{account, ask};
use crate::ids;

/// One ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The account.
    pub account: Uuid,
    /// The person, when one was asked by name.
    pub contact: Option<Uuid>,
    /// activation, service-mail, call, event, partner or paper.
    pub channel: String,
    /// The words.
    pub wording: String,
    /// When.
    pub asked_at: DateTime<Utc>,
}

/// Keeps asks; the same one twice is kept once. Answers how many went to the comparison side, which is a deviation
/// for whoever reads the report: it was kept, because it happened.
pub async fn record(db: &impl ConnectionTrait, asks: &[Ask]) -> Result<u64, DbErr> {
    let mut to_comparison = 0;
    for part in asks.chunks(500) {
        let accounts: std::collections::HashMap<Uuid, account::Model> = account::Entity::find()
            .filter(account::Column::Id.is_in(part.iter().map(|one| one.account)))
            .all(db)
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let mut rows = Vec::with_capacity(part.len());
        for one in part {
            let Some(account) = accounts.get(&one.account) else { continue };
            to_comparison += u64::from(account.side.as_deref() == Some("comparison"));
            let name = format!(
                "{}|{}|{}",
                one.channel,
                one.asked_at.timestamp_micros(),
                one.contact.unwrap_or_default()
            );
            rows.push(ask::ActiveModel {
                id: Set(ids::named(one.account, "ask", &name)),
                account_id: Set(one.account),
                contact_id: Set(one.contact),
                family_id: Set(account.family_id),
                channel: Set(one.channel.clone()),
                wording: Set(Some(one.wording.clone())),
                asked_at: Set(one.asked_at),
            });
        }
        if !rows.is_empty() {
            let same = OnConflict::columns([ask::Column::AccountId, ask::Column::Id]).do_nothing().to_owned();
            ask::Entity::insert_many(rows).on_conflict(same).exec_without_returning(db).await?;
        }
    }
    Ok(to_comparison)
}
