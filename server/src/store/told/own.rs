//! What people correct about themselves. Whatever stood there before is kept beside it, so that a change can be undone;
//! and what a person said stands, whatever a file says later.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use segments::TypeSource;
use uuid::Uuid;

use super::Said;
use crate::ids;
use crate::store::entities::{contact, contact_need, told};

/// The source of what stood in the vendor's records before a person changed it.
pub const RECORDS: &str = "records";
/// The source of what was only guessed before a person changed it.
pub const GUESS: &str = "guess";
/// Stands between several needs.
const BETWEEN: char = ';';

/// A fact about a person that is theirs to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// What they do in the company.
    Role,
    /// The language they read.
    Language,
    /// Their time zone.
    Timezone,
    /// How sure of themselves they are.
    Level,
    /// How they like to learn.
    UserType,
    /// What they want, in as many words as they like.
    Needs,
}

impl Own {
    /// Every one, in the order of the page.
    pub const ALL: [Self; 8] = [
        Self::FirstName,
        Self::LastName,
        Self::Role,
        Self::Language,
        Self::Timezone,
        Self::Level,
        Self::UserType,
        Self::Needs,
    ];

    /// Its word in the store and in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FirstName => "first-name",
            Self::LastName => "last-name",
            Self::Role => "role",
            Self::Language => "language",
            Self::Timezone => "timezone",
            Self::Level => "level",
            Self::UserType => "user-type",
            Self::Needs => "needs",
        }
    }

    /// The fact with this word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.word() == word)
    }

    /// The column of an import that holds it.
    const fn field(self) -> &'static str {
        match self {
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Role => "role",
            Self::Language => "language",
            Self::Timezone => "timezone",
            Self::Level => "level",
            Self::UserType => "user_type",
            Self::Needs => "needs",
        }
    }

    /// Where questions read it; needs have a table of their own.
    const fn column(self) -> Option<contact::Column> {
        Some(match self {
            Self::FirstName => contact::Column::FirstName,
            Self::LastName => contact::Column::LastName,
            Self::Role => contact::Column::Role,
            Self::Language => contact::Column::Language,
            Self::Timezone => contact::Column::Timezone,
            Self::Level => contact::Column::Level,
            Self::UserType => contact::Column::UserType,
            Self::Needs => return None,
        })
    }

    fn of(self, row: &contact::Model) -> Option<String> {
        match self {
            Self::FirstName => row.first_name.clone(),
            Self::LastName => row.last_name.clone(),
            Self::Role => row.role.clone(),
            Self::Language => row.language.clone(),
            Self::Timezone => row.timezone.clone(),
            Self::Level => row.level.clone(),
            Self::UserType => row.user_type.clone(),
            Self::Needs => None,
        }
    }
}

/// Several needs as one answer.
pub fn needs(needs: impl IntoIterator<Item = String>) -> String {
    needs.into_iter().collect::<Vec<_>>().join(&BETWEEN.to_string())
}

/// Keeps what a person says of themselves, and writes it where questions read it; nothing takes the fact away.
pub async fn correct(db: &impl ConnectionTrait, said: Said<'_>, own: Own, value: &str) -> Result<(), DbErr> {
    let Some(row) = person(db, said).await? else { return Ok(()) };
    if history(db, said, own).await?.is_empty() {
        let guessed = own == Own::UserType && row.user_type_source.as_deref() == Some("inferred");
        let stood = match own {
            Own::Needs => needs(needs_of(db, said).await?),
            _ => own.of(&row).unwrap_or_default(),
        };
        let before = Said {
            id: ids::named(said.id, "told", "before"),
            at: row.updated_at.min(said.at - TimeDelta::microseconds(1)),
            source: if guessed { GUESS } else { RECORDS },
            ..said
        };
        keep(db, before, own, &stood).await?;
    }
    keep(db, said, own, value).await?;
    write(db, said, own, value).await
}

/// Takes the last change back. Answers whether there was one.
pub async fn undo(db: &impl ConnectionTrait, said: Said<'_>, own: Own) -> Result<bool, DbErr> {
    let history = history(db, said, own).await?;
    let [_, before, ..] = history.as_slice() else { return Ok(false) };
    let not_said = [RECORDS, GUESS].into_iter().find(|source| *source == before.source);
    let again = Said { source: not_said.unwrap_or(said.source), ..said };
    keep(db, again, own, &before.value).await?;
    write(db, again, own, &before.value).await?;
    Ok(true)
}

