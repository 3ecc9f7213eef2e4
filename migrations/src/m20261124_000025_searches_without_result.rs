//! The words that a search found nothing for, how often each day. Nothing says who typed them.

use sea_orm_migration::{
    prelude::*,
    schema::{date, integer, string_len, timestamp_with_time_zone},
};

/// The words that a search found nothing for, how often each day.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let searches = Table::create()
            .table(SearchesWithoutResult::Table)
            .col(date(SearchesWithoutResult::Day))
            .col(string_len(SearchesWithoutResult::Words, 200))
            .col(integer(SearchesWithoutResult::Count))
            .col(timestamp_with_time_zone(SearchesWithoutResult::LastAt))
            .primary_key(Index::create().col(SearchesWithoutResult::Day).col(SearchesWithoutResult::Words))
            .to_owned();
        schema.create_table(searches).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(SearchesWithoutResult::Table).to_owned()).await
    }
}

#[derive(DeriveIden)]
enum SearchesWithoutResult {
    Table,
    Day,
    Words,
    Count,
    LastAt,
}
