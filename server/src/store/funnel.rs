//! Who was asked to join, who filled in the form, who confirmed it, and what they did next. Rows only; what they mean is
//! decided in `lift::report::funnel`.

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::comparison::{self, Design};
use super::entities::{account, ask, contact, event, joining};
use super::outcomes::RowByRow;

/// Everything the funnel counts, until one moment.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// What the comparison side is kept out of; nothing before the draw.
    pub design: Option<Design>,
    /// Every customer company.
    pub customers: Vec<Customer>,
    /// Asks, in order of time.
    pub asks: Vec<Asked>,
    /// Forms, in order of time.
    pub forms: Vec<Form>,
    /// People who have joined.
    pub members: Vec<Member>,
    /// What people did in the center, in order of time.
    pub acts: Vec<Act>,
}

/// A customer company, as far as it is counted by what it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Customer {
    /// The account.
    pub id: Uuid,
    /// Head count.
    pub employees: Option<i32>,
    /// NAICS code.
    pub industry: Option<String>,
    /// Side of its family.
    pub side: Option<String>,
}

/// One ask.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Asked {
    /// The account.
    pub account_id: Uuid,
    /// On which way.
    pub channel: String,
    /// When.
    pub asked_at: DateTime<Utc>,
}

/// One form to join.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Form {
    /// The account.
    pub account_id: Uuid,
    /// The person, once confirmed.
    pub contact_id: Option<Uuid>,
    /// Way on which they were asked, when the address of the form said so.
    pub channel: Option<String>,
    /// Where the address of the form said they came from.
    pub source: Option<String>,
    /// Side of the family at that moment.
    pub side: Option<String>,
    /// When it was sent.
    pub created_at: DateTime<Utc>,
    /// When it was confirmed.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// Somebody who has joined, by our form or by one that a file told of.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Member {
    /// The person.
    pub id: Uuid,
    /// Home account.
    pub account_id: Uuid,
    /// When.
    pub opted_in_at: DateTime<Utc>,
}

/// Something a person did in the center.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Act {
    /// The person.
    pub contact_id: Uuid,
    /// What.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The item it is about.
    pub item: Option<String>,
}

/// Reads everything until `until`.
pub async fn facts(db: &impl RowByRow, until: DateTime<Utc>) -> Result<Facts, DbErr> {
    Ok(Facts {
        design: comparison::draw(db).await?.map(|draw| draw.design),
        customers: customers(db).await?,
        asks: asks(db, until).await?,
        forms: forms(db, until).await?,
        members: members(db, until).await?,
        acts: acts(db, until).await?,
    })
}

async fn customers(db: &impl RowByRow) -> Result<Vec<Customer>, DbErr> {
    use account::Column;
    let read = account::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Employees, Column::Industry, Column::Side])
        .order_by_asc(Column::Id);
    read.into_model::<Customer>().stream(db).await?.try_collect().await
}

async fn asks(db: &impl RowByRow, until: DateTime<Utc>) -> Result<Vec<Asked>, DbErr> {
    use ask::Column;
    let read = ask::Entity::find()
        .select_only()
        .columns([Column::AccountId, Column::Channel, Column::AskedAt])
        .filter(Column::AskedAt.lte(until))
        .order_by_asc(Column::AskedAt)
        .order_by_asc(Column::Id);
    read.into_model::<Asked>().stream(db).await?.try_collect().await
}

async fn forms(db: &impl RowByRow, until: DateTime<Utc>) -> Result<Vec<Form>, DbErr> {
    use joining::Column;
    let read = joining::Entity::find()
        .select_only()
        .columns([
            Column::AccountId,
            Column::ContactId,
            Column::Channel,
            Column::Source,
            Column::Side,
            Column::CreatedAt,
            Column::ConfirmedAt,
        ])
        .filter(Column::CreatedAt.lte(until))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id);
    read.into_model::<Form>().stream(db).await?.try_collect().await
}

async fn members(db: &impl RowByRow, until: DateTime<Utc>) -> Result<Vec<Member>, DbErr> {
    use contact::Column;
    let read = contact::Entity::find()
        .select_only()
        .columns([Column::Id, Column::AccountId, Column::OptedInAt])
        .filter(Column::OptedInAt.lte(until))
        .order_by_asc(Column::Id);
    read.into_model::<Member>().stream(db).await?.try_collect().await
}

/// Saying which letters one wants, or none, is no visit.
async fn acts(db: &impl RowByRow, until: DateTime<Utc>) -> Result<Vec<Act>, DbErr> {
    use event::Column;
    let not_about_letters = Condition::any()
        .add(Column::Kind.ne("form"))
        .add(Column::Value.is_null())
        .add(Column::Value.is_not_in(["stop", "choices"]));
    let read = event::Entity::find()
        .select_only()
        .columns([Column::ContactId, Column::Kind, Column::At, Column::Item])
        .filter(Column::ContactId.is_not_null())
        .filter(Column::Kind.is_in(["viewed", "completed", "asked", "answered", "signed-in", "form"]))
        .filter(not_about_letters)
        .filter(Column::At.lte(until))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id);
    read.into_model::<Act>().stream(db).await?.try_collect().await
}
