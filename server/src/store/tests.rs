//! The store on real databases: SQLite in a file, and PostgreSQL where there is one.

use chrono::Utc;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, PaginatorTrait};

use super::Db;
use super::entities::product;
use crate::testing;

fn product(code: &str) -> product::ActiveModel {
    product::ActiveModel {
        code: Set(code.to_owned()),
        name: Set(code.to_owned()),
        family: Set(None),
        active_window_days: Set(Some(30)),
        updated_at: Set(chrono::DateTime::<Utc>::UNIX_EPOCH),
    }
}

#[tokio::test]
async fn the_schema_is_made_once_and_found_again() {
    for place in testing::databases().await {
        let first = Db::open(&place.url).await.unwrap();
        let txn = first.begin().await.unwrap();
        product::Entity::insert(product("phones")).exec_without_returning(&txn).await.unwrap();
        txn.commit().await.unwrap();

        let second = Db::open(&place.url).await.unwrap();
        assert_eq!(product::Entity::find().count(second.read()).await.unwrap(), 1, "on {}", place.name);
    }
}

#[tokio::test]
async fn a_schema_from_a_newer_program_is_refused_in_a_clear_sentence() {
    for place in testing::databases().await {
        let db = Db::open(&place.url).await.unwrap();
        let txn = db.begin().await.unwrap();
        txn.execute_unprepared("INSERT INTO seaql_migrations VALUES ('m29991231_000001_far_away', 0)")
            .await
            .unwrap();
        txn.commit().await.unwrap();
        let refusal = Db::open(&place.url).await.unwrap_err().to_string();
        assert!(refusal.contains("newer rapport"), "{refusal}, on {}", place.name);
    }
}

#[tokio::test]
async fn short_writes_share_a_commit_and_one_bad_write_hurts_nobody_else() {
    for place in testing::databases().await {
        let db = Db::open(&place.url).await.unwrap();
        let writes = ["a", "b", "a", "c"].map(|code| {
            let db = db.clone();
            tokio::spawn(async move {
                db.group()
                    .commit(move |txn| {
                        Box::pin(async move {
                            product::Entity::insert(product(code)).exec_without_returning(txn).await
                        })
                    })
                    .await
            })
        });
        let mut refused = 0;
        for write in writes {
            refused += usize::from(write.await.unwrap().is_err());
        }
        assert_eq!(refused, 1, "the second `a` breaks the key, on {}", place.name);
        assert_eq!(product::Entity::find().count(db.read()).await.unwrap(), 3, "on {}", place.name);
    }
}
