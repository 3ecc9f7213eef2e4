//! What members of staff did to questions and replies, and why; what was reported; whose posts are looked at first.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::entities::{community_act, community_ban, question_report, staff};
use super::questions::Question;

/// What a member of staff can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Replied.
    Answer,
    /// Joined the question to another.
    Merge,
    /// Took it off the pages.
    Hide,
    /// Put it back.
    Show,
    /// Showed what had waited for a person to look at it.
    Publish,
    /// Made the draft of a fix of a reply.
    Fix,
    /// Looks at this person's posts first from now on.
    Ban,
    /// No longer.
    Unban,
    /// Looked at what was reported and left everything as it is.
    Settle,
    /// Took the picture off the pages, and nothing else.
    HidePicture,
    /// Put the picture back.
    ShowPicture,
}

impl Act {
    /// Its word in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Merge => "merge",
            Self::Hide => "hide",
            Self::Show => "show",
            Self::Publish => "publish",
            Self::Fix => "fix",
            Self::Ban => "ban",
            Self::Unban => "unban",
            Self::Settle => "settle",
            Self::HidePicture => "hide-picture",
            Self::ShowPicture => "show-picture",
        }
    }
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Identifier.
    pub id: Uuid,
    /// The reply, when it is about one.
    pub reply: Option<Uuid>,
    /// Who.
    pub staff: Uuid,
    /// What.
    pub act: Act,
    /// Why.
    pub why: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Keeps what was done to a question.
pub async fn log(db: &impl ConnectionTrait, one: &Question, done: &Done) -> Result<(), DbErr> {
    let row = community_act::ActiveModel {
        account_id: Set(one.account),
        id: Set(done.id),
        question_id: Set(one.id),
        reply_id: Set(done.reply),
        staff_id: Set(done.staff),
        act: Set(done.act.word().to_owned()),
        why: Set(done.why.clone()),
        at: Set(done.at),
    };
    community_act::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// A line of the log, as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Address of who did it.
    pub by: String,
    /// What.
    pub act: String,
    /// Why.
    pub why: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What was done to a question, the latest first.
pub async fn lines(db: &impl ConnectionTrait, one: &Question) -> Result<Vec<Line>, DbErr> {
    use community_act::Column as Act;
    let rows = community_act::Entity::find()
        .filter(Act::AccountId.eq(one.account))
        .filter(Act::QuestionId.eq(one.id))
        .order_by_desc(Act::At)
        .order_by_desc(Act::Id)
        .all(db)
        .await?;
    let people: Vec<Uuid> = rows.iter().map(|row| row.staff_id).collect();
    let people: Vec<(Uuid, String)> = staff::Entity::find()
        .select_only()
        .columns([staff::Column::Id, staff::Column::Email])
        .filter(staff::Column::Id.is_in(people))
        .into_tuple()
        .all(db)
        .await?;
    let by = |id: Uuid| people.iter().find(|(known, _)| *known == id).map(|(_, email)| email.clone());
    let line = |row: community_act::Model| Line {
        by: by(row.staff_id).unwrap_or_default(),
        act: row.act,
        why: row.why,
        at: row.at,
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Something that was reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Home account of who asked the question.
    pub account: Uuid,
    /// Identifier.
    pub id: Uuid,
    /// The question.
    pub question: Uuid,
    /// The reply; none for the question itself.
    pub reply: Option<Uuid>,
    /// Who said so, when they were signed in.
    pub contact: Option<Uuid>,
    /// What is wrong, in their words.
    pub why: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Keeps a report, once.
pub async fn report(db: &impl ConnectionTrait, one: &Report) -> Result<(), DbErr> {
    use question_report::Column;
    let row = question_report::ActiveModel {
        account_id: Set(one.account),
        id: Set(one.id),
        question_id: Set(one.question),
        reply_id: Set(one.reply),
        contact_id: Set(one.contact),
        why: Set(one.why.clone()),
        at: Set(one.at),
        settled_at: Set(None),
    };
    let once = OnConflict::columns([Column::AccountId, Column::Id]).do_nothing().to_owned();
    question_report::Entity::insert(row).on_conflict(once).exec_without_returning(db).await?;
    Ok(())
}

/// What was reported and nobody has settled, the oldest first; of one question, or of all.
pub async fn reports(
    db: &impl ConnectionTrait,
    of: Option<&Question>,
    limit: u64,
) -> Result<Vec<Report>, DbErr> {
    use question_report::Column;
    let mut open = question_report::Entity::find().filter(Column::SettledAt.is_null());
    if let Some(one) = of {
        open = open.filter(Column::AccountId.eq(one.account)).filter(Column::QuestionId.eq(one.id));
    }
    let rows = open.order_by_asc(Column::At).order_by_asc(Column::Id).limit(limit).all(db).await?;
    let report = |row: question_report::Model| Report {
        account: row.account_id,
        id: row.id,
        question: row.question_id,
        reply: row.reply_id,
        contact: row.contact_id,
        why: row.why,
        at: row.at,
    };
    Ok(rows.into_iter().map(report).collect())
}

/// Settles whatever was reported about a question or one of its replies.
pub async fn settle(
    db: &impl ConnectionTrait,
    one: &Question,
    reply: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    use question_report::Column;
    let about = match reply {
        Some(reply) => Column::ReplyId.eq(reply),
        None => Column::ReplyId.is_null(),
    };
    question_report::Entity::update_many()
        .col_expr(Column::SettledAt, Expr::value(now))
        .filter(Column::AccountId.eq(one.account))
        .filter(Column::QuestionId.eq(one.id))
        .filter(Column::SettledAt.is_null())
        .filter(about)
        .exec(db)
        .await?;
    Ok(())
}

/// From now on a person looks first at what this one posts.
pub async fn ban(
    db: &impl ConnectionTrait,
    account: Uuid,
    contact: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    use community_ban::Column;
    let row = community_ban::ActiveModel {
        account_id: Set(account),
        contact_id: Set(contact),
        since: Set(now),
        lifted_at: Set(None),
    };
    let again = OnConflict::columns([Column::AccountId, Column::ContactId])
        .update_columns([Column::Since, Column::LiftedAt])
        .to_owned();
    community_ban::Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
    Ok(())
}

/// What this one posts is shown at once again.
pub async fn unban(
    db: &impl ConnectionTrait,
    account: Uuid,
    contact: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    use community_ban::Column;
    community_ban::Entity::update_many()
        .col_expr(Column::LiftedAt, Expr::value(now))
        .filter(Column::AccountId.eq(account))
        .filter(Column::ContactId.eq(contact))
        .filter(Column::LiftedAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Whether a person looks first at what this one posts.
pub async fn is_banned(db: &impl ConnectionTrait, account: Uuid, contact: Uuid) -> Result<bool, DbErr> {
    let row = community_ban::Entity::find_by_id((account, contact));
    Ok(row.filter(community_ban::Column::LiftedAt.is_null()).count(db).await? == 1)
}
