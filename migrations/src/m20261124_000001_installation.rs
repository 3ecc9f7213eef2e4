//! The one row that makes this installation itself.

use sea_orm_migration::{
    prelude::*,
    schema::{integer, timestamp_with_time_zone, uuid},
};

/// The one row that makes this installation itself.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        create_installation(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Installation::Table).to_owned()).await?;
        Ok(())
    }
}

async fn create_installation(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let installation = Table::create()
        .table(Installation::Table)
        .col(integer(Installation::Id).primary_key())
        .col(uuid(Installation::Namespace))
        .col(timestamp_with_time_zone(Installation::CreatedAt))
        .to_owned();
    schema.create_table(installation).await?;
    Ok(())
}

#[derive(DeriveIden)]
enum Installation {
    Table,
    Id,
    Namespace,
    CreatedAt,
}
