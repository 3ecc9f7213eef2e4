//! How far people came in lessons, and what they finished.

use sea_orm_migration::{
    prelude::*,
    schema::{json_binary, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid},
};

/// How far people came in lessons, and what they finished.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let progress = Table::create()
            .table(Progress::Table)
            .col(uuid(Progress::AccountId))
            .col(uuid(Progress::ContactId))
            .col(text(Progress::Item))
            .col(text(Progress::Step))
            .col(json_binary(Progress::Ticks))
            .col(timestamp_with_time_zone_null(Progress::DoneAt))
            .col(timestamp_with_time_zone(Progress::UpdatedAt))
            .primary_key(
                Index::create()
                    .col(Progress::AccountId)
                    .col(Progress::ContactId)
                    .col(Progress::Item)
                    .col(Progress::Step),
            )
            .to_owned();
        schema.create_table(progress).await?;
        let finishes = Table::create()
            .table(Finishes::Table)
            .col(uuid(Finishes::AccountId))
            .col(uuid(Finishes::ContactId))
            .col(text(Finishes::Item))
            .col(timestamp_with_time_zone(Finishes::At))
            .col(text_null(Finishes::Arm))
            .col(text_null(Finishes::FollowUp))
            .primary_key(
                Index::create().col(Finishes::AccountId).col(Finishes::ContactId).col(Finishes::Item),
            )
            .to_owned();
        schema.create_table(finishes).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Finishes::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Progress::Table).to_owned()).await
    }
}

#[derive(DeriveIden)]
enum Progress {
    Table,
    AccountId,
    ContactId,
    Item,
    Step,
    Ticks,
    DoneAt,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum Finishes {
    Table,
    AccountId,
    ContactId,
    Item,
    At,
    Arm,
    FollowUp,
}
