//! Replies to questions, and who found them useful.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Condition, Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    UpdateMany,
};
use segments::SizeBand;
use uuid::Uuid;

use super::entities::reply::{ActiveModel, Column, Entity, Model};
use super::entities::{question, useful_mark};
use super::questions::{Held, Question};

/// What a member of staff is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Badge {
    /// Answers questions.
    Expert,
    /// Looks after the community.
    Moderator,
    /// Works for the vendor.
    Team,
}

impl Badge {
    /// Its word in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Expert => "expert",
            Self::Moderator => "moderator",
            Self::Team => "team",
        }
    }

    fn read(word: &str) -> Self {
        [Self::Expert, Self::Moderator].into_iter().find(|badge| badge.word() == word).unwrap_or(Self::Team)
    }
}

/// Who wrote a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// A customer.
    Customer {
        /// Home account.
        account: Uuid,
        /// The person.
        contact: Uuid,
        /// Trade of the company, a NAICS code.
        trade: Option<String>,
        /// Its size.
        size: Option<SizeBand>,
    },
    /// A member of staff.
    Staff {
        /// Who.
        id: Uuid,
        /// What they are called on the page.
        name: String,
        /// What they are to the reader.
        badge: Badge,
    },
}

impl Author {
    /// The contact or the member of staff.
    pub const fn id(&self) -> Uuid {
        match self {
            Self::Customer { contact, .. } => *contact,
            Self::Staff { id, .. } => *id,
        }
    }
}

/// One reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Home account of who asked the question.
    pub account: Uuid,
    /// The question.
    pub question: Uuid,
    /// Identifier.
    pub id: Uuid,
    /// Who wrote it.
    pub author: Author,
    /// The reply, as Markdown.
    pub body: String,
    /// Why it is not shown yet.
    pub held: Option<Held>,
    /// Why it was hidden.
    pub hidden_why: Option<String>,
    /// Whether its author had posted nothing before.
    pub first_post: bool,
    /// When.
    pub at: DateTime<Utc>,
}

impl Reply {
    /// Whether everybody who may read the question may read it.
    pub const fn is_shown(&self) -> bool {
        self.held.is_none() && self.hidden_why.is_none()
    }
}

fn read(row: Model) -> Reply {
    let author = match row.author_account_id {
        Some(account) => Author::Customer {
            account,
            contact: row.author_id,
            trade: row.trade,
            size: row.size.and_then(|word| word.parse().ok()),
        },
        None => Author::Staff {
            id: row.author_id,
            name: row.author_name.unwrap_or_default(),
            badge: Badge::read(row.badge.as_deref().unwrap_or_default()),
        },
    };
    Reply {
        account: row.account_id,
        question: row.question_id,
        id: row.id,
        author,
        body: row.body,
        held: row.held.as_deref().map(Held::read),
        hidden_why: row.hidden_why,
        first_post: row.first_post,
        at: row.at,
    }
}

/// Keeps a reply; false when it is there already.
pub async fn keep(db: &impl ConnectionTrait, one: &Reply) -> Result<bool, DbErr> {
    let (mut account, mut name, mut badge, mut trade, mut size) = (None, None, None, None, None);
    let kind = match &one.author {
        Author::Customer { account: home, trade: theirs, size: band, .. } => {
            (account, trade, size) = (Some(*home), theirs.clone(), band.map(|band| band.as_str().to_owned()));
            "customer"
        }
        Author::Staff { name: called, badge: worn, .. } => {
            (name, badge) = (Some(called.clone()), Some(worn.word().to_owned()));
            "staff"
        }
    };
    let row = ActiveModel {
        account_id: Set(one.account),
        question_id: Set(one.question),
        id: Set(one.id),
        author: Set(kind.to_owned()),
        author_account_id: Set(account),
        author_id: Set(one.author.id()),
        author_name: Set(name),
        badge: Set(badge),
        trade: Set(trade),
        size: Set(size),
        body: Set(one.body.clone()),
        held: Set(one.held.map(|held| held.word().to_owned())),
        hidden_why: Set(None),
        first_post: Set(one.first_post),
        at: Set(one.at),
    };
    let same =
        OnConflict::columns([Column::AccountId, Column::QuestionId, Column::Id]).do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(same).exec_without_returning(db).await? == 1)
}

/// Every reply to a question, hidden ones too, the oldest first.
pub async fn of(db: &impl ConnectionTrait, one: &Question) -> Result<Vec<Reply>, DbErr> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(one.account))
        .filter(Column::QuestionId.eq(one.id))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id);
    Ok(rows.all(db).await?.into_iter().map(read).collect())
}

/// One reply to a question.
pub async fn find(db: &impl ConnectionTrait, one: &Question, id: Uuid) -> Result<Option<Reply>, DbErr> {
    Ok(Entity::find_by_id((one.account, one.id, id)).one(db).await?.map(read))
}

/// Shown replies by question, for whoever searches.
pub async fn bodies(db: &impl ConnectionTrait) -> Result<BTreeMap<Uuid, Vec<String>>, DbErr> {
    let rows: Vec<(Uuid, String)> = Entity::find()
        .select_only()
        .columns([Column::QuestionId, Column::Body])
        .filter(Column::Held.is_null())
        .filter(Column::HiddenWhy.is_null())
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let mut bodies: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
    for (question, body) in rows {
        bodies.entry(question).or_default().push(body);
    }
    Ok(bodies)
}

/// How many replies are shown in all: another number as soon as one is hidden, wherever that is done.
pub async fn shown(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    Entity::find().filter(Column::Held.is_null()).filter(Column::HiddenWhy.is_null()).count(db).await
}

