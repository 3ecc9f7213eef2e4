//! Questions among customers: asked, found, and how they stand.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Condition, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use segments::{Level, SizeBand};
use uuid::Uuid;

use super::entities::question::{ActiveModel, Column, Entity, Model};
use super::entities::reply;

mod addresses;
mod askers;
mod listing;
mod standing;

pub use addresses::forget_addresses;
pub use askers::{Asker, asker, first_names, letters_for};
pub use listing::{Filter, InUse, Likeness, Listed, PAGE, Subject, Tab, Wanted, about, in_use, list};
pub use standing::{accept, count_replies, hide, merge, publish, show};

/// Who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedOf {
    /// Customers like the one who asks.
    Peers,
    /// Our experts, and nobody else sees it.
    Expert,
    /// Everybody.
    Both,
}

impl AskedOf {
    /// Every one, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Both, Self::Peers, Self::Expert];

    /// Its word in the store and in forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Peers => "peers",
            Self::Expert => "expert",
            Self::Both => "both",
        }
    }
}

/// How a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody has replied.
    Open,
    /// Somebody has.
    Answered,
    /// The one who asked said that a reply solved it.
    Solved,
    /// Taken off the pages.
    Hidden,
    /// Joined to another question.
    Merged,
}

impl State {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Open, Self::Answered, Self::Solved, Self::Hidden, Self::Merged];

    /// Its word in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Solved => "solved",
            Self::Hidden => "hidden",
            Self::Merged => "merged",
        }
    }
}

/// Why a person looks at a post before it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Very many came from there lately.
    Many,
    /// A member of staff wants to see what this person posts.
    Banned,
}

impl Held {
    /// Its word in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Many => "many",
            Self::Banned => "banned",
        }
    }

    /// The reason with this word.
    pub(super) fn read(word: &str) -> Self {
        if word == Self::Banned.word() { Self::Banned } else { Self::Many }
    }
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Home account of who asked.
    pub account: Uuid,
    /// Identifier.
    pub id: Uuid,
    /// Who asked.
    pub contact: Uuid,
    /// Last part of its address.
    pub slug: String,
    /// The question.
    pub title: String,
    /// What else there is to say, as Markdown.
    pub details: String,
    /// Code of the product it is about.
    pub product: Option<String>,
    /// Trade of the company: the beginning of a NAICS code.
    pub trade: Option<String>,
    /// Size of the company.
    pub size: Option<SizeBand>,
    /// Country of the company.
    pub country: Option<String>,
    /// Region of the company.
    pub region: Option<String>,
    /// Slug of the fix whose problem it is about.
    pub problem: Option<String>,
    /// How sure of themselves who asked is with it.
    pub level: Option<Level>,
    /// The language it was asked in.
    pub language: String,
    /// Who is asked.
    pub asked_of: AskedOf,
    /// How it stands.
    pub state: State,
    /// Why it is not shown yet.
    pub held: Option<Held>,
    /// Why it was hidden.
    pub hidden_why: Option<String>,
    /// The reply that solved it.
    pub accepted: Option<Uuid>,
    /// The question that it was joined to.
    pub merged_into: Option<String>,
    /// Whether who asked had posted nothing before.
    pub first_post: bool,
    /// Replies that are shown.
    pub replies: u32,
    /// When the first of them came.
    pub first_reply_at: Option<DateTime<Utc>>,
    /// When it was asked.
    pub at: DateTime<Utc>,
    /// Last change.
    pub updated_at: DateTime<Utc>,
}

impl Question {
    /// Whether everybody may read it.
    pub fn is_public(&self) -> bool {
        let shown = matches!(self.state, State::Open | State::Answered | State::Solved);
        shown && self.held.is_none() && self.asked_of != AskedOf::Expert
    }

    /// Where it is.
    pub fn path(&self) -> String {
        format!("/ask/{}", self.slug)
    }
}

/// What everybody may read.
fn public() -> Condition {
    let shown = [State::Open, State::Answered, State::Solved].map(State::word);
    Condition::all()
        .add(Column::Held.is_null())
        .add(Column::AskedOf.ne(AskedOf::Expert.word()))
        .add(Column::State.is_in(shown))
}

fn read(row: Model) -> Result<Question, DbErr> {
    let asked_of = AskedOf::ALL.into_iter().find(|one| one.word() == row.asked_of);
    let state = State::ALL.into_iter().find(|one| one.word() == row.state);
    let (Some(asked_of), Some(state)) = (asked_of, state) else {
        return Err(DbErr::Type(format!("the question {} stands `{}`", row.id, row.state)));
    };
    Ok(Question {
        account: row.account_id,
        id: row.id,
        contact: row.contact_id,
        slug: row.slug,
        title: row.title,
        details: row.details,
        product: row.product,
        trade: row.trade,
        size: row.size.and_then(|word| word.parse().ok()),
        country: row.country,
        region: row.region,
        problem: row.problem,
        level: row.level.and_then(|word| word.parse().ok()),
        language: row.language,
        asked_of,
        state,
        held: row.held.as_deref().map(Held::read),
        hidden_why: row.hidden_why,
        accepted: row.accepted_reply,
        merged_into: row.merged_into,
        first_post: row.first_post,
        replies: u32::try_from(row.reply_count).unwrap_or(0),
        first_reply_at: row.first_reply_at,
        at: row.created_at,
        updated_at: row.updated_at,
    })
}

