//! What people say about their business. What stood there is kept beside an answer, so that the last one of a person can
//! be taken back and leaves nothing behind: not the value, not its source, not its day. Where a colleague has answered
//! since, or a file has, theirs stays.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use segments::SizeBand;
use uuid::Uuid;

use super::{Kept, Said, head_count};
use crate::store::entities::{account, told};

/// What people are asked about their business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Where it is in its life.
    Stage,
    /// What it does.
    Trade,
    /// How many people work there.
    Size,
    /// What is not right about the products we think it has: a note for staff, which changes nothing.
    Products,
}

impl Topic {
    /// Every one, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Stage, Self::Trade, Self::Size, Self::Products];

    /// Its word in the store and in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Trade => "industry",
            Self::Size => "employees",
            Self::Products => "products",
        }
    }

    /// The one with this word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.word() == word)
    }

    /// What questions read.
    fn of(self, row: &account::Model) -> Option<String> {
        match self {
            Self::Stage => row.stage.clone(),
            Self::Trade => row.industry.clone(),
            Self::Size => row.employees.map(|count| count.to_string()),
            Self::Products => None,
        }
    }

    /// An answer as questions read it.
    fn written(self, answer: &str) -> Option<String> {
        match self {
            Self::Size => answer.parse::<SizeBand>().ok().map(|band| head_count(band).to_string()),
            Self::Products => None,
            Self::Stage | Self::Trade => Some(answer.to_owned()).filter(|answer| !answer.is_empty()),
        }
    }
}

/// What became of taking an answer back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undone {
    /// Everything is as it was before.
    Back,
    /// There was nothing to take back.
    Nothing,
    /// A colleague has answered since: it stays as they said.
    ColleagueSince,
    /// The vendor's records have changed it since: it stays as they say.
    RecordsSince,
}

/// Writes an answer where questions read it, and hands back what stood there, empty when nothing did; none when the answer
/// was not written, because a file had said it before.
pub(super) async fn write(
    db: &impl ConnectionTrait,
    said: Said<'_>,
    topic: Topic,
    answer: &str,
) -> Result<Option<String>, DbErr> {
    let Some(written) = topic.written(answer) else { return Ok(None) };
    let Some(row) = company(db, said).await? else { return Ok(None) };
    let stood = topic.of(&row);
    let of_a_file = match &stood {
        None => false,
        Some(_) if topic == Topic::Stage => false,
        Some(stood) => {
            let answers = answers(db, said.account, topic).await?;
            let last = answers.iter().find(|row| row.undone_at.is_none() && row.stood.is_some());
            last.and_then(|row| topic.written(&row.value)).as_ref() != Some(stood)
        }
    };
    if of_a_file {
        return Ok(None);
    }
    put(db, said, topic, Some(written)).await?;
    Ok(Some(stood.unwrap_or_default()))
}

/// Takes this person's last answer back, unless it was taken back already.
pub async fn undo(db: &impl ConnectionTrait, said: Said<'_>, topic: Topic) -> Result<Undone, DbErr> {
    let Some(row) = company(db, said).await? else { return Ok(Undone::Nothing) };
    let answers = answers(db, said.account, topic).await?;
    let Some(at) = answers.iter().position(|answer| answer.contact_id == said.contact) else {
        return Ok(Undone::Nothing);
    };
    let mine = &answers[at];
    if mine.undone_at.is_some() {
        return Ok(Undone::Nothing);
    }
    match &mine.stood {
        Some(stood) => {
            if answers[..at].iter().any(|later| later.undone_at.is_none()) {
                return Ok(Undone::ColleagueSince);
            }
            if topic.of(&row) != topic.written(&mine.value) {
                return Ok(Undone::RecordsSince);
            }
            put(db, said, topic, Some(stood.clone()).filter(|stood| !stood.is_empty())).await?;
        }
        // An answer of before this was kept: nobody knows what stood there.
        None if topic == Topic::Stage => return Ok(Undone::Nothing),
        None => {}
    }
    told::Entity::update_many()
        .col_expr(told::Column::UndoneAt, Expr::value(said.at))
        .filter(told::Column::AccountId.eq(said.account).and(told::Column::Id.eq(mine.id)))
        .exec(db)
        .await?;
    Ok(Undone::Back)
}

/// What colleagues of this person said of the business that was written where questions read it, the latest of each matter.
pub async fn of_colleagues(
    db: &impl ConnectionTrait,
    account: Uuid,
    contact: Uuid,
) -> Result<Vec<Kept>, DbErr> {
    let rows = told::Entity::find()
        .filter(told::Column::AccountId.eq(account).and(told::Column::ContactId.ne(contact)))
        .filter(told::Column::Stood.is_not_null().and(told::Column::UndoneAt.is_null()))
        .order_by_desc(told::Column::At)
        .order_by_desc(told::Column::Id)
        .all(db)
        .await?;
    let mut kept: Vec<Kept> = Vec::new();
    for row in rows {
        if kept.iter().all(|one| one.fact != row.fact) {
            kept.push(Kept { fact: row.fact, value: row.value, at: row.at, source: row.source });
        }
    }
    Ok(kept)
}

/// The company, kept as it is until the transaction ends: two people may answer at once.
async fn company(db: &impl ConnectionTrait, said: Said<'_>) -> Result<Option<account::Model>, DbErr> {
    account::Entity::find_by_id(said.account).lock_exclusive().one(db).await
}

/// Everybody's answers, the latest first.
async fn answers(db: &impl ConnectionTrait, account: Uuid, topic: Topic) -> Result<Vec<told::Model>, DbErr> {
    told::Entity::find()
        .filter(told::Column::AccountId.eq(account).and(told::Column::Fact.eq(topic.word())))
        .order_by_desc(told::Column::At)
        .order_by_desc(told::Column::Id)
        .all(db)
        .await
}

/// Writes a value. The day of the records stays as it is: it is the day of the vendor's files.
async fn put(
    db: &impl ConnectionTrait,
    said: Said<'_>,
    topic: Topic,
    value: Option<String>,
) -> Result<(), DbErr> {
    let column = match topic {
        Topic::Stage => account::Column::Stage,
        Topic::Trade => account::Column::Industry,
        Topic::Size => account::Column::Employees,
        Topic::Products => return Ok(()),
    };
    let value = match topic {
        Topic::Size => Expr::value(value.and_then(|count| count.parse::<i32>().ok())),
        _ => Expr::value(value),
    };
    account::Entity::update_many()
        .col_expr(column, value)
        .filter(account::Column::Id.eq(said.account))
        .exec(db)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests;
