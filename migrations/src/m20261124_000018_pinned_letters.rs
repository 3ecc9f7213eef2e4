//! A launched version keeps the letter as it was at the launch.

use sea_orm_migration::{prelude::*, schema::json_binary_null};

/// A launched version keeps the letter as it was at the launch. Versions from before have none.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let pinned = Table::alter()
            .table(JourneyVersions::Table)
            .add_column(json_binary_null(JourneyVersions::Letter))
            .to_owned();
        schema.alter_table(pinned).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let loose =
            Table::alter().table(JourneyVersions::Table).drop_column(JourneyVersions::Letter).to_owned();
        schema.alter_table(loose).await
    }
}

#[derive(DeriveIden)]
enum JourneyVersions {
    Table,
    Letter,
}