/// Keeps a question; false when it is there already.
pub async fn keep(db: &impl ConnectionTrait, one: &Question) -> Result<bool, DbErr> {
    let row = ActiveModel {
        account_id: Set(one.account),
        id: Set(one.id),
        contact_id: Set(one.contact),
        slug: Set(one.slug.clone()),
        title: Set(one.title.clone()),
        details: Set(one.details.clone()),
        product: Set(one.product.clone()),
        trade: Set(one.trade.clone()),
        size: Set(one.size.map(|size| size.as_str().to_owned())),
        country: Set(one.country.clone()),
        region: Set(one.region.clone()),
        problem: Set(one.problem.clone()),
        level: Set(one.level.map(|level| level.as_str().to_owned())),
        language: Set(one.language.clone()),
        asked_of: Set(one.asked_of.word().to_owned()),
        state: Set(one.state.word().to_owned()),
        held: Set(one.held.map(|held| held.word().to_owned())),
        hidden_why: Set(None),
        accepted_reply: Set(None),
        merged_into: Set(None),
        first_post: Set(one.first_post),
        reply_count: Set(0),
        first_reply_at: Set(None),
        created_at: Set(one.at),
        updated_at: Set(one.updated_at),
    };
    let same = OnConflict::columns([Column::AccountId, Column::Id]).do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(same).exec_without_returning(db).await? == 1)
}

/// The question at this address, whatever its state.
pub async fn find(db: &impl ConnectionTrait, slug: &str) -> Result<Option<Question>, DbErr> {
    Entity::find().filter(Column::Slug.eq(slug)).one(db).await?.map(read).transpose()
}

/// One question of this account.
pub async fn of_account(
    db: &impl ConnectionTrait,
    account: Uuid,
    id: Uuid,
) -> Result<Option<Question>, DbErr> {
    Entity::find_by_id((account, id)).one(db).await?.map(read).transpose()
}

/// Whether this person has asked or replied before.
pub async fn has_posted(db: &impl ConnectionTrait, account: Uuid, contact: Uuid) -> Result<bool, DbErr> {
    let asked = Entity::find().filter(Column::AccountId.eq(account)).filter(Column::ContactId.eq(contact));
    if asked.count(db).await? > 0 {
        return Ok(true);
    }
    let replied = reply::Entity::find().filter(reply::Column::AuthorId.eq(contact));
    Ok(replied.count(db).await? > 0)
}

/// When this person asked something that only experts see.
pub async fn asked_of_experts(
    db: &impl ConnectionTrait,
    account: Uuid,
    contact: Uuid,
) -> Result<Vec<DateTime<Utc>>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::CreatedAt)
        .filter(Column::AccountId.eq(account))
        .filter(Column::ContactId.eq(contact))
        .filter(Column::AskedOf.eq(AskedOf::Expert.word()))
        .into_tuple()
        .all(db)
        .await
}

/// What waits for an answer, the oldest first: nobody has replied, or nobody but us may see it.
pub async fn unanswered(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Question>, DbErr> {
    let waiting = Condition::all().add(Column::State.eq(State::Open.word())).add(Column::Held.is_null());
    oldest(db, waiting, limit).await
}

/// What a person has to look at before it is shown, the oldest first.
pub async fn held(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Question>, DbErr> {
    let gone = [State::Hidden, State::Merged].map(State::word);
    let held = Condition::all().add(Column::Held.is_not_null()).add(Column::State.is_not_in(gone));
    oldest(db, held, limit).await
}

/// First questions of people that are shown, since then, the oldest first.
pub async fn first_posts(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Question>, DbErr> {
    let first = public().add(Column::FirstPost.eq(true)).add(Column::CreatedAt.gte(since));
    oldest(db, first, limit).await
}

async fn oldest(db: &impl ConnectionTrait, which: Condition, limit: u64) -> Result<Vec<Question>, DbErr> {
    let rows = Entity::find().filter(which).order_by_asc(Column::CreatedAt).order_by_asc(Column::Id);
    rows.limit(limit).all(db).await?.into_iter().map(read).collect()
}

/// Everything that everybody may read, for whoever searches.
pub async fn published(db: &impl ConnectionTrait) -> Result<Vec<Question>, DbErr> {
    Entity::find().filter(public()).all(db).await?.into_iter().map(read).collect()
}

/// What everybody may read looks like together: another one as soon as something was asked, answered, hidden or shown.
pub type Stamp = (i64, Option<i64>, Option<DateTime<Utc>>);

/// The stamp of now.
pub async fn stamp(db: &impl ConnectionTrait) -> Result<Stamp, DbErr> {
    let row = Entity::find()
        .select_only()
        .column_as(Column::Id.count(), "questions")
        .column_as(Column::ReplyCount.sum(), "replies")
        .column_as(Column::UpdatedAt.max(), "latest")
        .filter(public())
        .into_tuple::<Stamp>()
        .one(db)
        .await?;
    Ok(row.unwrap_or_default())
}

/// One question that was asked, and when somebody first replied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timed {
    /// Who asked: the company.
    pub account: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// The first reply.
    pub first_reply_at: Option<DateTime<Utc>>,
}

/// What everybody may read and was asked since then.
pub async fn timed(db: &impl ConnectionTrait, since: DateTime<Utc>) -> Result<Vec<Timed>, DbErr> {
    let rows = Entity::find()
        .select_only()
        .columns([Column::AccountId, Column::CreatedAt, Column::FirstReplyAt])
        .filter(public().add(Column::CreatedAt.gte(since)))
        .into_tuple::<(Uuid, DateTime<Utc>, Option<DateTime<Utc>>)>()
        .all(db)
        .await?;
    let timed = |(account, at, first_reply_at)| Timed { account, at, first_reply_at };
    Ok(rows.into_iter().map(timed).collect())
}

#[cfg(test)]
mod tests;
