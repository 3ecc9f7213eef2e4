//! What the items that ship with the house are, kept as rows: people act on them too, and a question about a kind or a
//! format is answered from rows. A row of these says where it comes from; an imported item of the same name takes its
//! place, and what is imported as a whole takes the place of the starters everywhere but here.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, Statement};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Db;
use super::entities::item::{Column, Entity};

/// What stands in such a row beside kind and format.
const ORIGIN: &str = "starter";

/// The starters as rows, and the hash that tells them from those of another version.
static ROWS: LazyLock<(Vec<Row>, Vec<u8>)> = LazyLock::new(|| {
    let catalogue = content::Library::embedded().catalogue;
    let rows: Vec<Row> = catalogue
        .iter()
        .map(|item| Row {
            name: item.slug.to_string(),
            title: item.title.clone(),
            document: json!({ "origin": ORIGIN, "kind": item.kind, "format": item.format }),
        })
        .collect();
    let mut sum = Sha256::new();
    for Row { name, title, document } in &rows {
        sum.update(json!([name, title, document]).to_string());
    }
    (rows, sum.finalize().to_vec())
});

struct Row {
    name: String,
    title: String,
    document: Value,
}

/// Whether a document is a starter's, and no file that somebody imported.
pub(super) fn is_starter(document: &Value) -> bool {
    document["origin"] == ORIGIN
}

/// Writes the starters when those of this version are not there yet.
pub async fn seed(db: &Db, now: DateTime<Utc>) -> Result<(), DbErr> {
    let (rows, version) = &*ROWS;
    if Entity::find().filter(Column::ContentHash.eq(version.clone())).count(db.read()).await? > 0 {
        return Ok(());
    }
    let txn = db.begin().await?;
    let sql = format!(
        "INSERT INTO items (name, title, document, content_hash, version, updated_at) VALUES ($1, $2, $3, $4, 1, $5) \
         ON CONFLICT (name) DO UPDATE SET title = excluded.title, document = excluded.document, \
         content_hash = excluded.content_hash, version = items.version + 1, updated_at = excluded.updated_at \
         WHERE items.document ->> 'origin' = '{ORIGIN}' AND items.content_hash <> excluded.content_hash"
    );
    for Row { name, title, document } in rows {
        let values = [
            name.clone().into(),
            title.clone().into(),
            document.clone().into(),
            version.clone().into(),
            now.into(),
        ];
        txn.execute_raw(Statement::from_sql_and_values(db.backend(), &sql, values)).await?;
    }
    txn.commit().await
}

#[cfg(test)]
mod tests {
    use sea_orm::QueryOrder;

    use super::*;
    use crate::testing;

    #[tokio::test]
    async fn the_starters_are_written_once_and_after_an_update_again() {
        for (place, app) in testing::houses().await {
            let rows = async || Entity::find().order_by_asc(Column::Name).all(app.db.read()).await.unwrap();
            let first = rows().await;
            assert_eq!(first.len(), ROWS.0.len(), "on {}", place.name);
            seed(&app.db, app.clock.now()).await.unwrap();
            assert!(rows().await.iter().all(|row| row.version == 1), "on {}", place.name);

            Entity::update_many()
                .col_expr(Column::Title, "as it was".into())
                .col_expr(Column::ContentHash, vec![1_u8].into())
                .exec(app.db.read())
                .await
                .unwrap();
            seed(&app.db, app.clock.now()).await.unwrap();
            for (row, before) in rows().await.iter().zip(&first) {
                assert_eq!((&row.title, row.version), (&before.title, 2), "on {}", place.name);
            }
        }
    }
}