/// Replies that a person has to look at before they are shown, the oldest first.
pub async fn held(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Reply>, DbErr> {
    some(db, Condition::all().add(Column::Held.is_not_null()).add(Column::HiddenWhy.is_null()), limit).await
}

/// First replies of people that are shown, since then, the oldest first.
pub async fn first_posts(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Reply>, DbErr> {
    let first = Condition::all()
        .add(Column::FirstPost.eq(true))
        .add(Column::At.gte(since))
        .add(Column::Held.is_null())
        .add(Column::HiddenWhy.is_null());
    some(db, first, limit).await
}

async fn some(db: &impl ConnectionTrait, which: Condition, limit: u64) -> Result<Vec<Reply>, DbErr> {
    let rows = Entity::find().filter(which).order_by_asc(Column::At).order_by_asc(Column::Id).limit(limit);
    Ok(rows.all(db).await?.into_iter().map(read).collect())
}

/// Shows a reply that a person has looked at; false when it was not waiting for that.
pub async fn publish(db: &impl ConnectionTrait, one: &Reply) -> Result<bool, DbErr> {
    let published = this(one).col_expr(Column::Held, Expr::value(None::<String>));
    Ok(published.filter(Column::Held.is_not_null()).exec(db).await?.rows_affected == 1)
}

/// Hides a reply with a reason, or shows it again without one; false when it was so already.
pub async fn hide(db: &impl ConnectionTrait, one: &Reply, why: Option<&str>) -> Result<bool, DbErr> {
    let before = if why.is_some() { Column::HiddenWhy.is_null() } else { Column::HiddenWhy.is_not_null() };
    let change = this(one).col_expr(Column::HiddenWhy, Expr::value(why.map(str::to_owned)));
    Ok(change.filter(before).exec(db).await?.rows_affected == 1)
}

fn this(one: &Reply) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::AccountId.eq(one.account))
        .filter(Column::QuestionId.eq(one.question))
        .filter(Column::Id.eq(one.id))
}

/// Keeps that somebody found a question (nil) or a reply useful, once.
pub async fn mark_useful(
    db: &impl ConnectionTrait,
    one: &Question,
    reply: Uuid,
    contact: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    use useful_mark::Column as Mark;
    let row = useful_mark::ActiveModel {
        account_id: Set(one.account),
        question_id: Set(one.id),
        reply_id: Set(reply),
        contact_id: Set(contact),
        at: Set(now),
    };
    let key = [Mark::AccountId, Mark::QuestionId, Mark::ReplyId, Mark::ContactId];
    let once = OnConflict::columns(key).do_nothing().to_owned();
    useful_mark::Entity::insert(row).on_conflict(once).exec_without_returning(db).await?;
    Ok(())
}

/// Who found what useful at one question: people by reply; nil is the question itself.
pub async fn useful(
    db: &impl ConnectionTrait,
    one: &Question,
) -> Result<HashMap<Uuid, BTreeSet<Uuid>>, DbErr> {
    use useful_mark::Column as Mark;
    let rows: Vec<(Uuid, Uuid)> = useful_mark::Entity::find()
        .select_only()
        .columns([Mark::ReplyId, Mark::ContactId])
        .filter(Mark::AccountId.eq(one.account))
        .filter(Mark::QuestionId.eq(one.id))
        .into_tuple()
        .all(db)
        .await?;
    let mut useful: HashMap<Uuid, BTreeSet<Uuid>> = HashMap::new();
    for (reply, contact) in rows {
        useful.entry(reply).or_default().insert(contact);
    }
    Ok(useful)
}

/// How many people found each of these questions, or a reply to it, useful.
pub async fn useful_to(
    db: &impl ConnectionTrait,
    questions: &[Question],
) -> Result<HashMap<Uuid, usize>, DbErr> {
    use useful_mark::Column as Mark;
    let rows: Vec<(Uuid, Uuid)> = useful_mark::Entity::find()
        .select_only()
        .columns([Mark::QuestionId, Mark::ContactId])
        .filter(Mark::AccountId.is_in(questions.iter().map(|one| one.account)))
        .filter(Mark::QuestionId.is_in(questions.iter().map(|one| one.id)))
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    let mut people = HashMap::new();
    for (question, _) in rows {
        *people.entry(question).or_insert(0) += 1;
    }
    Ok(people)
}

/// Which of these questions an expert has replied to.
pub async fn with_an_expert(
    db: &impl ConnectionTrait,
    questions: &[Question],
) -> Result<BTreeSet<Uuid>, DbErr> {
    let rows: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::QuestionId)
        .filter(Column::AccountId.is_in(questions.iter().map(|one| one.account)))
        .filter(Column::QuestionId.is_in(questions.iter().map(|one| one.id)))
        .filter(Column::Badge.eq(Badge::Expert.word()))
        .filter(Column::HiddenWhy.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// How often each expert has replied about each product, the most often first.
pub async fn experts(db: &impl ConnectionTrait) -> Result<Vec<(Option<String>, String, i64)>, DbErr> {
    let of_a_question = Entity::belongs_to(question::Entity)
        .from((Column::AccountId, Column::QuestionId))
        .to((question::Column::AccountId, question::Column::Id));
    Entity::find()
        .select_only()
        .column(question::Column::Product)
        .column(Column::AuthorName)
        .column_as(Column::Id.count(), "replies")
        .join(sea_orm::JoinType::InnerJoin, of_a_question.into())
        .filter(Column::Badge.eq(Badge::Expert.word()))
        .filter(Column::AuthorName.is_not_null())
        .group_by(question::Column::Product)
        .group_by(Column::AuthorName)
        .order_by_desc(Column::Id.count())
        .order_by_asc(Column::AuthorName)
        .into_tuple()
        .all(db)
        .await
}
