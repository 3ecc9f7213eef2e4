//! How often a person wants letters, and since when.

use sea_orm_migration::{
    prelude::*,
    schema::{text, timestamp_with_time_zone_null},
};

/// How often a person wants letters, and since when.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            text(Contacts::Pace).default("as-it-happens").take(),
            timestamp_with_time_zone_null(Contacts::PaceAt),
        ];
        for column in columns {
            let more = Table::alter().table(Contacts::Table).add_column(column).to_owned();
            schema.alter_table(more).await?;
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for column in [Contacts::PaceAt, Contacts::Pace] {
            let fewer = Table::alter().table(Contacts::Table).drop_column(column).to_owned();
            schema.alter_table(fewer).await?;
        }
        Ok(())
    }
}

#[derive(DeriveIden)]
enum Contacts {
    Table,
    Pace,
    PaceAt,
}
