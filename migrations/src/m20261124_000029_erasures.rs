//! Erasures under way: who asked for one, until the last trace is gone.

use sea_orm_migration::{
    prelude::*,
    schema::{text, timestamp_with_time_zone, uuid},
};

/// Erasures under way: who asked for one, until the last trace is gone.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let erasures = Table::create()
            .table(Erasures::Table)
            .col(uuid(Erasures::ContactId).primary_key())
            .col(uuid(Erasures::AccountId))
            .col(uuid(Erasures::StrangerId))
            .col(text(Erasures::EmailKey))
            .col(timestamp_with_time_zone(Erasures::AskedAt))
            .to_owned();
        schema.create_table(erasures).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Erasures::Table).to_owned()).await
    }
}

#[derive(DeriveIden)]
enum Erasures {
    Table,
    ContactId,
    AccountId,
    StrangerId,
    EmailKey,
    AskedAt,
}
