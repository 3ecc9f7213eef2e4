//! Service letters that somebody asked for, each in a state: `queued → claimed → sent`, `failed`, or `gone`.
//!
//! A notice may go out twice, after a crash: it carries the same Message-ID and the same link then. Whoever asks for one
//! queues it in the same transaction as what it is about.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseBackend, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};
use serde_json::Value;
use uuid::Uuid;

use super::entities::notice::{ActiveModel, Column, Entity, Model};
use super::messages::clock_ms;

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// "Is that you?", after the form to join.
    ConfirmJoining,
    /// The link and the code to sign in.
    SignIn,
    /// One reminder, on the day that the reader chose.
    Reminder,
    /// Somebody answered the reader's question.
    Answer,
    /// What came of something that the reader told us.
    Note,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::ConfirmJoining, Self::SignIn, Self::Reminder, Self::Answer, Self::Note];

    /// Its word in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ConfirmJoining => "confirm-joining",
            Self::SignIn => "sign-in",
            Self::Reminder => "reminder",
            Self::Answer => "answer",
            Self::Note => "note",
        }
    }

    /// After this long it is of no use to anybody.
    const fn useful_for(self) -> TimeDelta {
        match self {
            Self::SignIn => TimeDelta::minutes(10),
            _ => TimeDelta::hours(24),
        }
    }

    /// Whether a stop of every letter stops it too: whoever asks to come in gets the key all the same.
    pub const fn stops_with_letters(self) -> bool {
        !matches!(self, Self::ConfirmJoining | Self::SignIn)
    }
}

/// A notice to be queued.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Identifier: the same notice twice has the same one, and is one.
    pub id: Uuid,
    /// The person and their home account, when we know them.
    pub person: Option<Person>,
    /// What it is about.
    pub kind: Kind,
    /// Where it goes, as [`segments::Email::key`] has it.
    pub address: String,
    /// `language` and `first_name` for all of them, and for a reminder, an answer or a note `title`, `words` and the
    /// `path` of the page it leads to; for an answer also the `question` and its `account`, and for one of ours where it
    /// `asks` whether it helped.
    pub data: Value,
    /// Not before this time.
    pub due_at: DateTime<Utc>,
}

/// Whom a notice is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// Home account.
    pub account: Uuid,
    /// The person.
    pub contact: Uuid,
}

/// A notice that this node holds for a while.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// Identifier.
    pub id: Uuid,
    /// See [`Notice::person`].
    pub person: Option<Person>,
    /// What it is about.
    pub kind: Kind,
    /// Where it goes.
    pub address: String,
    /// See [`Notice::data`].
    pub data: Value,
    /// Which try this is.
    pub attempts: i32,
    /// Not after this time.
    pub ends_at: DateTime<Utc>,
    owner: String,
}

impl Held {
    /// Home account and identifier of the question that it is about.
    pub fn question(&self) -> Option<(Uuid, Uuid)> {
        let named = |field: &str| self.data[field].as_str()?.parse().ok();
        named("account").zip(named("question"))
    }
}

/// How a try ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A server took it.
    Sent,
    /// It will be tried again then.
    Again {
        /// When.
        due_at: DateTime<Utc>,
        /// What happened.
        why: String,
    },
    /// It will not be tried again.
    Failed {
        /// What happened.
        why: String,
    },
    /// Nobody wants it any more.
    Gone {
        /// In a word.
        why: &'static str,
    },
}

/// Queues a notice, once.
pub async fn queue(db: &impl ConnectionTrait, notice: &Notice, now: DateTime<Utc>) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(notice.id),
        account_id: Set(notice.person.map(|person| person.account)),
        contact_id: Set(notice.person.map(|person| person.contact)),
        kind: Set(notice.kind.word().to_owned()),
        address: Set(notice.address.clone()),
        data: Set(notice.data.clone()),
        state: Set("queued".to_owned()),
        attempts: Set(0),
        created_at: Set(now),
        due_at: Set(notice.due_at),
        ends_at: Set(notice.due_at + notice.kind.useful_for()),
        owner: Set(None),
        lease_until: Set(None),
        settled_at: Set(None),
        why: Set(None),
    };
    let same = sea_orm::sea_query::OnConflict::column(Column::Id).do_nothing().to_owned();
    Entity::insert(row).on_conflict(same).exec_without_returning(db).await?;
    Ok(())
}

