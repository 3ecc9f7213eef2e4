//! Files taken in, and how far.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, binary, json_binary, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
    },
};

/// Files taken in, and how far.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        create_imports(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Imports::Table).to_owned()).await?;
        Ok(())
    }
}

async fn create_imports(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let imports = Table::create()
        .table(Imports::Table)
        .col(uuid(Imports::Id).primary_key())
        .col(text(Imports::Kind))
        .col(binary(Imports::FileHash))
        .col(binary(Imports::MappingHash))
        .col(timestamp_with_time_zone(Imports::StartedAt))
        .col(timestamp_with_time_zone_null(Imports::FinishedAt))
        .col(big_integer(Imports::Checkpoint))
        .col(json_binary(Imports::Counts))
        .to_owned();
    schema.create_table(imports).await?;
    schema
        .create_index(
            Index::create()
                .name("uq_imports_kind_file_hash_mapping_hash")
                .table(Imports::Table)
                .col(Imports::Kind)
                .col(Imports::FileHash)
                .col(Imports::MappingHash)
                .unique()
                .to_owned(),
        )
        .await?;
    Ok(())
}

#[derive(DeriveIden)]
enum Imports {
    Table,
    Id,
    Kind,
    FileHash,
    MappingHash,
    StartedAt,
    FinishedAt,
    Checkpoint,
    Counts,
}
