//! What people told us about themselves and their company, answer by answer.

use sea_orm_migration::{
    prelude::*,
    schema::{text, timestamp_with_time_zone, uuid},
};

/// What people told us about themselves and their company, answer by answer.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let told = Table::create()
            .table(Told::Table)
            .col(uuid(Told::AccountId))
            .col(uuid(Told::Id))
            .col(uuid(Told::ContactId))
            .col(text(Told::Fact))
            .col(text(Told::Value))
            .col(timestamp_with_time_zone(Told::At))
            .col(text(Told::Source))
            .primary_key(Index::create().col(Told::AccountId).col(Told::Id))
            .to_owned();
        schema.create_table(told).await?;
        let latest = Index::create()
            .name("ix_told_account_id_contact_id_fact_at")
            .table(Told::Table)
            .col(Told::AccountId)
            .col(Told::ContactId)
            .col(Told::Fact)
            .col(Told::At)
            .to_owned();
        schema.create_index(latest).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Told::Table).to_owned()).await
    }
}

#[derive(DeriveIden)]
enum Told {
    Table,
    AccountId,
    Id,
    ContactId,
    Fact,
    Value,
    At,
    Source,
}