/// Takes back a notice that has not gone out. Answers whether there was one.
pub async fn cancel(
    db: &impl ConnectionTrait,
    id: Uuid,
    why: &'static str,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let gone = Entity::update_many()
        .col_expr(Column::State, Expr::value("gone"))
        .col_expr(Column::SettledAt, Expr::value(now))
        .col_expr(Column::Why, Expr::value(why))
        .filter(Column::Id.eq(id).and(Column::State.is_in(["queued", "claimed"])))
        .exec(db)
        .await?;
    Ok(gone.rows_affected == 1)
}

/// Takes up to `limit` due notices for this node, and nobody else's. Leases are measured by the database's clock.
pub async fn claim(
    db: &impl ConnectionTrait,
    owner: &str,
    limit: u64,
    lease_seconds: i64,
    now: DateTime<Utc>,
) -> Result<Vec<Held>, DbErr> {
    let backend = db.get_database_backend();
    let free = Condition::any()
        .add(Column::State.eq("queued").and(Column::DueAt.lte(now)))
        .add(Column::State.eq("claimed").and(Expr::col(Column::LeaseUntil).lt(clock_ms(backend, 0))));
    let mut chosen = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(free.clone())
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id)
        .limit(limit);
    if backend == DatabaseBackend::Postgres {
        chosen = chosen.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let claimed = Entity::update_many()
        .col_expr(Column::State, Expr::value("claimed"))
        .col_expr(Column::Owner, Expr::value(owner))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .col_expr(Column::LeaseUntil, clock_ms(backend, lease_seconds * 1000))
        .filter(Column::Id.in_subquery(chosen.into_query()))
        .filter(free)
        .exec_with_returning(db)
        .await?;
    claimed.into_iter().map(held).collect()
}

fn held(row: Model) -> Result<Held, DbErr> {
    let kind = Kind::ALL.into_iter().find(|kind| kind.word() == row.kind);
    Ok(Held {
        id: row.id,
        person: row.account_id.zip(row.contact_id).map(|(account, contact)| Person { account, contact }),
        kind: kind.ok_or_else(|| DbErr::Type(format!("there is no kind of notice called {}", row.kind)))?,
        address: row.address,
        data: row.data,
        attempts: row.attempts,
        ends_at: row.ends_at,
        owner: row.owner.unwrap_or_default(),
    })
}

/// Whether this node still holds the notice, and nobody took it back meanwhile.
pub async fn is_held(db: &impl ConnectionTrait, notice: &Held) -> Result<bool, DbErr> {
    let lasting = Expr::col(Column::LeaseUntil).gt(clock_ms(db.get_database_backend(), 0));
    Ok(Entity::find().filter(ours(notice)).filter(lasting).count(db).await? == 1)
}

/// Keeps how a try ended, as long as the notice is still ours.
pub async fn settle(
    db: &impl ConnectionTrait,
    notice: &Held,
    outcome: &Outcome,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let (state, why) = match outcome {
        Outcome::Sent => ("sent", None),
        Outcome::Again { why, .. } => ("queued", Some(why.as_str())),
        Outcome::Failed { why } => ("failed", Some(why.as_str())),
        Outcome::Gone { why } => ("gone", Some(*why)),
    };
    let mut change = Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::Why, Expr::value(why))
        .col_expr(Column::Owner, Expr::value(None::<String>))
        .col_expr(Column::LeaseUntil, Expr::value(None::<i64>));
    change = match outcome {
        Outcome::Again { due_at, .. } => change.col_expr(Column::DueAt, Expr::value(*due_at)),
        _ => change.col_expr(Column::SettledAt, Expr::value(now)),
    };
    Ok(change.filter(ours(notice)).exec(db).await?.rows_affected == 1)
}

fn ours(notice: &Held) -> Condition {
    Condition::all()
        .add(Column::Id.eq(notice.id))
        .add(Column::State.eq("claimed"))
        .add(Column::Owner.eq(&notice.owner))
        .add(Column::Attempts.eq(notice.attempts))
}

/// Forgets what was settled before `before`; says how many.
pub async fn sweep(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    Ok(Entity::delete_many().filter(Column::SettledAt.lt(before)).exec(db).await?.rows_affected)
}

/// Forgets every notice to this address or this person, sent or not, as an erasure must.
pub async fn forget(db: &impl ConnectionTrait, contact: Uuid, address: &str) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::ContactId.eq(contact).or(Column::Address.eq(address)))
        .exec(db)
        .await?;
    Ok(())
}
