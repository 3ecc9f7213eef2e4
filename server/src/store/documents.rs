//! Items, rules, segments and letters as files that were imported, each kept whole with the hash of its form.

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, QueryOrder, QuerySelect,
    Statement,
};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::entities::{email, item, rule, segment};
use super::programs::Saved;
use super::starters;

/// Which table holds a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Pieces of content.
    Items,
    /// Rules that choose among them.
    Rules,
    /// Saved questions.
    Segments,
    /// Letters.
    Emails,
}

/// A file, kept whole.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Document {
    /// Its name in files and addresses.
    pub name: String,
    /// What people read.
    pub title: String,
    /// The file, in the form that export writes, beside what others read of it.
    pub document: Value,
}

/// Keeps a document. The same form again changes nothing.
pub async fn save(
    txn: &DatabaseTransaction,
    shelf: Shelf,
    one: &Document,
    now: DateTime<Utc>,
) -> Result<Saved, DbErr> {
    let table = shelf.table();
    let backend = txn.get_database_backend();
    let found = Statement::from_sql_and_values(
        backend,
        format!("SELECT content_hash, document ->> 'origin' AS origin FROM {table} WHERE name = $1"),
        [one.name.clone().into()],
    );
    let hash = Sha256::digest(one.document.to_string().as_bytes()).to_vec();
    let before = txn.query_one_raw(found).await?;
    let before = before.map(|row| {
        let of_the_house = row.try_get::<Option<String>>("", "origin")?.is_some();
        Ok::<_, DbErr>((row.try_get::<Vec<u8>>("", "content_hash")?, of_the_house))
    });
    let saved = match before.transpose()? {
        Some((before, _)) if before == hash => return Ok(Saved::Same),
        Some((_, false)) => Saved::Changed,
        Some((_, true)) | None => Saved::Added,
    };
    let sql = format!(
        "INSERT INTO {table} (name, title, document, content_hash, version, updated_at) \
         VALUES ($1, $2, $3, $4, 1, $5) ON CONFLICT (name) DO UPDATE SET title = excluded.title, \
         document = excluded.document, content_hash = excluded.content_hash, \
         version = {table}.version + 1, updated_at = excluded.updated_at"
    );
    let values = [
        one.name.clone().into(),
        one.title.clone().into(),
        one.document.clone().into(),
        hash.into(),
        now.into(),
    ];
    txn.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    Ok(saved)
}

/// What every shelf together looks like, without what stands on it: another one as soon as anything changed.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Stamp {
    documents: i64,
    changes: i64,
    last: Option<String>,
}

/// The stamp of what is kept now.
pub async fn stamp(db: &impl ConnectionTrait) -> Result<Stamp, DbErr> {
    let shelves = [Shelf::Items, Shelf::Rules, Shelf::Segments, Shelf::Emails];
    let tables: Vec<String> = shelves
        .map(|shelf| format!("SELECT version, CAST(updated_at AS text) AS at FROM {}", shelf.table()))
        .to_vec();
    let sql = format!(
        "SELECT COUNT(*) AS documents, CAST(COALESCE(SUM(version), 0) AS bigint) AS changes, MAX(at) AS last \
         FROM ({}) AS shelves",
        tables.join(" UNION ALL ")
    );
    let row =
        Stamp::find_by_statement(Statement::from_string(db.get_database_backend(), sql)).one(db).await?;
    Ok(row.expect("an aggregate has one row"))
}

/// Every document of a shelf that was imported, by name.
pub async fn all(db: &impl ConnectionTrait, shelf: Shelf) -> Result<Vec<Document>, DbErr> {
    macro_rules! read {
        ($table:ident) => {{
            let columns = [$table::Column::Name, $table::Column::Title, $table::Column::Document];
            let rows = $table::Entity::find().select_only().columns(columns);
            rows.order_by_asc($table::Column::Name).into_model().all(db).await
        }};
    }
    match shelf {
        Shelf::Items => {
            let read: Result<Vec<Document>, DbErr> = read!(item);
            read.map(|all| all.into_iter().filter(|one| !starters::is_starter(&one.document)).collect())
        }
        Shelf::Rules => read!(rule),
        Shelf::Segments => read!(segment),
        Shelf::Emails => read!(email),
    }
}

impl Shelf {
    fn table(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Rules => "rules",
            Self::Segments => "segments",
            Self::Emails => "emails",
        }
    }
}
