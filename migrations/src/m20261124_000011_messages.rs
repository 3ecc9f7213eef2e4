//! Letters owed to people.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer_null, integer, json_binary_null, text, text_null, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid,
    },
};

use crate::create_by_account;

/// Letters owed to people.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        create_messages(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Messages::Table).to_owned()).await?;
        Ok(())
    }
}

async fn create_messages(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let messages = Table::create()
        .table(Messages::Table)
        .col(uuid(Messages::Id))
        .col(uuid(Messages::AccountId))
        .col(uuid(Messages::ContactId))
        .col(uuid(Messages::JourneyId))
        .col(integer(Messages::Version))
        .col(text(Messages::Step))
        .col(integer(Messages::Occurrence))
        .col(text(Messages::Purpose))
        .col(text(Messages::State))
        .col(text_null(Messages::Reason))
        .col(integer(Messages::Attempts))
        .col(timestamp_with_time_zone(Messages::PlannedAt))
        .col(timestamp_with_time_zone(Messages::DueAt))
        .col(text_null(Messages::Owner))
        .col(big_integer_null(Messages::LeaseUntil))
        .col(timestamp_with_time_zone_null(Messages::HandingOverAt))
        .col(timestamp_with_time_zone_null(Messages::SettledAt))
        .col(text_null(Messages::Reply))
        .col(json_binary_null(Messages::Links))
        .primary_key(Index::create().col(Messages::AccountId).col(Messages::Id))
        .to_owned();
    create_by_account(schema, messages, "messages").await?;
    schema
        .create_index(
            Index::create()
                .name("uq_messages_account_id_contact_id_journey_id_step_occurrence")
                .table(Messages::Table)
                .col(Messages::AccountId)
                .col(Messages::ContactId)
                .col(Messages::JourneyId)
                .col(Messages::Step)
                .col(Messages::Occurrence)
                .unique()
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_messages_state_due_at")
                .table(Messages::Table)
                .col(Messages::State)
                .col(Messages::DueAt)
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_messages_journey_id_state")
                .table(Messages::Table)
                .col(Messages::JourneyId)
                .col(Messages::State)
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create().name("ix_messages_id").table(Messages::Table).col(Messages::Id).to_owned(),
        )
        .await?;
    Ok(())
}

#[derive(DeriveIden)]
enum Messages {
    Table,
    Id,
    AccountId,
    ContactId,
    JourneyId,
    Version,
    Step,
    Occurrence,
    Purpose,
    State,
    Reason,
    Attempts,
    PlannedAt,
    DueAt,
    Owner,
    LeaseUntil,
    HandingOverAt,
    SettledAt,
    Reply,
    Links,
}
