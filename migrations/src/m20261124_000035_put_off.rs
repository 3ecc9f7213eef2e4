//! What somebody put off: "Not now" under a choice.

use sea_orm_migration::{prelude::*, schema::timestamp_with_time_zone_null};

/// What somebody put off: "Not now" under a choice.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let mut change = Table::alter().table(Choices::Table).to_owned();
        change.add_column(timestamp_with_time_zone_null(Choices::PutOffAt));
        schema.alter_table(change).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let change = Table::alter().table(Choices::Table).drop_column(Choices::PutOffAt).to_owned();
        schema.alter_table(change).await
    }
}

#[derive(DeriveIden)]
enum Choices {
    Table,
    PutOffAt,
}
