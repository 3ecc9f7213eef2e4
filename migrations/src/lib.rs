//! Where it rests: the schema, one dated step a file, the same on SQLite and PostgreSQL.
//!
//! A step names its own columns and imports nothing of ours, so that it still means the same in five years.
//! Expand first, move the code, contract later: two nodes may run two versions for a while.

use sea_orm_migration::prelude::*;

mod m20261124_000001_installation;
mod m20261124_000002_products_and_partners;
mod m20261124_000003_families_and_accounts;
mod m20261124_000004_contacts;
mod m20261124_000005_consent;
mod m20261124_000006_licences;
mod m20261124_000007_leads;
mod m20261124_000008_catalogue;
mod m20261124_000009_comparison;
mod m20261124_000010_journeys;
mod m20261124_000011_messages;
mod m20261124_000012_events_and_choices;
mod m20261124_000013_doors;
mod m20261124_000014_imports;
mod m20261124_000015_outbox;
mod m20261124_000016_holds;
mod m20261124_000017_limits;
mod m20261124_000018_pinned_letters;
mod m20261124_000019_house_rules;
mod m20261124_000021_notices;
mod m20261124_000022_bound_links;
mod m20261124_000023_told;
mod m20261124_000024_progress;
mod m20261124_000025_searches_without_result;
mod m20261124_000026_feedback;
mod m20261124_000027_shelves;
mod m20261124_000028_questions;
mod m20261124_000029_erasures;
mod m20261124_000031_pace;
mod m20261124_000032_pictures;
mod m20261124_000034_before_and_where;
mod m20261124_000035_put_off;

/// Every step, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261124_000001_installation::Migration),
            Box::new(m20261124_000002_products_and_partners::Migration),
            Box::new(m20261124_000003_families_and_accounts::Migration),
            Box::new(m20261124_000004_contacts::Migration),
            Box::new(m20261124_000005_consent::Migration),
            Box::new(m20261124_000006_licences::Migration),
            Box::new(m20261124_000007_leads::Migration),
            Box::new(m20261124_000008_catalogue::Migration),
            Box::new(m20261124_000009_comparison::Migration),
            Box::new(m20261124_000010_journeys::Migration),
            Box::new(m20261124_000011_messages::Migration),
            Box::new(m20261124_000012_events_and_choices::Migration),
            Box::new(m20261124_000013_doors::Migration),
            Box::new(m20261124_000014_imports::Migration),
            Box::new(m20261124_000015_outbox::Migration),
            Box::new(m20261124_000016_holds::Migration),
            Box::new(m20261124_000017_limits::Migration),
            Box::new(m20261124_000018_pinned_letters::Migration),
            Box::new(m20261124_000019_house_rules::Migration),
            Box::new(m20261124_000021_notices::Migration),
            Box::new(m20261124_000022_bound_links::Migration),
            Box::new(m20261124_000023_told::Migration),
            Box::new(m20261124_000024_progress::Migration),
            Box::new(m20261124_000025_searches_without_result::Migration),
            Box::new(m20261124_000026_feedback::Migration),
            Box::new(m20261124_000027_shelves::Migration),
            Box::new(m20261124_000028_questions::Migration),
            Box::new(m20261124_000029_erasures::Migration),
            Box::new(m20261124_000031_pace::Migration),
            Box::new(m20261124_000032_pictures::Migration),
            Box::new(m20261124_000034_before_and_where::Migration),
            Box::new(m20261124_000035_put_off::Migration),
        ]
    }
}

/// How many parts a table that grows with the accounts has on PostgreSQL.
const PARTS: u32 = 8;

/// Creates a table that grows with the accounts: on PostgreSQL in parts by hash of `account_id`, elsewhere whole.
async fn create_by_account(
    schema: &SchemaManager<'_>,
    table: TableCreateStatement,
    name: &str,
) -> Result<(), DbErr> {
    if schema.get_database_backend() != sea_orm_migration::sea_orm::DatabaseBackend::Postgres {
        return schema.create_table(table).await;
    }
    let whole = table.to_string(PostgresQueryBuilder);
    let db = schema.get_connection();
    db.execute_unprepared(&format!("{whole} PARTITION BY HASH (account_id)")).await?;
    for part in 0..PARTS {
        db.execute_unprepared(&format!(
            "CREATE TABLE {name}_{part} PARTITION OF {name} FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {part})"
        ))
        .await?;
    }
    Ok(())
}