/// The fields of these people (each with their home account) in which their own word stands against any file.
pub async fn said_fields(
    db: &impl ConnectionTrait,
    people: &[(Uuid, Uuid)],
) -> Result<HashMap<Uuid, Vec<&'static str>>, DbErr> {
    let mut fields: HashMap<Uuid, Vec<&'static str>> = HashMap::new();
    for some in people.chunks(500) {
        let homes: HashSet<_> = some.iter().map(|(account, _)| *account).collect();
        let rows: Vec<(Uuid, String, String)> = told::Entity::find()
            .select_only()
            .columns([told::Column::ContactId, told::Column::Fact, told::Column::Source])
            .filter(told::Column::AccountId.is_in(homes))
            .filter(told::Column::ContactId.is_in(some.iter().map(|(_, contact)| *contact)))
            .order_by_desc(told::Column::At)
            .order_by_desc(told::Column::Id)
            .into_tuple()
            .all(db)
            .await?;
        let mut seen = HashSet::new();
        for (contact, fact, source) in rows {
            let Some(own) = Own::find(&fact) else { continue };
            if seen.insert((contact, fact)) && ![RECORDS, GUESS].contains(&source.as_str()) {
                fields.entry(contact).or_default().push(own.field());
            }
        }
    }
    Ok(fields)
}

async fn person(db: &impl ConnectionTrait, said: Said<'_>) -> Result<Option<contact::Model>, DbErr> {
    let theirs = contact::Column::AccountId.eq(said.account);
    contact::Entity::find_by_id(said.contact).filter(theirs).one(db).await
}

/// Every answer to one question, the latest first.
async fn history(db: &impl ConnectionTrait, said: Said<'_>, own: Own) -> Result<Vec<told::Model>, DbErr> {
    told::Entity::find()
        .filter(told::Column::AccountId.eq(said.account))
        .filter(told::Column::ContactId.eq(said.contact))
        .filter(told::Column::Fact.eq(own.word()))
        .order_by_desc(told::Column::At)
        .order_by_desc(told::Column::Id)
        .all(db)
        .await
}

async fn needs_of(db: &impl ConnectionTrait, said: Said<'_>) -> Result<BTreeSet<String>, DbErr> {
    let rows = contact_need::Entity::find()
        .filter(contact_need::Column::AccountId.eq(said.account))
        .filter(contact_need::Column::ContactId.eq(said.contact));
    Ok(rows.all(db).await?.into_iter().map(|row| row.need).collect())
}

async fn keep(db: &impl ConnectionTrait, said: Said<'_>, own: Own, value: &str) -> Result<(), DbErr> {
    let row = told::ActiveModel {
        account_id: Set(said.account),
        id: Set(said.id),
        contact_id: Set(said.contact),
        fact: Set(own.word().to_owned()),
        value: Set(value.to_owned()),
        at: Set(said.at),
        source: Set(said.source.to_owned()),
        stood: Set(None),
        undone_at: Set(None),
    };
    told::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

async fn write(db: &impl ConnectionTrait, said: Said<'_>, own: Own, value: &str) -> Result<(), DbErr> {
    let Some(column) = own.column() else { return write_needs(db, said, value).await };
    let value = Some(value).filter(|value| !value.is_empty());
    let mut change = super::of_person(said).col_expr(column, Expr::value(value));
    if own == Own::UserType {
        let source = if said.source == GUESS { TypeSource::Inferred } else { TypeSource::Said };
        let source = value.map(|_| source.as_str());
        change = change.col_expr(contact::Column::UserTypeSource, Expr::value(source));
    }
    change.exec(db).await?;
    Ok(())
}

async fn write_needs(db: &impl ConnectionTrait, said: Said<'_>, value: &str) -> Result<(), DbErr> {
    contact_need::Entity::delete_many()
        .filter(contact_need::Column::AccountId.eq(said.account))
        .filter(contact_need::Column::ContactId.eq(said.contact))
        .exec(db)
        .await?;
    let needs: BTreeSet<_> = value.split(BETWEEN).filter(|need| !need.is_empty()).collect();
    if needs.is_empty() {
        return Ok(());
    }
    let rows = needs.into_iter().map(|need| contact_need::ActiveModel {
        account_id: Set(said.account),
        contact_id: Set(said.contact),
        need: Set(need.to_owned()),
    });
    contact_need::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
