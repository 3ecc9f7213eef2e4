//! How often something was done lately, counted for all nodes together.

use sea_orm_migration::{
    prelude::*,
    schema::{binary, integer, timestamp_with_time_zone},
};

/// How often something was done lately, counted for all nodes together.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let limits = Table::create()
            .table(Limits::Table)
            .col(binary(Limits::KeyHash).primary_key())
            .col(timestamp_with_time_zone(Limits::BeganAt))
            .col(integer(Limits::Count))
            .to_owned();
        schema.create_table(limits).await?;
        let by_age =
            Index::create().name("ix_limits_began_at").table(Limits::Table).col(Limits::BeganAt).to_owned();
        schema.create_index(by_age).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Limits::Table).to_owned()).await
    }
}

#[derive(DeriveIden)]
enum Limits {
    Table,
    KeyHash,
    BeganAt,
    Count,
}
