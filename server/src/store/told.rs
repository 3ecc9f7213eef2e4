//! What people told us: every answer is kept as it was given, and the latest is written where questions read it.
//!
//! About themselves the person is right. About their company the vendor's files are: an answer fills in what no file said,
//! so that no company changes its size or its trade in a report because somebody of it joined.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use segments::{Level, SizeBand, Stage, TypeSource, UserType};
use uuid::Uuid;

use self::business::Topic;
use super::entities::{contact, told};

pub mod business;
pub mod own;

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// Where the company is in its life.
    Stage(Stage),
    /// What it does: the beginning of a NAICS code, or nothing for something else.
    Trade(String),
    /// How many people work there.
    Size(SizeBand),
    /// How sure of themselves the person is.
    Level(Level),
    /// What they would rather do when something is new.
    UserType(UserType),
    /// What is not right about the products we think they have: a note for staff, which changes nothing.
    Products(String),
}

impl Fact {
    /// Its word in the store.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Stage(_) => "stage",
            Self::Trade(_) => "industry",
            Self::Size(_) => "employees",
            Self::Level(_) => "level",
            Self::UserType(_) => "user-type",
            Self::Products(_) => "products",
        }
    }

    /// What it says about the business, where it does.
    const fn topic(&self) -> Option<Topic> {
        match self {
            Self::Stage(_) => Some(Topic::Stage),
            Self::Trade(_) => Some(Topic::Trade),
            Self::Size(_) => Some(Topic::Size),
            Self::Products(_) => Some(Topic::Products),
            Self::Level(_) | Self::UserType(_) => None,
        }
    }

    /// The answer in words of the store.
    pub fn value(&self) -> String {
        match self {
            Self::Stage(stage) => stage.as_str().to_owned(),
            Self::Trade(code) => code.clone(),
            Self::Size(band) => band.as_str().to_owned(),
            Self::Level(level) => level.as_str().to_owned(),
            Self::UserType(user_type) => user_type.as_str().to_owned(),
            Self::Products(words) => words.clone(),
        }
    }
}

/// Who says something, when, and where.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// Identifier of the answer.
    pub id: Uuid,
    /// Home account.
    pub account: Uuid,
    /// The person.
    pub contact: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// On which page.
    pub source: &'a str,
}

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Which fact.
    pub fact: String,
    /// The answer.
    pub value: String,
    /// When.
    pub at: DateTime<Utc>,
    /// On which page.
    pub source: String,
}

/// Keeps an answer, and writes it where questions read it.
pub async fn say(db: &impl ConnectionTrait, said: Said<'_>, fact: &Fact) -> Result<(), DbErr> {
    let stood = match fact.topic() {
        Some(topic) => business::write(db, said, topic, &fact.value()).await?,
        None => None,
    };
    let row = told::ActiveModel {
        account_id: Set(said.account),
        id: Set(said.id),
        contact_id: Set(said.contact),
        fact: Set(fact.word().to_owned()),
        value: Set(fact.value()),
        at: Set(said.at),
        source: Set(said.source.to_owned()),
        stood: Set(stood),
        undone_at: Set(None),
    };
    told::Entity::insert(row).exec_without_returning(db).await?;
    match fact {
        Fact::Level(level) => {
            of_person(said).col_expr(contact::Column::Level, Expr::value(level.as_str())).exec(db).await?;
        }
        Fact::UserType(user_type) => {
            of_person(said)
                .col_expr(contact::Column::UserType, Expr::value(user_type.as_str()))
                .col_expr(contact::Column::UserTypeSource, Expr::value(TypeSource::Said.as_str()))
                .exec(db)
                .await?;
        }
        Fact::Stage(_) | Fact::Trade(_) | Fact::Size(_) | Fact::Products(_) => {}
    }
    Ok(())
}

/// The latest answer of this person to each question that they did not take back, by the name of the fact.
pub async fn latest(db: &impl ConnectionTrait, account: Uuid, contact: Uuid) -> Result<Vec<Kept>, DbErr> {
    let theirs = told::Column::AccountId.eq(account).and(told::Column::ContactId.eq(contact));
    let rows = told::Entity::find()
        .filter(theirs.and(told::Column::UndoneAt.is_null()))
        .order_by_asc(told::Column::Fact)
        .order_by_desc(told::Column::At)
        .order_by_desc(told::Column::Id)
        .all(db)
        .await?;
    let mut kept: Vec<Kept> = Vec::new();
    for row in rows {
        if kept.last().is_none_or(|last| last.fact != row.fact) {
            kept.push(Kept { fact: row.fact, value: row.value, at: row.at, source: row.source });
        }
    }
    Ok(kept)
}

/// A head count that lies in this band; the answer itself stays in the table as it was given.
const fn head_count(band: SizeBand) -> i32 {
    match band.bounds() {
        (from, Some(to)) => from + (to - from) / 2,
        (from, None) => from,
    }
}

fn of_person(said: Said<'_>) -> sea_orm::UpdateMany<contact::Entity> {
    contact::Entity::update_many()
        .col_expr(contact::Column::UpdatedAt, Expr::value(said.at))
        .filter(contact::Column::Id.eq(said.contact))
}
